"""How pressing a case looks: its time, how much of it is gone, and whether it must ring."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.console.times import Times, length
from bot.desk.views import CaseLine
from bot.domain.ids import Instant
from bot.domain.level import Level
from bot.domain.worker import Worker

WHOLE = 100
STAGES = ((WHOLE, "over"), (75, "late"), (50, "half"), (0, "early"))
"""From which share of its time on (in per cent) a case looks how pressing."""

FILTERS = ("all", "unclaimed", "mine")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A case's line with its times in words; *share* is how much of its time is gone, 0–100."""

    line: CaseLine
    since: str
    since_exact: str
    waiting: str
    left: str
    share: int
    stage: str


def show_line(line: CaseLine, *, now: Instant, times: Times, language: str) -> ShownLine:
    """Put the times of *line* into words, as they stand at *now*."""
    share = _share(line, now)
    return ShownLine(
        line=line,
        since=times.clock(line.opened_at, now, language),
        since_exact=times.exact(line.opened_at),
        waiting=length(now - line.opened_at, language),
        left=length(line.due_at - now, language) if line.due_at else "",
        share=share,
        stage=next((stage for least, stage in STAGES if share >= least), "early"),
    )


def chosen(lines: Iterable[CaseLine], show: str, worker: Worker) -> tuple[CaseLine, ...]:
    """Return those of *lines* that the filter *show* lets through, in their order."""
    match show:
        case "mine":
            return tuple(line for line in lines if line.owner == worker.id)
        case "unclaimed":
            return tuple(line for line in lines if line.owner is None)
        case _:
            return tuple(lines)


def ringing(lines: Iterable[CaseLine], level: Level) -> int:
    """Count the cases of *level* for which nobody has said yet that they have seen them."""
    return sum(line.level == level and not line.is_acknowledged for line in lines)


def _share(line: CaseLine, now: Instant) -> int:
    if not line.due_at:
        return 0
    given = line.due_at - line.opened_at
    if now >= line.due_at or given <= 0:
        return WHOLE
    return max(0, (now - line.opened_at) * WHOLE // given)
