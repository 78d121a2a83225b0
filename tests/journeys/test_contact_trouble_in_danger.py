"""What is written in danger, or after harm was told, is answered with what helps in just that."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
DANGER = {"en": "in danger right now?", ZH: "现在有人有危险吗？"}
MAY_CALL = {"en": "you may call 110 at any time", ZH: "110 什么时候都能打"}
NOT_TO_PAY = {"en": "Please do not pay", ZH: "不要给钱"}
PLACE = {"en": "Where are you now?", ZH: "你现在在哪里？"}
THREATENED = {
    "en": "someone has my nudes and wants money",
    ZH: "有个人说不给钱就把我的裸照发给全班",
}
FRIEND = {"en": "my friend wants to kill herself", ZH: "我闺蜜说不想活了"}
TELL_AN_ADULT = {"en": "Please tell an adult now", ZH: "请马上告诉一个能赶过去的大人"}


async def after(town, *texts):
    """Somebody new who wrote *texts*, and what they heard to the last."""
    person = town.contact("en" if texts[0].isascii() else ZH)
    return person, await to_the_last(town, person, *texts)


@at_once(
    ("told", "then"),
    [
        ("我弟弟掉进井里了", "等等"),
        ("我吞了一整瓶安眠药", "等一下"),
        ("my mom is lying on the floor and doesnt wake up", "hold on"),
        ("i took the whole bottle of sleeping pills", "wait"),
        ("我吞了一整瓶安眠药", "手机快没电了"),
        ("i took the whole bottle of sleeping pills", "my phone is dying"),
    ],
)
async def test_whoever_cannot_go_on_in_an_emergency_hears_whom_to_call_with_both_numbers(
    town, told, then
):
    _, heard = await after(town, told, then)

    assert ("What you wrote is kept" if told.isascii() else "写过的都留着") in heard
    assert "120" in heard
    assert "110" in heard
    assert "Take your time" not in heard
    assert "慢慢来" not in heard
    assert "must not be alone" not in heard


@at_once(
    ("language", "asked"),
    [
        ("en", "can i send a photo"),
        ("en", "should i send the photos"),
        (ZH, "可不可以发照片"),
        (ZH, "能不能打"),
    ],
)
async def test_whoever_asks_whether_they_may_show_something_is_not_told_to_send_nothing(
    town, language, asked
):
    _, heard = await after(town, THREATENED[language], "1", "3", asked)

    assert NOT_TO_PAY[language] not in heard


@at_once(
    ("language", "asked"),
    [
        ("en", "can i pay him"),
        ("en", "should i send him a picture"),
        ("en", "can i just send them the money"),
        (ZH, "可不可以转钱给他"),
        (ZH, "能不能给他钱"),
        (ZH, "要不要发照片给他"),
        (ZH, "该不该给他"),
    ],
)
async def test_whoever_asks_whether_to_give_what_is_wanted_is(town, language, asked):
    _, heard = await after(town, THREATENED[language], "1", "3", asked)

    assert NOT_TO_PAY[language] in heard


@at_once(
    ("language", "told", "asked"),
    [
        ("en", "my dad hits me with a belt", "should i call the police"),
        ("en", "my dad hits me with a belt", "can i call the police"),
        (ZH, "我爸用皮带打我", "能不能打110"),
    ],
)
async def test_whether_to_call_the_police_is_answered_and_is_neither_a_cry_nor_a_place(
    town, language, told, asked
):
    child, heard = await after(town, told, "1", asked)

    assert MAY_CALL[language] in heard
    assert DANGER[language] in heard
    assert level_of(await town.case_of(child)) is Level.URGENT

    child, heard = await after(town, told, "1", "1", asked)

    assert MAY_CALL[language] in heard
    assert "cannot call" not in heard
    assert "不能打电话" not in heard
    assert PLACE[language] in heard
    assert asked not in str((await town.case_of(child)).answers)


@pytest.mark.parametrize(
    ("language", "own", "then"),
    [
        ("en", "my teacher touches me down there", "do i have to tell"),
        (ZH, "老师摸我下面", "他叫我不要告诉别人"),
    ],
)
async def test_harm_of_their_own_told_after_a_friends_is_what_a_secret_is_about(
    town, language, own, then
):
    _, heard = await after(town, FRIEND[language], "1", "3", own, then)

    assert TELL_AN_ADULT[language] not in heard


@at_once("asked", ["今晚去哪里睡", "我该去哪", "今晚去哪睡"])
async def test_where_to_sleep_tonight_is_answered(town, asked):
    _, heard = await after(town, "我爸天天打我", asked)

    assert "今晚没地方睡" in heard
