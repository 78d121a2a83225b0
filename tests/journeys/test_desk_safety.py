"""A worker notes what the contact said about replying, and a message is in one language."""

from datetime import UTC, datetime

import pytest
import pytest_asyncio
from journeys.reading_desk import csrf_of, page_of, signed_in

from bot.domain.errors import RefusedError
from bot.domain.ids import DAY, SECOND
from bot.domain.worker import Role
from storage import audit, cases, contacts, outbox

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def boss(town):
    worker, _ = await town.worker("Boss who notes", role=Role.SUPERVISOR)
    return worker


async def claimed(town, boss, *steps):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "write on"), *steps)
    line = (await town.case_of(child)).line
    return child, await town.run.desk.claim(boss, line.id)


async def post(town, boss, line, safety, *, status=200):
    async with signed_in(town, boss) as page:
        text = await page(f"/desk/cases/{line.id}")
        csrf = csrf_of(text)
        sent = {"csrf": csrf, "version": str(line.version), "safety": safety}
        after = await page(f"/desk/cases/{line.id}/safety", data=sent, status=status)
    return text, after


async def test_that_it_is_safe_is_noted_kept_and_audited(town, boss):
    child, line = await claimed(town, boss)

    before, after = await post(town, boss, line, "ok")

    assert "We do not know whether it is safe to reply" in before
    assert "It is safe to reply, they said" in before
    assert "We do not know whether it is safe to reply" not in after
    assert "Noted: they said that it is safe to reply" in after
    noted = await town.run.lantern.house.database.read(lambda tx: audit.lines_of(tx, line.id))
    assert "safety_noted" in [each["action"] for each in noted]
    await child.writes("thank you")
    await town.quiet()
    assert (await town.case_of(child)).safe_to_reply == "ok"


async def test_that_it_is_not_safe_keeps_what_is_written_for_the_code(town, boss):
    child, line = await claimed(town, boss)

    _, after = await post(town, boss, line, "not_ok")

    assert "It is not safe to write to this phone" in after
    assert not (await town.case_of(child)).can_reach


async def test_an_answer_typed_before_the_safe_word_waits_until_it_is_known(town, boss):
    child, line = await claimed(town, boss)
    await child.hears("A social worker is reading")
    async with signed_in(town, boss) as page:
        csrf = csrf_of(await page(f"/desk/cases/{line.id}"))
        await child.writes("the lamp is on")
        await town.quiet()
        version = (await town.run.desk.line(boss, line.id)).version
        sent = {"csrf": csrf, "version": str(version), "answer": "Is he still hitting you?"}
        asked = await page(f"/desk/cases/{line.id}/answer", data=sent)

    assert "Is it safe to write now?" in asked
    assert "Safe word used" in asked
    assert (await town.run.desk.line(boss, line.id)).unread
    await town.hears_nothing(child)


async def test_nobody_notes_as_safe_what_they_answered_is_not(town, boss):
    steps = [("done", "last?")]
    child, line = await claimed(town, boss, *steps)
    await town.run.desk.release(boss, line.id, version=line.version)
    await town.quiet()
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    await town.answers(child, ("no", "will not write"))
    line = await town.run.desk.claim(boss, line.id)

    with pytest.raises(RefusedError):
        await town.run.desk.note_safety(boss, line.id, "ok", version=line.version)
    before, _ = await post(town, boss, line, "ok", status=422)

    assert "It is safe to reply, they said" not in before


async def test_what_holds_the_moment_is_read_wholly_in_the_language_it_was_said_in(town):
    moment = datetime.fromtimestamp(town.run.clock() / 1_000_000, UTC)
    town.run.clock.advance((5 - moment.weekday()) % 7 * DAY)  # nobody reads on a Saturday
    child = town.contact("zh-hans")
    await town.answers(child, ("/start", "110"), ("1", "你想做什么"), ("1", "有危险吗"))
    await town.answers(child, ("1", "在哪里"))

    page = await page_of(town, child, "en")

    said = page.split('id="log"')[1].split("</ol>")[0]
    assert "People read here" not in said
    assert "社工看消息的时间" in said


async def at_the_question(town):
    """A child who is asked whether it is safe to write to them later."""
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "write on"), ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    return child


async def test_a_refusal_in_own_words_is_kept_and_nothing_is_written_to_them(town, boss):
    child = await at_the_question(town)

    await town.answers(child, ("no, dad reads my phone", "will not write"))

    case = await town.case_of(child)
    assert (case.safe_to_reply, case.can_reach) == ("refused", False)
    await town.run.desk.claim(boss, case.line.id)
    await town.hears_nothing(child)


