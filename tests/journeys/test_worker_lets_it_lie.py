"""Whoever has a case and lets it lie is called, and so are others, until somebody acts."""

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from journeys.owned_case import UNANSWERED, UNDECIDED, a_town, case_in, passes, told

from bot.casework.ringing import LATE, LOOK
from bot.desk.reading import look
from bot.domain.case import NOT_DUE, OK
from bot.domain.errors import ConflictError, RefusedError
from bot.domain.ids import DAY, HOUR, MINUTE
from bot.domain.level import Level
from storage import cases, timers

pytestmark = pytest.mark.long


async def in_the_morning(run):
    """It is the next time that somebody begins to read."""
    hours = run.lantern.house.directory.organisation.reading_hours
    await passes(run, hours.next_after(run.clock()) - run.clock() + MINUTE)
    await passes(run, MINUTE)


async def days_left(run, case_id):
    """In how many days somebody must decide about the case, or look at it again."""
    left = (await case_in(run, case_id)).look_by - run.clock()
    return pytest.approx(left / DAY, abs=0.001)


async def is_noted(run, worker, case, text):
    return text in [entry.text for entry in (await run.desk.look(worker, case)).entries]


async def forget_decision(tx, case):
    """As it was before decisions were kept with the case."""
    body = await cases.read_body(tx, case)
    await cases.save_body(tx, case, replace(body, decided=None))


async def test_a_child_who_is_left_without_an_answer_is_called_for_until_it_has_one(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (_, boss)):
        await passes(run, HOUR - 2 * MINUTE)
        assert not told(phone, UNANSWERED)
        await passes(run, 4 * MINUTE)
        await passes(run, MINUTE)
        for each in (phone, boss):
            await each.hears(f"Anna has L-0001. {UNANSWERED}")
        await passes(run, 31 * MINUTE)
        assert told(boss, UNANSWERED) == 2

        line = await run.desk.line(worker, case)
        await run.desk.answer(worker, case, "I am Anna. Can you talk?", version=line.version)
        await passes(run, 2 * HOUR)
        assert told(boss, UNANSWERED) == 2


async def test_what_was_not_decided_in_a_day_calls_until_it_is_noted(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (_, boss)):
        line = await run.desk.line(worker, case)
        line = await run.desk.answer(worker, case, "I am here.", version=line.version)
        await passes(run, DAY + 2 * MINUTE)
        await in_the_morning(run)
        for each in (phone, boss):
            await each.hears(f"Anna has L-0001. {UNDECIDED}")

        noted = {"reason": "Told the police, receipt 12", "again": 3, "version": line.version}
        await run.desk.decide(worker, case, "reported", **noted)
        before = told(boss, UNDECIDED)
        await passes(run, 3 * DAY - 10 * MINUTE)
        assert told(boss, UNDECIDED) == before
        await passes(run, 12 * MINUTE)
        await in_the_morning(run)
        assert told(boss, UNDECIDED) == before + 1
        assert await is_noted(run, worker, case, "decided:reported:3: Told the police, receipt 12")

        await run.desk.note(worker, case, "they moved")
        house = run.lantern.house
        short = await house.database.write(lambda tx: look(tx, house, worker, case, most=1))
        assert [each.text for each in short.entries] == ["they moved"]
        assert (short.decided.by, short.decided.reason) == ("Anna", "Told the police, receipt 12")
        assert short.is_answered

        await house.database.write(lambda tx: forget_decision(tx, case))
        assert (await run.desk.look(worker, case)).decided == short.decided


async def test_whoever_has_just_taken_an_old_case_has_time_to_look(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, boss_phone)):
        line = await run.desk.line(worker, case)
        await run.desk.release(worker, case, version=line.version)
        await passes(run, 3 * HOUR)
        await run.desk.claim(boss, case)
        await run.desk.read(boss, case)
        await passes(run, 58 * MINUTE)
        assert not told(phone, UNANSWERED)
        await passes(run, 4 * MINUTE)
        await passes(run, MINUTE)
        for each in (phone, boss_phone):
            await each.hears(f"Supervisor has L-0001. {UNANSWERED}")


