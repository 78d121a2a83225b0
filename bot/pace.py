"""How fast messages may leave, what is pressing first, and when those that failed are tried."""

from collections import OrderedDict
from typing import Final

from aiolimiter import AsyncLimiter
from tenacity import RetryCallState, Retrying
from tenacity.wait import wait_random_exponential

from bot.domain.errors import PermanentSendError, SendError, TemporarySendError
from bot.domain.message import Act, Message, Urgency

_LIMITERS_KEPT: Final = 10_000
_LATER: Final = 0.001
"""How much less of the limit a message takes for each step that it is more pressing.

The limiter lets whoever wants least go first, so this makes the line one by urgency.
"""

LONGEST_PAUSE: Final = 300
"""Seconds after which at the latest a message is tried again."""

MOST_TRIES: Final = 20
"""How often a message is tried that fails for no reason its channel knows."""

_BACKOFF: Final = wait_random_exponential(multiplier=1, max=LONGEST_PAUSE)


class Pace:
    """Telegram's limits, each as how many messages in how many seconds.

    Thirty a second altogether, twenty a minute to a group, one a second to a chat, which also
    takes a short burst: five at once, then one a second. Whatever waits for the same limit goes
    by urgency, then in the order in which it came.
    """

    def __init__(
        self,
        *,
        altogether: tuple[float, float] = (30, 1),
        to_a_group: tuple[float, float] = (20, 60),
        to_a_chat: tuple[float, float] = (5, 5),
    ) -> None:
        self._altogether = altogether
        self._among = 1
        self._overall = AsyncLimiter(*altogether)
        self._to_a_group = to_a_group
        self._to_a_chat = to_a_chat
        self._chats: OrderedDict[str, AsyncLimiter] = OrderedDict()

    def share(self, among: int) -> None:
        """Take one part only of what may be sent altogether, since so many processes send."""
        if among == self._among:
            return
        most, seconds = self._altogether
        self._among = among
        self._overall = AsyncLimiter(max(most / among, 1), seconds)

    async def keep(self, message: Message) -> bool:
        """Return when *message* may be sent, and whether it had to wait for that."""
        if message.channel != "telegram" or message.act is not Act.SAY:
            return False
        amount = 1 - _LATER * (Urgency.REST - message.urgency)
        limiters = (self._of(message.address), self._overall)
        must_wait = not all(limiter.has_capacity(amount) for limiter in limiters)
        for limiter in limiters:
            await limiter.acquire(amount)
        return must_wait

    def _of(self, address: str) -> AsyncLimiter:
        limiter = self._chats.pop(address, None)
        if limiter is None:
            is_group = address.startswith("-")
            limiter = AsyncLimiter(*(self._to_a_group if is_group else self._to_a_chat))
        self._chats[address] = limiter
        if len(self._chats) > _LIMITERS_KEPT:
            self._chats.popitem(last=False)
        return limiter


def backoff(attempts: int) -> float:
    """Return how many seconds to wait after *attempts* failures: longer each time, with chance."""
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = attempts
    return max(0.5, _BACKOFF(state))


def unexpected(message: Message) -> SendError:
    """Return how to take a fault of ours with *message*: it may pass, but not for ever."""
    text = "sending failed unexpectedly"
    if message.attempts < MOST_TRIES:
        return TemporarySendError(text)
    return PermanentSendError(text, is_dead=False)