@pytest.mark.parametrize(
    ("answer", "known", "heard"),
    [
        ("Yes", "ok", "A social worker is reading"),
        ("Only at certain times", "sometimes", "A social worker is reading"),
        ("No, do not write to me", "not_ok", "Your code to come back"),
        ("no, my dad reads my phone", "refused", "Your code to come back"),
    ],
)
async def test_the_question_is_answered_also_after_a_worker_has_taken_the_case(
    town, boss, answer, known, heard
):
    child = await at_the_question(town)
    await town.run.desk.claim(boss, (await town.case_of(child)).line.id)
    await town.hears_nothing(child)

    if known == "refused":
        await child.writes(answer)
    else:
        await child.taps(answer)
    await child.hears(heard)

    case = await town.case_of(child)
    assert (case.safe_to_reply, case.can_reach) == (known, known in {"ok", "sometimes"})
    await child.writes("are you there?")
    await town.hears_nothing(child)


async def test_a_no_to_the_worker_is_no_answer_to_the_question_but_its_button_is(town, boss):
    child = await at_the_question(town)
    line = await town.run.desk.claim(boss, (await town.case_of(child)).line.id)
    town.later(SECOND)
    await town.run.desk.answer(boss, line.id, "Is he there now?", version=line.version)
    await child.hears("Is he there now?")

    await child.writes("no")
    await town.hears_nothing(child)
    before = await town.case_of(child)
    await child.taps("Yes")
    await town.hears_nothing(child)

    assert (before.safe_to_reply, before.can_reach) == ("asked", True)
    assert (await town.case_of(child)).safe_to_reply == "ok"


async def test_a_no_made_out_of_own_words_is_corrected_by_a_worker(town, boss):
    child = await at_the_question(town)
    await town.answers(child, ("my dad has my phone, he sees it", "will not write"))
    line = await town.run.desk.claim(boss, (await town.case_of(child)).line.id)
    line = await town.run.desk.line(boss, line.id)

    before, after = await post(town, boss, line, "ok")

    assert "made out of words of their own" in before
    assert "Noted: they said that it is safe to reply" in after
    assert (await town.case_of(child)).can_reach


@pytest.mark.parametrize(
    "words",
    ["no, it's fine", "yes, I will see it", "please don't call, text me"],
)
async def test_what_only_sounds_like_a_refusal_leaves_the_question_open(town, words):
    child = await at_the_question(town)

    await town.answers(child, (words, "Is it safe"))

    assert (await town.case_of(child)).safe_to_reply == "asked"


@pytest.mark.parametrize("words", ["", "it is grandma's old one"])
async def test_until_it_is_answered_nothing_is_written_unasked_and_a_worker_is_asked_first(
    town, boss, words
):
    child = await at_the_question(town)
    if words:
        await town.answers(child, (words, "Is it safe"))

    case = await town.case_of(child)
    line = await town.run.desk.claim(boss, case.line.id)
    await town.hears_nothing(child)

    async with signed_in(town, boss) as page:
        text = await page(f"/desk/cases/{line.id}")
        csrf = csrf_of(text)
        sent = {"csrf": csrf, "version": str(line.version), "answer": "Are you all right?"}
        asked = await page(f"/desk/cases/{line.id}/answer", data=sent)

    assert "We do not know whether it is safe to reply" in text
    assert "Is it safe to write now?" in asked
    await town.hears_nothing(child)


async def test_that_it_is_not_safe_takes_back_an_answer_that_has_not_arrived(town, boss, visitor):
    desk = town.run.desk
    before = {line.id for line in await desk.queue(boss)}
    await visitor.opens()
    await visitor.answers(("my dad hits me with a belt", ""))
    [line] = [line for line in await desk.queue(boss) if line.id not in before]
    line = await desk.claim(boss, line.id)
    line = await desk.answer(boss, line.id, "Shall I call him?", version=line.version)
    assert "Shall I call him?" in await waiting(town, line)

    await desk.note_safety(boss, line.id, "not_ok", version=line.version)

    still = "".join(await waiting(town, line))
    assert "Shall I call him?" not in still
    assert "A social worker is reading" not in still
    async with signed_in(town, boss) as page:
        assert "What had not reached the contact yet" in await page(f"/desk/cases/{line.id}")


async def test_what_lantern_replied_arrives_still_with_the_code_that_the_log_says_was_told(
    town, boss, visitor
):
    desk = town.run.desk
    before = {line.id for line in await desk.queue(boss)}
    await visitor.opens()
    await visitor.answers(("my dad hits me with a belt", ""))
    [line] = [line for line in await desk.queue(boss) if line.id not in before]
    await visitor.says("stop")
    await town.quiet()
    line = await desk.claim(boss, line.id)
    line = await desk.answer(boss, line.id, "Shall I call him?", version=line.version)

    await desk.note_safety(boss, line.id, "not_ok", version=line.version)

    still = "".join(await waiting(town, line))
    assert (await desk.look(boss, line.id)).knows_code
    assert "Your code to come back" in still
    assert "Shall I call him?" not in still
    assert "A social worker is reading" not in still


async def waiting(town, line):
    """What was said in the case of *line* and its contact has not received."""

    async def look(tx):
        case = await cases.find_case(tx, line.id)
        place = await contacts.place_at(tx, case.address)
        return [message.text for message in await outbox.waiting_for(tx, place.address)]

    return await town.run.lantern.house.database.read(look)
