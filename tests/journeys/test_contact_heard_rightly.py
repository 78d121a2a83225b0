"""Who tells of their own blows, of the neighbours, of pictures or pay hears what fits just that."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
CHILD, PARENT = "1", "2"
COURAGE = {"en": "It takes courage", ZH: "这要有勇气"}
CONFRONT = {"en": "do not confront", ZH: "不要去找动手的人理论"}


async def after(town, who, *texts):
    """Whoever says that they are *who*, and wrote *texts*, and what they heard to the last."""
    language = "en" if texts[0].isascii() else ZH
    person = town.contact(language)
    begun = ("/start", who) if who else ()
    return person, await to_the_last(town, person, *begun, *texts)


async def signals_of(town, person):
    case = await town.case_of(person)
    return {signal.category for signal in case.signals} if case else set()


@pytest.mark.parametrize(
    "told",
    ["我昨天喝多了把女儿打了，我很后悔", "i got drunk and hit my daughter yesterday"],
)
async def test_a_parent_who_hit_when_drunk_is_helped_and_not_warned_of_somebody_else(town, told):
    parent, heard = await after(town, PARENT, told)

    language = "en" if told.isascii() else ZH
    assert COURAGE[language] in heard
    assert CONFRONT[language] not in heard
    assert "The police can warn" not in heard
    assert "own_violence" in await signals_of(town, parent)


@at_once(
    ("told", "is_own"),
    [
        ("我打她是因为她撒谎", True),
        ("i only hit her because she lies", True),
        ("我打她是因为她先打我", False),
        ("he only hits me because i lie", False),
    ],
)
async def test_who_hit_for_a_lie_and_did_not_say_who_they_are_is_helped(town, told, is_own):
    language = "en" if told.isascii() else ZH

    heard = await to_the_last(town, town.contact(language), told)

    assert (COURAGE[language] in heard) is is_own


@pytest.mark.parametrize(
    "told", ["我老公喝多了把女儿打了", "my husband got drunk and hit my daughter"]
)
async def test_whose_husband_hits_is_not_taken_for_who_hits(town, told):
    parent, heard = await after(town, PARENT, told)

    assert COURAGE["en" if told.isascii() else ZH] not in heard
    assert "own_violence" not in await signals_of(town, parent)


@pytest.mark.parametrize(
    "told",
    [
        "我对小孩有冲动，怕自己控制不住",
        "i am attracted to kids and scared i will do something",
    ],
)
async def test_whoever_fears_their_own_urges_is_heard_and_told_to_keep_away(town, told):
    person, heard = await after(town, PARENT, told)

    keep_away = {"en": "do not be alone with a child", ZH: "不要单独跟孩子在一起"}
    assert keep_away["en" if told.isascii() else ZH] in heard
    assert level_of(await town.case_of(person)) is Level.URGENT


async def test_whether_a_child_may_be_hit_is_answered_and_is_no_deed(town):
    told = "my neighbour hits her son with a stick every night"
    parent, heard = await after(town, PARENT, told, "can i hit my son if he lies")

    assert "It works without hitting" in heard
    assert COURAGE["en"] not in heard
    assert "own_violence" not in await signals_of(town, parent)


async def test_asked_alone_it_opens_no_case(town):
    parent, heard = await after(town, PARENT, "can i hit my son if he lies")

    assert "It works without hitting" in heard
    assert await town.case_of(parent) is None


@pytest.mark.parametrize(
    "told",
    ["can i hit my daughter when i am drunk", "should i slap my daughter when my husband does"],
)
async def test_a_question_that_tells_of_blows_opens_a_case(town, told):
    parent, _ = await after(town, PARENT, told)

    assert level_of(await town.case_of(parent)) is Level.URGENT


async def test_a_child_with_such_thoughts_is_not_told_to_keep_away_from_children(town):
    child, heard = await after(town, CHILD, "i have sexual thoughts about my sister")

    assert "do not be alone with a child" not in heard
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_a_child_may_say_whom_it_likes(town):
    _, heard = await after(town, CHILD, "i am attracted to girls")

    assert "do not be alone with a child" not in heard


@at_once(
    ("who", "told"),
    [
        ("", "my neighbour hits her son with a stick every night"),
        ("", "隔壁那家天天打娃娃，哭得好惨"),
        (CHILD, "隔壁那家天天打娃娃，哭得好惨"),
        ("", "my neighbour leaves her 4 year old alone all evening"),
    ],
)
async def test_whoever_tells_of_the_neighbours_is_not_spoken_to_as_the_child(town, who, told):
    _, heard = await after(town, who, told)

    assert "Nobody may hurt you" not in heard
    assert "It is right to ask for it" not in heard
    assert "谁都不可以伤害你" not in heard
    assert "110" in heard


async def test_what_is_heard_through_the_wall_is_no_harm_of_whoever_hears_it(town):
    contact = town.contact("en")
    await contact.writes("/start")
    for text in (
        "my neighbour leaves her 4 year old alone all evening",
        "no",
        "i hear crying every night",
    ):
        await contact.writes(text)
        await town.quiet()

    assert not [text for text in contact.heard if "your fault" in text]


@at_once(
    ("told", "relation"),
    [
        ("隔壁那家天天打娃娃，哭得好惨", "neighbour"),
        ("my neighbour hits her son with a stick every night", "neighbour"),
        ("我昨天骂了又把女儿打了一顿", "own_child"),
    ],
)
async def test_whose_child_it_is_is_not_asked_of_whoever_told(town, told, relation):
    adult, _ = await after(town, "3", told, "3")

    answers = dict((await town.case_of(adult)).answers)
    assert answers["report_a_concern_adult.who_is_it_about"] == relation


async def test_pictures_shown_around_are_no_threat_for_money(town):
    child, heard = await after(town, CHILD, "They post pics of me in the group")

    assert "do not pay" not in heard
    assert "Nobody may post pictures of you" in heard
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_pictures_held_for_money_still_are(town):
    _, heard = await after(town, CHILD, "he will send the video to my class if i dont pay")

    assert "do not pay" in heard


async def test_who_is_not_paid_hears_nothing_of_being_sold(town):
    child, heard = await after(town, CHILD, "my boss doesnt pay me")

    assert "sell you" not in heard
    assert "12345" in heard
    assert level_of(await town.case_of(child)) is Level.URGENT


@at_once(
    ("told", "asked", "said"),
    [
        ("my uncle touches me at night", "will he go to prison", "for the police and the court"),
        ("老师摸我下面", "会不会坐牢", "由警察和法院"),
        ("老师摸我下面", "他会被抓吗", "由警察和法院"),
    ],
)
async def test_what_becomes_of_whoever_did_it_is_answered_and_danger_asked_again(
    town, told, asked, said
):
    _, heard = await after(town, CHILD, told, asked)

    assert said in heard
    assert "hitting" not in heard
    assert "打人" not in heard
    assert ("in danger right now?" if told.isascii() else "现在有人有危险吗？") in heard


@at_once(
    "texts",
    [
        ("are there cameras",),
        ("my dad hits me", "do you know where i am"),
        ("有监控吗",),
        ("我爸打我", "你能看到我吗"),
    ],
)
async def test_whether_they_are_seen_is_answered_truly(town, texts):
    _, heard = await after(town, CHILD, *texts)

    assert ("cannot see or hear you" if texts[0].isascii() else "我看不到你，也听不到你") in heard


@at_once(
    "asked",
    [
        "户口迁移怎么办",
        "孩子身份证怎么办理",
        "小孩医保怎么交",
        "how do i get an id card for my child",
    ],
)
async def test_whom_to_ask_for_papers_is_said(town, asked):
    parent, heard = await after(town, PARENT, asked)

    assert ("police station" if asked.isascii() else "派出所") in heard
    assert "12345" in heard
    assert await town.case_of(parent) is None


@pytest.mark.parametrize(
    ("language", "caption", "danger"),
    [
        ("en", "my dad did this to me", "in danger right now?"),
        (ZH, "我爸打的", "现在有人有危险吗？"),
    ],
)
async def test_a_picture_of_what_somebody_did_leads_to_the_question_of_danger(
    town, language, caption, danger
):
    child = await town.child(language)

    await child.sends_photo(b"a picture" * 50, caption=caption)
    await child.hears(danger)

    assert level_of(await town.case_of(child)) is Level.URGENT


@pytest.mark.parametrize("caption", ["my drawing", "my mom did this"])
async def test_a_picture_of_a_drawing_does_not(town, caption):
    child = await town.child()
    before = len(child.heard)

    await child.sends_photo(b"a picture" * 50, caption=caption)
    await town.quiet()

    assert "danger right now?" not in "\n".join(child.heard[before:])


@pytest.mark.parametrize(
    ("texts", "told", "place"),
    [
        (
            ("my dad is drunk and hitting mom", "who is this why are you texting my daughter"),
            "I am a program",
            "find the place",
        ),
        (("我爸喝酒了打我妈", "1", "你是谁 为什么和我女儿聊天"), "我是程序", "找得到地方"),
    ],
)
async def test_whoever_took_the_phone_hears_what_this_is_and_nothing_of_what_was_told(
    town, texts, told, place
):
    child, heard = await after(town, CHILD, *texts)

    assert told in heard
    assert "110" not in heard
    assert place not in heard
    answers = dict((await town.case_of(child)).answers)
    assert texts[-1] not in str(answers)
    assert answers["welcome.who_are_you"] == "child"


@at_once(
    ("told", "then"),
    [
        ("我想死", "不是 我开玩笑的"),
        ("爸妈要我嫁人，我才15", ""),
        ("i havent eaten since yesterday", ""),
        ("i think im pregnant i am 14", ""),
        ("my stepfather comes in my room", ""),
    ],
)
async def test_who_needs_help_is_not_asked_of_whoever_told_of_themselves(town, told, then):
    texts = (told, then, "3") if then else (told, "3")
    _, heard = await after(town, CHILD, *texts)

    assert "Who needs help?" not in heard
    assert "谁需要帮助" not in heard


async def test_where_a_brother_is_spoken_of_it_still_is(town):
    _, heard = await after(town, CHILD, "他天天打我弟弟", "3")

    assert "谁需要帮助" in heard


async def test_who_told_something_and_does_not_know_what_to_do_is_offered_to_tell(town):
    told = "爸妈在浙江打工 我跟奶奶住 奶奶病了"
    _, heard = await after(town, CHILD, told, "没有", "我不知道怎么办")

    assert "答不好" not in heard
    assert "可以在这里说说发生了什么" in heard


async def test_nor_does_whoever_took_the_phone_change_who_told(town):
    told = "my mom is drunk and hitting my brother"
    child, _ = await after(town, "", told, "why are you texting my son")

    assert dict((await town.case_of(child)).answers).get("welcome.who_are_you") != "parent"


async def test_who_says_then_that_they_are_the_father_is_not_taken_for_who_told(town):
    texts = ("我爸喝酒了打我妈", "1", "你是谁 为什么和我女儿聊天", "我是她爸")
    child, heard = await after(town, CHILD, *texts)

    answers = dict((await town.case_of(child)).answers)
    assert answers["welcome.who_are_you"] == "child"
    assert "我是她爸" not in str(answers)
    assert "安全" not in heard


async def test_a_father_who_corrects_who_he_is_still_does(town):
    father, _ = await after(town, CHILD, "我女儿被同学打了", "我是她爸")

    assert dict((await town.case_of(father)).answers)["welcome.who_are_you"] == "parent"


@pytest.mark.parametrize("told", ["我对小孩有冲动想打他们", "我对我妹妹有那种冲动"])
async def test_of_a_child_an_impulse_is_not_answered_as_a_grown_ups(town, told):
    child, heard = await after(town, CHILD, told)

    assert "您" not in heard
    assert COURAGE[ZH] not in heard
    assert "不要单独跟孩子在一起" not in heard
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_a_parent_with_an_impulse_to_hit_hears_how_to_step_away(town):
    _, heard = await after(town, PARENT, "我对孩子有冲动想打他")

    assert "走开一步" in heard
    assert "不要单独跟孩子在一起" not in heard
