"""How much one visitor, and one line, may ask of the web chat in a while.

Kept in memory, for an hour at most, under keys of which nobody can tell who it was.
"""

import hashlib
import ipaddress
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.domain.ids import HOUR, SECOND, Instant

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So *much* within so many microseconds, and after that nothing until these are over."""

    much: int
    within: int


ENTRIES = Limit(much=40, within=20 * SECOND)
"""Texts and taps of one visitor: two a second, which no finger does for long."""

FILES = Limit(much=100 * MEGABYTE, within=HOUR)
"""Bytes of one visitor's files: some twenty photos."""

FILES_OF_A_LINE = Limit(much=500 * MEGABYTE, within=HOUR)
FILES_ALTOGETHER = Limit(much=2_000 * MEGABYTE, within=HOUR)
NEWCOMERS = Limit(much=300, within=HOUR)
"""New conversations of one line: a whole school may sit behind one."""

KEPT = 20_000
"""How many visitors and lines are remembered at once."""


class Meter:
    """Counts what each one does against one limit."""

    def __init__(self, limit: Limit, now: Callable[[], Instant]) -> None:
        self._limit = limit
        self._now = now
        self._counts: OrderedDict[str, tuple[Instant, int]] = OrderedDict()

    def is_over(self, who: str, more: int = 1) -> bool:
        """Whether *more* of *who* would be too much."""
        return self._count(who)[1] + more > self._limit.much

    def count(self, who: str, more: int = 1) -> None:
        """Count *more* of *who*."""
        since, sum_ = self._count(who)
        self._counts[who] = (since, sum_ + more)
        self._counts.move_to_end(who)
        if len(self._counts) > KEPT:
            self._counts.popitem(last=False)

    def _count(self, who: str) -> tuple[Instant, int]:
        now = self._now()
        since, sum_ = self._counts.get(who, (now, 0))
        return (since, sum_) if 0 <= now - since < self._limit.within else (now, 0)


class Limits:
    """What protects the house from whoever asks too much of it."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self._salt = secrets.token_bytes(32)
        self._entries = Meter(ENTRIES, now)
        self._newcomers = Meter(NEWCOMERS, now)
        self._files = Meter(FILES, now)
        self._files_of_lines = Meter(FILES_OF_A_LINE, now)
        self._all_files = Meter(FILES_ALTOGETHER, now)
        self._known: OrderedDict[str, None] = OrderedDict()

    def line_of(self, request: web.Request) -> str:
        """Return a name for where *request* comes from, ``""`` if that cannot be told.

        It is good until the next start only, and cannot be turned back into an address.
        """
        origin = _origin(request)
        return hashlib.blake2b(origin.encode(), key=self._salt).hexdigest() if origin else ""

    def admit_entry(self, visitor: str) -> bool:
        """Count a text or tap of *visitor*; return False if it is one too many."""
        if self._entries.is_over(visitor):
            return False
        self._entries.count(visitor)
        return True

    def is_known(self, visitor: str) -> bool:
        """Whether *visitor* has been welcomed since the last start."""
        return visitor in self._known

    def welcome(self, visitor: str) -> None:
        """Remember *visitor*, who will not be counted as new again."""
        self._known[visitor] = None
        if len(self._known) > KEPT:
            self._known.popitem(last=False)

    def admit_newcomer(self, line: str) -> bool:
        """Count somebody new on *line*; return False if there are too many."""
        if line and self._newcomers.is_over(line):
            return False
        self._newcomers.count(line)
        return True

    def admit_file(self, visitor: str, line: str, size: int) -> bool:
        """Count *size* bytes of *visitor* on *line*; return False if that is too much."""
        meters = [(self._files, visitor), (self._all_files, "")]
        if line:
            meters.append((self._files_of_lines, line))
        if any(meter.is_over(who, size) for meter, who in meters):
            return False
        for meter, who in meters:
            meter.count(who, size)
        return True


def _origin(request: web.Request) -> str:
    """Return the visitor's address: behind a proxy on this machine, the one that it names."""
    remote = request.remote or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if not _is_near(remote):
        return _network(remote)
    return _network(named) if _address(named) else "" if _is_loopback(remote) else remote


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is_near(text: str) -> bool:
    address = _address(text)
    return address is not None and address.is_private


def _is_loopback(text: str) -> bool:
    address = _address(text)
    return address is not None and address.is_loopback


def _network(text: str) -> str:
    """Return what one household has: an address, or of the newer kind a block of them."""
    address = _address(text)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return text