async def test_where_nothing_reaches_them_what_was_decided_is_the_answer(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (worker, _), _):
        await child.blocks()
        await run.until(lambda: is_noted(run, worker, case, "blocked"))
        await run.desk.read(worker, case)
        line = await run.desk.line(worker, case)
        noted = {"reason": "We went there", "again": 1, "version": line.version}
        await run.desk.decide(worker, case, "goes_on", **noted)
        assert (await case_in(run, case)).due_at == NOT_DUE


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"decision": "nothing"}, "decision"),
        ({"reason": "  "}, "decision_reason"),
        ({"again": 2}, "again"),
    ],
)
async def test_a_decision_without_words_or_a_day_is_none(tmp_path, changes, missing):
    async with a_town(tmp_path) as (run, case, _, (worker, _), _):
        line = await run.desk.line(worker, case)
        whole = {"decision": "goes_on", "reason": "we visit", "again": 7, **changes}
        with pytest.raises(RefusedError) as refused:
            await run.desk.decide(worker, case, version=line.version, **whole)
        assert refused.value.missing == missing


async def test_only_whoever_has_a_case_decides_about_it_and_supervisors(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (boss, _)):
        other = await run.add_worker("Ben")
        line = await run.desk.line(worker, case)
        noted = {"decision": "no_report", "reason": "a film", "again": 7, "version": line.version}
        with pytest.raises(ConflictError):
            await run.desk.decide(other, case, **noted)
        await run.desk.decide(boss, case, **noted)
        freed = await run.desk.release(worker, case, version=line.version)
        with pytest.raises(ConflictError):
            await run.desk.decide(boss, case, **{**noted, "version": freed.version})


async def test_what_becomes_more_pressing_is_to_be_decided_sooner(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (boss, _)):
        line = await run.desk.line(worker, case)
        noted = {"reason": "we visit", "again": 30, "version": line.version}
        await run.desk.decide(boss, case, "goes_on", **noted)
        assert await days_left(run, case) == 30
        raised = {"reason": "he has a knife", "version": line.version}
        line = await run.desk.set_level(worker, case, Level.EMERGENCY, **raised)
        assert await days_left(run, case) == HOUR / DAY
        lowered = {"reason": "it was a toy", "version": line.version}
        await run.desk.set_level(boss, case, Level.ROUTINE, **lowered)
        assert await days_left(run, case) == 3


async def test_a_day_that_somebody_chose_stays_where_it_becomes_less_pressing(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (boss, _)):
        line = await run.desk.line(worker, case)
        noted = {"reason": "we visit", "again": 1, "version": line.version}
        await run.desk.decide(worker, case, "goes_on", **noted)
        lowered = {"reason": "it was a toy", "version": (await case_in(run, case)).version}
        await run.desk.set_level(boss, case, Level.ROUTINE, **lowered)
        assert await days_left(run, case) == 1


async def test_a_day_that_is_over_is_no_plan_for_what_became_less_pressing(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (boss, _)):
        line = await run.desk.line(worker, case)
        noted = {"reason": "we visit", "again": 1, "version": line.version}
        await run.desk.decide(worker, case, "goes_on", **noted)
        await passes(run, DAY + 2 * HOUR)
        lowered = {"reason": "it was a toy", "version": (await case_in(run, case)).version}
        await run.desk.set_level(boss, case, Level.ROUTINE, **lowered)
        assert await days_left(run, case) == 3


