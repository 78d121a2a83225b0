"""Two cases that are open at one phone: each worker hears what is meant for them."""

import pytest
from journeys.lives import happened, said
from journeys.test_contact_code import told
from journeys.test_contact_moved import answered, closed

from bot.domain.ids import DAY

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_leaving_where_two_cases_are_answered_is_noted_in_both(town):
    _, code, case = await told(town)
    friend, _, own = await told(town, story="It is dark")
    await town.answers(friend, (code, "A worker"), ("done", "Take care"))

    await town.answers(friend, ("leave", "Bye"))

    for line in (case.line, own.line):
        left = await town.run.desk.look(town.watcher, line.id)
        assert happened(left).count("left") == 1
        assert not left.can_reach


async def asked(town, worker, line, phone):
    """Have *worker* claim the case and ask what *phone* hears."""
    await town.run.desk.claim(worker, line.id)
    await answered(town, worker, line, "Are you at home, and is he there?")
    await phone.hears("Are you at home, and is he there?")


async def test_a_reply_goes_to_the_worker_who_asked_though_a_newer_case_is_answered_there(town):
    _, code, case = await told(town)
    friend, _, own = await told(town, story="It is dark")
    await town.answers(friend, (code, "A worker"), ("done", "Take care"))
    worker, alerts = await town.worker(f"Worker of {case.line.code}")
    await asked(town, worker, case.line, friend)
    heard = len(alerts.heard)

    await friend.writes("yes he is in the kitchen")
    await town.quiet()

    after = await town.run.desk.look(worker, case.line.id)
    assert said(after)[-1] == "yes he is in the kitchen"
    assert (after.line.is_waiting, after.line.unread) == (False, 1)
    assert after.answers[:-1] == case.answers
    assert len(alerts.heard) == heard + 1
    kept = await town.run.desk.look(town.watcher, own.line.id)
    assert "yes he is in the kitchen" not in said(kept)


async def test_a_reply_goes_to_the_case_that_was_opened_again_though_there_is_a_newer_one(town):
    child, _, case = await told(town)
    desk, worker = town.run.desk, (await town.worker(f"Worker of {case.line.code}"))[0]
    line = await desk.claim(worker, case.line.id)
    await closed(town, worker, line)
    town.later(40 * DAY)
    await child.writes("my uncle touches me at night")
    await town.quiet()
    newer = await town.case_of(child)
    line = (await desk.look(worker, case.line.id)).line
    await desk.reopen(worker, line.id, version=line.version)
    await asked(town, worker, line, child)

    await child.writes("he came again yesterday")
    await town.quiet()

    after = await desk.look(worker, line.id)
    assert said(after)[-1] == "he came again yesterday"
    assert not after.line.is_waiting
    assert "he came again yesterday" not in said(await desk.look(worker, newer.line.id))


async def test_of_two_cases_of_one_worker_the_reply_goes_to_that_in_which_it_is_awaited(town):
    _, code, case = await told(town)
    friend, _, own = await told(town, story="It is dark")
    await town.answers(friend, (code, "A worker"), ("done", "Take care"))
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    await town.run.desk.claim(worker, own.line.id)
    await asked(town, worker, case.line, friend)

    await friend.writes("yes")
    await town.quiet()

    after = await town.run.desk.look(worker, case.line.id)
    assert (said(after)[-1], after.line.is_waiting) == ("yes", False)


async def test_amid_the_talk_of_a_code_what_is_written_goes_to_the_worker_who_has_the_phone(town):
    _, code, _ = await told(town)
    friend, _, own = await told(town, story="It is dark")
    await town.answers(friend, (code, "A worker"))
    worker, _ = await town.worker(f"Worker of {own.line.code}")
    await asked(town, worker, own.line, friend)

    await friend.writes("yes he is here")
    await town.quiet()

    after = await town.run.desk.look(worker, own.line.id)
    assert said(after)[-1] == "yes he is here"


async def test_who_closes_one_case_leaves_the_phone_to_the_worker_of_another_there(town):
    _, code, case = await told(town)
    friend, _, own = await told(town, story="It is dark")
    await town.answers(friend, (code, "A worker"), ("done", "Take care"))
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    line = await town.run.desk.claim(town.watcher, own.line.id)
    await asked(town, worker, case.line, friend)

    await closed(town, town.watcher, line)
    heard = len(friend.heard)
    await friend.writes("yes he is here")
    await town.quiet()

    assert len(friend.heard) == heard
    assert said(await town.run.desk.look(worker, case.line.id))[-1] == "yes he is here"
