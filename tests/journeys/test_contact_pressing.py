"""What makes a case more pressing than its words alone, and what it never does."""

from datetime import UTC, datetime, timedelta

import pytest
from journeys.at_once import at_once
from journeys.lives import happened, level_of
from journeys.reading_desk import page_of, signed_in

from bot.domain.ids import DAY, HOUR, MINUTE
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

WEDNESDAY_NOON, SATURDAY = (2, 4), (5, 4)
"""A weekday and an hour by UTC: noon in Kaili, within the reading hours, or outside of them."""


@pytest.fixture(autouse=True)
def noon(town):
    _go_to(town, *WEDNESDAY_NOON)


def _go_to(town, weekday, hour):
    """Let it be that day and hour, in the future."""
    moment = datetime.fromtimestamp(town.run.clock() / 1_000_000, UTC)
    days = (weekday - moment.weekday()) % 7 or 7
    hours = 24 * days + hour - moment.hour
    _pass(town, hours * HOUR)


def _pass(town, microseconds):
    """Let time pass, on the phones as well."""
    town.run.clock.advance(microseconds)
    town.fake.clock.advance(timedelta(microseconds=microseconds))


def reasons(case):
    return {modifier.id for modifier in case.modifiers}


async def teased(town, *more, language="en"):
    """Somebody who tells of something routine, and *more*."""
    child = town.contact(language)
    await child.writes("/start")
    await child.hears("110")
    await child.writes(ROUTINE[language])
    for text in more:
        await child.writes(text)
    await town.quiet()
    return child


