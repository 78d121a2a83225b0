"""Who takes back what they told, or asks whether they are worth little, is heard and not blamed."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said
from journeys.told_reports import DANGER, child_who_told

from bot.domain.level import Level
from bot.intake.shame import asks_their_worth
from bot.intake.taken_back import says_it_is_true, takes_back

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
NO_BLAME = {"en": "We do not blame you", ZH: "我们都不怪你"}
SERIOUSLY = {"en": "We take what you write here seriously", ZH: "你写的，我们会放在心上"}
NOT_RIGHT = {"en": "Nobody may hurt you, or touch you", ZH: "你不愿意，就谁都不可以碰你"}


@at_once(
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
    child = await child_who_told(town, language, told)

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


@at_once(
    ("language", "told", "text", "answer"),
    [
        (ZH, "我妈说我是废物", "我是不是真的很没用", "你和别人一样要紧"),
        (ZH, "老师天天骂我是猪，还让全班笑我", "我是不是真的很笨", "你和别人一样要紧"),
        ("en", "my teacher calls me a pig every day", "am i stupid", "as much as anybody else"),
    ],
)
async def test_who_asks_whether_they_are_worth_little_hears_no(town, language, told, text, answer):
    child = await child_who_told(town, language, told)

    assert DANGER[language] in await town.answers(child, (text, answer))


@pytest.mark.parametrize("text", ["我是废物", "他是不是很笨", "i am stupid", "is she stupid"])
async def test_who_says_so_or_asks_it_of_others_asks_nothing_of_the_kind(text):
    assert not asks_their_worth(text)


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "我哥晚上摸我", "不是开玩笑的"),
        (ZH, "我爸打我", "我没有骗你们"),
        (ZH, "舅舅摸我下面", "是真的 你们要相信我"),
        ("en", "my uncle touches me at night", "not joking"),
        ("en", "my dad hits me", "its true i swear"),
    ],
)
async def test_who_says_that_it_is_no_joke_is_taken_seriously_and_not_as_taking_it_back(
    town, language, told, text
):
    child = await child_who_told(town, language, told)

    heard = await town.answers(child, (text, SERIOUSLY[language]))

    assert DANGER[language] in heard
    assert NO_BLAME[language] not in heard
    assert said(await town.case_of(child))[-1] == text


@pytest.mark.parametrize(
    "text",
    [
        *("是真的吗", "他说是真的", "不是真的", "我骗你的", "我没有开玩笑 他真的打我"),
        *("is it true", "it is true that he hits me", "he is not joking", "jk not really"),
    ],
)
async def test_who_asks_tells_more_or_takes_it_back_does_not_say_that_it_is_true(text):
    assert not says_it_is_true(text)


@pytest.mark.parametrize(
    "text", ["不是开玩笑的", "我没有骗你", "没有乱说", "不是我骗你的", "not joking"]
)
async def test_a_no_before_it_is_no_taking_back(text):
    assert not takes_back(text)


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "就是晚上后爸要我陪他睡", "这个算不算不对"),
        (ZH, "我妈天天打我", "那这样是正常的吗"),
        ("en", "my uncle touches me at night", "is that wrong"),
        ("en", "my dad hits me", "is this normal or not"),
    ],
)
async def test_a_child_that_asks_whether_what_was_done_is_wrong_hears_that_nobody_may(
    town, language, told, text
):
    child = await child_who_told(town, language, told)

    assert DANGER[language] in await town.answers(child, (text, NOT_RIGHT[language]))

    await town.answers(child, ("3", ""), (text, NOT_RIGHT[language]))


BOYS = {"en": "It happens to boys, too", ZH: "男孩也会遇到"}


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "教练摸我那里", "男生也会被那个吗"),
        (ZH, "教练摸我那里", "男生也会这样吗"),
        (ZH, "教练摸我那里", "男孩子也会有这样的事吗"),
        (ZH, "教练摸我那里", "我是男的 会不会变成同性恋"),
        ("en", "my coach touched my private parts", "can this happen to boys too"),
        ("en", "my coach touched my private parts", "does it mean im gay"),
    ],
)
async def test_a_boy_who_asks_whether_that_happens_to_boys_hears_that_it_does(
    town, language, told, text
):
    child = await child_who_told(town, language, told)

    assert DANGER[language] in await town.answers(child, (text, BOYS[language]))


async def test_of_blows_it_is_not_said(town):
    child = await child_who_told(town, ZH, "我爸打我")
    await child.writes("我是不是同性恋")
    await town.quiet()

    assert not [text for text in child.heard if BOYS[ZH] in text]


async def test_who_told_of_no_harm_or_is_grown_up_does_not_hear_it(town):
    child = await town.child(ZH)
    await child.writes("作业写到十二点")
    await town.answers(child, ("这样对吗", ""))
    await town.quiet()
    assert not [text for text in child.heard if NOT_RIGHT[ZH] in text]

    mother = town.contact(ZH)
    await town.answers(mother, ("/start", "你是"), ("2", "想做什么"))
    await mother.writes("我老公天天打孩子")
    await mother.hears("孩子现在有危险吗")
    await mother.writes("这样对吗")
    await town.quiet()
    assert not [text for text in mother.heard if NOT_RIGHT[ZH] in text]
