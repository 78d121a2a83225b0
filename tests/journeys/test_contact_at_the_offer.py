"""What is asked, told or refused where a few more questions are offered."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said
from journeys.told_reports import (
    DANGER,
    IN_SHORT,
    OFFER,
    child_who_told,
    told_by_a_parent,
    told_in_chinese,
    told_in_english,
)

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


@at_once("asked", ["what questions?", "how long", "like what", "How many more questions?"])
async def test_who_asks_at_the_offer_what_is_asked_hears_it_and_is_asked_again(town, asked):
    child, _ = await told_in_english(town)

    await child.writes(asked)
    told = await child.hears("who else knows about this")
    assert "Yes, a few more" in told.labels
    await town.answers(child, ("yes", "Who was there?"))


@at_once("asked", ["要问什么", "要多久", "什么问题？", "要好久嘛", "还有几个问题"])
async def test_the_same_is_asked_in_chinese(town, asked):
    child, _ = await told_in_chinese(town)

    await town.answers(child, (asked, "一两分钟就能问完"), ("不用了", "不再问了"))


async def test_a_parent_who_asks_what_is_asked_hears_it_too(town):
    parent, _ = await told_by_a_parent(town)

    await town.answers(parent, ("要问什么", "一两分钟就能问完"), ("可以", "还有谁知道"))


async def test_what_is_told_with_such_words_is_added(town):
    child, _ = await told_in_english(town)

    await town.answers(child, ("how long must i live like this", "This is added"))


@pytest.mark.parametrize("asked", ["what questions?", "how long", "how long will it take"])
async def test_what_was_said_at_once_is_not_answered_again_at_the_end(town, asked):
    child, _ = await told_in_english(town)

    await town.answers(
        child,
        (asked, "who else knows about this"),
        ("yes", "Who was there?"),
        ("skip", "other children"),
        ("no", "Have you told"),
        ("yes", "Those were all our questions"),
    )

    await town.hears_nothing(child)


async def test_who_asks_it_twice_is_not_asked_without_end(town):
    child, _ = await told_in_english(town)

    await town.answers(
        child, ("what questions", "who else knows about this"), ("how long", "This is added")
    )


@at_once("words", ["please no more", "no i have to go", "leave me alone"])
async def test_no_in_other_words_ends_it_and_is_no_danger(town, words):
    child, _ = await told_in_english(town)

    await town.answers(child, (words, "That is fine"))

    assert level_of(await town.case_of(child)) is Level.URGENT


@at_once("words", ["sure go ahead", "maybe", "👍"])
async def test_yes_in_other_words_is_one(town, words):
    child, _ = await told_in_english(town)

    await town.answers(child, (words, "Who was there?"))


@at_once(
    ("words", "heard"),
    [
        ("没有了，谢谢", "不再问了"),
        ("我要睡觉了", "不再问了"),
        ("可以，你问", "谁"),
        ("随便", "谁"),
    ],
)
async def test_both_in_chinese(town, words, heard):
    child, _ = await told_in_chinese(town)

    await town.answers(child, (words, heard))


NO_MORE = {"zh-hans": "不再问了", "en": "We will ask no more"}


@at_once(
    ("language", "skips", "text"),
    [
        ("zh-hans", 0, "就这些"),
        ("zh-hans", 1, "就这些"),
        ("zh-hans", 2, "我说完了"),
        ("zh-hans", 1, "不想再答了"),
        ("en", 0, "that's all"),
        ("en", 1, "stop asking"),
        ("en", 2, "i'm done"),
        ("en", 1, "i dont want to say more"),
        ("en", 2, "nothing more"),
    ],
)
async def test_who_says_amid_a_few_more_questions_that_this_is_all_is_asked_no_more(
    town, language, skips, text
):
    is_chinese = language == "zh-hans"
    child, _ = await (told_in_chinese if is_chinese else told_in_english)(town)
    more, skip = ("好", "跳过") if is_chinese else ("yes", "skip")
    await town.answers(child, (more, ""), *[(skip, "")] * skips)

    await town.answers(child, (text, NO_MORE[language]))

    await town.hears_nothing(child)
    case = await town.case_of(child)
    assert text in said(case)
    assert text not in dict(case.answers).values()


@at_once("text", ["就这些", "写完了"])
async def test_so_is_a_parent(town, text):
    parent, _ = await told_by_a_parent(town)

    await town.answers(parent, ("好", ""), (text, "不再问了"))


@at_once(
    ("language", "text", "next_one"),
    [
        ("zh-hans", "只有我们", "别的孩子"),
        ("zh-hans", "没有人", "别的孩子"),
        ("zh-hans", "不想说名字", "别的孩子"),
        ("en", "no one", "other children"),
        ("en", "all of them", "other children"),
        ("en", "i dont want to say who", "other children"),
        ("en", "i dont want to say", "other children"),
        ("en", "no more", "other children"),
    ],
)
async def test_what_answers_who_was_there_is_no_end(town, language, text, next_one):
    is_chinese = language == "zh-hans"
    child, _ = await (told_in_chinese if is_chinese else told_in_english)(town)

    await town.answers(child, ("好" if is_chinese else "yes", ""), (text, next_one))


@at_once(
    ("skips", "text", "next_one"),
    [
        (1, "没有别的了", "你还告诉过别人吗"),
        (1, "没别的了吧", "你还告诉过别人吗"),
        (2, "没别的了", "都问完了"),
    ],
)
async def test_that_there_is_nobody_else_is_no_end_where_others_are_asked_for(
    town, skips, text, next_one
):
    child, _ = await told_in_chinese(town)
    await town.answers(child, ("好", ""), *[("跳过", "")] * skips)

    await town.answers(child, (text, next_one))


@at_once("text", ["没别的了", "没有别的了"])
async def test_so_it_is_for_a_parent(town, text):
    parent, _ = await told_by_a_parent(town)

    await town.answers(parent, ("好", "还有谁知道"), (text, "怎么联系您"))


STOPPED = {"zh-hans": "先停在这里", "en": "We have stopped"}
TOLD = {"zh-hans": "我爸打我", "en": "my dad hits me"}


@at_once(
    ("language", "text", "yes"),
    [
        ("zh-hans", "就这些", "有"),
        ("zh-hans", "说完了", "现在有"),
        ("en", "that's all", "yes"),
        ("en", "im done", "yes, right now"),
    ],
)
async def test_who_says_twice_where_danger_is_asked_that_this_is_all_is_not_held_there(
    town, language, text, yes
):
    child = await child_who_told(town, language, TOLD[language])
    await town.answers(child, (text, DANGER[language]))

    heard = await town.answers(child, (text, STOPPED[language]))

    assert "110" in heard
    assert DANGER[language] not in heard
    assert level_of(await town.case_of(child)) is Level.URGENT
    await town.answers(child, (yes, "110"))
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_who_spoke_of_dying_and_is_done_is_not_taken_to_be_done_with_the_questions(town):
    child = await town.teller()
    told = ("dad hits me and i sometimes want to die", "write on")
    await town.answers(child, told, *IN_SHORT, ("yes", OFFER["en"]), ("yes", "Who was there?"))

    await town.answers(child, ("i'm done", "other children"))
