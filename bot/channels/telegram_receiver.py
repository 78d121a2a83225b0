"""What happens to each raw update, however it arrived."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.telegram_update import UnreadableUpdateError, parse
from bot.domain.ids import Instant
from bot.domain.update import Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Hands on updates; what it has handed on may be acknowledged.

    ``take`` and ``set_aside`` return only once what they were given is safe; ``set_aside`` gets
    the raw JSON of an update that cannot be read, its number, and where it came from (each ``""``
    if that cannot be told).
    """

    take: Callable[[Update], Awaitable[None]]
    set_aside: Callable[[bytes, str, str], Awaitable[None]]
    now: Callable[[], Instant]

    async def receive(self, raw: object) -> None:
        """Take *raw*, or set it aside if it cannot be read."""
        try:
            update = parse(raw, now=self.now())
        except UnreadableUpdateError:
            await self.set_aside(json.dumps(raw).encode(), number_of(raw), address_of(raw))
            return
        if update is not None:
            await self.take(update)


def number_of(raw: object) -> str:
    """Return the update's own number, or ``""`` if it has none."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return str(number) if isinstance(number, int) else ""


def address_of(raw: object) -> str:
    """Return the chat an update came from, as far as one that is misshapen tells."""
    parts = raw.values() if isinstance(raw, dict) else ()
    for part in parts:
        for whole in (part, _inside(part, "message")):
            number = _inside(_inside(whole, "chat"), "id")
            if isinstance(number, int):
                return str(number)
    return ""


def _inside(whole: object, name: str) -> object:
    return whole.get(name) if isinstance(whole, dict) else None
