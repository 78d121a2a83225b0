"""The demo makes and deletes what is its own, and nothing else."""

import shlex
from pathlib import Path

import pytest
from journeys.lives import open_town
from journeys.reading_desk import signed_in
from running import prepare, settings_in
from typer.testing import CliRunner

from bot.cli.root import app
from bot.demo import prepare_demo, where_it_lies
from bot.domain.errors import ConfigError, FlowError
from storage.only_one import only_one


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("is_fresh", [True, False])
@pytest.mark.parametrize("kept", ["lantern.sqlite3", "lantern.key", "lantern.toml"])
def test_a_demo_touches_no_folder_with_something_real_of_another(tmp_path, kept, is_fresh):
    prepare(settings_in(tmp_path))
    (tmp_path / "lantern.toml").touch()
    for path in tmp_path.iterdir():
        if path.name != kept:
            path.unlink()
    before = held(tmp_path)

    with pytest.raises(ConfigError, match="choose another folder"):
        prepare_demo(tmp_path, is_fresh=is_fresh)

    assert held(tmp_path) == before


def test_a_fresh_demo_has_a_new_database_and_leaves_what_is_not_its_own(tmp_path):
    database = prepare_demo(tmp_path, is_fresh=False).database
    key = held(tmp_path)["lantern.key"]
    (tmp_path / "notes.txt").write_text("notes")
    (tmp_path / "content/flows/school.yaml").write_text("flow: school")

    prepare_demo(tmp_path, is_fresh=False)
    assert held(tmp_path)["lantern.key"] == key
    database.write_bytes(b"old")
    prepare_demo(tmp_path, is_fresh=True)

    assert database.read_bytes() != b"old"
    assert held(tmp_path)["lantern.key"] != key
    assert (tmp_path / "notes.txt").read_text() == "notes"
    assert (tmp_path / "content/flows/school.yaml").exists()


def test_a_demo_that_runs_is_not_begun_anew_under_its_feet(tmp_path):
    database = prepare_demo(tmp_path, is_fresh=False).database

    with only_one(database), pytest.raises(ConfigError, match="stop that one first"):
        prepare_demo(tmp_path, is_fresh=True)

    assert database.exists()


def test_a_demo_tells_what_stands_in_its_own_content(tmp_path):
    prepare_demo(tmp_path, is_fresh=False)
    (tmp_path / "content/flows/conversations").mkdir()
    (tmp_path / "content/flows/conversations/school.yaml").write_text("flow: [")

    begun = CliRunner().invoke(app, ["demo", "--folder", str(tmp_path)])

    assert isinstance(begun.exception, FlowError)
    assert "school.yaml" in str(begun.exception)


@pytest.mark.parametrize(("folder", "language"), [("demo", "en"), ("real", "zh-CN")])
async def test_the_desk_of_a_demo_speaks_as_the_browser_does_and_no_other_desk(
    tmp_path, folder, language
):
    (tmp_path / folder).mkdir()
    async with open_town(tmp_path / folder, LANTERN_HEARTBEAT="off") as town:
        worker = await town.run.add_worker("社工一", language="zh_CN")

        async with signed_in(town, worker, browser="en-GB,en;q=0.8") as page:
            assert f'<html lang="{language}"' in await page("/desk")


def test_where_the_demo_lies_can_be_pasted_before_another_command(tmp_path):
    folder = tmp_path / "小 橘灯"

    assert shlex.split(where_it_lies(settings_in(folder))) == [
        f"LANTERN_DATABASE={folder}/lantern.sqlite3",
        f"LANTERN_KEY_FILE={folder}/lantern.key",
    ]
