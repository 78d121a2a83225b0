"""Why a case is so pressing: which answers, which words, and which colleague."""

import html
import re
from dataclasses import replace

import pytest
import pytest_asyncio
from journeys.desk_house import CASE, EMERGENCY, open_house
from journeys.desk_stand_in import LONG
from journeys.reading_desk import page_of, signed_in

from bot.domain.level import Level
from bot.domain.worker import Role
from bot.triage.signals import explain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def house():
    async with open_house() as house:
        yield house


def _part(page, name):
    """The text of the part of *page* that is headed by *name*, on one line."""
    inside = page.split(f'id="{name}"')[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("en", "Is anyone in danger right now?", "I am not sure"),
        ("zh_CN", "现在有人有危险吗？", "我不确定"),
    ],
)
async def test_the_answer_that_made_it_an_emergency_stands_there(town, language, question, answer):
    child = await town.teller(danger="2")

    why = _part(await page_of(town, child, language), "why")

    assert f"{question} {answer}" in why
    assert ("Emergency" if language == "en" else "紧急") in why


@pytest.mark.parametrize(
    ("written", "language", "told"),
    [
        ("1", "en", "Danger now, by their answer"),
        ("2", "en", "Not sure whether there is danger"),
        ("2", "zh_CN", "不确定有没有危险"),
        ("skip", "en", "Question about danger skipped: counted as danger"),
        ("skip", "zh_CN", "跳过了有没有危险的问题：按有危险处理"),
    ],
)
async def test_only_a_clear_yes_is_called_danger_by_their_answer(town, written, language, told):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), (written, ""))
    await town.quiet()
    reader = await town.run.add_worker(f"Reader {written} {language}", language=language)

    page = await page_of(town, child, language)
    line = (await town.case_of(child)).line
    async with signed_in(town, reader) as look:
        queue = await look("/desk")

    row = queue.split(f'id="case-{line.id}"')[1].split("</tr>")[0]
    others = {"Danger now, by their answer", "对方回答：现在有危险"} - {told}
    for shown in (_part(page, "why"), page.split('class="reasons"')[1].split("</p>")[0], row):
        assert told in shown
        assert not any(other in shown for other in others)


async def test_a_child_s_own_report_and_the_wish_for_a_person_are_reasons(town):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"), ("done", "last?"), ("stop", ""))
    asking = await town.child()
    await town.answers(asking, ("talk to a person", ""))

    told, asked = [_part(await page_of(town, each, "en"), "why") for each in (child, asking)]

    assert "Urgent A child tells of themselves." in told
    assert "Urgent They asked for a person." in asked


async def test_that_nobody_said_who_needs_help_is_a_reason(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("3", "Who needs help?"))
    await town.answers(child, ("skip", "in your own words"), ("It is loud", "write on"))
    await town.answers(child, ("done", "last?"), ("stop", ""))

    case = await town.case_of(child)
    why = _part(await page_of(town, child, "en"), "why")

    assert case.line.level is Level.URGENT
    assert "Urgent Nobody has said who needs help." in why


async def test_who_told_and_was_not_asked_who_needs_help_has_kept_nothing_back(town):
    child = await town.child()
    await town.answers(child, ("my dad hit me with a belt", "in danger right now?"))
    await town.answers(child, ("no", "in your own words"), ("done", "last?"))

    en, zh = [_part(await page_of(town, child, language), "why") for language in ("en", "zh_CN")]

    assert "Urgent Who needs help was not answered; look in their own words." in en
    assert "Nobody has said who" not in en
    assert "加急 是谁需要帮助，对方没有回答；请看对方的原话。" in zh


async def test_how_a_colleague_judged_stands_first(town):
    child = await town.teller(danger="1")
    boss, _ = await town.worker("Boss who judges", role=Role.SUPERVISOR)
    line = (await town.case_of(child)).line
    await town.run.desk.set_level(
        boss, line.id, Level.URGENT, reason="The aunt is there.", version=line.version
    )

    why = _part(await page_of(town, child, "en"), "why")

    assert why.index("Set by Boss who judges: The aunt is there.") < why.index("in danger right")