async def test_a_day_is_not_chosen_for_what_became_more_pressing_since(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), _):
        line = await run.desk.line(worker, case)
        noted = {"reason": "we visit", "again": 1, "version": line.version}
        await run.desk.decide(worker, case, "goes_on", **noted)
        await passes(run, DAY - HOUR // 2)
        raised = {"reason": "he has a knife", "version": (await case_in(run, case)).version}
        await run.desk.set_level(worker, case, Level.EMERGENCY, **raised)
        found = await case_in(run, case)
        assert (found.look_by - run.clock() < HOUR, found.is_look_chosen) == (True, False)


async def test_a_worry_waits_for_the_morning_and_calls_its_owner_first(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (supervisor, boss)):
        line = await run.desk.line(worker, case)
        line = await run.desk.answer(worker, case, "I am here.", version=line.version)
        judged = {"reason": "a quarrel at school", "version": line.version}
        await run.desk.set_level(supervisor, case, Level.ROUTINE, **judged)
        hours = run.lantern.house.directory.organisation.reading_hours
        evening = hours.next_after(run.clock()) + 4 * DAY + 14 * HOUR
        assert not hours.includes(evening)
        await passes(run, evening - run.clock())
        await passes(run, 2 * MINUTE)
        assert not told(phone, UNDECIDED)
        await in_the_morning(run)
        await phone.hears(UNDECIDED)
        assert not told(boss, UNDECIDED)
        await passes(run, 3 * DAY)
        await in_the_morning(run)
        await boss.hears(UNDECIDED)


async def at_night(run):
    """It is the first evening from now on, when nobody reads."""
    hours = run.lantern.house.directory.organisation.reading_hours
    evening = hours.next_after(run.clock()) + 14 * HOUR
    assert not hours.includes(evening)
    await passes(run, evening - run.clock())


@asynccontextmanager
async def a_worry_at_night(folder):
    """A routine case that is overdue at night: it waits for the morning."""
    async with a_town(folder) as (run, case, child, (worker, phone), (supervisor, boss)):
        line = await run.desk.line(worker, case)
        judged = {"reason": "a quarrel at school", "version": line.version}
        await run.desk.set_level(supervisor, case, Level.ROUTINE, **judged)
        await at_night(run)
        await passes(run, 2 * MINUTE)
        yield run, case, child, (worker, phone), boss


async def test_what_becomes_an_emergency_calls_in_its_own_time(tmp_path):
    async with a_worry_at_night(tmp_path) as (run, case, _, (worker, phone), boss):
        before = told(boss, UNANSWERED)
        line = await run.desk.line(worker, case)
        raised = {"reason": "he has a knife", "version": line.version}
        await run.desk.set_level(worker, case, Level.EMERGENCY, **raised)
        for _ in range(4):
            await passes(run, 5 * MINUTE)
        assert told(phone, UNANSWERED) > 1
        assert told(boss, UNANSWERED) > before + 1


async def test_so_does_what_its_own_words_make_one(tmp_path):
    async with a_worry_at_night(tmp_path) as (run, case, child, (worker, _), boss):
        before = told(boss, UNANSWERED)
        await child.writes("he has a knife, help me")
        await run.until(lambda: is_level(run, case, Level.EMERGENCY))
        await run.desk.read(worker, case)
        for _ in range(5):
            await passes(run, 5 * MINUTE)
        assert told(boss, UNANSWERED) > before


async def is_level(run, case, level):
    return (await case_in(run, case)).level is level


async def test_whoever_is_handed_a_late_case_has_the_time_to_take_one(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (_, boss)):
        other = await run.add_worker("Ben")
        await passes(run, 2 * HOUR)
        await passes(run, MINUTE)
        assert told(boss, UNANSWERED)
        line = await run.desk.line(worker, case)
        await run.desk.hand_over(worker, case, to=other.id, summary="late", version=line.version)
        await run.desk.read(other, case)
        await passes(run, 58 * MINUTE)
        await passes(run, MINUTE)
        assert not told(boss, f"Ben has L-0001. {UNANSWERED}")
        await passes(run, 3 * MINUTE)
        await passes(run, MINUTE)
        await boss.hears(f"Ben has L-0001. {UNANSWERED}")


async def test_whoever_is_called_for_new_words_is_not_called_for_an_answer_as_well(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (worker, phone), (_, boss)):
        await child.writes("are you there?")
        await phone.hears("There is something new in L-0001")
        for _ in range(6):
            await passes(run, 31 * MINUTE)
        assert told(boss, "something new in it has not been read")
        assert not told(boss, UNANSWERED)
        assert not told(boss, UNDECIDED)
        await run.desk.read(worker, case)
        await passes(run, 31 * MINUTE)
        await passes(run, MINUTE)
        await boss.hears(UNANSWERED)


async def test_where_nothing_arrives_it_is_time_to_decide_and_not_to_write(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (worker, _), (_, boss)):
        await child.blocks()
        await run.until(lambda: is_noted(run, worker, case, "blocked"))
        await run.desk.read(worker, case)
        line = await run.desk.line(worker, case)
        await run.desk.answer(worker, case, "We look for you.", version=line.version)
        await passes(run, 2 * HOUR)
        await passes(run, MINUTE)
        await boss.hears(UNDECIDED)
        assert not told(boss, UNANSWERED)


@pytest.mark.parametrize(("level", "longest"), [(Level.EMERGENCY, 1), (Level.URGENT, 7)])
async def test_a_later_day_for_a_pressing_case_is_a_supervisors_to_choose(tmp_path, level, longest):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (supervisor, _)):
        line = await run.desk.line(worker, case)
        if level < line.level:
            raised = {"reason": "a knife", "version": line.version}
            line = await run.desk.set_level(worker, case, level, **raised)
        noted = {"reason": "we wait", "version": line.version}
        with pytest.raises(RefusedError):
            await run.desk.decide(worker, case, "goes_on", again=14, **noted)
        await run.desk.decide(worker, case, "goes_on", again=longest, **noted)
        await run.desk.decide(supervisor, case, "goes_on", again=30, **noted)


