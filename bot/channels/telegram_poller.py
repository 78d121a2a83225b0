"""Fetching updates by long polling."""

import asyncio
from typing import Any, Final

from telegram import Bot
from telegram.error import InvalidToken
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type
from tenacity.wait import wait_base, wait_random_exponential

from bot.channels.telegram_errors import REFUSED
from bot.channels.telegram_receiver import Receiver, number_of
from bot.channels.telegram_request import TooManyRequestsError
from bot.channels.telegram_update import WANTED, UnreadableUpdateError
from bot.domain.errors import LanternError
from bot.log import Action, record

LONGEST_POLL: Final = 50
ANSWER_WITHIN: Final = 10
MOST_AT_ONCE: Final = 100
GET_UPDATES: Final = "get_Updates"
"""Sent as ``getUpdates``; spelt so, the client does not point to its own method, which reads a
whole batch at once and loses all of it to one update that it cannot read."""

NUMBER: Final = "update_id"
PATIENCE: Final = wait_random_exponential(multiplier=0.5, min=0.1, max=30)


class TelegramPoller:
    """Fetches updates for ever, and acknowledges them only when all of them are safe.

    The updates of one answer are received at once, begun in the order of their numbers. If one of
    them fails, none is acknowledged, and Telegram sends all of them again.
    """

    def __init__(self, bot: Bot, receiver: Receiver, *, patience: wait_base = PATIENCE) -> None:
        self._bot = bot
        self._receiver = receiver
        self._patience = patience
        self._offset = 0

    async def run(self) -> None:
        """Poll until cancelled; every failure is recorded and tried again after a pause."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(), wait=self._pause, before_sleep=_report
        )
        await retrying(self._bot.delete_webhook)
        while True:
            await retrying(self._poll)

    def _pause(self, failed: RetryCallState) -> float:
        error = failed.outcome.exception() if failed.outcome else None
        if isinstance(error, TooManyRequestsError):
            return error.seconds
        return self._patience(failed)

    async def _poll(self) -> None:
        batch: list[Any] = await self._bot.do_api_request(
            GET_UPDATES,
            {
                "offset": self._offset,
                "limit": MOST_AT_ONCE,
                "timeout": LONGEST_POLL,
                "allowed_updates": WANTED,
            },
            read_timeout=LONGEST_POLL + ANSWER_WITHIN,
        )
        if batch:
            await self._receive(batch)
            self._offset = _after(batch)

    async def _receive(self, batch: list[Any]) -> None:
        in_order = sorted(batch, key=lambda raw: int(number_of(raw) or 0))
        received = (self._receiver.receive(raw) for raw in in_order)
        for outcome in await asyncio.gather(*received, return_exceptions=True):
            if outcome is not None:
                raise outcome


def _after(batch: list[Any]) -> int:
    numbers = [int(number) for raw in batch if (number := number_of(raw))]
    if not numbers:
        raise UnreadableUpdateError(NUMBER)
    return max(numbers) + 1


def _report(failed: RetryCallState) -> None:
    error = failed.outcome.exception() if failed.outcome else None
    wait_ms = round(failed.upcoming_sleep * 1000)
    is_refused = isinstance(error, InvalidToken)
    record(
        Action.POLL_FAILED,
        level="error" if is_refused else "warning",
        error=LanternError(REFUSED) if is_refused else error,
        attempts=failed.attempt_number,
        wait_ms=wait_ms,
    )
