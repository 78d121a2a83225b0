"""Flows change while people talk: nobody is left in silence, and nothing that was told is lost."""

import asyncio
import os
import sqlite3
import sys
from asyncio.subprocess import PIPE, STDOUT
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from journeys.lives import Town, level_of, said
from process import ROOT
from running import running
from typer.testing import CliRunner

from bot.building import read_book
from bot.cli.root import app
from bot.content import content_root
from bot.domain.ids import DAY, MINUTE
from bot.domain.level import Level
from bot.domain.worker import Role
from bot.intake.settling import AT_ONCE
from storage import contacts, releases

OLD = "report_a_concern.tell_us"
NEW = "report_a_concern.what_happened"

pytestmark = pytest.mark.long
TOLD = "the canary sings in the cellar"
CHANGED = "We have changed our questions"
QUESTION = "Tell us what is happening"


@cache
def source():
    path = content_root() / "flows/conversations/report_a_concern.yaml"
    return path.read_text(encoding="utf-8")


def content(folder, name, *, moved="", flow=""):
    """Make an organisation's own content, and return its folder."""
    place = folder / name
    for file, text in (
        ("flows/conversations/report_a_concern.yaml", flow or source()),
        ("flows/moved/ours.yaml", moved and f"moved:\n  {moved}\n"),
    ):
        if text:
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_text(text, encoding="utf-8")
    return place


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A folder in which one Lantern after another runs, with one Telegram."""

    folder: Path
    fake: FakeTelegram

    @property
    def older(self):
        """Content in which the question about what happened had another name."""
        return content(self.folder, "older", flow=source().replace("what_happened", "tell_us"))

    @asynccontextmanager
    async def runs(self, own=None):
        book = read_book(own) if own else None
        async with running(self.folder, self.fake, book=book, LANTERN_LANGUAGES="en") as run:
            watcher = await run.add_worker(f"Watcher {id(run)}", role=Role.SUPERVISOR)
            yield Town(fake=self.fake, run=run, watcher=watcher)

    async def teller(self, *, telling=()):
        """A child who waits at the old question, having told a little before."""
        async with self.runs(self.older) as town:
            child = await town.child()
            await town.answers(child, ("1", "in danger right now?"), ("3", "Who needs help?"))
            for words in telling:
                await child.writes(words)
            await town.answers(child, ("1", QUESTION))
            await town.quiet()
        return child

    def change(self, statement):
        with closing(sqlite3.connect(self.folder / "lantern.sqlite3")) as connection:
            connection.execute(statement)
            connection.commit()

    def rows(self, statement):
        with closing(sqlite3.connect(self.folder / "lantern.sqlite3")) as connection:
            return connection.execute(statement).fetchall()

    def damage(self):
        """Make every release unreadable that is kept so far."""
        self.change("UPDATE releases SET body = x'00'")

    @property
    def environ(self):
        return {
            "LANTERN_DATABASE": str(self.folder / "lantern.sqlite3"),
            "LANTERN_KEY_FILE": str(self.folder / "lantern.key"),
            "LANTERN_LANGUAGES": "en",
            "COLUMNS": "120",
            "PATH": os.environ["PATH"],
            "CACHE_DIRECTORY": os.environ["CACHE_DIRECTORY"],
            "PYTHONPATH": str(ROOT),
        }

    async def command(self, *words):
        """Run a command that only looks."""
        return await asyncio.to_thread(lambda: CliRunner().invoke(app, words, env=self.environ))

    async def drops(self, *words, typed=""):
        """Drop a release in a process of its own; return what it printed."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", "flows", "drop", *words),
            cwd=self.folder,
            env=self.environ,
            stdin=PIPE,
            stdout=PIPE,
            stderr=STDOUT,
        )
        printed, _ = await process.communicate(typed.encode())
        assert process.returncode == 0, printed.decode()
        return printed.decode()


