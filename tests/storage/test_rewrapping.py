"""Data keys are wrapped by another master key, and stay the same."""

from dataclasses import replace

import pytest
from records import NOW, new_place, opened
from rows import sql

from storage import contacts, data_keys
from storage.key_file import changing, replace_keys, with_new_master
from storage.reach import ROWS
from storage.rewrapping import AT_ONCE, count_by_master, move_some
from storage.sealing import new_keys, read_keys, write_keys

MANY = 2 * AT_ONCE + 10


@pytest.fixture
def both(keys):
    """The keys of the database, and a new one that is active."""
    return with_new_master(keys, ())


async def some_places(database, count):
    async def work(tx):
        return [await new_place(tx, str(number)) for number in range(count)]

    return await database.write(work)


async def move_all(database):
    after, moved, left = "", 0, {}
    while some := await database.write(lambda tx, a=after: move_some(tx, a), reach=ROWS):
        after, moved, left = some.last, moved + some.moved, {**left, **some.left}
    return moved, left


async def test_all_data_keys_are_moved_in_small_steps_and_open_what_they_opened(
    database, where, both
):
    places = await some_places(database, MANY)

    async with opened(where, both) as changed:
        first = await changed.write(lambda tx: move_some(tx, ""), reach=ROWS)
        assert await changed.read(count_by_master) == {"k1": MANY + 1 - AT_ONCE, both.active: 100}
        moved, left = await move_all(changed)

    assert (first.moved, moved, left) == (AT_ONCE, MANY + 1 - AT_ONCE, {})
    only_new = replace(both, masters={both.active: both.masters[both.active]})
    async with opened(where, only_new) as later:
        for place in places:
            found = await later.read(lambda tx, p=place: contacts.place_at(tx, p.address))
            assert found.where == place.where


async def test_whoever_has_a_data_key_at_hand_goes_on_with_it(file_database, path, both):
    [place] = await some_places(file_database, 1)

    async def seal(words):
        return await file_database.write(
            lambda tx: data_keys.seal_for(tx, place.contact, "x", words)
        )

    sealed = await seal("before")
    async with opened(path, both) as changed:
        await move_all(changed)
        later = await seal("then")
        for value, text in ((sealed, "before"), (later, "then")):
            read = changed.read(lambda tx, v=value: data_keys.open_for(tx, place.contact, "x", v))
            assert await read == text


async def test_a_destroyed_data_key_is_left_alone_and_keeps_no_master_key(database, where, both):
    [place] = await some_places(database, 1)
    await database.write(lambda tx: data_keys.destroy_key(tx, place.contact, now=NOW))

    async with opened(where, both) as changed:
        assert await move_all(changed) == (1, {})
        assert await changed.read(count_by_master) == {"k1": 0, both.active: 1}
    assert sql(where, "SELECT wrapped FROM data_keys WHERE id = ?", place.contact) == [(None,)]


async def test_what_the_key_file_does_not_open_is_counted_and_stays(database, where, both):
    [place] = await some_places(database, 1)
    other = {**new_keys().masters, both.active: both.masters[both.active]}
    sql(where, "UPDATE data_keys SET master = 'k0' WHERE id = ?", place.contact)

    async with opened(where, replace(both, masters=other)) as changed:
        assert await move_all(changed) == (0, {"k0": 1, "k1": 1})
    assert sorted(sql(where, "SELECT master FROM data_keys")) == [("k0",), ("k1",)]


class MeddledWith:
    """A transaction in which somebody else does something after everything it has asked."""

    def __init__(self, tx, meddle):
        self._tx, self._meddle = tx, meddle

    def __getattr__(self, name):
        return getattr(self._tx, name)

    async def all(self, *asked, **values):
        rows = await self._tx.all(*asked, **values)
        await self._meddle()
        return rows


async def destroy(tx, owner):
    await data_keys.destroy_key(tx, owner, now=NOW)


async def destroy_and_make_anew(tx, owner):
    await data_keys.destroy_key(tx, owner, now=NOW)
    await data_keys.make_key(tx, owner)


@pytest.mark.parametrize("meddle", [destroy, destroy_and_make_anew])
async def test_what_others_do_meanwhile_with_a_data_key_stays_done(postgres, keys, both, meddle):
    where = postgres.url(postgres.new_database(like="lantern"))
    asked = "SELECT master, wrapped FROM data_keys"
    async with opened(where, keys) as database, opened(where, both) as changed:
        [place] = await some_places(database, 1)
        meanwhile = []

        async def others():
            await database.write(lambda tx: meddle(tx, place.contact))
            meanwhile.extend(sql(where, asked))

        await changed.write(lambda tx: move_some(MeddledWith(tx, others), ""), reach=ROWS)

    assert sql(where, asked) == meanwhile


async def test_a_running_process_finds_the_key_that_was_added_since_it_began(where, tmp_path):
    file = tmp_path / "lantern.key"
    write_keys(new_keys(), file)
    began_before = read_keys(file)
    with changing(file) as keys:
        replace_keys(file, with_new_master(keys, ()))

    async with opened(where, read_keys(file)) as new, opened(where, began_before) as old:
        place = await new.write(new_place)
        found = await old.read(lambda tx: contacts.place_at(tx, place.address))

    assert found.where == place.where
