"""What a turn brings about. The engine only says so; others make it true."""

from typing import ClassVar

from bot.domain.values import Value


class Said(Value, frozen=True, kw_only=True, gc=False):
    """The contact is to hear the wording *key* (``flow.state.say`` and the like)."""

    key: str


class Asked(Value, frozen=True, kw_only=True, gc=False):
    """The contact is asked the question of *state*, with its choices; or *wording* in its words."""

    state: str
    wording: str = ""

    @property
    def key(self) -> str:
        """The wording that is asked."""
        return self.wording or f"{self.state}.ask"


class Answered(Value, frozen=True, kw_only=True, gc=False):
    """The question of *state* was answered; *answer* is the choice's key or their own words."""

    hidden: ClassVar[frozenset[str]] = frozenset({"answer"})

    state: str
    answer: str


class CaseRequested(Value, frozen=True, kw_only=True, gc=False):
    """A worker must look: the case opens in *queue*, or rises to it."""

    queue: str


class Wanted(Value, frozen=True, kw_only=True, gc=False):
    """The turn waits for *deed* to be done; its outcome goes back to the engine.

    What is done beside a question has no outcome: then the question is asked.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"argument"})

    deed: str
    argument: str


class SessionEnded(Value, frozen=True, kw_only=True, gc=False):
    """The conversation is over; *how* is the flow's own word for it."""

    how: str


Event = Said | Asked | Answered | CaseRequested | Wanted | SessionEnded
