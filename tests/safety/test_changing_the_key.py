"""While the master key is changed, Lantern takes in and reads everything, whoever is killed."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

import pytest
from forked import answer_to
from many import balanced
from process import ROOT, Machine, kept_of, text_of

from bot.cli.keys_changing import move_all
from storage import contacts, data_keys
from storage.key_file import changing, replace_keys, with_new_master, without_master
from storage.opening import open_database
from storage.rewrapping import AT_ONCE, count_by_master
from storage.sealing import content_of, new_keys, read_keys, write_keys

TROUBLE = "my father beats me"
MANY = 3 * AT_ONCE
CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE 'lantern %'
"""
HELD_UP = """
import os, signal, sys
from bot.cli import keys_changing, main

move_some, left, by = keys_changing.move_some, 3, signal.Signals[sys.argv[1]]

async def held_up(tx, after):
    global left
    some, left = await move_some(tx, after), left - 1
    if not left:
        os.kill(os.getpid(), by)
    return some

keys_changing.move_some = held_up
sys.argv[1:] = ["keys", "move"]
main()
"""
"""Moves data keys, and sends itself a signal just before the third commit."""


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


@pytest.mark.rare
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
            # Without their order: one process may spool for a while what it cannot write at once.
            assert sorted(await kept_of(machine, person)) == sorted(whole)
        for process in two:
            assert await process.stop() == 0


@pytest.mark.rare
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
async def test_a_lantern_that_was_cut_off_until_its_key_was_dropped_seals_by_the_new_one(
    tmp_path, fake, postgres
):
    name = postgres.new_database(like="lantern")
    one, two = (fake.person(id=number, language_code="en") for number in (3001, 3002))
    machine = Machine(tmp_path, fake, database=postgres.url(name))
    process = await machine.start_one("cut off")
    await one.writes(TROUBLE)
    await machine.everything_is_sent(process)
    file = machine.settings.key_file
    with changing(file) as keys:  # what "add", "move" and "drop" do while it is not seen
        changed = with_new_master(keys, ())
        replace_keys(file, changed)
        async with opened(machine.settings.database, read_keys(file)) as database:
            await move_all(database, lambda _moved: None)
        replace_keys(file, without_master(changed, "k1"))
    postgres.sql(CUT_OFF, database=name)

    for person, words in ((one, "it hurts"), (two, TROUBLE)):
        await person.writes(words)
    await machine.everything_is_sent(process)
    assert await kept_of(machine, one) == [TROUBLE, "it hurts"]
    assert await kept_of(machine, two) == [TROUBLE]
    async with opened(machine.settings.database, read_keys(file)) as database:
        assert (await database.read(count_by_master)).keys() == {changed.active}
    assert await process.stop() == 0
    assert await (await machine.start_one("again")).stop() == 0


class Operator:
    """Gives commands in processes of their own."""

    def __init__(self, where, folder):
        self.file = folder / "lantern.key"
        self._folder = folder
        self._environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANTERN_DATABASE": text_of(where),
            "LANTERN_KEY_FILE": str(self.file),
        }

    def begins(self, program, *words):
        """Begin *program*, which says on standard error what it could not do."""
        command = [sys.executable, "-c", program, *words]
        here = {"cwd": self._folder, "env": self._environ}
        return subprocess.Popen(command, **here, text=True, stderr=subprocess.PIPE)  # noqa: S603

    def gives(self, *words):
        """Return the exit code of a command, and what it said."""
        return answer_to(("keys", *words), self._environ, self._folder)


@pytest.fixture
def operator(where, tmp_path):
    operator = Operator(where, tmp_path)
    write_keys(new_keys(), operator.file)
    return operator


@pytest.mark.long
def test_moving_that_was_killed_goes_on_where_it_was_and_all_is_readable_meanwhile(where, operator):
    file = operator.file
    places = in_database(where, file, write_contacts)

    assert operator.gives("add")[0] == 0
    new = read_keys(file).active
    with operator.begins(HELD_UP, "SIGKILL") as killed:
        killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    counts = {"k1": MANY + 1 - 2 * AT_ONCE, new: 2 * AT_ONCE}
    assert in_database(where, file, read_all(places)) == counts
    assert operator.gives("move")[0] == 0
    assert in_database(where, file, read_all(places)) == {new: MANY + 1}


@pytest.mark.long
def test_while_moving_is_stopped_nobody_adds_or_drops_a_key(where, operator):
    file = operator.file
    places = in_database(where, file, write_contacts)
    operator.gives("add")
    before = read_keys(file)
    with stopped(operator) as moving:
        for words in (("add",), ("move",)):
            code, said = operator.gives(*words)
            assert code == 2
            assert "another command changes the key file" in said
        assert operator.gives("drop", "k1", "--yes")[0] in {1, 2}
        assert read_keys(file) == before
        moving.send_signal(signal.SIGCONT)
        moving.communicate()
    assert moving.returncode == 0
    assert operator.gives("drop", "k1", "--yes")[0] == 0
    assert in_database(where, file, read_all(places)) == {before.active: MANY + 1}


@pytest.mark.long
def test_moving_under_which_another_key_file_was_put_says_so(where, operator):
    in_database(where, operator.file, write_contacts)
    operator.gives("add")
    now = replace(read_keys(operator.file), active="k1")
    with stopped(operator) as moving:
        operator.file.write_bytes(content_of(now))
        moving.send_signal(signal.SIGCONT)
        _, said = moving.communicate()
    assert moving.returncode == 2
    assert "but k1 is active in the key file by now" in said


@contextmanager
def stopped(operator):
    """A command that moves data keys, and is stopped on the way, as by Ctrl+Z."""
    with operator.begins(HELD_UP, "SIGSTOP") as moving:
        try:
            _, status = os.waitpid(moving.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status)
            yield moving
        finally:
            moving.kill()


def in_database(where, file, work):
    """Return what *work* gives on the database, opened with the key file as it is now."""

    async def done():
        async with opened(where, read_keys(file)) as database:
            await database.write(data_keys.make_house_key)
            return await work(database)

    return asyncio.run(done())


@asynccontextmanager
async def opened(where, keys):
    database = await open_database(where, keys)
    try:
        yield database
    finally:
        await database.close()


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
