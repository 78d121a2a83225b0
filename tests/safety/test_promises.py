"""Promises of the threat model that no other test would miss."""

import pytest
import pytest_asyncio
from journeys.lives import open_town
from journeys.test_contact_code import told
from sqlalchemy import select

from bot.desk.staff import SESSION_LASTS
from bot.domain.case import EntryKind
from bot.domain.ids import HOUR, MINUTE
from bot.domain.level import Level
from bot.intake.guessing import ALARMING_TRIES, ALL_CODE_TRIES
from storage import audit, inbox
from storage.schema import audit as lines
from storage.statements import ready

_ALL = ready(select(lines.c.actor, lines.c.action, lines.c.subject).order_by(lines.c.number))


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory):
    async with open_town(tmp_path_factory.mktemp("town")) as town:
        yield town


async def guessed(town, times):
    """Have so many wrong codes come from elsewhere just now, and none for an hour before."""
    town.run.clock.advance(HOUR)
    now = town.run.clock()

    async def work(tx):
        for _ in range(times):
            await inbox.note_try(tx, "code", "everybody", now=now)

    await town.run.lantern.house.database.write(work)


async def noted(town, subject):
    """Who did what with *subject*, by the audit, which follows."""
    database = town.run.lantern.house.database
    rows = await database.read(lambda tx: tx.all(_ALL))
    assert await database.read(audit.broken_at) is None
    return [(row["actor"], row["action"]) for row in rows if row["subject"] == subject]


async def test_the_staff_hear_of_it_when_many_wrong_codes_are_tried(town):
    _, colleague = await town.worker("Colleague")
    await guessed(town, ALARMING_TRIES - 2)
    child = await town.child()
    tries = ("moon moon moon moon", "cannot find this code"), ("again", "your code?")
    await town.answers(child, ("3", "your code?"), *tries)
    await town.hears_nothing(colleague)

    await town.answers(child, *tries, tries[0])

    await colleague.hears("many return codes that do not exist")
    await town.hears_nothing(colleague)


async def test_after_a_thousand_wrong_codes_from_anywhere_none_opens_anything_for_an_hour(town):
    _, code, _ = await told(town)
    await guessed(town, ALL_CODE_TRIES)
    friend = await town.child()

    await town.answers(friend, (code, "Too many codes"))

    town.run.clock.advance(HOUR)
    await town.answers(friend, ("menu", "What would"), (code, "No worker has written"))


async def test_every_look_and_every_deed_of_a_worker_is_in_the_audit(town):
    child, _, case = await told(town)
    await child.sends_photo(b"a picture")
    await town.quiet()
    desk, (worker, _) = town.run.desk, await town.worker("Worker")
    found = await desk.look(worker, case.line.id)
    [file] = [entry.file_id for entry in found.entries if entry.kind is EntryKind.FILE]

    await desk.file(worker, case.line.id, file)
    line = await desk.claim(worker, case.line.id)
    await desk.note(worker, line.id, "seen before")
    line = await desk.answer(
        worker, line.id, "Hello", version=(await desk.line(worker, line.id)).version
    )
    line = await desk.release(worker, line.id, version=line.version)
    line = await desk.claim(worker, line.id)
    line = await desk.hand_over(
        worker, line.id, to=town.watcher.id, summary="as told", version=line.version
    )
    seen = (await desk.read(town.watcher, line.id)).words
    line = await desk.line(town.watcher, line.id)
    line = await desk.set_level(
        *(town.watcher, line.id, Level.ROUTINE),
        reason="spoken with them",
        version=line.version,
        seen=seen,
    )
    line = await desk.close(
        town.watcher, line.id, outcome="helped", reason="spoken with them", version=line.version
    )
    await desk.reopen(town.watcher, line.id, version=line.version)

    did = await noted(town, line.id)
    assert [action for actor, action in did if actor == worker.id] == [
        *("case_read", "file_read", "case_claimed", "case_noted", "case_answered"),
        *("case_released", "case_claimed", "case_handed_over"),
    ]
    assert [action for actor, action in did if actor == town.watcher.id][-3:] == [
        *("level_changed", "case_closed", "case_reopened"),
    ]


async def test_whoever_is_signed_in_and_does_nothing_for_twelve_hours_is_signed_out(town):
    staff = town.run.staff
    signed_in = await staff.sign_in(await staff.invite(town.watcher.id))
    town.run.clock.advance(SESSION_LASTS - MINUTE)
    await staff.stay(signed_in.session)
    town.run.clock.advance(SESSION_LASTS - MINUTE)
    assert await staff.who_is(signed_in.session) is not None

    town.run.clock.advance(2 * MINUTE)

    assert await staff.who_is(signed_in.session) is None
