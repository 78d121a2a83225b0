"""Whoever told, waits for a worker and asks, begs or is afraid is not met with silence."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.told_reports import OFFER, ZH, child_who_told, told_in_chinese, told_in_english

pytestmark = pytest.mark.asyncio(loop_scope="module")

AFRAID = {ZH: "害怕是正常的", "en": "all right to be afraid"}
NO_SECRET = {ZH: "不能保证没有别人知道", "en": "cannot promise"}
HOURS, READ = "有危险，打 110。社工看消息的时间", "call 110. People read here"
PASSED_ON = {ZH: "已经转给社工了", "en": "has been passed on"}
CALL = {ZH: "有危险别等我们", "en": "do not wait for us"}
TEARS = {ZH: "压在心里", "en": "heavy for you"}


@at_once(
    ("language", "written", "hears"),
    [
        (ZH, "我怕", AFRAID[ZH]),
        (ZH, "我好怕", AFRAID[ZH]),
        ("en", "im scared", AFRAID["en"]),
        (ZH, "不要告诉我爸", NO_SECRET[ZH]),
        (ZH, "能不能不报警", "不会报警"),
        ("en", "please dont tell my mum", NO_SECRET["en"]),
        (ZH, "你们什么时候来", HOURS),
        (ZH, "你们好久来嘛", HOURS),
        (ZH, "要等多久", HOURS),
        (ZH, "好久有人看", HOURS),
        (ZH, "没人理我", HOURS),
        ("en", "when are you coming", READ),
        (ZH, "你是真人吗", "不是真人"),
        (ZH, "妈妈好久回来", PASSED_ON[ZH]),
        (ZH, "我明天还要上学啷个办", PASSED_ON[ZH]),
        (ZH, "去哪个派出所报", PASSED_ON[ZH]),
        (ZH, "社工是男的还是女的", PASSED_ON[ZH]),
        (ZH, "我想跟女社工说", PASSED_ON[ZH]),
        (ZH, "求求你们了", PASSED_ON[ZH]),
        (ZH, "快来", CALL[ZH]),
        (ZH, "帮我", CALL[ZH]),
        (ZH, "你们快点来", CALL[ZH]),
        (ZH, "呜呜呜", TEARS[ZH]),
        (ZH, "我在哭", TEARS[ZH]),
        (ZH, "😭", TEARS[ZH]),
        ("en", "hurry up", CALL["en"]),
        ("en", "be quick please", CALL["en"]),
        ("en", "im crying", TEARS["en"]),
        ("en", "waaah", TEARS["en"]),
    ],
)
async def test_who_waits_for_a_worker_is_answered_each_time(town, language, written, hears):
    told = told_in_chinese if language == ZH else told_in_english
    child, _ = await told(town)
    enough = {ZH: ("不用了", "我家在舟溪村"), "en": ("no", "i live in zhouxi")}[language]
    await to_the_last(town, child, *enough)

    heard = await to_the_last(town, child, written)

    assert hears in heard
    assert OFFER[language] not in heard


@at_once("written", ["啷个办嘛", "那我啷个整", "怎么办"])
async def test_who_waits_and_asks_what_to_do_reads_it_of_what_they_told(town, written):
    child = await child_who_told(town, ZH, "我爸用皮带打我")
    steps = ("没有", "就这些", "昨天", "家里", "9", "不会", "可以", "不用了", "我家在舟溪村")
    await to_the_last(town, child, *steps)

    assert "依据" in await to_the_last(town, child, written)


@at_once("written", ["昨天也是这样", "他怎么骂我的我都记得", "我在三小读书"])
async def test_who_waits_and_tells_on_is_not_told_the_same_over_and_over(town, written):
    child, _ = await told_in_chinese(town)
    await to_the_last(town, child, "不用了", "我家在舟溪村")

    assert PASSED_ON[ZH] not in await to_the_last(town, child, written)


@at_once("written", ["没有来", "还没来", "没有人来过", "来过一次", "社工来了"])
async def test_who_comes_back_and_says_whether_somebody_came_is_understood(town, written):
    _, said = await told_in_chinese(town)
    code = said.split("（换手机也能用）：")[1].splitlines()[0]
    other = town.contact(ZH)
    steps = (("/start", "请问，你是？"), ("我有口令", "请写口令"), (code, "接下来想做什么"))
    await town.answers(other, *steps, ("说说有没有人来帮", "有人来帮忙了吗"))

    assert "要接着来，请选一个" not in await to_the_last(town, other, written)
    assert "有人来帮忙了吗" not in other.heard[-1]


@at_once(
    ("language", "cries", "kinds"),
    [
        (ZH, ("快来", "呜呜呜", "帮我", "我在哭", "快来", "呜呜"), (CALL, TEARS)),
        ("en", ("im crying", "hurry up", "waaah", "be quick", "hurry"), (TEARS, CALL)),
    ],
)
async def test_who_cries_over_and_over_is_answered_once_of_each_kind(town, language, cries, kinds):
    told = told_in_chinese if language == ZH else told_in_english
    child, _ = await told(town)
    await to_the_last(town, child, "不用了" if language == ZH else "no")

    first, second, *rest = [await to_the_last(town, child, cry) for cry in cries]

    assert (kinds[0][language] in first, kinds[1][language] in second) == (True, True)
    answers = (CALL[language], TEARS[language])
    assert [each for each in rest for answer in answers if answer in each] == []


async def test_a_cry_that_says_danger_is_an_emergency_behind_others(town):
    child, _ = await told_in_chinese(town)
    await to_the_last(town, child, "不用了", "帮我", "快来")

    assert "你在哪里" in await to_the_last(town, child, "救命")
