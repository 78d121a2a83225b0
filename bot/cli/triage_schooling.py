"""triage train: learning the networks of the close reading, and weighing what they say."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.assessing.labelled import Labelled
from bot.assessing.learning import Effort
from bot.cli.triage_tables import print_assessment
from bot.domain.errors import ConfigError, FlowError
from bot.shelf import shelf_in
from bot.triage.close import ENGLISH, NETWORK, PIECES, TABLE, Network, unreadable, write_mix
from bot.triage.rules import Rules

if TYPE_CHECKING:
    from bot.assessing.studying import Studied

_ROUNDS = {NETWORK: 4, ENGLISH: 2}
Tell = Callable[[float, float], None]
"""Hears which share of the learning is done, and how wrong a network was last."""

_SHARE = 0.6
"""How much of what is said of a text in letters is said by the network for English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """How the close reading is taught, and with what it is weighed.

    ``taught`` is the file of the network that learns, or empty if none does, ``rounds`` how often
    it goes through all texts, if that was said. ``known`` are the networks there are, by the
    names of their files; it ``goes_on`` from what stands there, or begins anew. ``judged`` are the
    texts on which false alarms are counted, if there are any.
    """

    taught: str
    rounds: int | None
    goes_on: bool
    known: Mapping[str, bytes] = field(repr=False)
    effort: Effort
    judged: Sequence[Labelled]
    rules: Rules


def networks_in(root: Path, needed: Sequence[str]) -> dict[str, bytes]:
    """Return the networks in *root* by the names of their files; those *needed* are among them.

    Raises:
        ConfigError: one that is needed is not there.
        FlowError: one cannot be read.

    """
    there: dict[str, bytes] = {}
    for name in (NETWORK, ENGLISH, PIECES):
        path = root / name
        try:
            if path.is_file():
                there[name] = path.read_bytes()
        except OSError:
            raise FlowError([unreadable(str(path))]) from None
        if name in needed and name not in there:
            text = (
                f"there is no {path} to begin with: leave out --part mix, or --go-on, and it is "
                "learned first"
            )
            raise ConfigError([text])
    return there


def learn_closely(
    texts: Sequence[Labelled],
    scores: Sequence[float],
    school: School,
    about: Sequence[str],
    out: Console,
) -> dict[str, bytes]:
    """Return the files of the close reading that were learned, with *about* in that of its weights.

    *scores* are those of *texts* by the quick reading, as it is where it has not seen them.
    """
    from bot.assessing.studying import study  # noqa: PLC0415 - numpy costs every command

    learned = _learned(texts, school)
    network, share = _read_by({**school.known, **learned})
    studied = study(texts, scores, network, school.rules, school.effort, judged=school.judged)
    _show(studied, out)
    table = write_mix(replace(studied.mix, english=share), network.kinds, about)
    return {TABLE: table.encode(), **learned}


def _learned(texts: Sequence[Labelled], school: School) -> dict[str, bytes]:
    if not school.taught:
        return {}
    rounds = school.rounds or _ROUNDS[school.taught]
    with _progress() as tell:
        if school.taught == NETWORK:
            return {NETWORK: _taught_both(texts, school, rounds, tell)}
        return _taught_english(texts, school, rounds, tell)


def _taught_both(texts: Sequence[Labelled], school: School, rounds: int, tell: Tell) -> bytes:
    from bot.assessing.studying import teach  # noqa: PLC0415 - numpy costs every command
    from bot.close_network import load_network  # noqa: PLC0415 - the same

    content = school.known[NETWORK] if school.goes_on else b""
    before = load_network(content, shelf_in(os.environ)) if content else None
    return teach(texts, rounds=rounds, tell=tell, known=before)


def _taught_english(
    texts: Sequence[Labelled], school: School, rounds: int, tell: Tell
) -> dict[str, bytes]:
    """Return its weights, and what it knows of words if that was not there already."""
    from bot.assessing.studying import kinds_in, teach_english  # noqa: PLC0415 - as above
    from bot.english_network import load_english, pieces_in, write_table  # noqa: PLC0415 - as above

    kinds = kinds_in(texts)
    if school.goes_on:
        given = school.known[ENGLISH], school.known[PIECES]
        content, _ = teach_english(
            texts,
            rounds=rounds,
            tell=tell,
            kinds=kinds,
            known=load_english(*given, large=True),
            pieces=pieces_in(*given),
        )
        return {ENGLISH: content}
    content, pieces = teach_english(texts, rounds=rounds, tell=tell, kinds=kinds)
    return {ENGLISH: content, PIECES: write_table(pieces)}


def _read_by(networks: Mapping[str, bytes]) -> tuple[Network, float]:
    """Return what reads with *networks*, and the share of that for English.

    That is left out where it is missing or knows other categories.
    """
    from bot.close_network import load_network  # noqa: PLC0415 - as above
    from bot.english_network import load_english  # noqa: PLC0415 - the same
    from bot.triage.english import Together  # noqa: PLC0415 - the same

    both = load_network(networks[NETWORK], shelf_in(os.environ))
    if not {ENGLISH, PIECES} <= networks.keys():
        return both, 0.0
    english = load_english(networks[ENGLISH], networks[PIECES])
    if english.kinds != both.kinds:
        return both, 0.0
    return Together(both=both, english=english, share=_SHARE), _SHARE


def _show(studied: "Studied", out: Console) -> None:
    out.print("Rules, quick and close reading together, on texts that none of them had seen,")
    out.print("each read as a whole; a running Lantern reads long ones sentence by sentence:")
    print_assessment(studied.measured, out, with_texts=False)


@contextmanager
def _progress() -> Iterator[Tell]:
    """Show how far the close reading is, and how long it will still take."""
    columns = (TextColumn("The close reading learns"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda share, _: progress.update(task, completed=share)
