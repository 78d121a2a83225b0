"""How pressing a case looks: its times in words, and how much of its time is gone."""

from dataclasses import dataclass

from bot.console.guard import Visit
from bot.console.times import Times, length
from bot.desk.views import CaseLine
from bot.domain.case import NOT_DUE
from bot.domain.ids import Instant

MOST_DIGITS = 7
WHOLE = 100
STAGES = ((WHOLE, "over"), (75, "late"), (50, "half"), (0, "early"))
"""From which share of its time on (in per cent) a case looks how pressing."""

FILTERS = ("all", "unclaimed", "mine")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A case's line with its times in words; *share* is how much of its time is gone, 0–100.

    *opened* is when it was opened, *closed* when it was closed, *since* since when staff have to
    act; while the contact has to, nothing is *left*. *look* is how long until somebody must decide
    what follows, or look again, or, if that *is_look_over*, for how long it has been.
    """

    line: CaseLine
    opened: str
    opened_exact: str
    open_for: str
    closed: str
    closed_exact: str
    since: str
    since_exact: str
    waiting: str
    left: str
    share: int
    stage: str
    look: str
    look_exact: str
    is_look_over: bool


def show_line(line: CaseLine, *, now: Instant, times: Times, language: str) -> ShownLine:
    """Put the times of *line* into words, as they stand at *now*."""
    share, since = _share(line, now), line.since
    has_look = line.look_by != NOT_DUE and line.owner is not None and not line.is_closed
    return ShownLine(
        line=line,
        opened=times.clock(line.opened_at, now, language),
        opened_exact=times.exact(line.opened_at),
        open_for=length(now - line.opened_at, language),
        closed=times.clock(line.closed_at, now, language) if line.closed_at else "",
        closed_exact=times.exact(line.closed_at) if line.closed_at else "",
        since=times.clock(since, now, language),
        since_exact=times.exact(since),
        waiting=length(now - since, language),
        left=length(line.due_at - now, language) if line.has_clock else "",
        share=share,
        look=length(abs(line.look_by - now), language) if has_look else "",
        look_exact=times.exact(line.look_by) if has_look else "",
        is_look_over=has_look and line.look_by <= now,
        stage=next((stage for least, stage in STAGES if share >= least), "early"),
    )


def how_many(visit: Visit, name: str, usual: int) -> int:
    """Return how many the page is asked for under *name*: the *usual* number, or more."""
    asked = visit.request.query.get(name, "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < MOST_DIGITS
    return max(usual, int(asked)) if is_number else usual


def _share(line: CaseLine, now: Instant) -> int:
    if not line.has_clock:
        return 0
    given = line.due_at - line.since
    if now >= line.due_at or given <= 0:
        return WHOLE
    return max(0, (now - line.since) * WHOLE // given)
