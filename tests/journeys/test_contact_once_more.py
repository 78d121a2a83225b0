"""A mild no to danger, and not knowing whether it is safe to write, are asked about once more."""

from itertools import pairwise

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASKED = {"en": "Is anyone in danger right now?", "zh-hans": "现在有人有危险吗？"}
SURE = {"en": "in the next hours?", "zh-hans": "接下来几个小时"}


async def asked_about_danger(town, language="en"):
    child = await town.child(language)
    await town.answers(child, ("1", ASKED[language]))
    return child


@at_once(
    ("language", "mild", "no", "who"),
    [
        ("en", "not really", "no", "Who needs help?"),
        ("en", "nah not really", "not now", "Who needs help?"),
        ("zh-hans", "不算吧", "没有", "谁需要帮助？"),
        ("en", "what do you mean danger", "no", "Who needs help?"),
        ("en", "i dont understand the question", "no hes out", "Who needs help?"),
        ("en", "he is at work now", "no", "Who needs help?"),
        ("en", "not now he is at work until 6pm", "no he is asleep", "Who needs help?"),
        ("zh-hans", "什么叫危险", "没有 他出去了", "谁需要帮助？"),
        ("zh-hans", "我爸上班去了", "没有", "谁需要帮助？"),
    ],
)
async def test_a_mild_no_to_danger_is_asked_about_once_more_and_calls_nobody(
    town, language, mild, no, who
):
    child = await asked_about_danger(town, language)

    await town.answers(child, (mild, SURE[language]))
    assert await town.case_of(child) is None

    await town.answers(child, (no, who))
    assert await town.case_of(child) is None


@at_once(
    ("language", "told", "asked", "no"),
    [
        ("en", "kids at school push me around every day", ASKED["en"], "no now i at home"),
        ("en", "my teacher hits us with a stick", ASKED["en"], "No, it's evening study now"),
        (
            "en",
            "my teacher hits us with a stick",
            ASKED["en"],
            "i don't think so, not at the moment",
        ),
        ("zh-hans", "老师用棍子打我们", ASKED["zh-hans"], "没有，现在在上晚自习"),
        ("zh-hans", "老师用棍子打我们", ASKED["zh-hans"], "现在没有，等会有"),
    ],
)
async def test_whoever_says_no_and_where_they_are_is_asked_more_plainly_and_not_the_same_again(
    town, language, told, asked, no
):
    child = await town.child(language)
    await town.answers(child, (told, asked), (no, SURE[language]))

    assert "choose one" not in child.heard[-1]
    assert asked not in child.heard[-1]
    assert level_of(await town.case_of(child)) is Level.URGENT


@at_once("then", ["not really", "maybe", "yes"])
async def test_whoever_is_unsure_after_a_no_and_more_is_taken_to_be_in_danger(town, then):
    child = await asked_about_danger(town)

    await town.answers(child, ("no, i am at home", SURE["en"]), (then, "Where are you now?"))


@at_once("then", ["not really", "2", "maybe", "yes"])
async def test_whoever_stays_unsure_is_taken_to_be_in_danger(town, then):
    child = await asked_about_danger(town)

    await town.answers(child, ("not really", SURE["en"]), (then, "Where are you now?"))

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_whoever_cannot_answer_it_reads_nothing_twice_in_a_row(town, language):
    child = await town.child(language)
    await child.writes({"en": "my dad hits me every day", "zh-hans": "我爸天天打我"}[language])
    await town.quiet()

    texts = []
    for text in ("blah blah", "asdf", "hmm hmm", "lala", "qwer", "blah", "zzzz"):
        await child.writes(text)
        await town.quiet()
        texts.append(child.heard[-1])

    assert all(text != following for text, following in pairwise(texts))
    assert "110" in texts[3]
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_who_is_unsure_again_later_is_not_asked_without_end(town):
    child = await asked_about_danger(town)

    await town.answers(child, ("not really", SURE["en"]), ("hm", "please choose one"))
    await town.answers(child, ("not really", "Where are you now?"))

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@pytest.mark.parametrize("said", ["he is with me", "hes here with me"])
async def test_somebody_who_is_with_a_child_makes_it_no_safer(town, said):
    child = await town.child()
    await town.answers(child, ("my dad hits me with a belt", "in danger right now?"))

    await town.answers(child, (said, "in danger right now?"))


@pytest.mark.parametrize("said", ["no im not in danger", "not right now"])
async def test_whoever_says_that_they_are_not_in_danger_is_believed(town, said):
    child = await asked_about_danger(town)

    await town.answers(child, (said, "Who needs help?"))


async def asked_whether_it_is_safe(town):
    child = await town.child()
    await town.answers(
        child,
        *(("1", "danger"), ("1", "Where are you"), ("behind the school", "tell more")),
        ("no", "Is it safe for us"),
    )
    return child


async def test_whoever_does_not_know_whether_it_is_safe_to_write_is_asked_in_plainer_words(town):
    child = await asked_whether_it_is_safe(town)

    await town.answers(child, ("idk", "Are you the only one who sees this chat?"), ("yes", "code"))

    assert (await town.case_of(child)).safe_to_reply == "ok"


@at_once("said", ["please dont call me", "dont ring me ok", "no calls please"])
async def test_whoever_does_not_want_to_be_called_is_asked_about_writing(town, said):
    child = await asked_whether_it_is_safe(town)

    await town.answers(child, (said, "only about this chat"), ("yes", "code"))

    assert (await town.case_of(child)).safe_to_reply == "ok"


@at_once("said", ["its mums phone", "my mom sometimes", "grandmas phone"])
async def test_whoever_says_there_whose_phone_it_is_is_asked_whether_only_they_see_it(town, said):
    child = await asked_whether_it_is_safe(town)

    await town.answers(
        child,
        (said, "Are you the only one who sees this chat?"),
        ("no", "We will not write to you"),
    )

    assert (await town.case_of(child)).safe_to_reply == "not_ok"


async def test_whoever_does_not_know_it_then_either_is_not_written_to(town):
    child = await asked_whether_it_is_safe(town)

    await town.answers(
        child, ("idk", "Are you the only one"), ("i dont know", "We will not write to you here")
    )

    assert (await town.case_of(child)).safe_to_reply == "skipped"
