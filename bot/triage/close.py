"""A close reading: slower than rules and pieces, of a text as a whole, where these are in doubt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Protocol

from bot.domain.errors import Finding, FlowError

TABLE = "flows/triage/close.tsv"
NETWORK = "flows/triage/close.npz"

RISK, PRESSING = 0, 1
"""The places of the first two questions; behind them come the categories."""

_KINDS = "kinds"


class Network(Protocol):
    """What reads closely. It is loaded when it is first needed: that takes a second or two."""

    def answer(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return what it says of each of *texts* and each question: above 0 is yes."""

    def telling(self, text: str) -> tuple[str, ...]:
        """Return the pieces of *text* without which it would be less of a risk, the most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How what was read quickly and what was read closely are weighed together.

    ``doubt`` is from which quick score on a text is read closely at all. ``clue`` is what a weak
    rule adds. From ``since`` on a person should read a text in their time, from ``sure`` on soon;
    ``pressing_since`` says the same of whether it is pressing.
    """

    doubt: float
    bias: float
    quick: float
    close: float
    clue: float
    since: float
    sure: float
    pressing_since: float

    def score(self, quick: float, close: float, *, has_clue: bool) -> float:
        """Return how much a text speaks for a risk; 0 is as likely as not."""
        clue = self.clue if has_clue else 0.0
        return self.bias + self.quick * quick + self.close * close + clue


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseReading:
    """How texts are read closely; *network* is loaded when it is first asked for."""

    version: str
    mix: Mix
    kinds: tuple[str, ...]
    network: Callable[[], Network] = field(repr=False)


def read_mix(text: str, *, file: str = TABLE) -> tuple[Mix, tuple[str, ...]]:
    """Return the mix in *text*, the contents of *file*, and the categories the network knows.

    Raises:
        FlowError: a line is not as ``lantern triage train`` writes it.

    """
    lines = [line for line in text.splitlines() if line and not line.startswith("# ")]
    values = dict(line.partition("\t")[::2] for line in lines)
    try:
        kinds = tuple(values.pop(_KINDS).split(","))
        mix = Mix(**{name: float(value) for name, value in values.items()})
    except (KeyError, TypeError, ValueError):
        raise FlowError([damaged(file)]) from None
    return mix, kinds


def write_mix(mix: Mix, kinds: Sequence[str], about: Sequence[str]) -> str:
    """Return *mix* and *kinds* as the text of a file, with *about* in front."""
    lines = [f"# {line}" for line in about]
    lines += [f"{each.name}\t{getattr(mix, each.name):.4f}" for each in fields(mix)]
    return "\n".join([*lines, f"{_KINDS}\t{','.join(kinds)}"]) + "\n"


def damaged(file: str) -> Finding:
    """Return what is said of a *file* that was not written by the command that writes it."""
    text = "this file is not as lantern triage train wrote it; write it again, or remove it"
    return Finding(file=file, line=1, code="T902", text=text)
