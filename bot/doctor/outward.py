"""Whether staff hear of a broken alarm on a way that does not go by Telegram."""

from collections.abc import Sequence

from bot.config import Settings, is_demo
from bot.doctor.check import Check

NAME = "other ways"


async def check_outward(settings: Settings) -> Sequence[Check]:
    """Return whether there is such a way; nothing is sent."""
    count = len(settings.staff_alarm_urls)
    if not count:
        return _when_there_is_none(settings)
    ways = "1 more way" if count == 1 else f"{count} more ways"
    return [Check(name=NAME, says=f"staff hear of a broken alarm on {ways}")]


def _when_there_is_none(settings: Settings) -> Sequence[Check]:
    says = "none: where Telegram is away, nobody without an open desk hears of it"
    if is_demo(settings):
        return ()
    advice = "set LANTERN_STAFF_ALARM_URLS, to e-mail or SMS for example"
    return [Check(name=NAME, says=says, advice=advice, is_warning=True)]
