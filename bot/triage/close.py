"""A close reading: slower than rules and pieces, of a text as a whole, where these are in doubt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from math import inf
from typing import Protocol

from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.domain.level import Level

TABLE = "flows/triage/close.tsv"
NETWORK = "flows/triage/close.npz"
ENGLISH = "flows/triage/english.npz"
ENGLISH_PIECES = "flows/triage/english_pieces.npy"
CHINESE = "flows/triage/chinese.npz"
CHINESE_PIECES = "flows/triage/chinese_pieces.npy"
"""The networks for one language, and what they knew of pieces of text before they learned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForOne:
    """Where a network for one language lies: its *file*, and that of the *pieces* it reads.

    ``share`` names the share that it has in :class:`Mix`. It reads texts in letters, or all others.
    """

    share: str
    file: str
    pieces: str
    is_for_letters: bool
    tried_on: str


FOR_ONE = (
    ForOne(
        share="english",
        file=ENGLISH,
        pieces=ENGLISH_PIECES,
        is_for_letters=True,
        tried_on="hello, i am at home now",
    ),
    ForOne(
        share="chinese",
        file=CHINESE,
        pieces=CHINESE_PIECES,
        is_for_letters=False,
        tried_on="你好，今天放学回家。",
    ),
)

RISK, PRESSING, WORRY = 0, 1, 2
"""The places of the first questions: must a person hear of it soon, at once, or in their time?

Behind them come the categories.
"""

FIRST_KIND = WORRY + 1

_CHARACTERS = expression(r"[\u3400-\u9fff]")
_KINDS = "kinds"
_TRIED_ON = tuple(each.tried_on for each in FOR_ONE)
"""What a network is let read before it is trusted."""


class Network(Protocol):
    """What reads texts as a whole.

    ``kinds`` are the categories it is asked about, ``held`` the marks of the labelled texts that
    it has not learned from.
    """

    @property
    def kinds(self) -> tuple[str, ...]: ...  # noqa: D102 - above

    @property
    def held(self) -> frozenset[int]: ...  # noqa: D102 - above

    def answer(self, texts: Sequence[str]) -> list[list[float]]:
        """Return what it says of each of *texts* and each question: above 0 is yes."""

    def telling(self, text: str, question: int = RISK) -> tuple[str, ...]:
        """Return the words of *text* without which *question* is less of a yes, the most first."""


Load = Callable[[], Network]
"""Loads what reads closely; that takes a second or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How what was read quickly and what was read closely are weighed together.

    ``doubt`` is from which quick score on a text is read closely at all. ``clue`` is what a weak
    rule adds. From ``sure`` on a person should read a text soon; ``pressing_since`` says the same
    of whether it is pressing, and ``kind_since`` of whether it is of a category: below that, none
    is named. From ``worry_since`` on it tells of a small worry, to be read in their time, and from
    the quick score ``worry_doubt`` on it is read closely for that. ``letters`` is what is added for
    a text without Chinese characters, so that as many harmless ones of either are taken for a risk
    as are allowed, and ``worry_letters`` the same for a small worry.
    ``english`` is how much of what is read closely in these is said by the network for English,
    and ``chinese`` how much in all others by that for Chinese.
    """

    doubt: float
    bias: float
    quick: float
    close: float
    clue: float
    sure: float
    pressing_since: float
    kind_since: float
    worry_doubt: float = inf
    worry_since: float = inf
    worry_letters: float = 0.0
    letters: float = 0.0
    english: float = 0.0
    chinese: float = 0.0

    def score(self, quick: float, close: float, *, has_clue: bool, is_in_letters: bool) -> float:
        """Return how much a text speaks for a risk; 0 is as likely as not."""
        added = (self.clue if has_clue else 0.0) + (self.letters if is_in_letters else 0.0)
        return self.bias + self.quick * quick + self.close * close + added

    def worry(self, close: float, *, is_in_letters: bool) -> float:
        """Return how much a text speaks for a small worry, read closely."""
        return close + (self.worry_letters if is_in_letters else 0.0)

    def is_in_doubt(self, quick: float, worry: float = -inf) -> bool:
        """Whether a text with the quick scores *quick* and *worry* is read closely."""
        return quick >= self.doubt or worry >= self.worry_doubt

    def level(self, score: float, pressing: float, worry: float = -inf) -> Level:
        """Return how soon a person should read what *score*, *pressing*, *worry* speak for."""
        if score >= self.sure:
            return Level.EMERGENCY if pressing >= self.pressing_since else Level.URGENT
        return Level.ROUTINE if worry >= self.worry_since else Level.NONE


def is_in_letters(text: str) -> bool:
    """Whether *text* is written without Chinese characters."""
    return not _CHARACTERS.search(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseReading:
    """How texts are read closely; *network* is loaded when it is first asked for.

    It raises FlowError where it cannot be; :func:`proving` makes sure that it raises nothing else.
    """

    version: str
    mix: Mix
    kinds: tuple[str, ...]
    network: Load = field(repr=False)


def proving(load: Load, *, file: str = NETWORK) -> Load:
    """Return what loads what *load* does, once it has read two sentences and told of them.

    Rules and the quick reading go on without it, so whatever is wrong with *file*, or with what
    reads it, becomes one finding, raised as FlowError: nothing else ever comes out of it.
    """

    def loaded() -> Network:
        try:
            network = load()
            network.answer(_TRIED_ON)
            for text in _TRIED_ON:
                network.telling(text)
        except FlowError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, texts must still be looked at
            raise FlowError([unusable(error, file)]) from None
        return network

    return loaded


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


def mismatched(file: str) -> Finding:
    """Return what is said of a network in *file* that knows other categories than the table."""
    text = (
        f"the network knows other categories than {TABLE}, or in another order; put both files "
        "of one lantern triage train there"
    )
    return Finding(file=file, line=1, code="T904", text=text)


def unreadable(file: str) -> Finding:
    """Return what is said of a *file* that is there but cannot be opened."""
    text = "this file cannot be read; let the user that Lantern runs as read it, or remove it"
    return Finding(file=file, line=1, code="T905", text=text)


def replaced(file: str) -> Finding:
    """Return what is said of a *file* that became another while Lantern was starting."""
    text = "this file was replaced while Lantern started; start Lantern again"
    return Finding(file=file, line=1, code="T905", text=text)


def unusable(error: Exception, file: str) -> Finding:
    """Return what is said of a *file* whose network fails with *error*, but not what that says."""
    missing = f" ({error.name})" if isinstance(error, ImportError) and error.name else ""
    text = (
        f"no text can be read closely: {type(error).__name__}{missing}; install Lantern again "
        "with all it needs, or write the file again with lantern triage train"
    )
    return Finding(file=file, line=1, code="T906", text=text)
