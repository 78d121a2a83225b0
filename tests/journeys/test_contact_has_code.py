"""Whoever comes back and says that they have a code is asked for it, wherever they stand."""

import pytest
from journeys.last_heard import to_the_last

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAYS = {"en": "i have a code", "zh-hans": "我有口令"}
ASKED = {"en": "What is your code?", "zh-hans": "请写口令"}
TOLD = {"en": ("1", "my dad hits me", "no", "stop"), "zh-hans": ("1", "我爸打我", "没有", "停")}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_who_is_asked_who_they_are_and_has_a_code_is_asked_for_it(town, language):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", SAYS[language])

    assert ASKED[language] in heard


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_who_awaits_a_worker_and_has_a_code_is_asked_for_it(town, language):
    child = town.contact(language)
    await to_the_last(town, child, "/start", *TOLD[language], "hm")

    assert ASKED[language] in await to_the_last(town, child, SAYS[language])
