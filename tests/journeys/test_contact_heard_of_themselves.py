"""Who tells of themselves beside others, of a death, or fears for themselves, is heard so."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
CHILD, PARENT = "1", "2"
NOBODY_MAY = {"en": "Nobody may hurt you.", ZH: "谁都不可以伤害你"}
DEAR = {"en": "I am sorry. When a person", ZH: "亲近的人"}
ANIMAL = {"en": "animal", ZH: "动物"}
FIRST_OF_AN_ANIMAL = {"en": "I am sorry. When an animal", ZH: "心爱的动物走了"}
NOTHING_WRONG = {"en": "You have done nothing wrong.", ZH: "你没有做错什么"}


def language_of(text):
    return "en" if text.isascii() else ZH


async def after(town, who, *texts):
    """What whoever says that they are *who*, and wrote *texts*, heard to the last."""
    return await to_the_last(town, town.contact(language_of(texts[0])), "/start", who, *texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("邻居打孩子", "他也打我"),
        ("my neighbour hits his daughter, im the daughter",),
    ],
)
async def test_who_is_hit_as_well_hears_that_nobody_may(town, texts):
    assert NOBODY_MAY[language_of(texts[0])] in await after(town, CHILD, *texts)


async def test_whoever_tells_of_the_neighbours_alone_still_does_not(town):
    assert NOBODY_MAY[ZH] not in await after(town, CHILD, "邻居打孩子", "邻居又打孩子了")


@at_once(
    ("who", "told"),
    [
        (CHILD, "我奶奶死了"),
        (CHILD, "我爸死了"),
        (CHILD, "我妈昨天死了"),
        (CHILD, "姥姥去世了"),
        (CHILD, "我阿姨去世了"),
        (CHILD, "我婶婶昨天去世了"),
        (CHILD, "我室友去世了"),
        (CHILD, "my gran died"),
        (CHILD, "my pa died"),
        (CHILD, "my auntie passed away"),
        (CHILD, "my boyfriend died"),
        (CHILD, "both my parents are dead"),
        (PARENT, "我儿子死了"),
        (PARENT, "我幺儿去世了"),
        (PARENT, "my little niece died"),
        (PARENT, "my husband died"),
        (PARENT, "my grandson died"),
        (PARENT, "我老公去世了"),
        (PARENT, "我的孩子死了"),
        (PARENT, "my son died"),
    ],
)
async def test_a_death_is_answered_first_of_whomever_it_is(town, who, told):
    heard = await after(town, who, told)

    assert heard.startswith(DEAR[language_of(told)])
    assert ANIMAL[language_of(told)] not in heard


@at_once("told", ["我的狗死了", "我家狗昨天死了", "my dog died"])
async def test_the_death_of_an_animal_is_answered_first(town, told):
    heard = await after(town, CHILD, told)

    assert heard.splitlines()[0].startswith(FIRST_OF_AN_ANIMAL[language_of(told)])
    assert DEAR[language_of(told)] not in heard


async def test_of_an_animal_no_page_about_relatives_is_told(town):
    assert "亲人" not in await after(town, CHILD, "我的狗死了")


@at_once(
    "told",
    [
        "手机没电 游戏里我哥死了",
        "我做梦梦到我妈死了",
        "我怕我奶奶死了",
        "我爸累死了",
        "我恨不得我爸死了",
        "我妈死了心",
        "my dad is dead tired",
        "my dad is dead drunk",
        "my friends are dead tired",
        "my parents are dead against it",
        "my dad is dead to me",
        "室友说我死定了 累死了",
    ],
)
async def test_a_death_that_was_none_is_not_consoled(town, told):
    assert DEAR[language_of(told)] not in await after(town, CHILD, told)


@at_once(
    ("told", "asked"),
    [
        ("老师摸我", "我会被抓吗"),
        ("老师摸我", "会开除我吗"),
        ("叔叔摸我", "要开除吗"),
        ("my teacher touches me", "will i be arrested"),
        ("my teacher touches me", "will they expel me"),
        ("叔叔摸我 叫我骗妈妈说我自己摔的", "警察会不会抓我"),
        ("叔叔摸我 叫我骗家里人说没事", "警察会不会抓我"),
        ("老师摸我，要我骗我妈", "警察会不会抓我"),
        ("我偷吃东西爸爸打我", "警察会不会抓我"),
        ("我偷玩手机爸爸打我", "警察会不会抓我"),
        ("叔叔摸我 我偷拍了视频", "警察会不会抓我"),
        ("老师摸我，叫我骗我妈手机没电", "警察会不会抓我"),
        ("my uncle touches me, he made me a deal", "will i be arrested"),
        ("my uncle touches me, he told me to deal with it", "will i be arrested"),
    ],
)
async def test_who_fears_to_be_punished_hears_that_they_did_nothing_wrong(town, told, asked):
    assert NOTHING_WRONG[language_of(asked)] in await after(town, CHILD, told, asked)


@at_once(
    ("told", "asked"),
    [
        ("他们逼我去偷东西，不偷就打我", "警察会不会抓我"),
        ("they make me steal, they hit me if i dont", "will the police arrest me"),
        ("他们逼我去骗妈妈的钱，不骗就打我", "警察会不会抓我"),
        ("他们打我，叫我去骗钱", "警察会不会抓我"),
        ("they hit me and make me deal drugs", "will the police arrest me"),
        ("they hit me and make me deal weed", "will the police arrest me"),
        ("he beats me and makes me deal for him", "will i be arrested"),
        ("他们打我 逼我去偷拍女同学", "警察会不会抓我"),
        ("他打我 逼我骗奶奶的存折", "警察会不会抓我"),
        ("他打我 逼我骗同学的手机", "警察会不会抓我"),
        ("我偷吃超市的东西，爸爸打我", "警察会不会抓我"),
    ],
)
async def test_who_was_made_to_steal_is_not_told_what_the_police_will_find(town, told, asked):
    assert NOTHING_WRONG[language_of(asked)] not in await after(town, CHILD, told, asked)


async def test_whom_others_rob_and_hit_has_done_nothing_wrong(town):
    heard = await after(town, CHILD, "他们抢我的钱还打我", "我会被开除吗")

    assert NOTHING_WRONG[ZH] in heard


async def test_what_becomes_of_whoever_did_it_is_answered_as_before(town):
    heard = await after(town, CHILD, "老师摸我", "他会坐牢吗")

    assert NOTHING_WRONG[ZH] not in heard
    assert "法院" in heard


@at_once("asked", ["能查到我在哪里吗", "能定位吗 我在他家", "我房间有摄像头吗"])
async def test_whether_they_can_be_found_or_seen_here_is_answered(town, asked):
    assert "看不到你" in await after(town, CHILD, asked)


@pytest.mark.parametrize(
    ("told", "asked", "answered"),
    [
        ("我女儿在学校被欺负", "你们能跟我女儿聊聊吗", "孩子愿意的话，也可以自己在这里写"),
        ("my son is bullied at school", "can you talk to my son", "The child can also write here"),
    ],
)
async def test_a_parent_who_wants_us_to_talk_with_the_child_is_told_of_no_secrecy(
    town, told, asked, answered
):
    heard = await after(town, PARENT, told, asked)

    assert answered in heard
    assert "依据" not in heard


async def test_a_question_after_pictures_were_told_of_is_no_threat_with_them(town):
    told = ("my son is bullied at school", "they post pics of him in the group")

    heard = await after(town, PARENT, *told, "can i hit my son if he lies")

    assert "do not pay" not in heard


@pytest.mark.parametrize(
    ("before", "told"),
    [("my father", "he hits me when he is drunk"), ("my dad", "he kicks me every day")],
)
async def test_a_father_s_blows_stand_before_bullying_at_the_desk(town, before, told):
    child = town.contact("en")

    heard = await to_the_last(town, child, "/start", CHILD, before, told, "no")

    about = (await town.case_of(child)).line.about
    assert about[0] == "physical_abuse"
    assert "Who needs help" not in heard


async def test_a_classmate_s_blows_are_bullying_first(town):
    child = town.contact("en")

    await to_the_last(town, child, "/start", CHILD, "a boy in my class", "he hits me every day")

    assert (await town.case_of(child)).line.about[0] == "bullying"


async def test_that_a_child_writes_tells_no_harm_behind_what_was_told(town):
    child = town.contact("en")

    heard = await to_the_last(town, child, "he hits me when he is drunk", "child", "no")

    assert "Who needs help" not in heard
    assert "neglect" not in (await town.case_of(child)).line.about


async def test_a_child_that_is_named_behind_a_beginning_is_still_read_with_it(town):
    child = town.contact(ZH)

    await to_the_last(town, child, "/start", CHILD, "他喝醉了就打", "小孩")

    assert await town.case_of(child) is not None


@at_once(
    "texts",
    [
        ("我把东西烧了", "后面的草堆", "警察会抓我吗"),
        ("我放火烧了邻居的柴", "村口", "我会坐牢吗"),
        ("1", "yes", "i lit a fire in the shed", "will i go to jail"),
    ],
)
async def test_a_child_that_did_something_hears_from_which_age_it_is_punished(town, texts):
    heard = await after(town, CHILD, *texts)

    assert {"en": "children under 12", ZH: "不满12岁"}[language_of(texts[0])] in heard
    assert NOTHING_WRONG[language_of(texts[0])] not in heard


async def test_who_bleeds_comes_before_what_a_deed_leads_to(town):
    heard = await after(
        town, CHILD, "i smashed the window and i am bleeding a lot", "will i go to jail"
    )

    assert "Hurt or very ill: 120" in heard


@at_once(
    "texts",
    [
        ("我用手机被骗了钱", "没有", "我会坐牢吗"),
        ("我在网上被骗了", "我会坐牢吗"),
        ("同学冤枉我偷东西", "没有", "我会坐牢吗"),
    ],
)
async def test_who_was_cheated_or_is_wrongly_blamed_did_no_deed(town, texts):
    assert "不满12岁" not in await after(town, CHILD, *texts)


@at_once(
    "texts",
    [
        ("我爸拿皮带打我", "没有", "警察会抓我吗"),
        ("我爸把我的书烧了还打我", "没有", "警察会抓我吗"),
        ("my dad hits me and he burned my books", "no", "will i go to jail"),
    ],
)
async def test_a_child_that_was_harmed_hears_that_it_did_nothing_wrong(town, texts):
    assert NOTHING_WRONG[language_of(texts[0])] in await after(town, CHILD, *texts)
