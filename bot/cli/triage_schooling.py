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
from bot.triage.close import (
    CHINESE,
    ENGLISH,
    FOR_ONE,
    NETWORK,
    TABLE,
    ForOne,
    Network,
    unreadable,
    write_mix,
)
from bot.triage.rules import Rules

if TYPE_CHECKING:
    from bot.assessing.studying import Start, Studied

_ROUNDS = {NETWORK: 4, ENGLISH: 2, CHINESE: 2}
Tell = Callable[[float, float], None]
"""Hears which share of the learning is done, and how wrong a network was last."""

_SHARES = {"english": 0.7, "chinese": 0.5}
"""How much of what is said of a text in its language is said by the network for that."""


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
    for name in (NETWORK, *(name for each in FOR_ONE for name in (each.file, each.pieces))):
        path = root / name
        try:
            if path.is_file():
                there[name] = path.read_bytes()
        except OSError:
            raise FlowError([unreadable(str(path))]) from None
        if name in needed and name not in there:
            how = "without --go-on" + (" and with --part both" if name == NETWORK else "")
            raise ConfigError([f"there is no {path} to begin with: learn it first, {how}"])
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
    network, shares = _read_by({**school.known, **learned})
    studied = study(texts, scores, network, school.rules, school.effort, judged=school.judged)
    _show(studied, out)
    table = write_mix(replace(studied.mix, **shares), network.kinds, about)
    return {TABLE: table.encode(), **learned}


def _learned(texts: Sequence[Labelled], school: School) -> dict[str, bytes]:
    if not school.taught:
        return {}
    rounds = school.rounds or _ROUNDS[school.taught]
    with progress("The close reading learns") as done:

        def tell(share: float, _: float) -> None:
            done(share)

        if school.taught == NETWORK:
            return {NETWORK: _taught_both(texts, school, rounds, tell)}
        each = next(each for each in FOR_ONE if each.file == school.taught)
        return _taught_one_language(texts, each, school, rounds, tell)


def _taught_both(texts: Sequence[Labelled], school: School, rounds: int, tell: Tell) -> bytes:
    from bot.assessing.studying import teach  # noqa: PLC0415 - numpy costs every command
    from bot.close_network import load_network  # noqa: PLC0415 - the same

    content = school.known[NETWORK] if school.goes_on else b""
    before = load_network(content, shelf_in(os.environ)) if content else None
    return teach(texts, rounds=rounds, tell=tell, known=before)


def _taught_one_language(
    texts: Sequence[Labelled], each: ForOne, school: School, rounds: int, tell: Tell
) -> dict[str, bytes]:
    """Return its weights, and what it knows of words if that was not there already."""
    from bot.assessing.studying import kinds_in, teach_one_language  # noqa: PLC0415 - as above
    from bot.one_language_network import write_table  # noqa: PLC0415 - as above

    kinds = kinds_in(texts)
    start = _known(each, school, kinds) if school.goes_on else _begun(each, school, kinds)
    content = teach_one_language(texts, each, start, rounds=rounds, tell=tell, kinds=kinds)
    learned = {each.file: content}
    return learned if start.is_known else {**learned, each.pieces: write_table(start.pieces)}


def _begun(each: ForOne, school: School, kinds: Sequence[str]) -> "Start":
    from bot.assessing.studying import begin_chinese, begin_english  # noqa: PLC0415 - as above
    from bot.close_network import load_network  # noqa: PLC0415 - as above

    if each.is_for_letters:
        return begin_english(kinds)
    return begin_chinese(kinds, load_network(school.known[NETWORK], shelf_in(os.environ)))


def _known(each: ForOne, school: School, kinds: Sequence[str]) -> "Start":
    from bot.assessing.studying import Start, check_kinds  # noqa: PLC0415 - as above
    from bot.close_network import load_network  # noqa: PLC0415 - as above
    from bot.one_language_network import cutting, load_one_language, pieces_in  # noqa: PLC0415

    given, files = (school.known[each.file], school.known[each.pieces]), (each.file, each.pieces)
    cut = cutting(each, load_network(school.known[NETWORK], shelf_in(os.environ)))
    network = load_one_language(*given, large=True, files=files, cut=cut)
    check_kinds(network, kinds)
    pieces = pieces_in(*given, files=files)
    return Start(weights=network.weights, pieces=pieces, cut=cut, is_known=True)


def _read_by(networks: Mapping[str, bytes]) -> tuple[Network, dict[str, float]]:
    """Return what reads with *networks*, and the share of each of those for one language.

    One that is missing, or knows other categories, is left out.
    """
    from bot.close_network import load_network, opened  # noqa: PLC0415 - as above
    from bot.one_language_network import load_beside  # noqa: PLC0415 - the same
    from bot.triage.one_language import Together  # noqa: PLC0415 - the same

    both = load_network(networks[NETWORK], shelf_in(os.environ))
    shares = dict.fromkeys(_SHARES, 0.0)
    beside = []
    for each in FOR_ONE:
        if not {each.file, each.pieces} <= networks.keys():
            continue
        kinds, _, _ = opened(networks[each.file], each.file)
        if kinds == both.kinds:
            shares[each.share] = _SHARES[each.share]
            beside.append(load_beside(each, networks, both, shares[each.share]))
    return (Together(both=both, beside=tuple(beside)) if beside else both), shares


def _show(studied: "Studied", out: Console) -> None:
    out.print("Rules, quick and close reading together, on texts that none of them had seen,")
    out.print("each read as a whole; a running Lantern reads long ones sentence by sentence:")
    print_assessment(studied.measured, out, with_texts=False)


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """Show *what* is done, how far it is, and how long it will still take."""
    columns = (TextColumn(what), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("", total=1.0)
        yield lambda share: shown.update(task, completed=share)
