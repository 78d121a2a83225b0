"""What a worker does with a case, and what its contact hears of it."""

import pytest
import pytest_asyncio
from journeys.lives import happened, level_of, said

from bot.domain.case import EntryKind
from bot.domain.errors import ConflictError, NotAllowedError, RefusedError
from bot.domain.ids import HOUR, MINUTE, CaseId
from bot.domain.level import Level
from bot.domain.worker import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def staff(town):
    """Two workers and their supervisor, each with a phone."""
    return [
        await town.worker("Worker 1"),
        await town.worker("Worker 2"),
        await town.worker("Boss", role=Role.SUPERVISOR),
    ]


async def told(town, *, danger: str = "3"):
    """A child in the middle of telling, and their case."""
    child = await town.teller(danger=danger)
    await town.answers(child, ("It is loud", "write on"))
    await child.writes("my dad hits me")
    await child.hears("write on")
    return child, await town.case_of(child)


async def claimed(town, worker, *, danger: str = "3"):
    child, case = await told(town, danger=danger)
    line = await town.run.desk.claim(worker, case.line.id)
    await child.hears("A social worker is reading")
    return child, line


# Answering


async def test_an_answer_is_marked_as_a_person_s_and_the_bot_is_silent_from_then_on(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)

    await town.run.desk.answer(worker, line.id, "I am here.", version=line.version)

    assert (await child.hears("I am here.")).text.startswith("A social worker writes:")
    for words in ("thank you", "done", "stop", "menu", "back", "3", "talk to a person"):
        await child.writes(words)
    await child.sends_sticker()
    await child.sends_photo(b"picture")
    await town.hears_nothing(child)
    kept = said(await town.run.desk.read(worker, line.id))
    *words, sticker = kept[-8:]
    assert words == ["thank you", "done", "stop", "menu", "back", "3", "talk to a person"]
    assert "sticker" in sticker


async def test_a_button_tapped_after_a_worker_took_over_reaches_the_worker(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)

    tap = await child.taps("That is all")

    assert await child.notices(tap) == ""
    await town.hears_nothing(child)
    assert "That is all" in said(await town.run.desk.read(worker, line.id))


async def test_leaving_help_language_and_erasing_still_work_and_ask_nothing_else(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)

    helped = await town.answers(child, ("help", "I am a program"))
    await town.answers(child, ("language", "choose a language"))
    await child.taps("中文")
    switched = (await child.hears("现在说中文")).text
    await town.answers(child, ("删除", "要把这次聊天"))
    await child.writes("不")
    await town.hears_nothing(child)

    assert "write on" not in helped
    assert "接着写" not in switched
    await child.writes("我还在")
    await child.writes("离开")
    await child.hears("再见")
    await town.quiet()
    assert [message.text for message in child.chat.screen] == ["好的，再见。"]
    assert "我还在" in said(await town.run.desk.read(worker, line.id))


async def test_erasing_while_a_worker_owns_the_conversation_is_done_and_seen(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)

    await town.answers(child, ("erase", "Shall we erase"))
    await child.taps("Yes, erase it")
    await child.hears("It is erased")

    assert "asked_to_erase" in happened(await town.run.desk.read(worker, line.id))


async def test_words_that_answer_nothing_the_bot_asked_go_to_the_worker(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)
    await town.answers(child, ("erase", "Shall we erase"))

    await child.writes("wait, he is coming")
    await town.hears_nothing(child)

    assert "wait, he is coming" in said(await town.run.desk.read(worker, line.id))


async def test_whoever_begins_the_chat_anew_is_told_that_a_worker_reads_there(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)
    await child.blocks()
    await town.quiet()
    await child.unblocks()

    await child.writes("/start")

    await child.hears("A social worker is reading")
    line = await town.run.desk.line(worker, line.id)
    await town.run.desk.answer(worker, line.id, "I am here.", version=line.version)
    await child.hears("I am here.")


async def told_on_a_shared_phone(town, whether_safe):
    """Return a child who told, and said *whether_safe* it is to write to them, and their case."""
    child, case = await told(town)
    await town.answers(child, ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
        whether_safe,
    )
    return child, case


async def test_whoever_begins_the_chat_anew_reads_no_worker_at_times_that_may_not_be_safe(
    town, staff
):
    worker, _ = staff[0]
    child, case = await told_on_a_shared_phone(town, ("only after school", "code"))
    town.later(5 * HOUR)
    await town.run.desk.claim(worker, case.line.id)

    await child.writes("/start")

    await town.hears_nothing(child)


