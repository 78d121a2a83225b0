"""Whoever takes the phone after somebody left or erased sees no sign of a case, and no code."""

import pytest
from journeys.lives import happened, said

from bot.domain.ids import DAY

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOLD = {"en": "my uncle touches me at night", "zh-hans": "我叔叔晚上摸我"}
OUT = [
    ("en", ("leave",), "left"),
    ("zh-hans", ("马上离开",), "left"),
    ("en", ("erase", "yes"), "asked_to_erase"),
    ("zh-hans", ("小橘灯亮了", "离开"), "safe_word"),
]
SIGNS = {
    "en": ("code to come back", "What you have written is kept", "passed on", "What was written"),
    "zh-hans": ("口令", "写过的话都留着", "已经转", "这里写的"),
}
WAYS = [
    (("hi", "stop"), ("你好", "停止")),
    (("hi", "person", "no", "nothing"), ("你好", "人工", "没有", "没什么")),
    (
        ("hi", "1", "1", "no", "1", "it is loud", "done", "skip", "stop", "thanks"),
        ("你好", "1", "1", "没有", "1", "很吵", "说完了", "跳过", "停止", "谢谢"),
    ),
    (
        ("hi", "1", "1", "no", "1", "it is loud", "done", *["skip"] * 8, "it is still loud"),
        ("你好", "1", "1", "没有", "1", "很吵", "说完了", *["跳过"] * 8, "还是很吵"),
    ),
    (
        ("hi", "1", "2", "where is the nearest bakery for bread rolls"),
        ("你好", "1", "2", "最近的面包店在哪里"),
    ),
]


async def gone(town, language, how):
    """A child whose worker wrote, and who then left; return them, their case and their code."""
    child = await town.child(language)
    await child.writes(TOLD[language])
    await town.quiet()
    case = await town.case_of(child)
    line = await town.run.desk.claim(town.watcher, case.line.id)
    line = await town.run.desk.answer(
        town.watcher, line.id, "Is he at home tonight?", version=line.version
    )
    await town.run.desk.release(town.watcher, line.id, version=line.version)
    await town.quiet()
    for words in how:
        await child.writes(words)
        await town.quiet()
    return child, case


@pytest.mark.parametrize(("language", "out", "noted"), OUT)
async def test_nothing_that_is_heard_afterwards_shows_that_there_was_a_case(
    town, language, out, noted
):
    for ways in WAYS:
        child, case = await gone(town, language, out)
        heard = len(child.heard)
        words = ways[language != "en"]

        for each in words:
            await child.writes(each)
            await town.quiet()

        after = "\n".join(child.heard[heard:])
        assert after
        assert not [sign for sign in SIGNS[language] if sign in after], words
        again = await town.run.desk.read(town.watcher, case.line.id)
        assert noted in happened(again)
        kept = said(again)
        assert words[-1] in kept or words[-1] in {"stop", "停止", "nothing", "没什么"}


async def test_whoever_comes_back_with_the_code_is_known_again(town):
    child = await town.child()
    await child.writes(TOLD["en"])
    await town.quiet()
    text = await town.answers(child, ("stop", "Your code to come back"))
    code = text.split("from any phone: ")[1].splitlines()[0]
    case = await town.case_of(child)
    await town.answers(child, ("leave", "Bye"), ("hi", "Hello"))

    await town.answers(child, (code, "No worker has written"), ("done", "Take care"))

    await town.answers(child, ("it is worse", "passed on"))
    again = await town.run.desk.read(town.watcher, case.line.id)
    assert {"left", "came_back"} <= set(happened(again))
    assert "it is worse" in said(again)


async def test_danger_is_answered_there_as_ever(town):
    child, case = await gone(town, "en", ("leave",))

    await town.answers(child, ("he has a knife and will kill me", "110"))

    assert "he has a knife and will kill me" in said(
        await town.run.desk.read(town.watcher, case.line.id)
    )


async def test_whoever_left_before_they_told_anything_hears_their_code(town):
    child = await town.child()
    await town.answers(child, ("leave", "Bye"), ("hi", "Hello"))

    await child.writes(TOLD["en"])
    await town.quiet()

    await town.answers(child, ("stop", "Your code to come back"))


async def test_whoever_left_and_tells_again_after_the_case_was_closed_hears_the_new_code(town):
    child, case = await gone(town, "en", ("leave",))
    line = await town.run.desk.claim(town.watcher, case.line.id)
    await town.run.desk.read(town.watcher, line.id)
    line = await town.run.desk.line(town.watcher, line.id)
    await town.run.desk.close(
        town.watcher, line.id, outcome="helped", reason="spoken with them", version=line.version
    )
    town.later(31 * DAY)

    await child.writes(TOLD["en"])
    await town.quiet()
    await town.answers(child, ("stop", "Your code to come back"))

    again = await town.case_of(child)
    assert again.line.id != case.line.id
