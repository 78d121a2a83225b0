"""Processes on one server tell each other by which master key they seal, and start accordingly."""

import pytest
from records import new_place, opened

from bot.cli.keys_in_use import count_late
from bot.config import load_settings
from bot.domain.errors import NotNowError
from storage import contacts
from storage.key_file import changing, replace_keys, with_new_master, without_master
from storage.key_holders import check_is_current, marks_of_others
from storage.leases import lease_holders
from storage.rewrapping import count_by_master
from storage.sealing import new_keys, read_keys, write_keys


@pytest.fixture
def url(postgres):
    return postgres.url(postgres.new_database(like="lantern"))


@pytest.fixture
def old():
    return new_keys()


@pytest.fixture
def new(old):
    return with_new_master(old, ())


async def is_seen(database):
    """Have *database* ask something, so that the server knows of it."""
    await database.read(count_by_master)


async def test_each_process_tells_its_mark_and_keeps_an_id_of_its_own(url, old, new):
    async with opened(url, old) as one, opened(url, old) as two, opened(url, new) as three:
        for database in (one, two, three):
            await is_seen(database)
            assert len(database.process) == 32
        assert sorted(await marks_of_others(three)) == [old.mark, old.mark]
        assert sorted(await marks_of_others(one)) == sorted([old.mark, new.mark])
        assert await one.processes() == {one.process, two.process, three.process}
        assert await one.read(lease_holders) == frozenset()


async def test_a_process_that_ends_while_it_is_looked_for_counts_no_more(tmp_path, url, old, new):
    settings = load_settings(
        {"LANTERN_DATABASE": url.whole, "LANTERN_KEY_FILE": str(tmp_path / "x.key")}, tmp_path
    )
    async with opened(url, new) as database, opened(url, old) as ends:
        await is_seen(ends)
        ask = database.processes

        async def ask_and_end():
            database.processes = ask
            found = await ask()
            await ends.close()
            return found

        assert await count_late(database, settings) == 1
        database.processes = ask_and_end
        assert await count_late(database, settings) == 0


async def test_a_start_with_the_key_file_from_before_waits_where_another_goes_on(url, old, new):
    async with opened(url, new) as runs:
        await runs.write(new_place)
        async with opened(url, old) as starts:
            with pytest.raises(NotNowError, match=f"lacks {new.active}, with which another"):
                await check_is_current(starts)
        async with opened(url, new) as starts:
            await check_is_current(starts)


async def test_a_start_beside_an_earlier_version_or_alone_goes_on(url, old, new):
    async with opened(url, old) as runs, opened(url, new) as starts:
        await runs.write(new_place)
        await check_is_current(starts)
        await check_is_current(runs)
    async with opened(url, new) as was:
        await was.write(lambda tx: new_place(tx, "1002"))
    async with opened(url, old) as alone:
        while await marks_of_others(alone):
            await is_seen(alone)
        await check_is_current(alone)


async def test_a_file_is_nobody_elses(file_database):
    assert await marks_of_others(file_database) == []
    await check_is_current(file_database)


async def test_whose_key_was_dropped_while_it_was_cut_off_makes_nothing_by_it(tmp_path, url, old):
    file = tmp_path / "x.key"
    write_keys(old, file)
    async with opened(url, read_keys(file)) as late:
        with changing(file) as keys:
            replace_keys(file, without_master(with_new_master(keys, ()), keys.active))
        made = await late.write(new_place)
        assert (await late.read(count_by_master)).keys() == {read_keys(file).active}
    async with opened(url, read_keys(file)) as database:
        found = await database.read(lambda tx: contacts.place_at(tx, made.address))
        assert found.where == made.where
