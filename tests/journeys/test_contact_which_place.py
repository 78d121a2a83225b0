"""Where help is to be sent, a room or "at home" is kept, and asked about once more."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of, said

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
DANGER = {"en": "dad is drunk and smashing everything", ZH: "我爸拿刀追我妈"}
WHERE = {"en": "Where are you", ZH: "你在哪里"}
WHICH = {"en": "Which place is it?", ZH: "是什么地方"}
MORE = {"en": "Your safety comes first", ZH: "你的安全最要紧"}


@at_once(
    ("language", "spot", "place"),
    [
        (ZH, "在家", "大十字百货楼上"),
        (ZH, "小孩", "大十字百货楼上"),
        ("en", "child", "kaili yingpan road 3"),
        ("en", "im a child", "kaili yingpan road 3"),
        ("en", "i am just a kid", "kaili yingpan road 3"),
        (ZH, "我和妹妹躲在房间里", "三棵树镇那边"),
        (ZH, "床底下", "不知道"),
        (ZH, "和表哥躲在房间里", "三棵树镇那边"),
        ("en", "in my room", "kaili yingpan road 3"),
        ("en", "in my room with my cousin", "kaili yingpan road 3"),
        ("en", "in my room with my stupid brother", "kaili yingpan road 3"),
        (ZH, "他喝酒了", "三棵树镇那边"),
        (ZH, "我爸又喝醉了", "三棵树镇那边"),
        (ZH, "就我和弟弟", "三棵树镇那边"),
        ("en", "its just me and my brother", "kaili yingpan road 3"),
        ("en", "he is drunk again", "kaili yingpan road 3"),
        ("en", "hiding under the bed with my sister", "i dont know"),
        ("en", "im under the stairs with my brother", "kaili yingpan road 3"),
        ("en", "behind the sofa", "kaili yingpan road 3"),
        (ZH, "我躲在楼梯下面", "三棵树镇那边"),
        (ZH, "我和妹妹躲在猪圈里", "三棵树镇那边"),
        (ZH, "他在敲门", "三棵树镇那边"),
        (ZH, "我把门锁了", "三棵树镇那边"),
        (ZH, "我妈还在里面", "三棵树镇那边"),
        (ZH, "没人", "三棵树镇那边"),
        (ZH, "好冷", "三棵树镇那边"),
        (ZH, "疼", "三棵树镇那边"),
        (ZH, "我走不动了", "三棵树镇那边"),
        (ZH, "我流血了", "三棵树镇那边"),
        ("en", "i locked the door", "kaili yingpan road 3"),
        (ZH, "他在睡觉", "三棵树镇那边"),
        (ZH, "我和妹妹", "三棵树镇那边"),
        (ZH, "爸爸睡着了", "三棵树镇那边"),
        ("en", "football boy, 11", "kaili yingpan road 3"),
        ("en", "he is sleeping", "kaili yingpan road 3"),
        ("en", "me and my sister", "kaili yingpan road 3"),
    ],
)
async def test_it_is_asked_which_place_once_and_both_are_kept(town, language, spot, place):
    child = await town.child(language)
    await town.answers(
        child, (DANGER[language], WHERE[language]), (spot, WHICH[language]), (place, MORE[language])
    )

    kept = dict((await town.case_of(child)).answers)["report_a_concern.where_now"]
    assert sorted(kept.split(" / ")) == sorted([spot, place])


@at_once(
    ("language", "text", "place"),
    [
        (ZH, "就这些", "三棵树镇那边"),
        (ZH, "我说完了", "三棵树镇那边"),
        ("en", "that's all", "kaili yingpan road 3"),
    ],
)
async def test_that_this_is_all_is_no_place(town, language, text, place):
    child = await town.child(language)
    await town.answers(
        child, (DANGER[language], WHERE[language]), (text, WHICH[language]), (place, MORE[language])
    )

    case = await town.case_of(child)
    assert dict(case.answers)["report_a_concern.where_now"] == place


async def test_a_hiding_place_is_no_wish_to_die(town):
    child = await town.child(ZH)
    await town.answers(child, ("有人在打我妹妹", WHERE[ZH]))

    await town.answers(child, ("我在楼梯下面", WHICH[ZH]))

    seen = {signal.category for signal in (await town.case_of(child)).signals}
    assert "suicide" not in seen


async def test_a_roof_where_somebody_else_was_in_danger_is_read_as_ever(town):
    child = await town.child(ZH)
    await town.answers(child, ("有人在打我妹妹", WHERE[ZH]))

    await town.answers(child, ("我在楼顶上", "12356"))

    seen = {signal.category for signal in (await town.case_of(child)).signals}
    assert "suicide" in seen


@at_once(
    ("language", "steps"),
    [
        (ZH, (("没有", WHICH[ZH]), ("在家", MORE[ZH]))),
        (ZH, (("在家", WHICH[ZH]), ("在家", MORE[ZH]))),
        (ZH, (("在凯里一中门口", MORE[ZH]),)),
        (ZH, (("在老街的桥上", MORE[ZH]),)),
        (ZH, (("在百货大楼楼梯口", MORE[ZH]),)),
        ("en", (("behind the market", MORE["en"]),)),
        ("en", (("in my room", WHICH["en"]), ("at home", MORE["en"]))),
        ("en", (("behind the school", MORE["en"]),)),
        ("en", (("boys school on yingpan road", MORE["en"]),)),
        (ZH, (("我和妹妹在三棵树", MORE[ZH]),)),
        (ZH, (("他在外婆家睡觉", MORE[ZH]),)),
        ("en", (("he is drunk", WHICH["en"]), ("its just me", MORE["en"]))),
    ],
)
async def test_it_is_never_asked_a_third_time_nor_of_who_names_something(town, language, steps):
    child = await town.child(language)

    await town.answers(child, (DANGER[language], WHERE[language]), *steps)


@pytest.mark.parametrize("text", ["好的谢谢", "他走了"])
async def test_thanks_and_that_somebody_is_gone_are_no_place(town, text):
    child = town.contact("zh-hans")
    await to_the_last(town, child, "/start", "1", "他拿刀追我", "凯里大十字12号", text)

    answers = dict((await town.case_of(child)).answers)

    assert "凯里大十字12号" in answers.values()
    assert not [answer for answer in answers.values() if text in answer and "凯里" in answer]


@at_once(
    ("language", "told", "first", "place"),
    [
        (ZH, "有人拿刀追我弟弟", "他家", "弟弟在学校"),
        (ZH, "有人拿刀追我弟弟", "凯里大十字12号", "弟弟在厂里"),
        (ZH, "有人拿刀追我弟弟", "他家", "他走了"),
        ("en", "a man with a knife is chasing my brother", "his house", "he is at school"),
        (
            "en",
            "a man with a knife is chasing my brother",
            "12 Yingpan road",
            "he is at the market",
        ),
    ],
)
async def test_where_somebody_else_is_in_danger_is_kept_as_the_place(
    town, language, told, first, place
):
    child = await town.child(language)

    await to_the_last(town, child, told, first, place)

    assert f"{first} / {place}" in dict((await town.case_of(child)).answers).values()


@at_once("text", ["he is gone", "he went out", "my brother left"])
async def test_that_somebody_left_is_no_place_behind_an_address(town, text):
    child = await town.child("en")

    await to_the_last(town, child, DANGER["en"], "12 Yingpan road", text)

    assert "12 Yingpan road" in dict((await town.case_of(child)).answers).values()


async def test_a_word_over_and_over_is_read_at_once(town):
    child = await town.child("en")
    await to_the_last(town, child, DANGER["en"])

    assert MORE["en"] in await to_the_last(town, child, "my baby " * 400)


async def test_whom_somebody_is_with_over_and_over_is_read_at_once(town):
    child = await town.child("en")
    await to_the_last(town, child, DANGER["en"])

    rows = "in my room" + " with my big brother" * 200 + " xyz"
    assert MORE["en"] in await to_the_last(town, child, rows)


@at_once("text", ["你们什么时候来", "警察好久到", "没有人来", "来了没有", "我好怕"])
async def test_who_asks_when_somebody_comes_or_fears_hears_whom_to_call_and_is_asked_again(
    town, text
):
    child = await town.child(ZH)
    heard = await town.answers(child, (DANGER[ZH], WHERE[ZH]), (text, WHICH[ZH]))

    assert "110" in heard
    await town.answers(child, ("三棵树镇那边", MORE[ZH]))
    kept = dict((await town.case_of(child)).answers)["report_a_concern.where_now"]
    assert kept == "三棵树镇那边"


CRIES = [("en", "please help me"), ("en", "help me please"), (ZH, "救救我"), (ZH, "救命")]
ROAD = {"en": "Beijing Road 5", ZH: "北京路5号"}
NO = {"en": "no", ZH: "不用了"}


@at_once(("language", "text"), CRIES)
async def test_the_second_cry_for_help_says_something_more_and_is_no_place(town, language, text):
    child = await town.child(language)
    first = await town.answers(child, (text, "120"))

    second = await town.answers(child, (text, WHICH[language]))
    third = await town.answers(child, (text, "110"))
    assert text not in dict((await town.case_of(child)).answers).values()
    fourth = await town.answers(child, (text, "110"))
    await town.quiet()

    assert "110" in second
    assert len({first, second, third, fourth}) == 4
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert said(case).count(text) == 4


@at_once(("language", "text"), CRIES)
async def test_cried_again_where_something_is_asked_it_is_answered_by_turns(town, language, text):
    child = await town.child(language)
    await town.answers(child, (text, "120"), (ROAD[language], MORE[language]), (NO[language], ""))

    heard = [await town.answers(child, (text, "110")) for _ in range(3)]

    assert heard[0] != heard[1] != heard[2]
    assert all("120" in each for each in heard)


GO = {"en": "go where people and lights are", ZH: "去有人、有灯的地方"}


@at_once(
    ("language", "asked"),
    [
        (ZH, "我躲哪里"),
        (ZH, "去哪里躲"),
        (ZH, "我跑还是躲"),
        (ZH, "我可以去邻居家吗"),
        (ZH, "我能带弟弟走吗"),
        ("en", "where do i go"),
        ("en", "should i run or hide"),
        ("en", "can i go to my neighbours"),
    ],
)
async def test_who_asks_where_to_go_in_danger_hears_it_and_is_asked_the_place(
    town, language, asked
):
    child = await town.child(language)
    await town.answers(child, (DANGER[language], WHERE[language]))

    heard = await to_the_last(town, child, asked)

    assert GO[language] in heard
    assert "110" in heard
    assert {"en": "Where are you now?", ZH: "你现在在哪里"}[language] in heard
    assert GO[language] in await to_the_last(
        town, child, {"en": "kaili yingpan road 3", ZH: "三棵树镇那边"}[language], asked
    )


@at_once(
    ("language", "place"),
    [
        (ZH, "我躲在邻居家"),
        (ZH, "我要去外婆家"),
        (ZH, "我跑到派出所了"),
        ("en", "at my neighbours"),
    ],
)
async def test_whoever_says_where_they_go_has_asked_nothing(town, language, place):
    child = await town.child(language)
    await town.answers(child, (DANGER[language], WHERE[language]))

    assert GO[language] not in await to_the_last(town, child, place)
