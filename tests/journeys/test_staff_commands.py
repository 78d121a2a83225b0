"""Who works here and where alerts reach them, as operators set it up: lantern staff."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from fake_telegram import FakeTelegram
from running import prepare, settings_in
from typer.testing import CliRunner

from bot.cli.root import app
from bot.doctor.database import opened
from bot.doctor.examine import examine
from bot.domain.errors import ConfigError
from storage import staff

pytestmark = pytest.mark.long


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a database in which Wang Min has the number 7."""
    monkeypatch.chdir(tmp_path)
    prepare(settings_in(tmp_path))
    assert lantern_staff("add", "Wang Min", "--telegram", "7").exit_code == 0
    return tmp_path


def lantern_staff(*words):
    return CliRunner().invoke(app, ["staff", *words], env={"COLUMNS": "120"})


def reached_at(folder, number):
    """Return the name of the worker whose number it is."""
    settings = settings_in(folder)

    async def look():
        async with opened(settings) as database:
            worker = await database.read(lambda tx: staff.worker_at(tx, "telegram", number))
            return worker.name if worker else None

    return asyncio.run(look())


def test_a_number_is_taken_from_a_colleague_only_if_that_is_asked_for(here):
    assert lantern_staff("add", "Zhou Yan").exit_code == 0

    added = lantern_staff("add", "Li Na", "--telegram", "7")
    linked = lantern_staff("link", "Zhou Yan", "--telegram", "7")

    for refused in (added, linked):
        assert isinstance(refused.exception, ConfigError)
        assert 'alerts for "Wang Min" go to 7' in str(refused.exception)
    assert "Li Na" not in lantern_staff("list").output
    assert reached_at(here, "7") == "Wang Min"

    assert lantern_staff("link", "Wang Min", "--telegram", "7").exit_code == 0
    assert lantern_staff("add", "Li Na", "--telegram", "7", "--move").exit_code == 0
    assert reached_at(here, "7") == "Li Na"
    with sqlite3.connect(here / "lantern.sqlite3") as connection:
        noted = connection.execute("SELECT count(*) FROM audit WHERE action = 'link_moved'")
        assert noted.fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize("words", [("Wang Min", "--telegram", "8"), ("--group",)])
def test_a_sign_in_link_is_never_asked_for_beside_another_link(here, words):
    refused = lantern_staff("link", *words, "--desk")

    assert isinstance(refused.exception, ConfigError)
    assert "leave out --desk, or --group and --telegram" in str(refused.exception)
    assert "sign-in" not in refused.output
    assert reached_at(here, "8") is None


@pytest.mark.usefixtures("here")
def test_beside_a_sign_in_link_stands_where_everything_is_explained():
    for words in (("link", "Wang Min", "--desk"), ("add", "Li Na")):
        assert '"How it works" (怎么用)' in lantern_staff(*words).output


@pytest.mark.usefixtures("here")
def test_who_is_missing_is_told_when_somebody_leaves_or_goes_off_duty():
    lantern_staff("add", "Li Na", "--role", "supervisor")
    assert "Nobody" not in lantern_staff("duty", "Wang Min", "--off").output
    assert "Nobody is on duty now" in lantern_staff("duty", "Li Na", "--off").output
    assert "Nobody" not in lantern_staff("duty", "Wang Min", "--on").output

    assert "There is no supervisor" in lantern_staff("remove", "Li Na", "--yes").output
    assert "no alert reaches anybody" in lantern_staff("remove", "Wang Min", "--yes").output


@pytest.mark.parametrize(
    "words",
    [("--group", "--telegram", "7"), ("--group", "--telegram", "8"), ("Wang Min", "--telegram=-8")],
)
def test_a_persons_number_is_no_groups_and_a_groups_no_persons(here, words):
    refused = lantern_staff("link", *words)

    assert isinstance(refused.exception, ConfigError)
    assert reached_at(here, "7") == "Wang Min"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["Li Na [/night]", "Li Na [red]", "Li Na :moon:"])
