"""Who told, and fears what comes of it or asks whom else to tell, is answered in a few words."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of, said
from journeys.told_reports import DANGER, child_who_told

from bot.domain.level import Level
from bot.intake.fears import asked_in_fear

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
HIT = {"en": "my teacher hits me", ZH: "老师打我手心"}
NO_VISIT = {"en": "Nobody can promise it", ZH: "不能保证没有人来"}
PAID_BACK = {"en": "Nobody may punish you for telling", ZH: "谁都不可以因为你说出来就为难你"}
WHOM = {"en": "If one does not listen, tell another one", ZH: "一个人不听，就再找一个"}


@at_once(
    ("language", "text", "answer"),
    [
        (ZH, "你们不要来我家", NO_VISIT),
        (ZH, "求求你们别来学校找我", NO_VISIT),
        (ZH, "老师会不会针对我", PAID_BACK),
        (ZH, "要是我爸知道了怎么办", PAID_BACK),
        (ZH, "那我可以告诉谁", WHOM),
        (ZH, "我不知道跟谁说", WHOM),
        ("en", "please dont come to my house", NO_VISIT),
        ("en", "dont send anyone", NO_VISIT),
        ("en", "will he be mean to me if i tell", PAID_BACK),
        ("en", "what if he finds out i told", PAID_BACK),
        ("en", "who can i tell", WHOM),
    ],
)
async def test_what_a_child_fears_of_telling_is_answered_and_raises_nothing(
    town, language, text, answer
):
    child = await child_who_told(town, language, HIT[language])

    heard = await town.answers(child, (text, answer[language]))

    assert DANGER[language] in heard
    await town.answers(child, ("3", ""), (text, answer[language]))
    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert said(case).count(text) == 2


@pytest.mark.parametrize(
    ("language", "text"), [(ZH, "不要来我家"), ("en", "dont come to my house")]
)
async def test_it_is_no_place_where_the_place_is_asked_for(town, language, text):
    child = await child_who_told(town, language, HIT[language])
    await child.writes("1")
    await town.quiet()

    await town.answers(child, (text, NO_VISIT[language]))

    await town.answers(child, ("behind the school", ""))
    answers = dict((await town.case_of(child)).answers)
    assert answers["report_a_concern.where_now"] == "behind the school"


async def test_a_mother_hears_it_too_and_whom_to_report_to(town):
    mother = town.contact(ZH)
    await town.answers(mother, ("/start", "你是"), ("2", "想做什么"))
    await mother.writes("我老公天天打孩子")
    await mother.hears("孩子现在有危险吗")

    await town.answers(mother, ("你们不要来我家", NO_VISIT[ZH]), ("我该告诉谁", "民政"))


@pytest.mark.parametrize(
    "text",
    [
        *("别让他来我家", "他不要来我家", "他会不会打我", "他会打死我", "他告诉谁了", "不要来"),
        *("dont let him come to my house", "he comes to my house", "will he kill me if i tell"),
        *("will he hit me if i tell", "who did he tell", "he will be angry"),
    ],
)
async def test_what_is_said_of_others_or_feared_as_violence_is_read_as_ever(text):
    assert not asked_in_fear(text)


@pytest.mark.parametrize(
    "text", ["那" * 5000, "要是我 " * 1200, "but " * 1250, "please dont " * 400]
)
async def test_what_repeats_itself_is_read_at_once(text):
    assert not asked_in_fear(text)


async def test_who_told_nothing_yet_is_read_closely(town):
    child = await town.child("en")

    await child.writes("please dont come to my house")

    await town.quiet()
    assert await town.case_of(child) is not None


NO_SECRET = {"en": "cannot promise that nobody else will know", ZH: "不能保证没有别人知道"}


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "爸爸摸我", "你们不会跟我爸说吧"),
        (ZH, "爸爸摸我", "那你们不会告诉我妈妈的吧"),
        (ZH, "老师打我手心", "不要说是我说的"),
        (ZH, "老师打我手心", "你们会不会告诉老师是我说的"),
        ("en", "my dad touches me", "you wont tell my mum will you"),
        ("en", "my dad touches me", "You won't tell him, right?"),
        ("en", "my teacher hits me", "dont say it was me"),
        ("en", "my teacher hits me", "will the headmaster know it was me"),
        ("en", "my dad touches me", "will my mum know that i told"),
        ("en", "the host father comes into the shower", "will the organisation know it was me"),
    ],
)
async def test_who_hopes_that_nobody_is_told_hears_what_is_true(town, language, told, text):
    child = await child_who_told(town, language, told)

    await town.answers(child, (text, NO_SECRET[language]))

    await town.quiet()
    assert DANGER[language] in child.heard[-1]
    assert level_of(await town.case_of(child)) is Level.URGENT


@pytest.mark.parametrize(
    ("language", "told", "text", "answer"),
    [
        (ZH, "邻居天天打他家孩子", "不要说是我", "我们不会告诉孩子家里"),
        ("en", "my neighbour hits her kid every night", "dont say it was me", "We do not tell"),
        ("en", "his uncle beats him", "will the uncle know it was me", "We do not tell"),
    ],
)
async def test_a_neighbour_hears_that_the_family_is_not_told_who_it_was(
    town, language, told, text, answer
):
    adult = town.contact(language)
    await adult.writes("/start")
    await adult.writes("3")
    await adult.writes(told)
    await town.quiet()

    await town.answers(adult, (text, answer))


DELETED = {"en": '"leave" removes the messages here', ZH: "发“离开”"}
KEPT = {"en": "Better not delete it yet", ZH: "先别删"}


@at_once(
    ("language", "text"),
    [
        (ZH, "能不能删掉"),
        (ZH, "把我说的删掉"),
        (ZH, "删掉我刚才写的话"),
        ("en", "can you delete it"),
        ("en", "can i delete this"),
    ],
)
async def test_who_wants_what_they_wrote_deleted_hears_how_and_not_to_keep_it(town, language, text):
    child = await child_who_told(town, language, HIT[language])

    heard = await town.answers(child, (text, DELETED[language]))

    assert KEPT[language] not in heard


@pytest.mark.parametrize(
    "told", ["他天天发消息骂我 说要弄死我全家", "有个人说不给钱就把我的裸照发给全班"]
)
async def test_what_shows_who_threatens_is_better_kept(town, told):
    child = await town.child(ZH)
    await child.writes(told)
    await town.quiet()

    await child.writes("能不能删掉")
    await town.quiet()

    assert not [text for text in child.heard if DELETED[ZH] in text]


@at_once(
    ("language", "told", "answers", "asked"),
    [
        (ZH, "老师发微信说喜欢我 还亲我", ("没有", "我", "没有了"), "可以删吗"),
        (ZH, "同学发消息骂我让我去死", ("没有", "我", "没有了"), "能不能删掉"),
        (
            "en",
            "my coach texted me and touched me",
            ("no", "me", "that is all"),
            "can we delete it",
        ),
    ],
)
async def test_what_shows_harm_is_better_kept_also_some_answers_later(
    town, language, told, answers, asked
):
    child = await town.child(language)
    for text in (told, *answers, asked):
        await child.writes(text)
        await town.quiet()

    assert not [text for text in child.heard if DELETED[language] in text]


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        (ZH, "我爸打我 还看我手机里的消息", "可以删吗"),
        ("en", "my dad hits me and reads my messages", "can i delete this"),
    ],
)
async def test_that_somebody_reads_what_they_write_is_a_reason_to_delete_it(
    town, language, told, asked
):
    child = await child_who_told(town, language, told)

    await town.answers(child, (asked, DELETED[language]))


async def test_a_young_mother_who_asks_whether_her_baby_is_taken_hears_that_we_cannot(town):
    girl = await child_who_told(town, "en", "i have a baby and im 15 and my dad hits me")

    await town.answers(girl, ("will they take my baby", "cannot take a child out of a family"))


KIN = {"en": "Whatever comes of it is not your fault", ZH: "不管以后怎么样，都不是你的错"}


@at_once(
    ("language", "told", "text"),
    [
        ("en", "my stepdad touches me", "what will happen to my mom"),
        ("en", "my dad hits me", "and what happens to my little brother if i tell?"),
        (ZH, "后爸摸我", "那我妈会怎么样"),
        (ZH, "我爸打我", "说了我弟弟会怎么样"),
    ],
)
async def test_who_fears_for_those_at_home_is_not_told_of_whoever_did_it(
    town, language, told, text
):
    child = await child_who_told(town, language, told)

    heard = await to_the_last(town, child, text)

    assert KIN[language] in heard
    assert "court" not in heard
    assert DANGER[language] in heard
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_who_fears_so_in_an_emergency_hears_whom_to_call(town):
    child = await town.child()

    await to_the_last(town, child, "my mum swallowed a whole box of pills", "on the sofa")

    assert "120" in await to_the_last(town, child, "what will happen to my mum")


NAMELESS = {"en": "You do not have to say your name here", ZH: "在这里不用说名字"}


@at_once(
    ("language", "told", "text"),
    [
        ("en", "my teacher hits me", "do I have to say my name?"),
        ("en", "my teacher hits me", "is this anonymous"),
        (ZH, "老师打我", "一定要说名字吗"),
        (ZH, "老师打我", "这里是匿名的吗"),
    ],
)
async def test_who_asks_whether_they_must_say_their_name_is_answered_at_once(
    town, language, told, text
):
    child = await child_who_told(town, language, told)

    heard = await to_the_last(town, child, text)

    assert NAMELESS[language] in heard
    assert DANGER[language] in heard


@at_once("text", ["please delete everything I wrote", "i want all my data deleted now"])
async def test_who_wants_all_deleted_hears_how(town, text):
    child = await town.child()

    assert DELETED["en"] in await to_the_last(town, child, text)


@at_once("text", ["please delete everything i wrote", "yes please"])
async def test_who_asks_it_again_where_it_is_confirmed_has_it_erased(town, text):
    child = await town.child()

    await town.answers(child, ("delete my data", "Shall we erase"), (text, "It is erased."))


@at_once("text", ["都删掉", "全部删掉", "全都删了"])
async def test_so_is_it_in_chinese(town, text):
    child = await town.child("zh-hans")

    await town.answers(child, ("删除", "清除吗"), (text, "已经清除了"))
