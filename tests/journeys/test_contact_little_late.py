"""What ends a conversation a little late ends it for all that was told in it."""

import pytest
from journeys.last_heard import to_the_last

from bot.domain.ids import SECOND

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
TOLD = {"en": ("my dad hits me", "no"), ZH: ("我爸打我", "没有")}
ENDS = {"en": "stop", ZH: "停"}
AGAIN = {"en": ("menu", "1", "no"), ZH: ("菜单", "1", "没有")}
WHO_NEEDS_HELP = {"en": "Who needs help?", ZH: "谁需要帮助"}


async def test_who_told_in_time_and_ended_late_is_asked_anew_who_needs_help(town):
    children = {language: await town.child(language) for language in TOLD}
    town.later(50 * SECOND)  # what comes less than a minute late is kept at Lantern's clock
    for language, child in children.items():
        await to_the_last(town, child, *TOLD[language])
    town.later(70 * SECOND)
    for language, child in children.items():
        heard = await to_the_last(town, child, ENDS[language], *AGAIN[language])

        assert WHO_NEEDS_HELP[language] in heard
