"""Whose turn it is: the status and the clock of a case follow who has to act now."""

from dataclasses import replace

import pytest
import pytest_asyncio

from bot.console.lines import show_line
from bot.console.times import Times
from bot.desk.leaving import release_all
from bot.domain.ids import HOUR, MINUTE
from bot.domain.level import Level
from bot.domain.worker import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def boss(town):
    worker, _ = await town.worker("Boss of turns", role=Role.SUPERVISOR)
    return worker


async def answered(town, worker, *, after=2 * HOUR):
    """A child to whom *worker* has written so long *after* the case was opened, and its line."""
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "write on"))
    case = await town.case_of(child)
    line = await town.run.desk.claim(worker, case.line.id)
    await child.hears("A social worker is reading")
    town.later(after)
    line = await town.run.desk.answer(worker, line.id, "I am here.", version=line.version)
    await child.hears("I am here.")
    return child, line


def shown(town, line):
    now = town.run.lantern.house.clock()
    zone = town.run.lantern.house.directory.organisation.reading_hours.zone
    return show_line(line, now=now, times=Times(zone=zone), language="en")


def within(town, level):
    return town.run.lantern.house.levels.of(level).first_reply_within.total_seconds() * 1_000_000


async def test_no_clock_runs_while_the_contact_is_awaited(town, boss):
    _, line = await answered(town, boss)
    town.later(48 * HOUR)

    look = shown(town, line)

    assert line.status == "waiting"
    assert (look.left, look.stage, look.share) == ("", "early", 0)


async def test_it_is_the_worker_s_turn_again_once_the_contact_has_answered(town, boss):
    child, line = await answered(town, boss)
    town.later(5 * HOUR)
    await child.writes("he is at home now")
    await town.quiet()
    now = town.run.lantern.house.clock()

    line = (await town.case_of(child)).line

    assert line.status == "claimed"
    assert abs(line.since - now) < MINUTE
    assert line.due_at == line.since + within(town, line.level)
    assert shown(town, line).stage == "early"


async def test_a_file_and_a_button_are_answers_too(town, boss):
    for act in (lambda child: child.sends_photo(b"picture"), lambda child: child.taps("That is")):
        child, _ = await answered(town, boss, after=MINUTE)
        await act(child)
        await town.quiet()
        assert (await town.case_of(child)).line.status == "claimed"


async def test_who_is_awaited_stands_behind_those_who_wait_of_the_same_level(town, boss):
    _, line = await answered(town, boss)
    newer = await town.teller()
    await town.answers(newer, ("my dad hits me", "write on"))
    waiting = (await town.case_of(newer)).line
    assert waiting.level is line.level

    order = [each.id for each in await town.run.desk.queue(boss)]

    assert order.index(waiting.id) < order.index(line.id)


async def test_given_back_handed_over_or_opened_again_the_clock_begins_anew(town, boss):
    other, _ = await town.worker("Other of turns")
    desk = town.run.desk
    for deed in (
        lambda line: desk.release(boss, line.id, version=line.version),
        lambda line: desk.hand_over(
            boss, line.id, to=other.id, summary="All is told.", version=line.version
        ),
        lambda line: closed_and_reopened(desk, boss, line),
    ):
        _, line = await answered(town, boss)
        town.later(9 * HOUR)
        line = await deed(line)
        due = town.run.lantern.house.clock() + within(town, line.level)
        assert abs(line.due_at - due) < MINUTE
        assert not line.is_waiting


async def test_of_whoever_leaves_the_staff_no_case_whose_contact_is_awaited_is_due_at_once(town):
    house = town.run.lantern.house
    leaving, _ = await town.worker("Leaving")
    child, _ = await answered(town, leaving)
    town.later(9 * HOUR)

    await house.database.write(lambda tx: release_all(tx, leaving, house.levels, now=house.clock()))

    line = (await town.case_of(child)).line
    assert line.owner is None
    assert abs(line.due_at - house.clock() - within(town, line.level)) < MINUTE


async def closed_and_reopened(desk, worker, line):
    closed = await desk.close(
        worker, line.id, outcome="helped", reason="All well.", version=line.version
    )
    return await desk.reopen(worker, line.id, version=closed.version)


async def test_another_level_counts_from_when_it_became_the_turn_of_staff(town, boss):
    child, _ = await answered(town, boss)
    await child.writes("he is at home now")
    await town.quiet()
    town.later(10 * MINUTE)
    line = (await town.case_of(child)).line

    raised = await town.run.desk.set_level(
        boss, line.id, Level.EMERGENCY, reason="He is there.", version=line.version
    )

    assert raised.since == line.since
    assert raised.due_at == line.since + within(town, Level.EMERGENCY)
    assert replace(raised, status="waiting").is_waiting
