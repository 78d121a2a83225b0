"""A yes or no in pinyin, after another one, or where a place was asked for, is understood."""

import pytest
import pytest_asyncio
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
WHERE_NOW = "report_a_concern.where_now"
WHICH_PLACE = {"en": "Which place is it?", ZH: "是什么地方？"}


async def after(town, language, *texts):
    """A child who wrote *texts*, and what it heard to the last."""
    child = await town.child(language)
    return child, await to_the_last(town, child, *texts)


@at_once("words", ["you", "shi de", "dui", "bu zhi dao", "bu an quan"])
async def test_danger_told_in_pinyin_is_an_emergency(town, words):
    child, heard = await after(town, ZH, "wo ba da wo", words)

    assert "现在就打 110" in heard
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_no_and_me_in_pinyin_are_understood(town):
    _, asked = await after(town, ZH, "1", "mei you")
    _, heard = await after(town, ZH, "1", "mei you", "wo")

    assert "谁需要帮助" in asked
    assert "用你自己的话" in heard


@at_once("words", ["mei le", "没了", "没得"])
async def test_none_is_no_danger_however_it_is_said(town, words):
    child, heard = await after(town, ZH, "wo ba da wo", words)

    assert "现在有人有危险吗" not in heard
    assert dict((await town.case_of(child)).answers)["report_a_concern.in_danger"] == "safe"


async def test_you_is_english_for_whoever_writes_english(town):
    child, heard = await after(town, "en", "my dad hits me", "you")

    assert "in danger right now?" in heard
    assert level_of(await town.case_of(child)) is Level.URGENT


@at_once(
    ("language", "told", "bare", "heard_too"),
    [
        ("en", "i ran away from home last night", "no", ""),
        (ZH, "弟弟发烧40度，爸妈不在家", "没有", ""),
        (ZH, "弟弟发烧40度，爸妈不在家", "mei you", ""),
        ("en", "my dad is drunk and hitting mom", "not safe", "110"),
        (ZH, "弟弟发烧40度，爸妈不在家", "不安全", "110"),
        (ZH, "我爸拿刀追我妈", "危险", "110"),
    ],
)
async def test_a_bare_answer_is_no_place_and_the_place_is_asked_for_once_more(
    town, language, told, bare, heard_too
):
    place = {"en": "behind the shop", ZH: "三棵树镇"}[language]
    child, heard = await after(town, language, told, bare)

    assert heard_too in heard
    assert WHICH_PLACE[language] in heard

    await child.writes(place)
    await town.quiet()

    assert dict((await town.case_of(child)).answers)[WHERE_NOW] == place


async def test_that_they_are_not_safe_is_no_place_the_second_time_either(town):
    child, heard = await after(town, ZH, "我爸拿刀追我妈", "不安全", "不安全")

    assert "是什么地方" not in heard
    assert dict((await town.case_of(child)).answers).get(WHERE_NOW) != "不安全"


async def test_the_place_is_not_asked_for_a_third_time(town):
    _, heard = await after(town, "en", "i ran away from home last night", "no", "no")

    assert WHICH_PLACE["en"] not in heard
    assert "Your safety comes first" in heard


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(town):
    who, _ = await town.worker("Worker 1")
    return who


async def with_worker(town, worker, language, told):
    """A child whose case *worker* took before it answered whether there is danger."""
    child, _ = await after(town, language, told)
    line = await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await town.quiet()
    return child, line


@pytest.mark.parametrize(
    ("language", "no", "yes"),
    [("en", "no", "yes"), ("en", "no", "i dont know"), (ZH, "没有", "有")],
)
async def test_beside_a_worker_a_yes_after_a_no_is_an_emergency(town, worker, language, no, yes):
    told = {"en": "my father beats me every day", ZH: "我爸天天打我"}
    child, _ = await with_worker(town, worker, language, told[language])
    await child.writes(no)
    await town.quiet()
    before = len(child.heard)

    await child.writes(yes)
    await town.quiet()

    assert "110" in "\n".join(child.heard[before:])
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@pytest.mark.parametrize("sound", ["嗯嗯", "enen", "En en", "dui de", "duide"])
async def test_a_mere_sound_after_a_no_takes_nothing_back(town, worker, sound):
    child, _ = await with_worker(town, worker, ZH, "我爸天天打我")

    for text in ("没有", sound):
        await child.writes(text)
        await town.quiet()

    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_once_the_worker_has_written_yes_is_for_them(town, worker):
    child, line = await with_worker(town, worker, "en", "my father beats me every day")
    await child.writes("no")
    await town.quiet()
    await town.run.desk.answer(worker, line.id, "May I ask something?", version=line.version)
    await child.hears("May I ask something?")

    await child.writes("yes")
    await town.quiet()

    assert level_of(await town.case_of(child)) is Level.URGENT
