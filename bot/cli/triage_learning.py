"""triage train: learning the second opinion from the examples."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.assessing.labelled import Labelled, read_labelled
from bot.assessing.learning import (
    Effort,
    Lesson,
    cross_score,
    learn,
    lessons_of,
    threshold,
)
from bot.assessing.measure import assess_scores
from bot.assessing.spelling import spoken_in
from bot.building import read_book
from bot.cli.triage_tables import print_assessment
from bot.content import content_root
from bot.domain.errors import ConfigError, FlowError
from bot.domain.level import Level
from bot.risk_check import read_triage
from bot.shelf import shelf_in
from bot.triage.close import NETWORK, TABLE, unreadable, write_mix
from bot.triage.concepts import FILE as CONCEPTS
from bot.triage.concepts import Concepts, read_concepts
from bot.triage.opinion import FILE, read_opinion, write_opinion
from bot.triage.pinyin import FILE as PINYIN
from bot.triage.pinyin import read_pinyin, write_pinyin
from bot.triage.rules import Rules, with_opinion

if TYPE_CHECKING:
    from bot.assessing.studying import Studied

EXAMPLES = "flows/triage/examples"


class Part(StrEnum):
    """What is learned."""

    BOTH = "both"
    QUICK = "quick"
    CLOSE = "close"
    MIX = "mix"
    PINYIN = "pinyin"


def train(
    *,
    examples: Annotated[
        list[Path] | None,
        typer.Option(help="Labelled texts to learn from, instead of Lantern's own; repeatable."),
    ] = None,
    target: Annotated[
        Path | None, typer.Option(help="The folder to write to, instead of Lantern's own.")
    ] = None,
    part: Annotated[
        Part,
        typer.Option(
            help="What to learn; mix only weighs anew what there is, after rules changed; "
            "pinyin is how what is typed by its sound is read, in seconds."
        ),
    ] = Part.BOTH,
    rounds: Annotated[
        int, typer.Option(min=1, help="How often the close reading goes through all texts.")
    ] = 4,
    go_on: Annotated[
        bool,
        typer.Option(
            "--go-on",
            help="Let the close reading begin with what it knows; two rounds are enough then.",
        ),
    ] = False,
    ordinary: Annotated[
        float, typer.Option(help="What share of ordinary texts may be taken for a risk.")
    ] = Effort().ordinary,
    twins: Annotated[
        float, typer.Option(help="The same of harmless texts that look like a risk.")
    ] = Effort().twins,
    shares_on: Annotated[
        list[Path] | None,
        typer.Option(
            help="Labelled texts on which these shares are kept, instead of on the examples that "
            "are held back, which are harder than what people write; repeatable."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Measure only, and write nothing.")
    ] = False,
) -> None:
    r"""Learn the second opinion: the quick reading takes minutes, the close one an hour.

    The quick reading is learned five times without a fifth of the texts and measured on these,
    the close one once without a tenth; twins stay together. The same texts give the same files.
    How readily all of it together takes a text for a risk is set by --ordinary and --twins.
    When rules have changed, --part mix weighs them anew in minutes. When texts were added,
    --go-on --rounds 2 learns from them in half the time.
    Needs scikit-learn, autograd and pypinyin: pip install "lantern-chat\[train]".
    """
    texts = read_labelled(examples or sorted((content_root() / EXAMPLES).glob("*.jsonl")))
    if not texts:
        raise ConfigError([f"there are no texts to learn from in {EXAMPLES}"])
    root = target or content_root()
    known = _network_in(root) if part is Part.MIX or go_on else b""
    rounds = 0 if part is Part.MIX else rounds
    out = Console()
    if part is Part.PINYIN:
        _learn_pinyin(texts, root, out, dry_run=dry_run)
        return
    texts = (*_as_read(texts), *_own_texts())
    judged = _judged(shares_on, texts) if shares_on else ()
    lessons = lessons_of(texts, _concepts())
    effort = Effort(ordinary=ordinary, twins=twins)
    scores = cross_score(lessons, effort)
    written: dict[str, bytes] = {}
    if part in {Part.BOTH, Part.QUICK}:
        since, sure = (threshold(texts, scores, effort, share=s) for s in (1.0, effort.hasty))
        _show_quick(texts, scores, since, sure, out)
        is_needed = not dry_run or judged
        written[FILE] = _learn_quick(lessons, effort, since, sure) if is_needed else b""
    if part is not Part.QUICK:
        rules = _rules_with(written.get(FILE, b""), target)
        school = _School(rounds=rounds, known=known, effort=effort, judged=judged, rules=rules)
        written |= _learn_closely(texts, scores, school, out)
    if not dry_run:
        _write(root, written, out)


def _learn_pinyin(texts: Sequence[Labelled], root: Path, out: Console, *, dry_run: bool) -> None:
    content = write_pinyin(spoken_in(text.text for text in texts), _about(len(texts)))
    read_pinyin(content)
    if not dry_run:
        _write(root, {PINYIN: content.encode()}, out)


def _as_read(texts: Sequence[Labelled]) -> Iterator[Labelled]:
    """Yield *texts* as a running Lantern reads them: in characters, what was typed in pinyin."""
    pinyin = read_triage().pinyin
    for text in texts:
        read = pinyin.read(text.text) if pinyin else ""
        yield replace(text, text=read) if read else text


def _network_in(root: Path) -> bytes:
    """Return the network that is to be weighed anew, or to go on learning.

    Raises:
        ConfigError: there is none.
        FlowError: it cannot be read.

    """
    path = root / NETWORK
    if not path.is_file():
        text = (
            f"there is no {path} to begin with: leave out --part mix, or --go-on, and it is "
            "learned first"
        )
        raise ConfigError([text])
    try:
        return path.read_bytes()
    except OSError:
        raise FlowError([unreadable(str(path))]) from None


def _show_quick(
    texts: Sequence[Labelled], scores: Sequence[float], since: float, sure: float, out: Console
) -> None:
    out.print("The quick reading alone, on texts it had not seen:")
    print_assessment(assess_scores(texts, scores, since), out, with_texts=False)
    out.print("Where it is sure enough to call somebody soon:")
    print_assessment(assess_scores(texts, scores, sure), out, with_texts=False)


def _learn_quick(lessons: Sequence[Lesson], effort: Effort, since: float, sure: float) -> bytes:
    learned = learn(lessons, effort, since)
    about = _about(len(lessons))
    return write_opinion(learned.heads, learned.rarities, about, sure=sure).encode()


def _judged(files: Sequence[Path], texts: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """Return the texts in *files* that are not among *texts*: on them false alarms are counted.

    Raises:
        ConfigError: none of them is harmless.

    """
    known = {each.text for each in texts}
    judged = tuple(each for each in _as_read(read_labelled(files)) if each.text not in known)
    if not any(each.level is Level.NONE for each in judged):
        text = "of the texts on which the shares are to be kept, none is harmless and no example"
        raise ConfigError([text])
    return judged


def _rules_with(opinion: bytes, target: Path | None) -> Rules:
    """Return the rules beside the quick reading in *opinion*, or beside that in *target*."""
    rules = read_triage(target)
    return with_opinion(rules, read_opinion(opinion.decode(), _concepts())) if opinion else rules


@dataclass(frozen=True, slots=True, kw_only=True)
class _School:
    """How the close reading is taught, and with what it is weighed.

    Without ``rounds`` it learns nothing new; it goes on from the network that is ``known``, if
    there is one. ``judged`` are the texts on which false alarms are counted, if there are any.
    """

    rounds: int
    known: bytes
    effort: Effort
    judged: Sequence[Labelled]
    rules: Rules


def _learn_closely(
    texts: Sequence[Labelled],
    scores: Sequence[float],
    how: _School,
    out: Console,
) -> dict[str, bytes]:
    """Return the two files of the close reading."""
    from bot.assessing.studying import study, teach  # noqa: PLC0415 - numpy costs every command
    from bot.close_network import load_network  # noqa: PLC0415 - the same

    content = how.known
    if how.rounds:
        before = load_network(how.known, shelf_in(os.environ)) if how.known else None
        with _progress() as tell:
            content = teach(texts, rounds=how.rounds, tell=tell, known=before)
    network = load_network(content, shelf_in(os.environ))
    studied = study(texts, scores, network, how.rules, how.effort, judged=how.judged)
    _show_close(studied, out)
    table = write_mix(studied.mix, network.kinds, _about(len(texts)))
    return {TABLE: table.encode(), NETWORK: content}


def _show_close(studied: "Studied", out: Console) -> None:
    out.print("Rules, quick and close reading together, on texts that none of them had seen,")
    out.print("each read as a whole; a running Lantern reads long ones sentence by sentence:")
    print_assessment(studied.measured, out, with_texts=False)


@contextmanager
def _progress() -> Iterator[Callable[[float, float], None]]:
    """Show how far the close reading is, and how long it will still take."""
    columns = (TextColumn("The close reading learns"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda share, _: progress.update(task, completed=share)


def _about(count: int) -> tuple[str, str]:
    return (
        "How much speaks for a risk; see docs/triage.md.",
        f'Learned from {count} texts by "lantern triage train"; not edited by hand.',
    )


def _write(root: Path, written: dict[str, bytes], out: Console) -> None:
    for name, content in written.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        out.print(f"Written: {path} ({len(content) / 1000:.0f} kB)", markup=False)


def _own_texts() -> Iterator[Labelled]:
    """Yield what stands on Lantern's own buttons: whoever sends it back tells of nothing new."""
    book = read_book()
    labels = {
        (language, book.wording.say(f"{place}.answers.{key}", source, language))
        for place, state in book.release().plan.states.items()
        for key, source in state.answers.items()
        for language in book.wording.languages
    }
    for number, (language, label) in enumerate(sorted(labels), 1):
        yield Labelled(id=f"own-{number}", text=label, level=Level.NONE, language=language)


def _concepts() -> Concepts:
    return read_concepts((content_root() / CONCEPTS).read_text(encoding="utf-8"))
