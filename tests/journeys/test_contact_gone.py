"""Whoever takes the phone after somebody left or erased sees no sign of a case, and no code."""

import pytest
from journeys.lives import happened, said
from journeys.reading_desk import csrf_of, signed_in

from bot.domain.ids import DAY

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOLD = {"en": "my uncle touches me at night", "zh-hans": "我叔叔晚上摸我"}
IN_DANGER = {"en": "he is hitting me right now", "zh-hans": "他现在正在打我"}
BEHIND_THE_SCHOOL = {"en": "behind the school", "zh-hans": "在学校后面"}
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


@pytest.mark.long
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


@pytest.mark.parametrize(
    ("language", "out"),
    [
        ("en", ("stop", "leave")),
        ("zh-hans", ("停止", "马上离开")),
        ("en", ("stop", "erase", "yes")),
        ("zh-hans", ("停止", "小橘灯亮了", "离开")),
    ],
)
async def test_whoever_tells_of_danger_there_is_answered_by_a_worker_who_is_asked_first(
    town, language, out
):
    child, case = await gone(town, language, out)
    town.later(DAY)
    await child.writes("hi")
    await town.quiet()
    before = await town.run.desk.read(town.watcher, case.line.id)

    await child.writes(IN_DANGER[language])
    await town.quiet()
    line = await town.run.desk.claim(town.watcher, case.line.id)
    heard = len(child.heard)
    await child.writes(BEHIND_THE_SCHOOL[language])
    await town.quiet()
    assert len(child.heard) == heard + 1
    async with signed_in(town, town.watcher) as page:
        csrf = csrf_of(await page(f"/desk/cases/{line.id}"))
        version = (await town.run.desk.line(town.watcher, line.id)).version
        sent = {"csrf": csrf, "version": str(version), "answer": "Stay there, I am coming"}
        asked = await page(f"/desk/cases/{line.id}/answer", data=sent)
        known = asked.split('name="known" value="')[1].split('"')[0]
        await page(f"/desk/cases/{line.id}/answer", data={**sent, "sure": "yes", "known": known})
    await child.writes("OK")
    await town.quiet()

    [told] = child.heard[heard + 1 :]
    after = await town.run.desk.read(town.watcher, line.id)
    assert "Stay there, I am coming" in told
    assert "perhaps somebody else writes now" in asked
    assert "Answer only what was written here since they left" in asked
    assert (before.can_reach, after.can_reach) == (False, True)
    assert happened(after).count("danger_after_leaving") == 1


async def test_whoever_leaves_once_more_after_that_is_not_written_to_any_more(town):
    child, case = await gone(town, "en", ("stop", "leave"))
    await child.writes(IN_DANGER["en"])
    await child.hears("110")
    line = await town.run.desk.claim(town.watcher, case.line.id)
    line = await town.run.desk.answer(town.watcher, line.id, "I am coming", version=line.version)
    await child.hears("I am coming")

    await town.answers(child, ("leave", "Bye"), ("hi", "Hello"))
    await town.run.desk.answer(town.watcher, line.id, "Where are you?", version=line.version)

    await town.hears_nothing(child)
    assert not (await town.run.desk.read(town.watcher, line.id)).can_reach


@pytest.mark.parametrize("is_first", [True, False])
async def test_the_bot_answers_there_again_though_the_code_was_never_told_and_a_worker_has_the_case(
    town, is_first
):
    child = await town.child()
    await child.writes(TOLD["en"])
    await town.quiet()
    line = (await town.case_of(child)).line
    if is_first:
        line = await town.run.desk.claim(town.watcher, line.id)
        await child.hears("")
    await town.answers(child, ("leave", "Bye"))
    if not is_first:
        line = await town.run.desk.claim(town.watcher, line.id)

    await town.answers(child, ("hi", "Hello"))

    line = await town.run.desk.line(town.watcher, line.id)
    await town.run.desk.answer(town.watcher, line.id, "How are you?", version=line.version)
    await child.hears("How are you?")
    await child.writes("who is this")
    await town.hears_nothing(child)


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
