"""What a measurement comes to."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")
PER_SECOND = 1000
"""Milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Turns a second, and how long half of the turns and all but one in a hundred took."""

    turns_per_s: float
    p50_ms: float
    p99_ms: float


def summarise(turns: Sequence[float], *, within: float) -> Figures:
    """Return the figures of at least two *turns*, in seconds each, that took *within* together."""
    hundredths = quantiles(turns, n=100, method="inclusive")
    return Figures(
        turns_per_s=round(len(turns) / within, 1),
        p50_ms=round(hundredths[49] * PER_SECOND, 2),
        p99_ms=round(hundredths[98] * PER_SECOND, 2),
    )


async def time_turns(
    updates: Iterable[T], take: Callable[[T], Awaitable[object]], *, seconds: float
) -> Figures:
    """Take *updates* one after another until that took *seconds*; making them is not counted."""
    turns: list[float] = []
    spent = 0.0
    for update in updates:
        started = perf_counter()
        await take(update)
        turns.append(perf_counter() - started)
        spent += turns[-1]
        if spent >= seconds and len(turns) > 1:
            break
    return summarise(turns, within=spent)
