"""A case whose code was typed on another phone: neither phone shows anything of the other."""

import pytest
from journeys.lives import happened, said
from journeys.test_contact_code import told

from bot.domain.ids import DAY
from bot.domain.level import Level

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
    assert not case.asked_to_erase


async def in_danger(town, place):
    """Somebody who told of danger and where they are."""
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("1", "Where are you now"))
    await town.answers(child, (place, "tell more now?"))
    return child


async def test_what_a_friend_answered_before_the_code_was_typed_stays_in_their_own_case(town):
    child = await in_danger(town, "behind the big school, Kaili")
    before = await town.case_of(child)
    friend = await in_danger(town, "Sunflower Road 12, building 3")
    own = await town.case_of(friend)

    await town.answers(friend, (await town.code_of(before), "A worker"), ("done", "Take care"))

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


async def test_danger_on_the_old_phone_is_a_case_of_its_own_and_is_answered_there(town):
    child, phone, code, line = await moved(town)
    worker, _ = await town.worker(f"Worker of danger beside {line.code}")
    town.later(3 * DAY)
    before = len(child.heard)

    await child.writes(IN_DANGER)
    await child.hears("Where are you")
    await town.quiet()
    own = await town.case_of(child)
    heard = len(phone.heard)
    await answered(town, worker, own.line, "Stay there, we come.")
    await child.hears("Stay there, we come.")
    await town.quiet()

    assert "Stay there, we come." not in "".join(phone.heard[heard:])
    assert own.line.id != line.id
    assert own.line.level is Level.EMERGENCY
    assert own.line.earlier == line.code
    other = await town.run.desk.look(worker, line.id)
    assert IN_DANGER not in said(other)
    assert [each.code for each in other.related] == [own.line.code]
    assert code not in "".join(child.heard[before:])


async def test_what_is_written_on_the_old_phone_after_closing_is_a_case_of_its_own(town):
    child, phone, _, line = await moved(town)
    worker, _ = await town.worker(f"Worker of {line.code}")
    await closed(town, worker, await town.run.desk.claim(worker, line.id))
    town.later(3 * DAY)
    heard = len(phone.heard)

    await child.writes("it has begun again, he was drunk last night")
    await town.quiet()
    own = await town.case_of(child)
    await answered(town, worker, own.line, "Did he hit you?")
    await child.hears("Did he hit you?")

    assert "Did he hit you?" not in "".join(phone.heard[heard:])
    assert (await town.run.desk.look(worker, line.id)).line.is_closed
    assert "it has begun again, he was drunk last night" in said(own)


async def test_a_report_on_the_old_phone_leaves_the_answers_of_the_case_alone(town):
    child, phone, _, line = await moved(town)
    before = await town.run.desk.read(town.watcher, line.id)
    town.later(DAY)

    await told_anew(town, child, "I was at the market", safe="no")
    await town.quiet()

    after = await town.run.desk.look(town.watcher, line.id)
    assert (after.answers, after.can_reach) == (before.answers, True)
    own = await town.case_of(child)
    assert (own.safe_to_reply, own.line.id == line.id) == ("not_ok", False)
    assert "I was at the market" in said(own)
    await town.hears_nothing(phone)


async def told_anew(town, child, story, *, safe):
    """Have *child* tell everything from the menu on."""
    await town.answers(child, ("/menu", "What would you like"), ("1", "in danger right now?"))
    await town.answers(child, ("3", "Who needs help?"), ("1", "own words"))
    await town.answers(child, (story, "write on"), ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    await town.answers(child, (safe, "code"), *((("no", "That is fine"),) if safe == "yes" else ()))


async def test_amid_a_report_the_code_typed_elsewhere_ends_it_here_and_nothing_counts_twice(town):
    child = await in_danger(town, "behind the big school, Kaili")
    before = await town.case_of(child)
    phone = await town.child()
    await town.answers(phone, (await town.code_of(before), "A worker"), ("done", "Take care"))

    await town.answers(child, ("hello", "Hello again"))
    town.later(DAY)
    await town.quiet()

    assert await town.case_of(child) is None
    assert said(await town.run.desk.look(town.watcher, before.line.id))[-1] != "hello"


async def test_a_phone_that_a_case_has_left_again_tells_nothing_into_it(town):
    child, code, case = await told(town)
    friend = await town.child()
    await town.answers(friend, (code, "A worker"))
    await town.answers(child, (code, "A worker"), ("done", "Take care"))

    await friend.writes("my uncle touches me at night")
    await town.quiet()

    own = await town.case_of(friend)
    assert own.line.id != case.line.id
    kept = await town.run.desk.look(town.watcher, case.line.id)
    assert "my uncle touches me at night" not in said(kept)


async def test_a_report_begun_after_closing_is_not_lost_when_the_old_code_is_typed_elsewhere(town):
    child, code, case = await told(town)
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    await closed(town, worker, await town.run.desk.claim(worker, case.line.id))
    await town.answers(child, ("menu", "What would"), ("1", "in danger right now?"))
    await town.answers(child, ("3", "Who needs help?"), ("1", "own words"))
    phone = await town.child()
    await town.answers(phone, (code, "finished this for now"), ("done", "Take care"))

    await town.answers(child, ("the lamp is broken", "write on"), ("done", "last?"))
    await town.answers(child, ("stop", "Your code to come back"))

    assert "the lamp is broken" in said(await town.case_of(child))


async def test_what_is_added_to_a_closed_case_is_answered_where_it_was_added(town):
    child, code, case = await told(town)
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    await closed(town, worker, await town.run.desk.claim(worker, case.line.id))
    await town.answers(
        child, ("menu", "What would"), (code, "finished this for now"), ("add", "Please write")
    )
    phone = await town.child()
    await town.answers(phone, (code, "finished this for now"), ("done", "Take care"))
    heard = len(phone.heard)

    await town.answers(child, ("it has begun again", "worker will read"))
    await town.quiet()
    await answered(town, worker, case.line, "What has begun?")
    await child.hears("What has begun?")

    assert "What has begun?" not in "".join(phone.heard[heard:])


async def test_what_no_case_holds_is_a_case_of_its_own_where_that_of_the_code_is_closed(town):
    _, code, case = await told(town)
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    await closed(town, worker, await town.run.desk.claim(worker, case.line.id))
    phone = await town.child()
    await phone.writes("the moon over our village looks strange")
    await town.quiet()

    await town.answers(phone, (code, "finished this for now"), ("done", "Take care"))

    own = await town.case_of(phone)
    assert said(own).count("the moon over our village looks strange") == 1
    after = await town.run.desk.look(worker, case.line.id)
    assert (after.line.is_closed, after.line.unread) == (True, 0)