@pytest.fixture
async def machine(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        yield Machine(folder=tmp_path, fake=fake)


async def session_of(town, person):
    database = town.run.lantern.house.database
    place = await database.read(lambda tx: contacts.find_place(tx, "telegram", str(person.id)))
    return place.session


async def test_a_session_ends_on_the_release_it_began_on(machine):
    child = await machine.teller()

    async with machine.runs() as town:
        await town.answers(child, (TOLD, "You can write on"))
        assert (await session_of(town, child)).trail[-1] == OLD


@pytest.mark.long
async def test_who_waits_in_an_unreadable_release_is_moved_without_a_word_and_asked_anew(machine):
    child = await machine.teller()
    machine.damage()
    moved = content(machine.folder, "newer", moved=f"{OLD}: {NEW}")

    async with machine.runs(moved) as town:
        await town.run.until(lambda: is_at(town, child, NEW))
        await town.hears_nothing(child)
        heard = await town.answers(child, ("he hits me every day", QUESTION))
        assert CHANGED in heard
        case = await town.case_of(child)
        assert (said(case)[-1], level_of(case)) == ("he hits me every day", Level.URGENT)
        await town.answers(child, (TOLD, "You can write on"))
        assert dict(case.answers).get("report_a_concern.in_danger") == "safe"


async def is_at(town, person, state):
    return (await session_of(town, person)).state == state


async def test_a_tap_on_the_old_question_answers_nothing_and_brings_the_new_one(machine):
    async with machine.runs(machine.older) as town:
        child = await town.child()
        await town.answers(child, ("1", "in danger right now?"), ("3", "Who needs help?"))
        await town.quiet()
    machine.damage()

    async with machine.runs() as town:
        old = await child.taps("I do")
        assert CHANGED in (await child.hears("Who needs help?")).text
        assert "moved on" in await child.notices(old)
        await child.taps("I do")
        await child.hears(QUESTION)


async def test_who_waits_where_nothing_is_like_it_is_read_by_a_person_even_if_they_stay_away(
    machine,
):
    child = await machine.teller(telling=(TOLD,))
    machine.damage()

    async with machine.runs() as town:
        await town.run.until(lambda: is_at(town, child, ""))
        assert TOLD in said(await town.case_of(child))
        await town.hears_nothing(child)
        heard = await town.answers(child, ("are you there", "passed on"))
        assert heard.startswith(CHANGED)
        assert said(await town.case_of(child))[-1] == "are you there"


async def test_silence_after_a_move_hands_over_what_was_told_without_a_word(machine):
    child = await machine.teller(telling=(TOLD,))
    machine.damage()
    moved = content(machine.folder, "newer", moved=f"{OLD}: {NEW}")

    async with machine.runs(moved) as town:
        await town.run.until(lambda: is_at(town, child, NEW))
        town.later(31 * MINUTE)
        await town.run.until(lambda: town.case_of(child))
        assert TOLD in said(await town.case_of(child))
        await town.hears_nothing(child)


async def test_quick_exit_and_help_work_at_a_question_that_was_moved(machine):
    child = await machine.teller()
    machine.damage()
    moved = content(machine.folder, "newer", moved=f"{OLD}: {NEW}")

    async with machine.runs(moved) as town:
        await town.answers(child, ("help", "I am a program"))
        await town.answers(child, (TOLD, "You can write on"), ("leave", "Bye"))
        assert TOLD in said(await town.case_of(child))


@pytest.mark.long
async def test_a_release_is_dropped_beside_a_running_lantern(machine):
    child = await machine.teller(telling=(TOLD,))
    file = machine.folder / "moved.yaml"
    [(old,)] = machine.rows("SELECT id FROM releases")

    async with machine.runs() as town:
        refused = await machine.command("flows", "drop", old, "--yes")
        file.write_text("moved:\n  report_a_concern.tell_me: a person\n", encoding="utf-8")
        lacking = await machine.command("flows", "drop", old, "--moved", str(file), "--yes")
        file.write_text(f"moved:\n  {OLD}: {NEW}\n", encoding="utf-8")
        shown = await machine.command("flows", "drop", old, "--moved", str(file), "--dry-run")
        before = machine.rows("SELECT release FROM sessions")
        await machine.drops(old, "--moved", str(file), typed="y\n")
        heard = await town.answers(child, ("it is dark", QUESTION))
        await town.answers(child, ("very dark", "You can write on"))

    assert (refused.exit_code, lacking.exit_code) == (1, 1)
    assert f'{file}:1: F406 a conversation waits at "{OLD}"' in str(lacking.exception)
    assert (OLD in shown.stdout, NEW in shown.stdout, before) == (True, True, [(old,)])
    assert heard.startswith(CHANGED)
    assert machine.rows(f"SELECT count(*) FROM releases WHERE id = '{old}'") == [(0,)]  # noqa: S608


@pytest.mark.long
async def test_dropped_to_a_person_what_was_told_becomes_a_case(machine):
    child = await machine.teller(telling=(TOLD,))
    [(old,)] = machine.rows("SELECT id FROM releases")
    moved = content(machine.folder, "newer", moved=f"{OLD}: a person")

    async with machine.runs(moved) as town:
        printed = await machine.drops(old, "--yes", "--content", str(moved))
        assert "case_opened" not in printed
        assert TOLD in said(await town.case_of(child))
        await town.hears_nothing(child)


@pytest.mark.long
async def test_whose_question_is_the_same_notices_nothing_of_a_drop(machine):
    async with machine.runs(machine.older) as town:
        child = await town.child()
        await town.answers(child, ("1", "in danger right now?"), ("3", "Who needs help?"))
        await town.quiet()
    [(old,)] = machine.rows("SELECT id FROM releases")

    async with machine.runs() as town:
        await machine.drops(old, "--yes")
        await child.taps("I do")
        assert CHANGED not in (await child.hears(QUESTION)).text


@pytest.mark.long
async def test_only_an_old_release_is_dropped_and_only_from_what_lantern_runs_on(machine):
    await machine.teller()
    [(old,)] = machine.rows("SELECT id FROM releases")
    older = str(machine.older)

    begins = await machine.command("flows", "drop", old, "--yes", "--content", older)
    unknown = await machine.command("flows", "drop", "nothing", "--yes")
    elsewhere = await machine.command("flows", "drop", old, "--yes")

    assert "new conversations begin on" in str(begins.exception)
    assert 'there is no release "nothing"' in str(unknown.exception)
    assert "started with other flows" in str(elsewhere.exception)
    assert machine.rows("SELECT count(*) FROM releases") == [(1,)]


async def test_the_list_shows_who_waits_where_and_what_cannot_be_read(machine):
    await machine.teller()
    machine.damage()

    listed = await machine.command("flows", "releases")
    [(old,)] = machine.rows("SELECT id FROM releases")
    lines = [line for line in listed.stdout.splitlines() if old in line]

    assert [(" 1 " in line, "cannot be read" in line) for line in lines] == [(True, True)]
    assert "current" in listed.stdout


@pytest.mark.long
async def test_the_check_tells_before_an_upgrade_who_would_have_to_begin_anew(machine):
    await machine.teller()
    machine.damage()
    moved = content(machine.folder, "newer", moved=f"{OLD}: {NEW}")

    unmapped = await machine.command("flows", "check", "--database")
    mapped = await machine.command("flows", "check", "--database", "--content", str(moved))

    assert unmapped.exit_code == 1
    assert f'1 at {OLD} would begin anew; write "{OLD}: …"' in unmapped.stdout
    assert (mapped.exit_code, f"1 at {OLD} will go on at {NEW}" in mapped.stdout) == (0, True)


async def test_many_are_moved_a_few_at_a_time_and_nobody_is_forgotten(machine):
    child = await machine.teller(telling=(TOLD,))
    del child
    count = AT_ONCE * 2 + 1
    async with machine.runs(machine.older) as town:
        house = town.run.lantern.house

        async def work(tx):
            now = house.clock()
            for number in range(count):
                place = await contacts.make_place(tx, "telegram", str(5000 + number), now=now)
                session = await session_like(tx, place, now)
                await contacts.save_session(tx, place.contact, session, now=now)

        async def session_like(tx, place, now):
            del now
            known = await contacts.find_place(tx, "telegram", "1001")
            assert place.contact != known.contact
            return known.session

        await house.database.write(work)
    machine.damage()

    async with machine.runs() as town:
        left = f"SELECT count(*) FROM sessions WHERE state = '{OLD}'"  # noqa: S608

        async def nobody_is_left():
            return machine.rows(left) == [(0,)]

        await town.run.until(nobody_is_left)
        assert await town.count_cases() == count + 1


async def test_a_release_that_nobody_is_in_is_forgotten_after_a_month_unless_it_is_current(machine):
    child = await machine.teller()
    del child
    [(old,)] = machine.rows("SELECT id FROM releases")

    async with machine.runs() as town:
        house, now = town.run.lantern.house, town.run.lantern.house.clock()
        current = house.releases.current.id

        async def tidy(later):
            await house.database.write(
                lambda tx: releases.forget(tx, before=now + later, current=current)
            )
            return [row[0] for row in machine.rows("SELECT id FROM releases ORDER BY used_at")]

        assert await tidy(DAY) == [old, current]
        machine.change("UPDATE sessions SET state = ''")
        assert await tidy(-DAY) == [old, current]
        assert await tidy(DAY) == [current]
