"""What comes late, as Telegram was away, is read as of when it was written."""

import pytest
from journeys.last_heard import to_the_last

from bot.domain.ids import HOUR

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
TOLD = {"en": ("my dad hits me", "no"), ZH: ("我爸打我", "没有")}
TELL = {"en": "tell us more", ZH: "再多说一点"}
OF_A_CHILD = {
    "en": ("my son is 7 and his dad beats him with a belt", "no"),
    ZH: ("我儿子7岁，他爸拿皮带打他", "没有"),
}
WHOSE = {"en": "What is the child to you?", ZH: "孩子是您的什么人"}


@pytest.mark.parametrize("language", ["en", ZH])
async def test_who_told_of_themselves_is_not_asked_who_needs_help(town, language):
    child = await town.child(language)
    town.later(2 * HOUR)  # by Lantern's clock all that is written now comes two hours late

    heard = await to_the_last(town, child, *TOLD[language])

    assert TELL[language] in heard


@pytest.mark.parametrize("language", ["en", ZH])
async def test_whose_child_was_told_of_is_not_asked_whose_it_is(town, language):
    parent = town.contact(language)
    town.later(2 * HOUR)

    heard = await to_the_last(town, parent, *OF_A_CHILD[language])

    assert WHOSE[language] not in heard
