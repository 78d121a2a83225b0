"""Whoever told of harm and asks whether they may do something about it themselves is answered."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last

from bot.intake.asked_to_act import asked_to_act

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
TOLD = {
    ZH: ("我爸打我", "小孩", "没有"),
    "en": ("my dad hits me", "child", "no"),
}
HUNGRY = {
    ZH: ("隔壁的娃娃几天没饭吃了", "邻居", "没有"),
    "en": ("the child next door gets no food for days", "neighbour", "no"),
}
RAN = {ZH: ("我离家出走了", "小孩", "没有"), "en": ("i ran away from home", "child", "no")}
ADDED = {ZH: "加上了", "en": "This is added"}
WAITS = {ZH: "就这些", "en": "That is all"}
NO_PICTURES_NEEDED = {ZH: "没有照片也能得到帮助", "en": "You need no pictures to get help"}
ANGRY = {ZH: "为这事生气，不是坏事", "en": "Being angry about this is not bad"}
FED = {ZH: "先让孩子吃上饭", "en": "See first that the child is fed"}
PLACE = {ZH: "今晚没地方睡", "en": "nowhere to sleep tonight"}


async def heard_to(town, language, before, asked):
    """What somebody new hears to *asked* behind what they wrote *before*, and the last labels."""
    person = town.contact(language)
    heard = await to_the_last(town, person, *before, asked)
    return heard, "".join(person.chat.screen[-1].labels)


@at_once(
    ("language", "asked"),
    [
        (ZH, "要不要拍照"),
        (ZH, "我要不要拍下来？"),
        (ZH, "身上的伤要拍照吗"),
        (ZH, "能不能录音"),
        ("en", "should i take photos"),
        ("en", "should I take a picture of my bruises?"),
        ("en", "can i film him"),
    ],
)
async def test_who_asks_amid_telling_whether_to_take_pictures_is_told(town, language, asked):
    heard, labels = await heard_to(town, language, TOLD[language], asked)

    assert NO_PICTURES_NEEDED[language] in heard
    assert ADDED[language] not in heard
    assert WAITS[language] in labels


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        (ZH, "网上有个叔叔让我脱衣服给他看", "要不要拍照"),
        ("en", "a man online wants nudes from me", "should i take photos"),
    ],
)
async def test_pictures_that_somebody_wants_of_a_body_are_no_proof(town, language, told, asked):
    heard, _ = await heard_to(town, language, (told, *TOLD[language][1:]), asked)

    assert NO_PICTURES_NEEDED[language] not in heard


@at_once(
    ("language", "asked"),
    [
        (ZH, "我想打他一顿行不行"),
        (ZH, "可以打回去吗"),
        (ZH, "我能不能还手"),
        ("en", "can i beat him up"),
        ("en", "should I hit back?"),
    ],
)
async def test_a_child_who_wants_to_hit_back_is_neither_blamed_nor_left_alone(
    town, language, asked
):
    heard, labels = await heard_to(town, language, TOLD[language], asked)

    assert ANGRY[language] in heard
    assert "110" in heard
    assert WAITS[language] in labels


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [(ZH, "体育老师亲我", "可以还手吗"), ("en", "my coach touched me", "can i hit him")],
)
async def test_who_was_touched_and_wants_to_hit_back_is_answered_as_well(
    town, language, told, asked
):
    heard, _ = await heard_to(town, language, (told, *TOLD[language][1:]), asked)

    assert ANGRY[language] in heard


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        (ZH, ("我儿子偷东西，他爸天天打他", "家长", "没有"), "我可以打他吗"),
        ("en", ("my husband hits our son every day", "parent", "no"), "can i hit him"),
    ],
)
async def test_whether_a_grown_up_may_hit_is_no_question_of_hitting_back(
    town, language, told, asked
):
    heard, _ = await heard_to(town, language, told, asked)

    assert ANGRY[language] not in heard


@at_once(
    ("language", "asked"),
    [
        (ZH, "可以给他吃的吗"),
        (ZH, "能不能给娃娃拿点吃的"),
        ("en", "can i give him food"),
        ("en", "is it ok to bring the kid something to eat?"),
    ],
)
async def test_who_may_give_a_hungry_child_something_to_eat_is_told(town, language, asked):
    heard, _ = await heard_to(town, language, HUNGRY[language], asked)

    assert FED[language] in heard
    assert "120" in heard
    assert ADDED[language] not in heard


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        (ZH, "我妈妈吞了好多安眠药", "可以给她喝水吗"),
        ("en", "my mum swallowed a lot of sleeping pills", "can i give her water"),
    ],
)
async def test_nobody_is_told_to_feed_whoever_swallowed_something(town, language, told, asked):
    heard, _ = await heard_to(town, language, (told,), asked)

    assert FED[language] not in heard
    assert {ZH: "可以给吃的", "en": "you may give something to eat"}[language] not in heard


@at_once(
    ("language", "asked"),
    [
        (ZH, "今晚睡哪里"),
        (ZH, "我可以睡哪里"),
        ("en", "where can i sleep"),
        ("en", "where do i sleep"),
    ],
)
async def test_who_ran_away_and_asks_where_to_sleep_is_told(town, language, asked):
    heard, _ = await heard_to(town, language, RAN[language], asked)

    assert PLACE[language] in heard
    assert ADDED[language] not in heard


@pytest.mark.parametrize(
    "text",
    [
        "他拍照了",
        "他要拍照",
        "他让我拍照给他",
        "我拍了照片",
        "我打了他一顿",
        "我想打他",
        "我要打死他",
        "he takes photos of me",
        "can he take photos of me",
        "i will beat him up",
        "can he beat me",
        "我给他吃的",
        "她不给我吃的",
        "不给他吃的可以吗",
        "can she give me no food",
    ],
)
async def test_what_is_told_asks_nothing_of_this(text):
    assert asked_to_act(text) == ""