async def test_that_a_pressing_case_needs_no_report_is_told_to_the_supervisors(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (supervisor, boss)):
        line = await run.desk.line(worker, case)
        noted = {"reason": "a film", "again": 7, "version": line.version}
        await run.desk.decide(worker, case, "no_report", **noted)
        await boss.hears("Anna has noted for L-0001 that no report is needed")
        before = len(boss.heard)
        await run.desk.decide(supervisor, case, "no_report", **noted)
        await passes(run, MINUTE)
        assert len(boss.heard) == before


async def test_what_was_planned_for_later_wakes_nobody(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (supervisor, boss)):
        line = await run.desk.line(worker, case)
        line = await run.desk.answer(worker, case, "I am here.", version=line.version)
        await at_night(run)
        noted = {"reason": "we visit", "again": 1, "version": line.version}
        await run.desk.decide(supervisor, case, "goes_on", **noted)
        before = told(boss, UNDECIDED)
        await passes(run, DAY + 2 * MINUTE)
        await passes(run, MINUTE)
        assert told(boss, UNDECIDED) == before
        await in_the_morning(run)
        assert told(phone, UNDECIDED) > 0
        assert told(boss, UNDECIDED) == before + 1
        await passes(run, 3 * HOUR)
        assert told(boss, UNDECIDED) == before + 1


async def test_a_lost_timer_lets_nothing_lie(tmp_path):
    async with a_town(tmp_path) as (run, case, _, _, (_, boss)):

        async def lose(tx):
            for kind in (LATE, LOOK):
                await timers.stop_timer(tx, kind, case)

        await passes(run, 2 * HOUR)
        await run.lantern.house.database.write(lose)
        before = told(boss, UNANSWERED)
        await passes(run, 2 * MINUTE)
        await passes(run, MINUTE)
        assert told(boss, UNANSWERED) > before


async def test_who_had_no_answer_yet_cannot_be_noted_as_needing_none(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), _):
        line = await run.desk.line(worker, case)
        noted = {"reason": "we visit", "again": 3, "version": line.version, "needs_answer": False}

        with pytest.raises(RefusedError) as refused:
            await run.desk.decide(worker, case, "goes_on", **noted)

        assert refused.value.missing == "no_answer"


async def test_thanks_need_no_answer_and_that_is_noted_once_they_had_one(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (worker, phone), (_, boss)):
        line = await run.desk.line(worker, case)
        noted = {"reason": "we visit", "again": 3, "version": line.version, "needs_answer": False}
        await run.desk.answer(worker, case, "We come on Monday.", version=line.version)
        await child.hears("We come on Monday.")
        await child.writes("ok thanks")
        await phone.hears("There is something new in L-0001")
        await run.desk.read(worker, case)
        assert (await case_in(run, case)).due_at != NOT_DUE
        await run.desk.decide(worker, case, "goes_on", **noted)

        assert (await case_in(run, case)).due_at == NOT_DUE
        assert await is_noted(run, worker, case, "no_answer")
        await passes(run, 5 * HOUR)
        assert not told(boss, UNANSWERED)
        await run.desk.note_safety(worker, case, OK, version=(await case_in(run, case)).version)
        assert (await case_in(run, case)).due_at == NOT_DUE
        await child.writes("are you still coming?")
        await phone.hears("There is something new in L-0001")
        assert (await case_in(run, case)).due_at != NOT_DUE
