"""Typed answers are understood as people type them, and no answer is taken for a cry of danger."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASKED = {"en": "Is anyone in danger right now?", "zh-hans": "现在有人有危险吗？"}


async def asked_about_danger(town, language="en"):
    child = await town.child(language)
    await town.answers(child, ("1", ASKED[language]))
    return child


@at_once(
    ("language", "text", "who"),
    [
        *(("en", text, "Who needs help?") for text in ("im safe", "i am safe", "no danger", "nah")),
        *(("en", text, "Who needs help?") for text in ("im ok", "i said im safe", "not rn")),
        *(("zh-hans", text, "谁需要帮助？") for text in ("我没事", "没有呀", "我很安全")),
    ],
)
async def test_whoever_says_that_they_are_safe_raises_nothing(town, language, text, who):
    child = await asked_about_danger(town, language)

    await town.answers(child, (text, who))

    assert await town.case_of(child) is None


@pytest.mark.parametrize(
    ("language", "text", "where"),
    [
        *(("en", text, "Where are you now?") for text in ("idk", "kinda", "help", "yes help me")),
        *(("zh-hans", text, "你现在在哪里？") for text in ("有一点", "没有吧", "应该没有", "帮助")),
    ],
)
async def test_danger_doubt_and_a_cry_for_help_call_a_worker(town, language, text, where):
    child = await asked_about_danger(town, language)

    await town.answers(child, (text, where))

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_whoever_says_that_they_are_safe_after_all_is_not_called_in_danger_again(town):
    child = await asked_about_danger(town)
    await town.answers(child, ("1", "Where are you now?"), ("im safe", "tell more now"))

    await town.answers(child, ("i said im safe", "Added"))

    assert not (await town.case_of(child)).signals


async def test_the_command_for_help_still_says_what_can_be_typed(town):
    child = await asked_about_danger(town)

    await town.answers(child, ("/help", "Words that always work"))

    assert await town.case_of(child) is None


async def test_a_firm_rule_raises_whatever_else_is_said(town):
    child = await asked_about_danger(town)

    await child.writes("im safe but he has a knife")
    await child.hears("Where are you")

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


AT_NIGHT = {"en": "only at night", "zh-hans": "放学后"}
STEPS = {
    "en": (
        *(("no", "Who needs help?"), ("me", "own words"), ("It is loud", "You can write on")),
        *(("that's it", "When did it happen last?"), ("3 days ago", "Where did it happen?")),
        *(("at home", "how old"), ("9", "see what you write")),
        ("my mums phone but she doesnt look", "Is it safe"),
        (AT_NIGHT["en"], "code"),
        *(("yes", "Who was there?"), ("mum", "other children"), ("my sister", "told anyone")),
        ("my mum", "all our"),
    ),
    "zh-hans": (
        *(("没有", "谁"), ("我", "自己的话"), ("家里很吵", "接着写"), ("就这样吧", "最近一次")),
        *(("三四天前", "是在哪里"), ("家里", "几岁"), ("九岁", "别人会看到")),
        ("我的手机 但我妈会看", "安全吗"),
        *((AT_NIGHT["zh-hans"], "口令"), ("好", "有谁在"), ("妈妈", "别的孩子")),
        *(("还有弟弟", "告诉过别人"), ("妈妈不信", "都问完了")),
    ),
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_a_report_may_be_typed_from_beginning_to_end(town, language):
    child = await asked_about_danger(town, language)

    await town.answers(child, *STEPS[language])

    case = await town.case_of(child)
    answers = {place.rpartition(".")[2]: answer for place, answer in case.answers}
    when = AT_NIGHT[language]
    assert [answers[name] for name in ("when_last", "other_children", "told_anyone")] == [
        *("days", "some", "told")
    ]
    assert (answers["own_phone"], case.safe_to_reply) == ("shared", f"sometimes {when}")
    assert {text for text, _ in STEPS[language][2:]} <= {
        *said(case),
        "9",
        "九岁",
        *answers.values(),
    }


@at_once("enough", ["done", "thats it", "ok", "That's all", "not now"])
async def test_whoever_has_told_enough_in_an_emergency_is_asked_no_more(town, enough):
    child = await asked_about_danger(town)
    await town.answers(
        child, ("yes", "Where are you"), ("in sankeshu", "tell more"), ("it is dad", "Added")
    )

    await town.answers(child, (enough, "Is it safe for us"))


@pytest.mark.parametrize(
    ("language", "bye", "asked", "safe"),
    [
        ("en", "bye", ("Where are you", "tell more", "Added"), "Is it safe for us"),
        ("zh-hans", "再见", ("在哪里", "多说一些", "加上了"), "安全吗"),
    ],
)
async def test_a_goodbye_in_an_emergency_hears_the_numbers_and_ends_what_they_tell(
    town, language, bye, asked, safe
):
    child = await asked_about_danger(town, language)
    await town.answers(child, *zip(("1", "三棵树", "它很吵"), asked, strict=True))

    await child.writes(bye)
    await child.hears("120")
    await child.hears(safe)

    assert bye in said(await town.case_of(child))


@pytest.mark.parametrize(
    ("language", "steps"),
    [
        (
            "en",
            (
                *(
                    ("2", "like to do"),
                    ("1", "danger"),
                    ("no", "to you"),
                    ("skip", "seen or heard"),
                ),
                *(("It is loud", "write on"), ("that's it", "When was it last")),
                *(("skip", "How old"), ("skip", "find the child"), ("skip", "write to you")),
                *(("yes", "code"), ("yes", "Who else knows"), ("skip", "name and number")),
                ("please dont contact me", "all our questions"),
            ),
        ),
        (
            "zh-hans",
            (
                *(
                    ("2", "您想做什么"),
                    ("1", "危险"),
                    ("没有", "什么人"),
                    ("跳过", "看到、听到了什么"),
                ),
                *(
                    ("很吵", "接着写"),
                    ("就这样吧", "最近一次"),
                    ("跳过", "多大"),
                    ("跳过", "怎样能找到"),
                ),
                *(("跳过", "给您发消息吗"), ("可以", "口令"), ("好", "还有谁知道")),
                *(("跳过", "怎么联系您"), ("别联系我", "都问完了")),
            ),
        ),
    ],
)
async def test_an_adult_who_wants_no_contact_is_not_asked_for_it_again(town, language, steps):
    adult = town.contact(language)
    await town.answers(adult, ("/start", ""), *steps)

    assert (await town.case_of(adult)).safe_to_reply == "refused"


@pytest.mark.parametrize(
    ("language", "told", "steps", "place", "then"),
    [
        (
            "zh-hans",
            "有人摸我",
            (
                ("没有", "你写的都留着"),
                ("是我叔叔", "加上了"),
                ("是不是我的错", "不是。"),
                ("就这样吧", "最近一次"),
                ("三四天前", "哪里"),
            ),
            "家里",
            "当时有谁在",
        ),
        (
            "en",
            "my uncle touches me",
            (("no", "What you wrote"), ("thats all", "last?"), ("3 days ago", "Where did it")),
            "at home",
            "Who was there?",
        ),
    ],
)
async def test_where_it_was_is_no_new_harm(  # noqa: PLR0917 - one a column
    town, language, told, steps, place, then
):
    child = await town.child(language)
    await child.writes(told)
    await town.quiet()
    await town.answers(child, *steps)
    before = len(child.heard)

    await town.answers(child, (place, then))

    assert len(child.heard) == before + 1


@pytest.mark.parametrize(
    ("language", "steps"),
    [
        ("en", ("My son was beaten up by classmates", "no", "please dont contact me")),
        ("zh-hans", ("我儿子被同学打了", "没有", "请不要联系我")),
    ],
)
async def test_whoever_wants_no_contact_amid_what_they_tell_is_in_no_emergency(
    town, language, steps
):
    parent = town.contact(language)
    for step in steps:
        await parent.writes(step)
        await town.quiet()

    case = await town.case_of(parent)
    assert steps[-1] in said(case)
    assert level_of(case) is Level.URGENT


async def test_danger_told_with_a_refusal_to_be_written_to_is_heard(town):
    child = await town.child("zh-hans")
    for step in ("1", "3", "1", "他们都笑我", "就这些", *["跳过"] * 7):
        await child.writes(step)
        await town.quiet()

    await child.writes("别发了，药我已经吃了")
    await child.hears("120")

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


UP_TO_WHEN = {
    "en": (
        *(("no", "Who needs help?"), ("me", "own words"), ("It is loud", "You can write on")),
        *(("that's it", "When did it happen last?"), ("today", "Where did it happen?")),
        *(("at home", "how old"), ("9", "see what you write"), ("only me", "Is it safe")),
    ),
    "zh-hans": (
        *(("没有", "谁"), ("我", "自己的话"), ("家里很吵", "接着写"), ("就这样吧", "最近一次")),
        *(("今天", "是在哪里"), ("家里", "几岁"), ("九岁", "别人会看到"), ("只有我", "安全吗")),
    ),
}
WHEN = {"en": "At which times is that", "zh-hans": "大概是什么时间"}


@at_once(
    ("language", "steps", "times"),
    [
        ("en", (("sometimes", "When is it safe?"), ("home", WHEN["en"])), "after school"),
        ("en", (("sometimes", "When is it safe?"), ("at my house", WHEN["en"])), "at home"),
        ("zh-hans", (("有时候", "什么时候安全"), ("家里", WHEN["zh-hans"])), "放学后"),
        ("zh-hans", (("在家", "什么时候安全"), ("在家里", WHEN["zh-hans"])), "晚上"),
        ("en", (("sometimes", "When is it safe?"),), "at home after school"),
    ],
)
async def test_where_it_is_safe_is_not_when_and_is_asked_once_more(town, language, steps, times):
    child = await asked_about_danger(town, language)
    await town.answers(child, *UP_TO_WHEN[language], *steps)

    await town.answers(child, (times, "code" if language == "en" else "口令"))

    assert (await town.case_of(child)).safe_to_reply == f"sometimes {times}"


@at_once("age", ["我9岁", "9岁", "我今年十岁"])
async def test_an_age_leaves_the_topics_that_are_offered(town, age):
    child = await town.child("zh-hans")
    await town.answers(child, ("老师罚站可以吗", "哪一个最接近"), (age, "哪一个最接近"))

    await town.answers(child, ("1", "老师不可以打你"))