async def test_where_it_is_not_safe_to_write_an_answer_is_kept_for_the_code(town, staff):
    worker, _ = staff[0]
    child, case = await told_on_a_shared_phone(town, ("no", "will not write"))

    line = await town.run.desk.claim(worker, case.line.id)
    await town.run.desk.answer(worker, line.id, "Come on Monday.", version=line.version)
    await child.writes("/start")

    await town.hears_nothing(child)
    again = await town.run.desk.read(worker, line.id)
    assert [e.state for e in again.entries if e.kind is EntryKind.WORKER] == ["kept"]


async def test_answering_a_case_nobody_has_claims_it(town, staff):
    worker, _ = staff[0]
    child, case = await told(town)

    line = await town.run.desk.answer(worker, case.line.id, "Hello.", version=case.line.version)

    await child.hears("Hello.")
    assert line.owner == worker.id


# News


async def test_new_words_are_news_for_the_owner_once_until_they_look(town):
    worker, phone = await town.worker("Worker with news")
    child, line = await claimed(town, worker)
    await town.quiet()
    before = len(phone.heard)

    for words in ("one", "two", "three"):
        await child.writes(words)
    news = await phone.hears("There is something new in")
    await town.quiet()
    assert line.code in news.text
    assert len(phone.heard) == before + 1
    assert "I have it" not in news.labels

    await town.run.desk.read(worker, line.id)
    await child.writes("four")
    await phone.hears("There is something new in")


async def test_an_emergency_told_to_a_worker_who_has_not_looked_rings_again(town):
    worker, phone = await town.worker("Worker who sleeps")
    child, _ = await claimed(town, worker, danger="1")
    await child.writes("one")
    await phone.hears("something new")

    await child.writes("he has a knife now")

    await phone.hears("something new")


# Handing on


async def test_a_case_is_handed_over_with_a_summary_and_the_next_worker_is_told(town, staff):
    (worker, _), (other, phone), _ = staff
    child, line = await claimed(town, worker)

    line = await town.run.desk.hand_over(
        worker, line.id, to=other.id, summary="Call the school.", version=line.version
    )

    assert line.code in (await phone.hears("handed over to you")).text
    assert line.owner == other.id
    again = await town.run.desk.read(other, line.id)
    assert "Call the school." in [e.text for e in again.entries if e.kind is EntryKind.NOTE]
    await child.writes("hello?")
    await town.hears_nothing(child)


async def test_a_case_given_back_is_alerted_anew_and_the_bot_goes_on(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)

    line = await town.run.desk.release(worker, line.id, version=line.version)

    await child.hears("Another worker will go on")
    assert line.owner is None

    async def is_alerted():
        case = await town.case_of(child)
        return case.line.status == "alerted"

    await town.run.until(is_alerted)
    await town.answers(child, ("done", "When did it happen last?"))


# What cannot be done so


async def test_what_is_missing_is_named_and_nothing_is_changed(town, staff):
    (worker, _), (other, _), (boss, _) = staff
    _, line = await claimed(town, worker)
    desk, version = town.run.desk, line.version
    refused = [
        ("answer", desk.answer(worker, line.id, "  ", version=version)),
        ("note", desk.note(worker, line.id, "")),
        ("to", desk.hand_over(worker, line.id, to="nobody", summary="x", version=version)),
        ("summary", desk.hand_over(worker, line.id, to=other.id, summary=" ", version=version)),
        ("outcome", desk.close(boss, line.id, outcome="gone", reason="x", version=version)),
        ("receipt", desk.close(worker, line.id, outcome="helped", reason="x", version=version)),
        (
            "reason",
            desk.close(worker, line.id, outcome="reported_to_police", reason="", version=version),
        ),
        ("reason", desk.close(boss, line.id, outcome="helped", reason=" ", version=version)),
        ("level", desk.set_level(worker, line.id, Level.ROUTINE, reason="x", version=version)),
        ("level_reason", desk.set_level(worker, line.id, Level.EMERGENCY, reason="", version=0)),
    ]

    for missing, doing in refused:
        with pytest.raises(RefusedError) as refusal:
            await doing
        assert refusal.value.missing == missing

    assert (await desk.read(worker, line.id)).line.version == version


async def test_what_somebody_else_has_or_changed_is_left_alone(town, staff):
    (worker, _), (other, _), _ = staff
    _, line = await claimed(town, worker)
    desk = town.run.desk

    with pytest.raises(ConflictError) as conflict:
        await desk.claim(other, line.id)
    assert conflict.value.by == "Worker 1"
    with pytest.raises(ConflictError):
        await desk.answer(other, line.id, "Hello.", version=line.version)
    with pytest.raises(ConflictError):
        await desk.answer(worker, line.id, "Hello.", version=line.version - 1)
    with pytest.raises(NotAllowedError):
        await desk.read(worker, CaseId("none"))


