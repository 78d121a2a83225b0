"""The whole measurement over HTTP: ours, then the peers, then alarms, in one run on one machine."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.benching.alarms import LOADS, PER_SECOND, Alarm, measure_alarm
from bot.benching.over_http import Effort, Flow, measure_flood, measure_sustained
from bot.benching.subject import Order

OURS = {
    "polling": Order(bot="lantern", api="", folder="", is_paced=False),
    "webhook": Order(bot="lantern", api="", folder="", is_paced=False, is_pushed=True),
}
PEERS = {
    "ptb_memory": Order(bot="ptb_memory", api="", folder=""),
    "ptb_pickle": Order(bot="ptb_pickle", api="", folder=""),
}
THOROUGH = Effort(seconds=10, contacts=1000, alarm_seconds=30, settles_within=30)
QUICK = Effort(seconds=1, contacts=50, alarm_seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverHttp:
    """What was measured.

    Ours by how updates arrive, peers by name, ours at Telegram's pace, and how soon the staff
    hears of an emergency, by the load.
    """

    ours: Mapping[str, Flow]
    peers: Mapping[str, Flow]
    sustained: Flow
    alarms: Mapping[str, Alarm]


async def measure_over_http(effort: Effort) -> OverHttp:
    """Measure everything, one after another.

    Raises:
        LanternError: a bot did not start or did not answer, so that nothing can be said.

    """
    seconds = effort.alarm_seconds
    return OverHttp(
        ours={name: await measure_flood(order, effort) for name, order in OURS.items()},
        peers={name: await measure_flood(order, effort) for name, order in PEERS.items()},
        sustained=await measure_sustained(effort),
        alarms={
            load: await measure_alarm(load, seconds=seconds, per_second=PER_SECOND)
            for load in LOADS
        },
    )
