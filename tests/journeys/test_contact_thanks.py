"""Thanks after a case was closed: they are kept with it, and nobody is called again for them."""

import pytest
import pytest_asyncio
from journeys.lives import said

from bot.domain.level import Level
from bot.domain.worker import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")

LANGUAGES = {
    "en": ("in danger right now?", "Where are you now?", "finished this for now"),
    "zh-hans": ("现在有人有危险吗", "你现在在哪里", "先做到这里"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def boss(town):
    worker, _ = await town.worker("Boss of closed cases", role=Role.SUPERVISOR)
    return worker


async def _closed(town, boss, language):
    """A child whose emergency was closed, and its line."""
    child = await town.child(language)
    danger, place, finished = LANGUAGES[language]
    await town.answers(child, ("1", danger), ("1", place))
    line = (await town.case_of(child)).line
    line = await town.run.desk.claim(boss, line.id)
    await town.quiet()
    await town.run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await child.hears(finished)
    return child, line


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-hans", "谢谢"),
        ("zh-hans", "好的，谢谢老师！"),
        ("zh-hans", "你好谢谢"),
        ("zh-hans", "嗯嗯嗯"),
        ("en", "ok"),
        ("en", "Thank you so much"),
        ("en", "👍"),
        ("en", "hello"),
    ],
)
async def test_thanks_after_closing_are_kept_and_call_nobody(town, boss, language, text):
    child, line = await _closed(town, boss, language)

    await child.writes(text)

    heard = (await child.hears("110")).text
    assert "passed on" not in heard
    assert "社工会看到" not in heard
    case = await town.run.desk.read(boss, line.id)
    assert case.line.is_closed
    assert text in said(case)
    assert await town.case_of(child) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "he did it again"),
        ("en", "😭"),
        ("en", "ok?"),
        ("en", "hello hello hello"),
        ("en", "thankshi"),
        ("zh-hans", "你好你好"),
        ("en", "no"),
        ("en", "goodbye"),
        ("zh-hans", "他又来了"),
        ("zh-hans", "没有"),
        ("zh-hans", "谢谢，但是他又打我了"),
    ],
)
async def test_whatever_may_be_more_than_thanks_opens_the_case_again(town, boss, language, text):
    child, line = await _closed(town, boss, language)

    await child.writes(text)
    await town.quiet()

    case = await town.case_of(child)
    assert case.line.id == line.id
    assert text in said(case)


async def test_what_is_told_behind_thanks_opens_the_case_again(town, boss):
    child, line = await _closed(town, boss, "en")
    await town.answers(child, ("thanks", "at any time"))

    await child.writes("he did it again")
    await town.quiet()

    case = await town.case_of(child)
    assert case.line.id == line.id
    assert case.line.level is Level.EMERGENCY
