"""What lies on the disk says nothing without the key file."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from records import NOW, bytes_on_disk, message_to, new_place, open_case, opened, session_of
from rights import without_rights
from rows import sql

from bot.domain.case import EntryKind
from bot.domain.errors import ConfigError
from bot.domain.update import FileReference
from storage import case_log, contacts, data_keys, inbox, outbox, staff
from storage.sealing import UnsealError, new_keys, read_keys, write_keys
from storage.upgrade import is_in_use

CANARY = "canary-7351"


async def everything(tx):
    place = await new_place(tx, f"address {CANARY}")
    await contacts.save_session(tx, place.contact, session_of(f"said {CANARY}"), now=NOW)
    case = await open_case(tx, place, answers={"where": CANARY}, safe_to_reply=CANARY)
    for kind in EntryKind:
        entry = case_log.new_entry(kind, at=NOW, text=f"entry {CANARY}")
        await case_log.add_entry(tx, case.id, entry)
    file = FileReference(kind="photo", media_type="image/png", size=1, reference=CANARY)
    file_id = await case_log.add_file(tx, case.id, file, channel="telegram", at=NOW)
    found = await case_log.find_file(tx, file_id)
    await case_log.keep_content(tx, found, f"content {CANARY}".encode())
    await case_log.stage_file(tx, CANARY.encode(), "image/png", channel="web", at=NOW)
    await inbox.put_aside(tx, "telegram", "1", CANARY.encode(), error="KeyError", now=NOW)
    await inbox.note_try(tx, "code", CANARY, now=NOW)
    await staff.link_address(tx, "telegram", f"worker {CANARY}", None, now=NOW)
    message = message_to(place.address, f"told {CANARY}")
    await outbox.post(tx, replace(message, address=CANARY), key=place.contact, now=NOW)
    return place, case


async def test_nothing_that_was_written_can_be_read_from_the_file(file_database, path):
    await file_database.write(everything)
    dump = bytes_on_disk(path)
    assert len(dump) > 10_000
    assert CANARY.encode() not in dump
    assert CANARY.encode("utf-16-le") not in dump


async def test_what_was_sealed_is_read_with_the_key_file_and_with_no_other(database, where, keys):
    place, _ = await database.write(everything)
    async with opened(where, keys) as again:
        found = await again.read(lambda tx: contacts.place_at(tx, place.address))
    assert CANARY in found.where
    async with opened(where, new_keys()) as wrong:
        with pytest.raises(ConfigError, match="not the one that this database was written with"):
            await wrong.write(data_keys.make_house_key)


async def test_what_a_destroyed_key_sealed_is_closed_for_ever(database):
    _, case = await database.write(everything)
    await database.write(lambda tx: data_keys.destroy_key(tx, case.id, now=NOW))
    for look in (database.read, database.write):
        with pytest.raises(UnsealError, match="was destroyed"):
            await look(lambda tx: case_log.read_log(tx, case.id))


async def test_destroyed_keys_do_not_stay_behind_in_the_files_free_places(path, keys):
    async with opened(path, keys) as database:
        places = [await database.write(lambda tx, n=n: new_place(tx, str(n))) for n in range(60)]
        wrapped = sql(path, "SELECT wrapped FROM data_keys")
    async with opened(path, keys) as database:
        for place in places:
            await database.write(lambda tx, p=place: contacts.erase(tx, p, now=NOW))
    dump = bytes_on_disk(path)
    assert len(wrapped) == len(places)
    assert [key for (key,) in wrapped if key in dump] == []


async def erased(database, path):
    """Erase somebody; return their data key as it was stored, and whether it was found before."""
    place = await database.write(new_place)
    [(wrapped,)] = sql(path, "SELECT wrapped FROM data_keys WHERE id = ?", place.contact)
    was_there = wrapped in bytes_on_disk(path)
    await database.write(lambda tx: contacts.erase(tx, place, now=NOW))
    return wrapped, was_there


async def test_a_destroyed_key_is_nowhere_on_the_disk_while_the_database_stays_open(
    file_database, path
):
    wrapped, was_there = await erased(file_database, path)

    assert was_there
    assert wrapped not in bytes_on_disk(path)


async def test_a_destroyed_key_goes_from_the_disk_once_nobody_reads_how_it_was(file_database, path):
    with closing(sqlite3.connect(path, isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM contacts").fetchall()
        wrapped, _ = await erased(file_database, path)
        assert wrapped in bytes_on_disk(path)

    await file_database.write(lambda tx: new_place(tx, "1002"))
    assert wrapped not in bytes_on_disk(path)


async def test_a_new_master_key_seals_what_is_new_while_the_old_one_opens_the_rest(
    database, where, keys
):
    old = await database.write(new_place)
    both = replace(keys, active="k2", masters={**keys.masters, "k2": b"2" * 32})
    async with opened(where, both) as rotated:
        new = await rotated.write(lambda tx: new_place(tx, "1002"))
        for place in (old, new):
            assert await rotated.read(lambda tx, p=place: contacts.place_at(tx, p.address)) == place
    masters = dict(sql(where, "SELECT id, master FROM data_keys"))
    assert (masters[old.contact], masters[new.contact]) == ("k1", "k2")
    without_the_old = replace(both, masters={"k2": b"2" * 32})
    async with opened(where, without_the_old) as forgetful:
        with pytest.raises(UnsealError, match="put the old key back"):
            await forgetful.read(lambda tx: contacts.place_at(tx, old.address))


async def test_a_value_moved_to_another_row_does_not_open(database, where):
    async def work(tx):
        return await new_place(tx, "1001"), await new_place(tx, "1002")

    first, second = await database.write(work)
    [(stolen,)] = sql(where, "SELECT sealed_address FROM addresses WHERE id = ?", first.address)
    sql(where, "UPDATE addresses SET sealed_address = ? WHERE id = ?", stolen, second.address)
    with pytest.raises(UnsealError):
        await database.read(lambda tx: contacts.place_at(tx, second.address))


def test_a_key_file_is_written_for_its_owner_only_and_never_overwritten(tmp_path):
    keys, file = new_keys(), tmp_path / "lantern.key"
    write_keys(keys, file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_keys(file) == keys
    assert keys.masters["k1"] not in file.read_bytes()
    with pytest.raises(FileExistsError):
        write_keys(new_keys(), file)


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (None, 0o600, "put its copy back, or, if there never was one, make it with"),
        (b"", 0o600, "restore it from its backup"),
        (b"[1]", 0o600, "restore it from its backup"),
        (b'{"active": "k1", "keys": {"k1": "AAAA"}, "lookup": "AAAA"}', 0o600, "restore it"),
    ],
)
def test_a_key_file_that_is_none_is_told_with_what_to_do(tmp_path, content, mode, said):
    file = tmp_path / "lantern.key"
    if content is not None:
        file.write_bytes(content)
        file.chmod(mode)
    with pytest.raises(ConfigError, match=said):
        read_keys(file)


def test_a_key_file_that_others_may_read_is_refused(tmp_path):
    file = tmp_path / "lantern.key"
    write_keys(new_keys(), file)
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        read_keys(file)


def test_a_key_file_of_another_user_is_not_taken_for_a_broken_one(tmp_path):
    file = tmp_path / "lantern.key"
    write_keys(new_keys(), file)
    file.chmod(0)
    with without_rights(), pytest.raises(ConfigError, match="run every command as Lantern's user"):
        read_keys(file)


@pytest.mark.usefixtures("database")
def test_a_database_in_which_something_was_sealed_is_in_use(where):
    assert is_in_use(where)
