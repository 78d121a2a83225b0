"""Somebody comes while a child tells: few words, nothing asked, and nothing taken for an answer."""

import pytest
from journeys.lives import said

pytestmark = pytest.mark.asyncio(loop_scope="module")

PUT_AWAY = {"en": "put the phone away", "zh-hans": "先把手机收好"}
TOLD = {"en": "my dad hits me with a belt", "zh-hans": "我爸用皮带打我"}
COMES = {"en": "wait hes coming", "zh-hans": "等一下 我爸回来了"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_whoever_writes_that_somebody_comes_is_asked_nothing(town, language):
    child = await town.child(language)
    await child.writes(TOLD[language])
    await child.hears("")
    await town.quiet()
    before = len(child.heard)

    await child.writes(COMES[language])
    answer = (await child.hears(PUT_AWAY[language])).text

    await town.quiet()
    assert child.heard[before:] == [answer]
    assert "110" in answer
    assert "?" not in answer
    assert "？" not in answer
    assert said(await town.case_of(child))[-1] == COMES[language]


async def test_where_they_are_is_not_answered_by_it(town):
    child = await town.child("zh-hans")
    await town.answers(child, ("我爸要杀我，救命", "你在哪里"))

    await town.answers(child, (COMES["zh-hans"], PUT_AWAY["zh-hans"]))
    await town.answers(child, ("青石小学后面", "你的安全最要紧"))

    case = await town.case_of(child)
    assert dict(case.answers)["report_a_concern.where_now"] == "青石小学后面"


async def test_whoever_has_told_nothing_is_answered_as_ever(town):
    child = await town.child("zh-hans")

    await child.writes("他来了")
    await child.hears("")

    await town.quiet()
    assert not [text for text in child.heard if PUT_AWAY["zh-hans"] in text]
