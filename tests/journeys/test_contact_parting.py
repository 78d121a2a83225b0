"""Stopping, leaving and coming back: with the code, kindly, and without a wall at the end."""

import pytest
from journeys.at_once import at_once
from journeys.lives import happened, level_of, said

from bot.domain.ids import HOUR
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = {"en": "Your code to come back", "zh-hans": "回来时用的口令"}


def code_in(text):
    return text.split("from any phone: ")[1].splitlines()[0]


async def _with_a_code(town):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"))
    text = await town.answers(child, ("stop", CODE["en"]))
    return child, code_in(text), await town.case_of(child)


# Stopping in one's own words


@at_once(
    ("language", "words", "kept"),
    [
        ("en", "I don't want to talk any more", "What you have written is kept"),
        ("en", "I do not want to talk about it anymore.", "What you have written is kept"),
        ("en", "can we stop", "What you have written is kept"),
        ("zh-hans", "我不想说了", "写过的话都留着"),
        ("zh-hans", "不想再说了。", "写过的话都留着"),
        ("zh-hans", "别问了", "写过的话都留着"),
    ],
)
async def test_whoever_does_not_want_to_talk_any_more_is_let_go_kindly(town, language, words, kept):
    child = await town.child(language)
    await town.answers(child, ("1", ""), ("3", ""), ("1", ""), ("zzz", ""))
    await town.quiet()

    text = await town.answers(child, (words, kept))

    assert CODE[language] in text
    assert "zzz" in said(await town.case_of(child))
    assert child.chat.screen[-1].labels == (
        ["Start again", "Leave now"] if language == "en" else ["重新开始", "马上离开"]
    )


# The code before leaving


@pytest.mark.parametrize(
    ("language", "asks", "helped"),
    [("en", "can a teacher hit me?", "This helped"), ("zh-hans", "老师可以打我吗", "有帮助")],
)
async def test_whoever_has_a_case_and_goes_hears_the_code_once(town, language, asks, helped):
    child = await town.child(language)
    await child.writes(asks)
    await town.quiet()

    await child.taps(helped)
    await child.hears(CODE[language])
    await child.writes("menu")
    await town.quiet()

    assert len([text for text in child.heard if CODE[language] in text]) == 1


async def test_whoever_goes_to_the_menu_amid_a_report_hears_the_code_and_sees_the_menu(town):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"))

    text = await town.answers(child, ("menu", CODE["en"]))

    assert "What would you like to do?" in text
    assert "Tell what is happening" in child.chat.screen[-1].labels


async def test_the_menu_is_shown_also_where_a_question_is_still_to_be_answered(town):
    child = await town.teller()
    await town.answers(child, ("can my parents read my diary?", "write on"))

    await town.answers(child, ("menu", "What would you like to do?"))
    await town.quiet()

    assert "Law:" not in "".join(child.heard)
    assert "Tell what is happening" in child.chat.screen[-1].labels


async def test_without_a_case_no_code_is_spoken_of(town):
    child = await town.child()
    await town.answers(child, ("can my parents read my diary", "Law:"))
    await child.hears("anything else?")

    await child.taps("This helped")

    assert CODE["en"] not in (await child.hears("Take care")).text
    assert child.chat.screen[-1].labels == ["Start again", "Leave now"]


async def test_leaving_in_a_hurry_says_nothing_of_a_code(town):
    child = await town.child()
    await town.answers(child, ("my dad hits me", "in danger right now?"))
    heard = len(child.heard)

    await town.answers(child, ("leave", "Bye"))
    await town.quiet()

    assert CODE["en"] not in "".join(child.heard[heard:])


async def test_after_the_safe_word_no_code_is_spoken_of(town):
    child = await town.child()
    await town.answers(child, ("the lamp is on", "I have noted it"))
    await town.answers(child, ("can my parents read my diary", "Law:"))
    await child.hears("anything else?")

    await child.taps("This helped")

    assert CODE["en"] not in (await child.hears("Take care")).text


# The code, typed anywhere


@pytest.mark.parametrize(
    "way",
    [
        None,
        (),
        (("2", "What would you like to know?"),),
        (("1", "in danger right now?"),),
        (("1", "in danger right now?"), ("no", "Who needs help?"), ("1", "in your own words")),
        (("5", "three minutes"),),
    ],
)
@pytest.mark.parametrize("form", ["{}", "my code is {}", "我的口令是 {}。"])
async def test_a_code_is_known_wherever_it_is_typed(town, way, form):
    _, code, case = await _with_a_code(town)
    friend = town.contact("en") if way is None else await town.child()
    await town.answers(friend, *(way or ()))

    await friend.writes(form.format(code))
    await friend.hears("No worker has written to you yet.")

    assert "came_back" in happened(await town.run.desk.read(town.watcher, case.line.id))


async def test_a_code_typed_while_a_worker_is_awaited_shows_where_it_stands(town):
    child, code, _ = await _with_a_code(town)

    await town.answers(child, (code, "No worker has written to you yet."))


async def test_guessing_codes_at_the_menu_is_slowed_as_at_the_door(town):
    _, code, _ = await _with_a_code(town)
    child = await town.child()
    for _ in range(5):
        await town.answers(
            child, ("moon moon moon moon", "cannot find this code"), ("menu", "What would")
        )

    await town.answers(child, (code, "Too many codes"))
    town.run.clock.advance(HOUR)
    await town.answers(child, ("menu", "What would"), (code, "No worker has written"))


@pytest.mark.parametrize(
    "text", ["the dog ate the apple under the tree by the moon", "apple tree moon dog and he hit"]
)
async def test_a_story_with_such_words_in_it_is_no_code(town, text):
    child = await town.teller()

    await town.answers(child, (text, "write on"))


# Still going on


@pytest.mark.parametrize(
    ("language", "words", "asked"),
    [
        ("en", "it is still going on", "Is it happening right now"),
        ("en", "It's still happening!", "Is it happening right now"),
        ("zh-hans", "现在还在发生", "正在发生吗"),
    ],
)
@pytest.mark.parametrize("later", [(), ("skip", "2"), ("skip", "2", "zzz")])
async def test_that_it_still_goes_on_counts_wherever_it_is_written(
    town, language, words, asked, later
):
    child = await town.child(language)
    skip = "skip" if language == "en" else "跳过"
    for step in ("1", "3", "1", "zzz", *(skip if each == "skip" else each for each in later)):
        await child.writes(step)
        await town.quiet()

    await town.answers(child, (words, asked))
    await town.answers(child, ("1", "110"))

    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert words in said(case)
    assert words not in dict(case.answers).get("report_a_concern.age", "")


async def _answers_of(town, child):
    return dict((await town.case_of(child)).answers)


async def test_before_the_story_it_is_part_of_the_story_and_nothing_is_left_out(town):
    child = await town.child()
    await town.answers(child, ("1", ""), ("3", ""), ("1", "own words"))

    await town.answers(child, ("it is still going on", "write on"), ("he hits me", "write on"))
    await town.answers(child, ("done", "last?"), ("1", "Is it happening right now"))

    await town.answers(child, ("no", "Where did it happen"))

    kept = said(await town.case_of(child))
    assert "he hits me" in kept
    assert (await _answers_of(town, child))["report_a_concern.what_happened"] == (
        "it is still going on"
    )


async def test_after_an_emergency_only_whoever_wants_to_is_asked_more(town):
    child = await town.child()
    await town.answers(
        child,
        ("1", "in danger right now?"),
        ("yes", "Where are you now?"),
        ("behind the market", "tell more now?"),
        ("not now", "Is it safe for us"),
        ("yes", CODE["en"]),
    )
