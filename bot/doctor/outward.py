"""Whether staff hear of a broken alarm on a way that does not go by Telegram."""

from collections.abc import Sequence

from bot.channels.outward import Outward
from bot.config import Settings, is_demo
from bot.doctor.check import Check
from bot.domain.errors import ConfigError

NAME = "other ways"


async def check_outward(settings: Settings) -> Sequence[Check]:
    """Return whether there is such a way, and whether it is one; nothing is sent."""
    urls = [url.get_secret_value() for url in settings.staff_alarm_urls]
    if not urls:
        return _when_there_is_none(settings)
    try:
        Outward(urls)
    except ConfigError as error:
        return [_wrong(fault) for fault in error.faults]
    return [Check(name=NAME, says=f"staff hear of a broken alarm on {len(urls)} more")]


def _wrong(fault: str) -> Check:
    says, _, advice = fault.partition("; ")
    return Check(name=NAME, says=says, advice=advice)


def _when_there_is_none(settings: Settings) -> Sequence[Check]:
    says = "none: where Telegram is away, nobody without an open desk hears of it"
    if is_demo(settings):
        return ()
    advice = "set LANTERN_STAFF_ALARM_URLS, to e-mail or SMS for example"
    return [Check(name=NAME, says=says, advice=advice, is_warning=True)]
