"""Where somebody else's code was typed: what is told there later is a case of its own."""

import pytest
from journeys.lives import happened, said
from journeys.test_contact_code import told
from journeys.test_contact_moved import IN_DANGER, answered, told_anew

from bot.domain.ids import HOUR
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = "I was at the market"


async def shared(town):
    """A child who typed their code on a friend's phone; return both phones, the code, the case."""
    child, code, case = await told(town)
    friend = await town.child()
    await town.answers(friend, (code, "A worker"), ("done", "before you give it back"))
    return child, friend, code, await town.run.desk.look(town.watcher, case.line.id)


async def own_case(town, friend, case):
    """The case that *friend* has beside *case*, which holds nothing of theirs."""
    own = await town.case_of(friend)
    assert own.line.id != case.line.id
    after = await town.run.desk.look(town.watcher, case.line.id)
    assert after.answers == case.answers
    assert set(said(after)) <= {*said(case), "1"}  # the menu, before anything was told
    assert happened(after).count("told_apart") == 1
    assert [each.code for each in after.related] == [own.line.code]
    return own


async def test_a_report_begun_later_is_of_whoever_has_the_phone_and_answered_only_there(town):
    child, friend, code, case = await shared(town)
    town.later(2 * HOUR)

    await told_anew(town, friend, STORY, safe="yes")
    own = await own_case(town, friend, case)
    await town.answers(child, ("menu", "What would"), (code, "A worker"), ("done", "Take care"))
    await town.quiet()
    heard = len(child.heard)
    worker, _ = await town.worker(f"Worker of {own.line.code}")
    await answered(town, worker, own.line, "Are you dry again?")
    await friend.hears("Are you dry again?")

    assert STORY in said(own)
    assert len(child.heard) == heard
    assert "Are you dry again?" not in await town.answers(
        child, ("menu", "What would"), (code, "No worker has written to you yet.")
    )


async def test_danger_told_there_later_calls_a_worker_to_a_case_of_its_own(town):
    _, friend, _, case = await shared(town)
    town.later(2 * HOUR)

    await friend.writes(IN_DANGER)
    await friend.hears("Where are you")
    await town.quiet()

    own = await own_case(town, friend, case)
    assert (own.line.level, IN_DANGER in said(own)) == (Level.EMERGENCY, True)
    assert (await town.run.desk.look(town.watcher, case.line.id)).line.level is case.line.level


async def test_whoever_typed_the_code_has_left_so_a_report_there_is_not_theirs(town):
    _, friend, _, case = await shared(town)
    await town.answers(friend, ("leave", "Bye"))
    case = await town.run.desk.look(town.watcher, case.line.id)

    await friend.writes(IN_DANGER)
    await town.quiet()

    own = await own_case(town, friend, case)
    assert own.can_reach


async def test_an_answer_to_the_worker_who_asked_there_still_reaches_them(town):
    _, friend, _, case = await shared(town)
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    await answered(town, worker, case.line, "What happened after school?")
    town.later(30 * HOUR)

    await friend.writes("my uncle touches me at night")
    await town.quiet()

    after = await town.run.desk.look(worker, case.line.id)
    assert said(after)[-1] == "my uncle touches me at night"
    assert "told_apart" not in happened(after)


async def test_a_report_of_a_phone_that_has_a_case_already_goes_on_in_that(town):
    friend, _, own = await told(town, story="It is dark")
    _, code, case = await told(town)
    await town.answers(friend, (code, "A worker"), ("done", "Take care"))
    town.later(2 * HOUR)

    await told_anew(town, friend, STORY, safe="yes")
    await town.quiet()

    assert STORY in said(await town.run.desk.look(town.watcher, own.line.id))
    assert STORY not in said(await town.run.desk.look(town.watcher, case.line.id))


async def test_a_report_begun_there_and_given_up_leaves_the_way_to_the_worker_open(town):
    _, friend, _, case = await shared(town)
    town.later(2 * HOUR)
    await town.answers(friend, ("/menu", "What would you like"), ("1", "in danger right now?"))
    await town.answers(friend, ("stop", ""))

    await friend.writes("the moon over our village looks strange")
    await town.quiet()

    after = await town.run.desk.look(town.watcher, case.line.id)
    assert said(after)[-1] == "the moon over our village looks strange"


async def test_a_page_shows_the_code_of_another_only_while_they_sit_there(town, visitor):
    _, code, _ = await told(town)
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("3", "code?"), (code, "No worker has written"))
    shown, visitor.heard_up_to = visitor.way_back, len(visitor.shown)
    town.later(2 * HOUR)

    await visitor.answers(("hi", ""))

    assert (shown, visitor.way_back) == (code, "")