async def test_a_supervisor_lowers_a_level_and_a_worker_only_raises_it(town, staff):
    (worker, _), _, (boss, _) = staff
    _, line = await claimed(town, worker)

    line = await town.run.desk.set_level(
        worker, line.id, Level.EMERGENCY, reason="He waits outside.", version=line.version
    )
    line = await town.run.desk.set_level(
        boss, line.id, Level.ROUTINE, reason="He has left town.", version=line.version
    )

    assert line.level is Level.ROUTINE


# Closing


async def test_an_urgent_case_is_closed_with_the_receipt_of_a_police_report(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)

    line = await town.run.desk.close(
        worker, line.id, outcome="reported_to_police", reason="No. 7", version=line.version
    )

    assert line.is_closed
    await child.hears("finished this for now")
    with pytest.raises(ConflictError):
        await town.run.desk.answer(worker, line.id, "One more thing.", version=line.version)


async def test_after_closing_the_bot_speaks_again_and_asks_nothing_from_before(town, staff):
    boss, _ = staff[2]
    child, line = await claimed(town, boss)
    await town.run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await child.hears("finished this for now")

    await town.answers(child, ("menu", "What would you like to do?"))

    await town.answers(child, ("1", "in danger right now?"), ("no", "Who needs help?"))


async def test_what_is_written_after_closing_opens_the_case_again(town, staff):
    boss, _ = staff[2]
    child, line = await claimed(town, boss)
    await town.run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await child.hears("finished this for now")

    await town.answers(child, ("It has begun again", "This has been passed on"))

    again = {case.id: case for case in await town.run.desk.queue(boss)}[line.id]
    assert (again.owner, again.status) == (None, "reopened")
    assert "It has begun again" in said(await town.run.desk.read(boss, line.id))


async def test_harm_told_after_closing_opens_the_case_again(town, staff):
    boss, _ = staff[2]
    child, line = await claimed(town, boss)
    await town.run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await child.hears("finished this for now")

    await town.answers(child, ("my dad hits me again", "not your fault"))

    assert line.id in {case.id for case in await town.run.desk.queue(boss)}
    assert "my dad hits me again" in said(await town.run.desk.read(boss, line.id))


async def test_a_case_opened_again_belongs_to_whoever_opened_it(town, staff):
    (worker, _), _, (boss, _) = staff
    child, line = await claimed(town, boss)
    line = await town.run.desk.close(
        boss, line.id, outcome="helped", reason="ok", version=line.version
    )
    await child.hears("finished")

    line = await town.run.desk.reopen(worker, line.id, version=line.version)

    assert line.owner == worker.id
    await child.writes("hello?")
    await town.hears_nothing(child)
    assert "hello?" in said(await town.run.desk.read(worker, line.id))
    with pytest.raises(ConflictError):
        await town.run.desk.reopen(worker, line.id, version=line.version)


# Safe moments


async def test_nobody_is_told_out_of_the_blue_that_a_worker_reads(town, staff):
    worker, _ = staff[0]
    child, case = await told(town)
    town.later(15 * MINUTE)

    await town.run.desk.claim(worker, case.line.id)

    await town.hears_nothing(child)


async def test_after_a_day_without_a_worker_the_contact_is_not_left_in_silence(town, staff):
    worker, _ = staff[0]
    child, line = await claimed(town, worker)
    await town.run.desk.answer(worker, line.id, "I am here.", version=line.version)
    await child.hears("I am here.")
    town.later(25 * HOUR)

    await town.answers(child, ("are you there?", ""))

    assert "are you there?" in said(await town.run.desk.read(worker, line.id))
    assert level_of(await town.run.desk.read(worker, line.id)) is Level.URGENT


async def test_an_emergency_is_in_the_queue_even_if_fewer_cases_are_asked_for(town, staff):
    boss, _ = staff[2]
    first, _ = await told(town)
    second, _ = await told(town)
    for child in (first, second):
        case = await town.case_of(child)
        line = case.line
        await town.run.desk.set_level(
            boss, line.id, Level.EMERGENCY, reason="tonight", version=line.version
        )
    everything = await town.run.desk.queue(boss)
    pressing = [line.id for line in everything if line.level is Level.EMERGENCY]
    assert len(pressing) >= 2
    assert [line.id for line in await town.run.desk.queue(boss, most=1)] == pressing
    assert (await town.run.desk.counts(boss)).all == len(everything)
