"""Who takes back what they told, or asks whether they are worth little, is heard and not blamed."""

import pytest
from journeys.lives import level_of, said

from bot.domain.level import Level
from bot.intake.shame import asks_their_worth
from bot.intake.taken_back import takes_back

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
DANGER = {"en": "in danger right now?", ZH: "现在有人有危险吗"}
NO_BLAME = {"en": "We do not blame you", ZH: "我们都不怪你"}


@pytest.mark.parametrize(
    ("language", "told", "text"),
    [
        (ZH, "舅舅摸我下面", "我骗你的"),
        (ZH, "我想自杀", "开玩笑的"),
        (ZH, "我爸打我", "刚才说的都是假的"),
        ("en", "my stepdad comes into my room at night", "i was lying"),
        ("en", "i want to kill myself", "jk it was a joke"),
        ("en", "my dad hits me", "nothing happened"),
    ],
)
async def test_who_takes_it_back_is_not_blamed_and_the_worker_reads_both(
    town, language, told, text
):
    child = await town.child(language)
    await child.writes(told)
    await child.hears(DANGER[language])

    heard = await town.answers(child, (text, NO_BLAME[language]))

    assert DANGER[language] in heard
    case = await town.case_of(child)
    assert said(case)[-2:] == [told, text]
    assert level_of(case) is Level.URGENT


@pytest.mark.parametrize(
    "text",
    [
        *("他骗我的", "爸爸说我撒谎", "没有这回事", "不是真的", "我以前骗过妈妈"),
        *("it happened", "it is true", "its not true", "he was lying", "i lied to my mum"),
    ],
)
async def test_who_tells_what_is_true_or_what_others_said_takes_nothing_back(text):
    assert not takes_back(text)


@pytest.mark.parametrize(
    ("language", "told", "text", "answer"),
    [
        (ZH, "我妈说我是废物", "我是不是真的很没用", "你和别人一样要紧"),
        (ZH, "老师天天骂我是猪，还让全班笑我", "我是不是真的很笨", "你和别人一样要紧"),
        ("en", "my teacher calls me a pig every day", "am i stupid", "as much as anybody else"),
    ],
)
async def test_who_asks_whether_they_are_worth_little_hears_no(town, language, told, text, answer):
    child = await town.child(language)
    await child.writes(told)
    await child.hears(DANGER[language])

    assert DANGER[language] in await town.answers(child, (text, answer))


@pytest.mark.parametrize("text", ["我是废物", "他是不是很笨", "i am stupid", "is she stupid"])
async def test_who_says_so_or_asks_it_of_others_asks_nothing_of_the_kind(text):
    assert not asks_their_worth(text)
