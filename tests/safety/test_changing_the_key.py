"""While the master key is changed, Lantern takes in and reads everything, whoever is killed."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys

import pytest
from many import balanced
from process import ROOT, Machine, kept_of, text_of

from storage import contacts, data_keys
from storage.opening import open_database
from storage.rewrapping import AT_ONCE, count_by_master
from storage.sealing import new_keys, read_keys, write_keys

TROUBLE = "my father beats me"
MANY = 3 * AT_ONCE
KILLED = """
import os, signal, sys
from bot.cli import keys_changing, main

move_some, left = keys_changing.move_some, 3

async def cut_off(tx, after):
    global left
    some, left = await move_some(tx, after), left - 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return some

keys_changing.move_some = cut_off
sys.argv = ["lantern", "keys", "move"]
main()
"""
"""Moves data keys, and ends as by a power cut just before the third commit."""


@pytest.mark.long
async def test_a_lantern_on_a_file_goes_on_through_the_whole_change(tmp_path, fake):
    machine = Machine(tmp_path, fake)
    child = fake.person(id=3001, language_code="en")
    process = await machine.start()
    await child.writes(TROUBLE)
    await machine.everything_is_sent(process)

    await machine.does("keys", "add")
    await child.writes("it hurts")
    await machine.everything_is_sent(process)
    with pytest.raises(AssertionError, match="a process of Lantern runs that began before"):
        await machine.does("keys", "move")
    assert await process.stop() == 0

    process = await machine.start()
    moving = asyncio.create_task(machine.does("keys", "move"))
    await child.writes("please come")
    await moving
    await machine.does("keys", "drop", "k1", "--yes")
    await child.writes("are you there")
    await machine.everything_is_sent(process)
    await process.kill()

    process = await machine.start()
    await child.writes("yes")
    await machine.everything_is_sent(process)
    assert await process.stop() == 0
    said = [TROUBLE, "it hurts", "please come", "are you there", "yes"]
    assert await kept_of(machine, child) == said
    assert "k1" not in read_keys(machine.settings.key_file).masters


@pytest.mark.long
async def test_two_lanterns_on_a_server_are_started_again_one_after_the_other(
    tmp_path, fake, postgres
):
    url = postgres.url(postgres.new_database(like="lantern"))
    people = [fake.person(id=number, language_code="en") for number in (3001, 3002, 3003)]
    async with balanced() as balancer:
        webhook = {"LANTERN_TELEGRAM_WEBHOOK": balancer.address}
        machine = Machine(tmp_path, fake, database=url, **webhook)
        two = [await machine.start_one(name) for name in ("one", "two")]
        balancer.behind = [process.address for process in two]
        said = []

        async def everybody_writes(words):
            said.append(words)
            for person in people[: len(said)]:
                await person.writes(words)
                await person.writes(f"{words}, I said")
            await machine.everything_is_sent(two[0])

        await everybody_writes(TROUBLE)
        await machine.does("keys", "add")
        for place in (0, 1):
            assert await two[place].stop() == 0
            two[place] = await machine.start_one(f"again {place}")
            balancer.behind = [process.address for process in two]
            await everybody_writes(f"it hurts {place}")
            if not place:
                with pytest.raises(AssertionError, match="runs that began before"):
                    await machine.does("keys", "move")
        await machine.does("keys", "move")
        await machine.does("keys", "drop", "k1", "--yes")
        await everybody_writes("please come")

        for began, person in enumerate(people):
            whole = [text for words in said[began:] for text in (words, f"{words}, I said")]
            assert await kept_of(machine, person) == whole
        for process in two:
            assert await process.stop() == 0


@pytest.mark.long
async def test_a_machine_to_which_the_key_file_was_not_copied_waits_for_it(
    tmp_path, fake, postgres
):
    url = postgres.url(postgres.new_database(like="lantern"))
    child = fake.person(id=3001, language_code="en")
    machine = Machine(tmp_path, fake, database=url)
    (tmp_path / "other").mkdir()
    copy = shutil.copy(machine.settings.key_file, tmp_path / "other" / "lantern.key")
    other = Machine(tmp_path / "other", fake, database=url)
    await machine.does("keys", "add")
    process = await machine.start_one("new")
    await child.writes(TROUBLE)
    await machine.everything_is_sent(process)

    code, said = await other.fails_to_start()
    assert code == 1
    assert "copy the key file from its machine" in said

    shutil.copy(machine.settings.key_file, copy)
    started = await other.start_one("old")
    assert await process.stop() == 0
    await child.writes("it hurts")
    await machine.everything_is_sent(started)
    assert await started.stop() == 0
    assert await kept_of(machine, child) == [TROUBLE, "it hurts"]


@pytest.mark.long
def test_moving_that_was_killed_goes_on_where_it_was_and_all_is_readable_meanwhile(where, tmp_path):
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "LANTERN_DATABASE": text_of(where),
        "LANTERN_KEY_FILE": str(tmp_path / "lantern.key"),
    }
    file = tmp_path / "lantern.key"
    write_keys(new_keys(), file)
    places = in_database(where, file, write_contacts)

    def lantern(*words):
        ended = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, *words], cwd=tmp_path, env=environ, check=False
        )
        return ended.returncode

    assert lantern("-m", "bot.cli", "keys", "add") == 0
    new = read_keys(file).active
    assert lantern("-c", KILLED) == -signal.SIGKILL
    counts = {"k1": MANY + 1 - 2 * AT_ONCE, new: 2 * AT_ONCE}
    assert in_database(where, file, read_all(places)) == counts
    assert lantern("-m", "bot.cli", "keys", "move") == 0
    assert in_database(where, file, read_all(places)) == {new: MANY + 1}


def in_database(where, file, work):
    """Return what *work* gives on the database, opened with the key file as it is now."""

    async def opened():
        database = await open_database(where, read_keys(file))
        try:
            await database.write(data_keys.make_house_key)
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(opened())


async def write_contacts(database):
    async def work(tx):
        return [
            await contacts.make_place(tx, "telegram", str(number), now=1) for number in range(MANY)
        ]

    return await database.write(work)


def read_all(places):
    async def work(database):
        for place in places:
            found = await database.read(lambda tx, p=place: contacts.place_at(tx, p.address))
            assert found.where == place.where
        return await database.read(count_by_master)

    return work
