"""What supervisors and the director look at: who did what with a case, and the numbers."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from bot.desk.conditions import must_supervise
from bot.domain.ids import CaseId, Instant
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import audit, cases, staff
from storage.case_times import CaseTimes, times_since
from storage.database import Transaction

LOOKS = frozenset({"case_read", "file_read"})
"""What is told once, however often somebody did it one after another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done, *times* in a row, last at *at*.

    *by* is the name of a worker, ``contact``, ``operator`` or ``lantern``.
    """

    at: Instant
    by: str
    action: str
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What happened from *begins* on: in a week, or in a month.

    ``opened`` are the cases opened then, by the level that they have now; ``taken_after`` is
    within how many microseconds half of those that somebody has taken were taken, ``untaken`` how
    many of them nobody has taken yet; ``ended`` are the cases closed then, by how.
    """

    begins: Instant
    opened: Mapping[Level, int]
    taken_after: Mapping[Level, int]
    untaken: Mapping[Level, int]
    ended: Mapping[str, int]


async def deeds(tx: Transaction, worker: Worker, case: CaseId) -> tuple[Deed, ...]:
    """Return what the audit knows of the case, the newest first.

    Raises:
        NotAllowedError: there is no such case, or *worker* is no supervisor.

    """
    must_supervise(worker)
    await cases.find_case(tx, case)
    names = await staff.names_of_all(tx)
    done: list[Deed] = []
    for row in await audit.lines_of(tx, case):
        by = names.get(row["actor"], row["actor"])
        deed = Deed(at=Instant(row["at"]), by=by, action=row["action"])
        if done and deed.action in LOOKS and _is_again(deed, done[-1]):
            done[-1] = Deed(at=deed.at, by=by, action=deed.action, times=done[-1].times + 1)
        else:
            done.append(deed)
    return tuple(reversed(done))


def _is_again(deed: Deed, last: Deed) -> bool:
    return (deed.by, deed.action) == (last.by, last.action)


async def spans(tx: Transaction, worker: Worker, begins: Sequence[Instant]) -> tuple[Span, ...]:
    """Return the numbers of the weeks or months that begin at *begins*, which are in order.

    Raises:
        NotAllowedError: *worker* is no supervisor.

    """
    must_supervise(worker)
    rows = await times_since(tx, begins[0])
    return tuple(
        _span(
            begin,
            [row for row in rows if _span_of(row.opened_at, begins) == place],
            [row for row in rows if _span_of(row.closed_at, begins) == place],
        )
        for place, begin in enumerate(begins, 1)
    )


def _span_of(at: Instant | None, begins: Sequence[Instant]) -> int:
    return bisect_right(begins, at) if at is not None else 0


def _span(begins: Instant, opened: Sequence[CaseTimes], closed: Sequence[CaseTimes]) -> Span:
    waited: dict[Level, list[int]] = {}
    for row in opened:
        if row.acknowledged_at is not None:
            waited.setdefault(row.level, []).append(row.acknowledged_at - row.opened_at)
    nobodys = (row.level for row in opened if row.acknowledged_at is None and not row.closed_at)
    return Span(
        begins=begins,
        opened=Counter(row.level for row in opened),
        taken_after={level: median_low(times) for level, times in waited.items()},
        untaken=Counter(nobodys),
        ended=Counter(row.outcome for row in closed),
    )