def test_a_name_is_printed_as_it_is(name):
    done = [
        lantern_staff(*words)
        for words in (("add", name), ("list",), ("duty", name, "--off"), ("remove", name, "--yes"))
    ]

    for each in done:
        assert each.exit_code == 0
        assert name in each.output
    assert "/desk/sign-in/" in done[0].output


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "name",
    [
        *("Li \u202eNa", "Li\x1b[2J Na", "Li\u200bNa", "Li\udcffNa"),
        *("\u2800", "\u3164", "\u115f\u1160", "\uffa0", "Li\u3164Na", "Li\u2800Na"),
    ],
)
def test_a_name_that_cannot_be_typed_again_is_refused(name):
    refused = lantern_staff("add", name)

    assert "signs in it that nobody sees" in str(refused.exception)
    assert name not in lantern_staff("list").output


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["-_-", "…", "\ufe0f", "\u0301"])
def test_a_name_without_a_letter_or_digit_is_refused(name):
    refused = lantern_staff("add", "--", name)

    assert "at least one letter or digit" in str(refused.exception)


@pytest.mark.usefixtures("here")
def test_a_name_is_told_as_it_is_kept():
    assert "王 敏 is on the staff" in lantern_staff("add", " 王\u3000敏\n").output
    assert lantern_staff("duty", "王 敏", "--off").exit_code == 0


@pytest.mark.usefixtures("here")
def test_a_group_is_not_linked_by_a_workers_name():
    refused = lantern_staff("link", "Wang Min", "--group")

    assert "leave out the name, or --group" in str(refused.exception)


def test_a_folder_is_named_as_it_is(tmp_path, monkeypatch):
    (tmp_path / "[/x]").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "[/x]")

    made = CliRunner().invoke(app, ["init"])

    assert made.exit_code == 0
    assert f"{tmp_path}/[/x]/lantern.sqlite3 is ready" in made.output.replace("\n", "")


async def test_the_doctor_counts_nobody_as_reached_on_a_channel_that_is_not_set_up(here):
    async with FakeTelegram() as fake:
        checks = [*await examine(settings_in(here, fake)), *await examine(settings_in(here))]
    reached, cut_off = (check for check in checks if check.name == "staff")

    assert reached.is_well
    assert "alerts reach 1 of them" in reached.says
    assert "no alert reaches them" in cut_off.says
    assert "LANTERN_TELEGRAM_TOKEN" in cut_off.advice


def test_what_operators_do_with_the_staff_is_in_the_audit(here):
    assert lantern_staff("link", "Wang Min").exit_code == 0
    assert lantern_staff("duty", "Wang Min", "--off").exit_code == 0
    assert lantern_staff("remove", "Wang Min", "--yes").exit_code == 0

    with sqlite3.connect(here / "lantern.sqlite3") as connection:
        noted = connection.execute("SELECT actor, action FROM audit ORDER BY number").fetchall()
    assert {actor for actor, _ in noted} == {"operator"}
    assert {"worker_added", "link_made", "duty_set", "worker_removed"} <= {did for _, did in noted}


@pytest.mark.parametrize(
    "words", [("list",), ("add", "Li Na"), ("duty", "Wang Min", "--off"), ("test-alarm",)]
)
def test_of_a_damaged_database_operators_are_told_what_to_do(here, words):
    damage(here / "lantern.sqlite3", "workers", "timers")

    ended = lantern_staff(*words)

    assert isinstance(ended.exception, ConfigError)
    assert "damaged; restore it from a backup" in str(ended.exception)


def damage(path, *tables):
    """Write over the page with which each of *tables* begins in the file *path*."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        ask = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        pages = [connection.execute(ask, (name,)).fetchone()[0] for name in tables]
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)


@pytest.mark.parametrize(
    "words",
    [
        ("add", "Zhou Yan"),
        ("link", "Wang Min"),
        ("duty", "Wang Min", "--off"),
        ("remove", "Wang Min"),
    ],
)
def test_what_changes_the_staff_says_first_in_which_database(here, words):
    (here / "lantern.toml").write_text('organisation = "凯里社工"', encoding="utf-8")

    said = lantern_staff(*words).output

    assert said.startswith(f"In the database {here / 'lantern.sqlite3'} of 凯里社工:\n")


def test_the_password_of_a_server_is_not_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANTERN_DATABASE", "postgresql://me:secret@127.0.0.1:9/lantern")

    said = lantern_staff("add", "Zhou Yan").output

    assert said.startswith("In the database postgresql://me:…@127.0.0.1:9/lantern:\n")