ROUTINE = {"en": "I feel so sad and lonely", "zh-hans": "我好孤独"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_by_itself_something_routine_stays_routine(town, language):
    child = await teased(town, language=language)

    case = await town.case_of(child)
    assert level_of(case) is Level.ROUTINE
    assert case.modifiers == ()


@at_once(
    ("language", "told", "why"),
    [
        ("en", "my parents work far away", "left_behind"),
        ("en", "I have no one I can trust", "no_safe_adult"),
        ("en", "I am in a wheelchair", "disability"),
        ("en", "it is in the same flat", "lives_together"),
        ("en", "my little brother too", "siblings"),
        ("zh-hans", "爸妈在广东打工", "left_behind"),
        ("zh-hans", "没有大人可以说", "no_safe_adult"),
        ("zh-hans", "我有残疾证", "disability"),
        ("zh-hans", "我和后爸一起住", "lives_together"),
        ("zh-hans", "我护着弟弟", "siblings"),
    ],
)
async def test_what_is_told_besides_makes_it_urgent_and_the_worker_reads_why(
    town, language, told, why
):
    child = await teased(town, told, language=language)

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert why in reasons(case)
    [modifier] = [modifier for modifier in case.modifiers if modifier.id == why]
    assert modifier.words in told


async def test_what_was_told_before_counts_as_well(town):
    child = town.contact("en")
    await child.writes("/start")
    await child.hears("110")
    await child.writes("my parents work far away")
    await child.writes(ROUTINE["en"])
    await town.quiet()

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert reasons(case) == {"left_behind"}


async def test_told_without_any_signal_it_opens_no_case(town):
    child = await town.child()
    await child.writes("my parents work in Guangdong")
    await town.quiet()

    assert await town.case_of(child) is None


async def test_at_night_something_routine_is_urgent(town):
    _go_to(town, *SATURDAY)

    case = await town.case_of(await teased(town))

    assert level_of(case) is Level.URGENT
    assert reasons(case) == {"outside_hours"}


@pytest.mark.parametrize(
    ("language", "reason", "wrong"),
    [
        ("en", "It came outside the reading hours.", "The words alone did not give"),
        ("zh_CN", "是在没有社工看消息的时间发来的。", "这个等级不是只看文字定的"),
    ],
)
async def test_at_night_the_reason_stands_at_the_case_and_in_the_queue(
    town, language, reason, wrong
):
    _go_to(town, *SATURDAY)
    child = await teased(town)
    case = await town.case_of(child)
    reader = await town.run.add_worker(f"Night reader {language}", language=language)

    page = await page_of(town, child, language)
    async with signed_in(town, reader) as look:
        queue = await look("/desk")

    row = queue.split(f'id="case-{case.line.id}"')[1].split("</tr>")[0]
    assert reason in page
    assert reason in row
    assert wrong not in page


@pytest.mark.parametrize(
    ("language", "asked", "answered"),
    [
        ("zh-hans", "孩子不想上学怎么办", "依据"),
        ("en", "my son is so lonely, what can I do?", "Law:"),
    ],
)
async def test_a_grown_up_s_plain_question_that_is_answered_opens_no_case_by_night(
    town, language, asked, answered
):
    _go_to(town, *SATURDAY)
    parent = town.contact(language)
    await town.answers(parent, ("/start", "110"), ("2", ""))

    await parent.writes(asked)
    await parent.hears(answered)
    await town.quiet()

    assert await town.case_of(parent) is None


@at_once("told", ["我不想上学", "我好孤独怎么办", "孩子不想上学", "孩子说不想活了怎么办"])
async def test_whatever_a_child_tells_or_nobody_asks_opens_one(town, told):
    child = await town.child("zh-hans")
    await child.writes(told)
    await town.quiet()

    assert await town.case_of(child) is not None


async def test_at_night_what_is_urgent_is_no_emergency(town):
    _go_to(town, *SATURDAY)
    child = town.contact("en")

    await town.answers(child, ("my dad hits me", "not your fault"))
    await town.answers(child, ("my parents work far away", ""))
    await town.quiet()

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert case.modifiers == ()


async def test_however_much_is_told_a_case_rises_by_one_level(town):
    child = await teased(town, "I have no one I can trust", "my parents work far away")

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert {"no_safe_adult"} <= reasons(case)


async def test_a_child_who_lives_with_whoever_is_sexual_with_it_is_an_emergency(town):
    child = town.contact("en")

    await town.answers(child, ("my uncle touches me at night", "not your fault"))
    await child.writes("I have to live with him")
    await town.quiet()

    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert reasons(case) == {"lives_together_sexual"}


async def test_something_risky_again_and_again_is_more_pressing(town):
    child = await teased(town, ROUTINE["en"], ROUTINE["en"])

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert "repeated" in reasons(case)


async def test_the_same_over_days_is_not(town):
    child = await teased(town)
    for _ in range(2):
        _pass(town, DAY)
        await child.writes(ROUTINE["en"])
        await town.quiet()

    assert "repeated" not in reasons(await town.case_of(child))


async def test_whoever_comes_again_within_a_month_is_more_pressing(town):
    child = await teased(town)
    case = await town.case_of(child)
    await _close(town, case)
    await town.quiet()
    town.run.clock.advance(7 * DAY)

    await child.writes(ROUTINE["en"])
    await town.quiet()

    again = await town.case_of(child)
    assert level_of(again) is Level.URGENT
    assert "came_again" in reasons(again)


async def test_silence_after_something_risky_is_more_pressing_and_says_nothing(town):
    child = await teased(town)
    heard = len(child.heard)

    town.later(31 * MINUTE)

    async def is_urgent():
        return level_of(await town.case_of(child)) is Level.URGENT

    assert await town.run.until(is_urgent)
    case = await town.case_of(child)
    assert "went_silent" in reasons(case)
    assert "went_silent" in happened(case)
    assert len(child.heard) == heard


async def test_silence_after_something_harmless_is_just_silence(town):
    child = await teased(town, "what is for lunch today")

    town.later(31 * MINUTE)
    await town.quiet()

    assert level_of(await town.case_of(child)) is Level.ROUTINE


async def test_a_young_child_makes_an_urgent_case_an_emergency(town):
    child = await town.teller()
    await town.answers(
        child,
        ("it is loud", "write on"),
        ("done", "last?"),
        ("today", ""),
        ("skip", "How old"),
        ("6", "see what you write"),
    )

    case = await town.case_of(child) or await _stopped(town, child)
    assert level_of(case) is Level.EMERGENCY
    assert reasons(case) == {"under_eight"}


async def test_a_skipped_question_about_danger_stands_on_the_case(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("skip", "110"))

    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert "danger_not_answered" in reasons(case)


async def test_what_a_supervisor_has_lowered_stays_lowered_until_something_new_comes(town):
    child = await teased(town, "I have no one I can trust")
    case = await town.case_of(child)
    await town.run.desk.set_level(
        town.watcher,
        case.line.id,
        level=Level.ROUTINE,
        reason="We know the family.",
        version=case.line.version,
    )

    await child.writes("my parents work far away")
    await town.quiet()

    lowered = await town.case_of(child)
    assert level_of(lowered) is Level.ROUTINE
    assert reasons(lowered) == {"no_safe_adult"}


async def _stopped(town, child):
    await town.answers(child, ("stop", "We have stopped"))
    return await town.case_of(child)


async def _close(town, case):
    desk, line = town.run.desk, case.line
    line = await desk.claim(town.watcher, line.id)
    await desk.read(town.watcher, line.id)
    await desk.close(
        town.watcher, line.id, outcome="advice_given", reason="Talked.", version=line.version
    )


async def test_silence_after_something_urgent_keeps_the_case_and_it_goes_on_calling(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("my dad hits me", "not your fault"))
    await town.quiet()
    heard = len(child.heard)

    town.later(61 * MINUTE)

    async def has_gone_silent():
        return "went_silent" in happened(await town.case_of(child))

    assert await town.run.until(has_gone_silent)
    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert not case.line.is_acknowledged
    assert len(child.heard) == heard


EN = {
    "tells": "my dad hits me",
    "done": "That is all",
    "goes_on": "It is still going on",
    "asked": "Is it happening right now, while you write?",
    "call": "If you can, call",
    "where": "Where did it happen?",
}
ZH = {
    "tells": "我爸打我",
    "done": "就这些",
    "goes_on": "现在还在发生",
    "asked": "现在，你写的这会儿，正在发生吗？",
    "call": "现在就打",
    "where": "是在哪里发生的？",
}


async def _tells_what_still_goes_on(town, language, words):
    """A child with an urgent case, who is asked whether it happens right now."""
    child = await town.child(language)
    await town.answers(child, ("1", ""), ("3", ""), ("1", ""))
    await town.answers(child, (words["tells"], "110"), (words["done"], ""))
    await town.quiet()
    await child.taps(words["goes_on"])
    await child.hears(words["asked"])
    assert level_of(await town.case_of(child)) is Level.URGENT
    return child


@at_once(
    ("language", "words", "answer"),
    [
        ("en", EN, "Yes, right now"),
        ("en", EN, "I am not sure"),
        ("en", EN, "Skip"),
        ("zh-hans", ZH, "是的，就是现在"),
        ("zh-hans", ZH, "说不准"),
        ("zh-hans", ZH, "跳过"),
    ],
)
async def test_what_may_be_happening_while_they_write_is_an_emergency(
    town, language, words, answer
):
    child = await _tells_what_still_goes_on(town, language, words)

    await child.taps(answer)

    assert "110" in (await child.hears(words["call"])).text
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert reasons(case) == set()


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [("en", EN, "No, not at this moment"), ("zh-hans", ZH, "不是这会儿")],
)
async def test_what_still_goes_on_but_not_at_this_moment_is_none(town, language, words, answer):
    child = await _tells_what_still_goes_on(town, language, words)

    await child.taps(answer)

    assert words["call"] not in (await child.hears(words["where"])).text
    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert reasons(case) == set()


async def test_neither_is_what_is_over(town):
    child = await town.teller()
    await town.answers(child, ("zzz", "write on"), ("That is all", "When did it happen last?"))

    await town.answers(child, ("3", "Where did it happen?"), ("stop", "Your code to come back"))

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert reasons(case) == set()
