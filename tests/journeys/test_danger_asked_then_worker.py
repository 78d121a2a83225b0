"""Danger was asked about, and before it was answered a worker took the case."""

import pytest
import pytest_asyncio
from journeys.lives import level_of, said

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = "Call 110 now"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(town):
    who, _ = await town.worker("Worker 1")
    return who


async def asked(town, worker):
    """A child who told of blows and was asked about danger, and the case that *worker* took."""
    child = await town.child()
    await child.writes("my father beats me every day")
    await child.hears("in danger right now?")
    case = await town.case_of(child)
    line = await town.run.desk.claim(worker, case.line.id)
    await child.hears("A social worker is reading")
    return child, line


@pytest.mark.parametrize("words", ["help", "1", "yes", "I am not sure"])
async def test_danger_is_an_emergency_and_answered_with_whom_to_call(town, worker, words):
    child, line = await asked(town, worker)

    await child.writes(words)

    await child.hears(NOW)
    assert level_of(await town.case_of(child)) is Level.EMERGENCY
    assert words in said(await town.run.desk.read(worker, line.id))


async def test_so_is_the_button(town, worker):
    child, _ = await asked(town, worker)

    await child.taps("Yes")

    await child.hears(NOW)
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_no_is_kept_and_nothing_said_and_help_is_what_it_was(town, worker):
    child, _ = await asked(town, worker)

    await child.writes("no")
    await town.hears_nothing(child)
    await child.writes("help")

    await child.hears("Words that always work")
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_once_the_worker_has_written_words_are_for_them_and_help_is_still_a_cry(town, worker):
    child, line = await asked(town, worker)
    await town.run.desk.answer(worker, line.id, "May I write to you?", version=line.version)
    await child.hears("May I write to you?")

    await child.writes("yes")
    await town.hears_nothing(child)
    assert level_of(await town.case_of(child)) is Level.URGENT
    await child.writes("help")

    await child.hears(NOW)
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_a_yes_behind_not_sure_is_kept_and_answered_as_well(town, worker):
    child, line = await asked(town, worker)
    await child.writes("not sure")
    await child.hears(NOW)

    await child.writes("yes, right now")
    await child.hears(NOW)
    await child.writes("not sure")
    await town.hears_nothing(child)

    case = await town.run.desk.read(worker, line.id)
    assert dict(case.answers)["report_a_concern.in_danger"] == "danger"


@pytest.mark.parametrize("words", ["right now yes", "sos"])
async def test_whom_to_call_is_said_once(town, worker, words):
    child, _ = await asked(town, worker)
    before = len(child.heard)

    await child.writes(words)
    await child.hears(NOW)
    await town.quiet()

    assert "".join(child.heard[before:]).count(NOW) == 1
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@pytest.mark.parametrize("words", ["yes now", "he is here"])
async def test_who_is_away_for_now_leaves_the_question_open(town, worker, words):
    child, _ = await asked(town, worker)
    await child.writes("no he is at work")
    await town.hears_nothing(child)

    await child.writes(words)

    await child.hears(NOW)
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@pytest.mark.parametrize("words", ["有", "他回来了"])
async def test_so_it_does_in_chinese(town, worker, words):
    child = await town.child("zh-hans")
    await child.writes("我爸天天打我")
    await child.hears("现在有人有危险吗？")
    await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await child.hears("社工")
    await child.writes("没有 他上班去了")
    await town.hears_nothing(child)

    await child.writes(words)

    await child.hears("现在就打 110")
    assert level_of(await town.case_of(child)) is Level.EMERGENCY
