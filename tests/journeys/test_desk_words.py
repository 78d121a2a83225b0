"""Workers read words and never keys: what was asked, chosen and said, each reason once."""

import re

import pytest
from journeys.lives import said
from journeys.reading_desk import page_of

from bot.console.spoken import Spoken
from bot.domain.case import EntryKind

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEY = re.compile(r">\s*(?:[a-z_]+\.[a-z_.0-9]+|skipped)\s*<")


@pytest.mark.parametrize(
    ("language", "section", "topic", "answered", "skipped"),
    [
        ("en", "At home", "Being hit at home", "Answered:", "Skipped"),
        ("zh_CN", "在家里", "在家里挨打", "回答了：", "跳过"),
    ],
)
async def test_the_page_of_a_case_shows_titles_and_what_the_bot_said(  # noqa: PLR0917 - one a column
    town, language, section, topic, answered, skipped
):
    child = await town.child()
    await town.answers(child, ("2", "like to know"))
    await child.taps("At home")
    await town.answers(child, ("more", "about?"), ("my dad hits us", "in danger right now?"))
    await child.taps("Someone hits me at home")
    await child.hears("Law:")
    await town.answers(child, ("no", "Who needs help?"))
    await child.taps("Skip")
    await child.hears("in your own words")

    page = await page_of(town, child, language)

    assert not KEY.findall(page)
    assert "more.at_home" not in page
    assert section in page
    assert f"{answered} {topic}" in page
    assert skipped in page
    assert ">The bot<" in page if language == "en" else ">机器人（英语）<" in page
    assert '<p class="entry-text" dir="auto" lang="en">' in page
    assert "It is not your fault" in page
    assert "这不是你的错" not in page


async def test_what_the_bot_said_is_kept_as_keys_and_a_skipped_question_in_words(town):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"))
    await child.hears("write on")
    await town.answers(child, ("That is all", "happen last?"))
    await child.taps("Skip")
    await child.hears("Where did it happen?")

    case = await town.case_of(child)

    told = [entry.text for entry in case.entries if entry.kind is EntryKind.TOLD]
    assert told[0].startswith("welcome.hello.say")
    felt = next(place for place, text in enumerate(told) if "felt_urgent" in text)
    assert told[felt].startswith("always.felt_urgent.say")
    assert "report_a_concern.when_last.ask" in told[felt + 2]
    assert "skipped" not in said(case)
    assert "Skip" in said(case)


async def test_the_same_reason_stands_once_with_all_the_words_that_told_it(town):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"), ("zzz", "write on"))
    await town.answers(child, ("my dad hits me with a stick", "write on"))
    case = await town.case_of(child)
    lines = [line for signal in case.signals for line in signal.reason.splitlines()]
    reasons = {line.removeprefix("en: ") for line in lines if line.startswith("en: ")}

    page = await page_of(town, child, "en")

    assert len(case.signals) > 1
    assert [page.count(reason) for reason in reasons] == [1] * len(reasons)


async def test_the_same_reason_stands_for_each_text_in_pinyin_with_what_it_was_read_as(town):
    child = await town.child("zh-hans")
    for text in ("wo ba ba da wo", "wo ba ba you da wo le"):
        await child.writes(text)
    await town.quiet()

    page = await page_of(town, child, "zh_CN")

    assert "拼音读作：“我爸爸打我”" in page
    assert "拼音读作：“我爸爸又打我了”" in page


async def test_own_words_are_never_taken_for_a_key():
    spoken = Spoken(wording=_no_wording())

    assert spoken.told("en", "Call me. Now")[0].text == "Call me. Now"
    assert spoken.chosen("en", "a.b", "at 5:30, or: later") == "at 5:30, or: later"
    assert spoken.chosen("en", "activities.which", "activity:x1:Reading: together") == (
        "Reading: together"
    )


def _no_wording():
    from bot.wording.wording import Wording  # noqa: PLC0415

    return Wording(texts={"en": {}})
