"""What grown-ups tell and ask of children, and what they must not hear."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
KEEP = {"en": "Better not delete it yet", ZH: "先别删"}
NOT_TAKEN = {"en": "cannot take a child out of a family", ZH: "不能把孩子从家里带走"}
NOT_NAMED = {"en": "We do not tell the family who reported", ZH: "是谁报告的，我们不会告诉孩子家里"}
APART = {"en": "get people apart", ZH: "把人分开"}
CANNOT_CALL = {"en": "I am a program and cannot call", ZH: "我是程序，不能打电话"}
PLACE = {"en": "Where is the child now?", ZH: "孩子现在在哪里？"}
CONFRONT = {"en": "confront whoever did it", ZH: "动手的人理论"}


@at_once(
    ("language", "told", "asked"),
    [
        (ZH, "我在女儿手机里看到一个男的叫她发照片", "要不要删掉这些消息"),
        (ZH, "有人拿我女儿的裸照威胁她", "聊天记录要删吗"),
        ("en", "a man writes sexual messages to my daughter", "should I delete the messages?"),
    ],
)
async def test_what_shows_harm_is_better_not_deleted(town, language, told, asked):
    mother = town.contact(language)

    assert KEEP[language] in await to_the_last(town, mother, "/start", "2", told, asked)


@at_once(
    ("language", "told", "asked"),
    [
        (ZH, "我控制不住自己，昨晚又打了孩子，打完我后悔", "你们会不会把孩子带走"),
        (
            "en",
            "I hit my daughter when i was drunk and I regret it",
            "will you take my daughter away",
        ),
        ("en", "I hit my daughter when i was drunk and I regret it", "will you take her away"),
    ],
)
async def test_a_parent_who_fears_for_the_child_is_answered_and_leaves_no_number(
    town, language, told, asked
):
    parent = town.contact(language)

    heard = await to_the_last(town, parent, "/start", "2", told, "3", asked)

    case = await town.case_of(parent)
    assert NOT_TAKEN[language] in heard
    assert asked not in dict(case.answers).values()
    assert "suicide" not in case.line.about


async def test_a_child_whom_others_might_take_is_not_answered_for_them(town):
    child = await town.child(ZH)

    heard = await to_the_last(town, child, "有人说要把我卖掉", "他们会不会把我带走")

    assert NOT_TAKEN[ZH] not in heard


@pytest.mark.parametrize(
    ("language", "asked"), [(ZH, "你们会不会把他带走"), ("en", "will you take him away")]
)
async def test_a_child_who_asks_that_somebody_be_taken_away_does_not_hear_that_nobody_is(
    town, language, asked
):
    child = await town.child(language)
    told = {ZH: "我爸打我", "en": "my dad hits me"}

    assert NOT_TAKEN[language] not in await to_the_last(town, child, told[language], asked)


async def test_nor_does_a_child_whose_first_words_ask_so(town):
    child = town.contact("en")

    assert NOT_TAKEN["en"] not in await to_the_last(town, child, "will you take him away", "1")


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        (ZH, "隔壁家天天晚上打孩子，孩子哭得好惨", "会不会让他们知道是我说的"),
        ("en", "My pupil is beaten at home by her father", "will they know who reported"),
    ],
)
async def test_who_reported_hears_that_the_family_is_not_told(town, language, told, asked):
    adult = town.contact(language)

    assert NOT_NAMED[language] in await to_the_last(town, adult, "/start", "3", told, "2", asked)


@pytest.mark.parametrize(
    ("who", "told"),
    [("1", "我爸打我"), ("2", "我老公打我女儿")],
)
async def test_of_the_own_family_nothing_is_promised(town, who, told):
    contact = town.contact(ZH)

    heard = await to_the_last(town, contact, "/start", who, told, "他们会不会知道是我说的")

    assert "不能保证" in heard
    assert NOT_NAMED[ZH] not in heard


@at_once(
    ("language", "told"),
    [
        (ZH, "我儿子14岁了，不给手机就打我，昨天把我手都打肿了"),
        (ZH, "我是奶奶，孙子13岁了，发起火来就打我"),
        ("en", "my son is 15 and hits me when I take away his phone"),
    ],
)
async def test_whom_a_child_hits_is_not_told_of_whoever_hurt_the_child(town, language, told):
    adult = town.contact(language)

    heard = await to_the_last(town, adult, "/start", "2", told)

    assert APART[language] in heard
    assert CONFRONT[language] not in heard
    assert level_of(await town.case_of(adult)) is Level.URGENT


async def test_a_phone_of_a_missing_child_that_is_not_answered_is_no_plea_to_call(town):
    mother = town.contact(ZH)

    await to_the_last(town, mother, "/start", "2", "我儿子中午出去到现在没回来，电话也打不通")

    assert not [text for text in mother.heard if "不能打电话" in text]


@pytest.mark.parametrize(
    "told", ["我在女儿手机里看到一个男的叫她发照片", "我发现女儿手臂上有很多刀划的伤"]
)
async def test_a_parent_who_speaks_of_the_daughter_is_not_asked_whose_she_is(town, told):
    parent = town.contact(ZH)

    heard = await to_the_last(town, parent, "/start", "2", told, "3")

    assert "是您的什么人" not in heard
    answers = dict((await town.case_of(parent)).answers)
    assert answers["report_a_concern_adult.who_is_it_about"] == "own_child"


async def test_who_speaks_of_a_friend_s_daughter_is_asked_whose_she_is(town):
    adult = town.contact(ZH)

    heard = await to_the_last(town, adult, "/start", "2", "我朋友打女儿打得很凶", "3")

    assert "是您的什么人" in heard


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (ZH, "我是聋哑人，打不了110，我老公打孩子"),
        ("en", "I am deaf and cannot phone, my neighbour hits his son"),
    ],
)
async def test_who_cannot_telephone_hears_who_else_can_beside_the_numbers(town, language, told):
    adult = town.contact(language)

    heard = await to_the_last(town, adult, "/start", "2", told, "1")

    assert CANNOT_CALL[language] in heard
    assert heard.index("110") < heard.index(CANNOT_CALL[language]) < heard.rindex(PLACE[language])
    assert CANNOT_CALL[language] not in await to_the_last(town, adult, "River road 12")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (ZH, "我同事好像跟一个初三女生谈恋爱"),
        ("en", "my colleague is dating a pupil of 15"),
    ],
)
async def test_a_teacher_and_a_pupil_are_no_young_love(town, language, told):
    adult = town.contact(language)

    heard = await to_the_last(town, adult, "/start", "3", told)

    case = await town.case_of(adult)
    assert level_of(case) is Level.URGENT
    assert "sexual_abuse" in case.line.about
    assert "很正常" not in heard


async def test_a_wife_who_is_kept_in_hears_nothing_of_children_who_are_sold(town):
    mother = town.contact(ZH)
    told = "我老公打我，他不让我出门，手机也要查"

    heard = await to_the_last(town, mother, "/start", "2", told)

    assert "卖孩子" not in heard
    assert "人身安全保护令" in heard
    assert "trafficking" not in (await town.case_of(mother)).line.about


async def test_who_would_die_and_take_others_along_is_an_emergency(town):
    father = town.contact("en")
    told = "if you don't give me my son back I will kill myself and you"

    await to_the_last(town, father, "/start", "2", told)

    case = await town.case_of(father)
    assert level_of(case) is Level.EMERGENCY
    assert "threat_to_others" in case.line.about


async def test_a_teacher_who_hit_a_pupil_is_met_as_whoever_lost_their_temper(town):
    teacher = town.contact(ZH)

    heard = await to_the_last(town, teacher, "/start", "3", "我今天没忍住打了学生一巴掌，怎么办")

    assert "谢谢您说出来" in heard
    assert "own_violence" in (await town.case_of(teacher)).line.about


@at_once(
    ("told", "who"),
    [
        ("a boy I coach told me his uncle beats him", "I'm his football coach"),
        ("a girl told me her father beats her", "I work as a nurse"),
        ("A pupil told me that his father beats him", "volunteer english teacher"),
    ],
)
async def test_whoever_says_by_which_work_they_know_a_child_is_spoken_to_as_an_adult(
    town, told, who
):
    adult = town.contact()

    heard = await to_the_last(town, adult, told, who)

    assert "Is a child in danger right now?" in heard
    assert "as to a child" not in heard


async def test_a_parent_who_names_a_child_by_its_age_alone_is_not_asked_whose_it_is(town):
    mother = town.contact()

    heard = await to_the_last(
        town, mother, "My 15 year old is beaten up at school and throws up after meals", "no"
    )

    assert "What is the child to you?" not in heard
    assert "You do not have to carry this alone" not in "".join(mother.heard)


STEP_AWAY = {"en": "Family Education Promotion Law", ZH: "家庭教育促进法"}


@at_once(
    ("language", "told", "steps"),
    [
        ("en", "I hit my son yesterday", ("no", "no", "how can I stop hitting him")),
        ("en", "I hit my son yesterday", ("no", "what can I do instead")),
        ("en", "I hit my daughter when she lies", ("no", "how do i control my temper?")),
        ("en", "I hit my son yesterday", ("no", "no", "what can I do so it doesn't happen again")),
        (ZH, "我昨天打了儿子", ("没有", "不用", "怎么才能不打他")),
        (ZH, "我昨天打了儿子", ("没有", "我怎么控制自己")),
    ],
)
async def test_a_parent_who_hit_and_asks_how_to_stop_is_answered_wherever_they_ask(
    town, language, told, steps
):
    parent = town.contact(language)

    heard = await to_the_last(town, parent, told, *steps)

    assert STEP_AWAY[language] in heard
    case = await town.case_of(parent)
    assert steps[-1] not in dict(case.answers).values()
    assert steps[-1] in [entry.text for entry in case.entries]


@at_once(
    ("language", "told", "safe", "theirs"),
    [
        (
            "en",
            "A girl in my class has bruises. She said her grandmother hits her with bamboo",
            "have a right to be safe",
            "You and the children",
        ),
        (ZH, "学生说她爸爸天天打她妈妈", "过安全的日子", "您和孩子"),
    ],
)
async def test_who_reports_of_another_home_is_not_spoken_to_as_if_it_were_theirs(
    town, language, told, safe, theirs
):
    adult = town.contact(language)

    heard = await to_the_last(town, adult, "/start", "3", told)

    assert safe in heard
    assert theirs not in heard
