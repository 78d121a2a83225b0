"""Whoever says in their own words that somebody reads along is not asked it twice."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
TOLD = {
    "en": ("/start", "1", "my dad hits me", "no", "1", "that is all", "yesterday", "home", "12"),
    ZH: ("/start", "1", "我爸打我", "没有", "1", "就这些", "昨天", "家里", "12"),
}
IS_IT_SAFE = {"en": "Is it safe for us", ZH: "安全吗"}


@at_once(
    ("language", "words"),
    [
        (ZH, "不安全，我爸会看"),
        (ZH, "不是我的手机"),
        (ZH, "我怕爸爸看到"),
        (ZH, "手机是妈妈的"),
        (ZH, "学校的电脑"),
        ("en", "not safe dad will see"),
        ("en", "they might find it"),
        ("en", "school laptop"),
    ],
)
async def test_that_somebody_reads_along_is_understood_as_it_is_put(town, language, words):
    child = town.contact(language)

    heard = await to_the_last(town, child, *TOLD[language], words)

    assert IS_IT_SAFE[language] in heard
    answers = dict((await town.case_of(child)).answers)
    assert answers["report_a_concern.own_phone"] == "shared"


@at_once("words", ["no no", "no not really", "not at all"])
async def test_a_no_in_other_words_does_not_say_that_somebody_may(town, words):
    child = town.contact("en")

    await to_the_last(town, child, *TOLD["en"], words)

    answers = dict((await town.case_of(child)).answers)
    assert answers.get("report_a_concern.own_phone") != "shared"
