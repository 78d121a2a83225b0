"""Ways outside of Lantern on which staff are told: e-mail, SMS, WeCom and the like, by Apprise."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.domain.errors import PermanentSendError, TemporarySendError
from bot.domain.message import Message

if TYPE_CHECKING:
    from apprise import Apprise

TITLE = "Lantern"
MOST_TRIES = 20
"""How often a message is tried; a wrong password never becomes right."""


class Outward:
    """A channel whose addresses are the numbers of *urls*, counted from 0.

    The URLs hold passwords, so that they stand in the configuration and nowhere else.
    What is sent must hold nothing that a contact wrote.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        self._ways = _ways(urls)

    async def send(self, message: Message) -> str:
        """Send *message*; no medium gives it a number.

        Raises:
            TemporarySendError: the medium did not take it.
            PermanentSendError: there is no such medium any more.

        """
        number = int(message.address)
        if number >= len(self._ways):
            text = "this medium is not configured any more"
            raise PermanentSendError(text, is_dead=True)
        if not await asyncio.to_thread(self._ways[number].notify, body=message.text, title=TITLE):
            text = "the medium did not take it"
            if message.attempts >= MOST_TRIES:
                raise PermanentSendError(text, is_dead=False)
            raise TemporarySendError(text)
        return ""


def _ways(urls: Sequence[str]) -> "Sequence[Apprise]":
    """Return what sends to each of *urls*; the library is loaded only where somebody uses it."""
    from apprise import Apprise  # noqa: PLC0415 - a tenth of a second at every start

    return [Apprise(url) for url in urls]
