"""What a turn brings about. The engine only says so; others make it true."""

from dataclasses import dataclass, field

from bot.domain.signal import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The contact is to hear the wording *key* (``flow.state.say`` and the like)."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The contact is asked the question of *state*, with its choices."""

    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The question of *state* was answered; *answer* is the choice's key or their own words."""

    state: str
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRequested:
    """A worker must look: the case opens in *queue*, or rises to it."""

    queue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRaised:
    """A rule saw a risk in what was written."""

    signal: Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The turn waits for *deed* to be done; its outcome goes back to the engine."""

    deed: str
    argument: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded:
    """The conversation is over; *how* is the flow's own word for it."""

    how: str


Event = Said | Asked | Answered | CaseRequested | SignalRaised | Wanted | SessionEnded