async def test_facts_are_no_choices_on_the_way_no_keys_and_never_contradict(town):
    child = await town.child()
    await town.answers(child, ("2", "like to know"))
    await child.taps("At home")
    await town.answers(child, ("more", "about?"), ("they hit us, can they?", "right now?"))
    await town.answers(child, ("no", "Who needs help?"))
    await town.answers(child, ("1", "in your own words"), ("he hits me a lot", "write on"))
    await town.answers(child, ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    await town.answers(child, ("yes", "Your code to come back"))
    answers = dict((await town.case_of(child)).answers)

    facts = _part(await page_of(town, child, "en"), "facts")

    assert "rights.choose_topic" in answers
    assert "At home" not in facts
    assert "hits me" not in facts
    assert "Is it safe for us" not in facts
    assert "Safe to reply Yes" in facts
    assert "Who needs help? I do" in facts
    assert "A question that is not asked any more" not in facts


async def test_what_was_answered_last_about_writing_counts_and_nothing_says_otherwise(town):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"), ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    await town.answers(child, ("sometimes", "When is it safe?"), ("back", "Is it safe"))
    await town.answers(child, ("no", "will not write"))

    page = await page_of(town, child, "en")

    assert (await town.case_of(child)).safe_to_reply == "not_ok"
    assert "Safe to reply No, do not write" in _part(page, "facts")
    assert "said that it is safe to reply" not in page


async def test_a_supervisor_is_asked_before_an_emergency_is_lowered(house):
    await house.sign_in(LONG)
    await house.take(LONG)
    lower = {"level": "urgent", "level_reason": "with aunt"}

    status, page = await house.send(f"{CASE}/level", **lower)
    before = house.desk.cases[EMERGENCY].line.level
    done, _ = await house.send(f"{CASE}/level", **lower, sure="yes")

    assert status == 200
    assert "L-0042 is no emergency any more?" in page
    assert "with aunt" in page
    assert before is Level.EMERGENCY
    assert done == 303
    assert house.desk.cases[EMERGENCY].line.level is Level.URGENT


async def test_raising_and_other_changes_are_not_asked_about(house):
    await house.sign_in(LONG)
    await house.take(LONG)
    case = house.desk.cases[EMERGENCY]
    house.desk.cases[EMERGENCY] = replace(case, line=replace(case.line, level=Level.ROUTINE))

    status, _ = await house.send(f"{CASE}/level", level="urgent", level_reason="worse")

    assert status == 303


@pytest.mark.parametrize(
    ("language", "words", "kinds", "fold"),
    [
        (
            "en",
            "my dad hits me with a belt every day and yesterday he kicked me until i bled",
            ("Physical abuse", "Bullying"),
            "1 more reason",
        ),
        ("zh_CN", "爸爸天天拿皮带打我，还不给我饭吃", ("身体伤害", "疏于照顾"), "还有 1 个理由"),
    ],
)
async def test_what_was_seen_stands_there_once_with_every_reason_under_it(
    town, language, words, kinds, fold
):
    child = town.contact(language)
    await child.writes(words)
    await child.hears("")
    await town.quiet()
    case = await town.case_of(child)

    page = await page_of(town, child, language)
    why = page.split('id="why"')[1].split("</section>")[0]
    shown = html.unescape(_part(page, "why"))

    assert len(case.signals) > len(kinds)
    for kind in kinds:
        assert why.count(f"<b>{kind}</b>") == 1
    assert fold in shown
    for signal in case.signals:
        assert explain(signal, language) in shown
    assert html.unescape("".join(re.findall(r"<mark>(.*?)</mark>", page)))


@pytest.mark.parametrize(
    ("language", "parts", "quoted"),
    [
        ("en", ("my step dad hits", "me with a belt"), "hits\nme"),
        ("zh_CN", ("我爸爸今天又拿皮带", "打我"), "皮带\n打我"),
    ],
)
async def test_what_was_parted_over_two_messages_is_quoted_whole(town, language, parts, quoted):
    child = town.contact(language)
    for part in parts:
        await child.writes(part)
        await child.hears("")
    await town.quiet()

    page = await page_of(town, child, language)
    why = html.unescape(page.split('id="why"')[1].split("</section>")[0])

    assert quoted in "".join(re.findall(r"<q[^>]*>(.*?)</q>", why, re.DOTALL))
