"""The doctor knows the Lantern at our port for ours, or for another one."""

import shutil

import aiohttp
import pytest
from aiohttp import web
from running import prepare, running, settings_in

from bot.doctor.port import check_port
from storage.known_as_ours import answer_to
from storage.only_one import only_one
from storage.sealing import new_keys

QUESTION = "0123456789abcdef" * 2


@pytest.fixture
def folders(tmp_path):
    """Two folders, each of an installation of its own."""
    made = tmp_path / "ours", tmp_path / "theirs"
    for folder in made:
        folder.mkdir()
    return made


@pytest.fixture
def databases(postgres):
    """Two databases on one server."""
    names = [postgres.take_database() for _ in range(2)]
    yield [postgres.url(name).whole for name in names]
    for name in names:
        postgres.give_back(name)


@pytest.mark.long
async def test_on_a_server_the_lantern_of_another_database_is_not_taken_for_ours(
    folders, databases
):
    ours, theirs = folders
    async with running(theirs, LANTERN_DATABASE=databases[1]) as run:
        listen = run.address.removeprefix("http://")
        its = settings_in(theirs, LANTERN_DATABASE=databases[1], LANTERN_LISTEN=listen)
        mine = settings_in(ours, LANTERN_DATABASE=databases[0], LANTERN_LISTEN=listen)
        prepare(mine)
        [own], [other] = await check_port(its), await check_port(mine)
        shutil.copy(its.key_file, mine.key_file)
        [a_copy] = await check_port(mine)

    assert (own.is_well, own.says) == (True, f"Lantern answers at {listen}")
    for check in (other, a_copy):
        assert not check.is_well
        assert f"another Lantern answers at {listen}" in check.says
        assert check.advice.startswith("if that is the one you mean, run this with its LANTERN_DA")


async def test_a_lantern_with_another_key_file_is_not_ours_though_ours_runs_elsewhere(folders):
    ours, theirs = folders
    async with running(theirs) as run:
        mine = settings_in(ours, LANTERN_LISTEN=run.address.removeprefix("http://"))
        prepare(mine)
        with only_one(mine.database):
            [other] = await check_port(mine)

    assert not other.is_well
    assert "another Lantern answers" in other.says


async def test_an_earlier_version_that_does_not_say_whose_it_is_is_ours_where_ours_runs(folders):
    async def alive(_):
        return web.json_response({"status": "alive"})

    app = web.Application()
    app.router.add_get("/healthz", alive)
    settings = settings_in(folders[0])
    prepare(settings)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, settings.listen.host, settings.listen.port).start()
    try:
        with only_one(settings.database):
            [held] = await check_port(settings)
        [free] = await check_port(settings)
    finally:
        await runner.cleanup()

    assert held.is_well
    assert not free.is_well


@pytest.mark.long
async def test_machines_are_answered_as_ever_and_nonsense_is_no_question(tmp_path):
    async with running(tmp_path) as run, aiohttp.ClientSession() as visitor:
        for asked in ("", "?whose=", "?whose=everybody", f"?whose={QUESTION}0", "?whose=x&x=1"):
            async with visitor.get(f"{run.address}/healthz{asked}") as response:
                assert await response.json() == {"status": "alive"}
        async with visitor.get(f"{run.address}/healthz?whose={QUESTION}") as response:
            assert set(await response.json()) == {"status", "ours"}


def test_the_answer_follows_from_the_question_the_keys_and_the_database(tmp_path):
    keys, database = new_keys(), tmp_path / "lantern.sqlite3"
    answer = answer_to(QUESTION, keys, database)

    assert answer == answer_to(QUESTION, keys, tmp_path / "." / "lantern.sqlite3")
    assert answer != answer_to(QUESTION[::-1], keys, database)
    assert answer != answer_to(QUESTION, new_keys(), database)
    assert answer != answer_to(QUESTION, keys, tmp_path / "other.sqlite3")
