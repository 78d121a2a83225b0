"""A case whose code was typed on another phone: neither phone shows anything of the other."""

import pytest
from journeys.lives import happened, said
from journeys.test_contact_code import told

from bot.directory.return_code import return_code_text
from bot.domain.ids import DAY
from bot.domain.level import Level
from storage import cases

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_DANGER = "he is hitting me right now"


async def moved(town, *, safe="yes"):
    """A child whose code was typed on another phone; return both phones, the code and the case."""
    child, code, case = await told(town, safe=safe)
    phone = await town.child()
    await town.answers(phone, (code, "A worker"), ("done", "Take care"))
    return child, phone, code, case.line


async def answered(town, worker, line, text):
    """Have *worker* answer in the case of *line*; return how it stands then."""
    before = await town.run.desk.read(worker, line.id)
    await town.run.desk.answer(worker, line.id, text, version=before.line.version)
    await town.quiet()
    return await town.run.desk.look(worker, line.id)


async def closed(town, worker, line):
    """Have *worker*, who has the case of *line*, close it."""
    await town.run.desk.close(
        worker, line.id, outcome="reported_to_police", reason="receipt 1", version=line.version
    )
    await town.quiet()


@pytest.mark.parametrize("how", [("leave",), ("erase", "yes")])
async def test_leaving_or_erasing_on_the_old_phone_cuts_nobody_off_on_the_new_one(town, how):
    child, phone, _, line = await moved(town)
    worker, _ = await town.worker(f"Worker of {line.code}")
    await answered(town, worker, line, "Are you at home?")
    await phone.hears("Are you at home?")

    for words in how:
        await child.writes(words)
        await town.quiet()
    await phone.writes(IN_DANGER)
    await town.quiet()
    heard = len(phone.heard)
    case = await answered(town, worker, line, "Go to your aunt.")

    assert case.can_reach
    assert ["Go to your aunt." in text for text in phone.heard[heard:]] == [True]
    assert not {"left", "asked_to_erase"}.intersection(happened(case))
    assert ("asked_to_erase_elsewhere" in happened(case)) is ("erase" in how)


async def test_leaving_where_two_cases_are_answered_is_noted_in_both(town):
    _, code, case = await told(town)
    friend, _, own = await told(town, story="It is dark")
    await town.answers(friend, (code, "A worker"), ("done", "Take care"))

    await town.answers(friend, ("leave", "Bye"))

    for line in (case.line, own.line):
        left = await town.run.desk.look(town.watcher, line.id)
        assert happened(left).count("left") == 1
        assert not left.can_reach


async def in_danger(town, place):
    """Somebody who told of danger and where they are."""
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("1", "Where are you now"))
    await town.answers(child, (place, "tell more now?"))
    return child


async def code_of(town, case):
    house = town.run.lantern.house
    body = await house.database.read(lambda tx: cases.read_body(tx, case.line.id))
    return return_code_text(body.code, "en", house.directory.code_words)


async def test_what_a_friend_answered_before_the_code_was_typed_stays_in_their_own_case(town):
    child = await in_danger(town, "behind the big school, Kaili")
    before = await town.case_of(child)
    friend = await in_danger(town, "Sunflower Road 12, building 3")
    own = await town.case_of(friend)

    await town.answers(friend, (await code_of(town, before), "A worker"), ("done", "Take care"))

    after = await town.run.desk.read(town.watcher, before.line.id)
    assert (after.answers[:-1], after.who) == (before.answers, before.who)
    kept = await town.run.desk.read(town.watcher, own.line.id)
    assert "Sunflower Road 12, building 3" in [answer for _, answer in kept.answers]


async def test_an_unfinished_report_stays_a_case_of_its_own_and_makes_no_other_more_pressing(town):
    _, code, before = await told(town)
    friend = await town.teller(danger="1")
    await town.answers(friend, ("MY FRIEND has bruises", "write on"))
    own = await town.case_of(friend)

    await town.answers(friend, (code, "A worker"), ("done", "Take care"))
    await friend.writes("my uncle touches me at night")
    await town.quiet()

    lines = (before.line, own.line)
    after, kept = [await town.run.desk.read(town.watcher, line.id) for line in lines]
    assert after.answers[:-1] == before.answers
    assert after.line.level > Level.EMERGENCY
    assert "MY FRIEND has bruises" in said(kept)


@pytest.mark.parametrize(
    ("theirs", "here", "kept"), [("no", "yes", "not_ok"), ("yes", "no", "not_ok")]
)
async def test_that_writing_is_not_safe_counts_from_either_phone_that_it_is_from_its_own(
    town, theirs, here, kept
):
    _, code, case = await told(town, safe=theirs)
    friend, _, own = await told(town, story="It is dark", safe=here)

    await town.answers(friend, (code, "A worker"), ("done", "Take care"))

    after = await town.run.desk.read(town.watcher, case.line.id)
    assert (after.safe_to_reply, after.can_reach) == (kept, False)
    assert (await town.run.desk.read(town.watcher, own.line.id)).safe_to_reply == own.safe_to_reply


async def test_what_no_case_holds_is_read_by_whoever_has_the_case_of_the_code(town):
    _, code, case = await told(town)
    phone = await town.child()
    await phone.writes("the moon over our village looks strange")
    await town.quiet()
    count = await town.count_cases()

    await town.answers(phone, (code, "A worker"), ("done", "Take care"))

    after = await town.run.desk.read(town.watcher, case.line.id)
    assert said(after).count("the moon over our village looks strange") == 1
    assert await town.count_cases() == count


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
