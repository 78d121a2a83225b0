"""How many messages a bot may send.

Telegram publishes about one message a second to a chat (with short bursts), twenty a minute to a
group and thirty a second over all; the windows here are those, and a test may set others.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most *count* messages in any *seconds*."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The three limits a message must pass."""

    per_chat: Rate = Rate(count=5, seconds=5)
    per_group: Rate = Rate(count=20, seconds=60)
    overall: Rate = Rate(count=30, seconds=1)


GENEROUS = Limits(
    per_chat=Rate(count=10_000, seconds=1),
    per_group=Rate(count=10_000, seconds=1),
    overall=Rate(count=10_000, seconds=1),
)


class Meter:
    """Counts what was sent, and says how long to wait."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._sent: defaultdict[str, deque[float]] = defaultdict(deque)

    def admit(self, chat: int, *, is_group: bool, now: float) -> int:
        """Count one message and return 0, or return the seconds to wait."""
        own = self.limits.per_group if is_group else self.limits.per_chat
        rates = {"": self.limits.overall, str(chat): own}
        waits = [self._wait(name, rate, now) for name, rate in rates.items()]
        if max(waits) > 0:
            return max(1, math.ceil(max(waits)))
        for name in rates:
            self._sent[name].append(now)
        return 0

    def _wait(self, name: str, rate: Rate, now: float) -> float:
        sent = self._sent[name]
        while sent and sent[0] <= now - rate.seconds:
            sent.popleft()
        return sent[0] + rate.seconds - now if len(sent) >= rate.count else 0
