"""Short thanks and questions to a program hear a short answer, wherever they come."""

import pytest
from journeys.at_once import at_once

pytestmark = pytest.mark.asyncio(loop_scope="module")


@at_once(
    ("written", "answer"),
    [
        ("thank you", "You are welcome."),
        ("thx", "You are welcome."),
        ("how long until someone answers", "A worker answers here"),
        ("do you have feelings", "I am a program, not a person."),
        ("u r like chatgpt", "I am a program, not a person."),
        ("can we just chat", "I can listen"),
        ("anyone there", "Yes, this is Lantern"),
    ],
)
async def test_where_danger_is_asked_about_a_short_answer_stands_before_the_question(
    town, written, answer
):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"))

    text = await town.answers(child, (written, answer))

    assert "in danger right now?" in text
    assert await town.case_of(child) is None


async def test_thanks_in_dialect_are_thanks(town):
    granny = town.contact("zh_CN")
    await town.answers(granny, ("/start", "你是"), ("2", "想做什么"), ("1", "现在有危险吗"))

    text = await town.answers(granny, ("要得，谢谢", "不客气"))

    assert "现在有危险吗" in text
    assert await town.case_of(granny) is None


async def test_thanks_still_answer_where_they_mean_that_it_is_enough(town):
    child = await town.teller()
    await town.answers(child, ("it is loud at home", "write on"), ("thx", "last?"))


async def test_never_mind_stops(town):
    child = await town.child()

    await town.answers(child, ("nvm", "We have stopped"))


@at_once(
    ("written", "answer"),
    [
        ("told my teacher she did nothing", "told"),
        ("i told my mum but she said im lying", "told"),
        ("no only me", "nobody"),
    ],
)
async def test_whom_they_told_is_understood(town, written, answer):
    child = await town.teller()
    await town.answers(child, ("it is loud at home", "write on"), ("done", "last?"))
    await town.answers(
        child, ("skip", "Where"), ("skip", "How old"), ("12", "May someone"), ("skip", "Is it safe")
    )
    await town.answers(child, ("yes", "a few more"), ("yes", "Who was there"))
    await town.answers(child, ("skip", "other children"), ("no", "told anyone"))

    await town.answers(child, (written, "all our questions"))

    answers = dict((await town.case_of(child)).answers) if await town.case_of(child) else {}
    assert answers.get("report_a_concern.told_anyone", answer) == answer
