"""What stands behind the web chat."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.domain.message import Message
from bot.domain.update import Update


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a page is told at once, all as it was at one moment.

    ``messages`` are those that the address has not received, oldest first; it ``is_awaiting`` if
    people have yet to finish what was told from there. ``way_back`` is the code of that, as long
    as its owner is at the page and has not left since they typed it, and else ``""``.
    """

    messages: Sequence[Message] = ()
    is_awaiting: bool = False
    way_back: str = field(default="", repr=False)


async def _is_known(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The calls a web chat makes; any may raise ``LanternError``, and the page then tries again.

    ``take`` returns after the commit and drops an id it has seen. ``news`` gives what is new for
    an address; ``received`` counts everything up to a message as delivered; ``wait_for_news``
    returns when something new waits, or after that many seconds.
    ``keep_file`` returns a reference to content of a media type. ``latest`` is the question
    that waits for an answer and what was said after it, if one waits. ``is_from_person`` tells a
    worker's words from the bot's. ``is_known`` tells whether the address has written before;
    ``is_pressing``, whether a text shows a risk, so that no limit may hold it up.
    """

    take: Callable[[Update], Awaitable[None]]
    news: Callable[[str], Awaitable[News]]
    received: Callable[[str, str], Awaitable[None]]
    wait_for_news: Callable[[str, float], Awaitable[None]]
    keep_file: Callable[[bytes, str], Awaitable[str]]
    latest: Callable[[str], Awaitable[Sequence[Message]]]
    is_from_person: Callable[[Message], bool] = lambda _: False
    is_known: Callable[[str], Awaitable[bool]] = _is_known
    is_pressing: Callable[[str], bool] = lambda _: False
