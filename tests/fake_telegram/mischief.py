"""The ways in which the fake can be told to misbehave."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from enum import Enum, auto

from fake_telegram.clock import WITHIN
from fake_telegram.refusal import RefusalError


class Trick(Enum):
    """What can go wrong with one call."""

    DROP_ANSWER = auto()
    DROP_CALL = auto()
    GARBLE = auto()
    FAIL = auto()


class Gate:
    """Holds a call that has arrived until the test lets it pass."""

    def __init__(self) -> None:
        self._arrived = asyncio.Event()
        self._opened = asyncio.Event()

    async def reached(self) -> None:
        """Return once the call is waiting at the gate."""
        await asyncio.wait_for(self._arrived.wait(), WITHIN)

    def open(self) -> None:
        """Let the call pass."""
        self._opened.set()

    async def pass_through(self) -> None:
        """Wait at the gate, as the call does."""
        self._arrived.set()
        await self._opened.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One trick for one call."""

    trick: Trick | None = None
    status: int = 502
    seconds: float = 0
    gate: Gate | None = None
    refusal: RefusalError | None = None


NOTHING = Planned()


class Mischief:
    """Plans tricks, each for the next calls of a method (``"*"`` for any)."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, deque[Planned]] = defaultdict(deque)
        self.repeat_batches = 0
        self.reverse_batches = 0

    def drop_answer(self, method: str, *, times: int = 1) -> None:
        """Do what is asked, then hang up without an answer."""
        self._plan(method, Planned(trick=Trick.DROP_ANSWER), times)

    def drop_call(self, method: str, *, times: int = 1) -> None:
        """Hang up without doing anything."""
        self._plan(method, Planned(trick=Trick.DROP_CALL), times)

    def fail(self, method: str, *, status: int = 502, times: int = 1) -> None:
        """Answer with a page of a broken proxy, doing nothing."""
        self._plan(method, Planned(trick=Trick.FAIL, status=status), times)

    def garble(self, method: str, *, times: int = 1) -> None:
        """Do what is asked, and answer 200 with something that is no JSON."""
        self._plan(method, Planned(trick=Trick.GARBLE), times)

    def refuse(self, method: str, refusal: RefusalError, *, times: int = 1) -> None:
        """Refuse, whatever the call says."""
        self._plan(method, Planned(refusal=refusal), times)

    def delay(self, method: str, *, seconds: float, times: int = 1) -> None:
        """Take so many real seconds before doing what is asked."""
        self._plan(method, Planned(seconds=seconds), times)

    def hold(self, method: str) -> Gate:
        """Keep the next call waiting before anything is done, until the gate is opened."""
        gate = Gate()
        self._plan(method, Planned(gate=gate), 1)
        return gate

    def repeat_updates(self, *, batches: int = 1) -> None:
        """Deliver every update of the next batches twice."""
        self.repeat_batches += batches

    def reverse_updates(self, *, batches: int = 1) -> None:
        """Deliver the next batches with the newest update first."""
        self.reverse_batches += batches

    def take(self, method: str) -> Planned:
        """Return what is planned for this call of *method*, and cross it out."""
        for name in (method, "*"):
            if self._planned[name]:
                return self._planned[name].popleft()
        return NOTHING

    def _plan(self, method: str, planned: Planned, times: int) -> None:
        self._planned[method].extend([planned] * times)
