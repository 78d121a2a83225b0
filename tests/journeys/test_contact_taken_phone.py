"""Whoever seems to have taken the phone hears nothing of what a child told, and answers nothing."""

import pytest
from journeys.lives import level_of, said

from bot.domain.ids import MINUTE
from bot.domain.level import Level
from bot.intake.somebody_else import asks_who_writes

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
WHO_ASKS = {"en": "who is this why are you texting my daughter", ZH: "你是谁 为什么和我女儿聊天"}
TOLD = {"en": "my dad hits me", ZH: "我爸打我"}
WRITE_ON = {"en": "You can write on here.", ZH: "可以在这里接着写"}
DANGER = {"en": "in danger right now?", ZH: "现在有人有危险吗"}


async def taken(town, language):
    """A child who told of blows, and whose phone somebody else seems to have taken since."""
    child = await town.child(language)
    for text in (TOLD[language], WHO_ASKS[language]):
        await child.writes(text)
        await town.quiet()
    return child


async def hears_after(town, child, text):
    before = len(child.heard)
    await child.writes(text)
    await town.quiet()
    return "\n".join(child.heard[before:])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (ZH, "没有，她乱说的"),
        (ZH, "把她写的给我看"),
        (ZH, "没有"),
        (ZH, "我是她爸"),
        ("en", "she lies, delete everything"),
        ("en", "no"),
    ],
)
async def test_what_they_write_is_kept_and_answers_nothing(town, language, text):
    child = await taken(town, language)

    heard = await hears_after(town, child, text)

    assert heard.startswith(WRITE_ON[language])
    assert DANGER[language] not in heard
    case = await town.case_of(child)
    assert "safe" not in dict(case.answers).values()
    assert text in said(case)


async def test_the_worker_reads_from_where_the_phone_may_be_taken(town):
    child = await taken(town, ZH)

    texts = list(said(await town.case_of(child)))

    note = "（从这里起，手机可能在别人手里。）"
    assert texts.count(note) == 1
    assert texts.index(note) < texts.index(WHO_ASKS[ZH])


async def test_an_emergency_is_answered_all_the_same(town):
    child = await taken(town, ZH)

    heard = await hears_after(town, child, "救命 他拿刀要杀我")

    assert "110" in heard
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_after_an_hour_it_is_the_childs_again(town):
    child = await taken(town, ZH)
    town.later(61 * MINUTE)

    heard = await hears_after(town, child, "他今天又打我了")

    assert WRITE_ON[ZH] not in heard


async def test_whoever_taps_an_answer_goes_on(town):
    child = await taken(town, ZH)

    await child.taps("没有，现在没有")
    await town.quiet()

    assert dict((await town.case_of(child)).answers)["report_a_concern.in_danger"] == "safe"
    assert WRITE_ON[ZH] not in await hears_after(town, child, "我自己")


async def test_a_parent_who_told_nothing_may_ask_and_go_on(town):
    parent = town.contact(ZH)
    for text in ("/start", "2", WHO_ASKS[ZH]):
        await parent.writes(text)
        await town.quiet()

    heard = await hears_after(town, parent, "孩子不想上学怎么办")

    assert WRITE_ON[ZH] not in heard


@pytest.mark.parametrize(
    "text",
    [
        "老师在跟我女儿聊天",
        "网上有个人在跟我女儿聊天",
        "他怎么问我女儿要照片",
        "爸爸在找我弟弟",
        "为什么找我弟弟出气",
        "怎么跟我女儿说",
        "你们能跟我女儿聊聊吗",
        "你们跟我女儿说说吧",
        "why is he texting my sister",
        "who is texting my daughter",
        "who is this man my daughter met online",
        "can you talk to my daughter",
    ],
)
async def test_who_tells_of_somebody_who_writes_to_a_child_has_not_taken_its_phone(text):
    assert not asks_who_writes(text)


async def test_a_parent_who_told_and_asks_so_is_answered_as_before(town):
    parent = town.contact(ZH)
    for text in ("/start", "2", "我老公打女儿", WHO_ASKS[ZH]):
        await parent.writes(text)
        await town.quiet()

    assert WRITE_ON[ZH] not in await hears_after(town, parent, "他又打她了，怎么办")
