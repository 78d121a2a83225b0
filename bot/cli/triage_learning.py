"""triage train: learning the second opinion from the examples."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

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
from bot.assessing.measure import Assessment, Outcome
from bot.assessing.studying import Studied, study, teach
from bot.building import read_book, read_triage
from bot.cli.triage_tables import print_assessment
from bot.close_network import load_network
from bot.content import content_root
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.shelf import shelf_in
from bot.triage.close import NETWORK, TABLE, write_mix
from bot.triage.concepts import FILE as CONCEPTS
from bot.triage.concepts import Concepts, read_concepts
from bot.triage.opinion import FILE, write_opinion

EXAMPLES = "flows/triage/examples"


class Part(StrEnum):
    """What is learned."""

    BOTH = "both"
    QUICK = "quick"
    CLOSE = "close"
    MIX = "mix"


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
            help="What to learn; mix only weighs anew what there is, after rules changed."
        ),
    ] = Part.BOTH,
    rounds: Annotated[
        int, typer.Option(help="How often the close reading goes through all texts.")
    ] = 4,
    ordinary: Annotated[
        float, typer.Option(help="What share of ordinary texts may be taken for a risk.")
    ] = Effort().ordinary,
    twins: Annotated[
        float, typer.Option(help="The same of harmless texts that look like a risk.")
    ] = Effort().twins,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Measure only, and write nothing.")
    ] = False,
) -> None:
    """Learn the second opinion: the quick reading takes minutes, the close one an hour.

    The quick reading is learned five times without a fifth of the texts and measured on these,
    the close one once without a tenth; twins stay together. The same texts give the same files.
    When rules have changed, --part mix weighs them anew in minutes.
    Needs scikit-learn and autograd: pip install "lantern-chat[train]".
    """
    texts = read_labelled(examples or sorted((content_root() / EXAMPLES).glob("*.jsonl")))
    if not texts:
        raise ConfigError([f"there are no texts to learn from in {EXAMPLES}"])
    texts = (*texts, *_own_texts())
    lessons = lessons_of(texts, _concepts())
    effort = Effort(ordinary=ordinary, twins=twins)
    out = Console()
    scores = cross_score(lessons, effort)
    folder = None if dry_run else target or content_root()
    if part in {Part.BOTH, Part.QUICK}:
        _learn_quick(lessons, scores, effort, folder, out)
    if part is Part.QUICK:
        return
    content = _network_in(folder or content_root())
    if part is not Part.MIX:
        with _progress() as tell:
            content = teach(texts, rounds=rounds, tell=tell)
    network = load_network(content, shelf_in(os.environ))
    studied = study(texts, scores, network, read_triage(), effort)
    _show_close(studied, content, len(texts), folder, out)


def _network_in(root: Path) -> bytes:
    path = root / NETWORK
    return path.read_bytes() if path.is_file() else b""


def _learn_quick(
    lessons: Sequence[Lesson],
    scores: Sequence[float],
    effort: Effort,
    folder: Path | None,
    out: Console,
) -> None:
    texts = [lesson.labelled for lesson in lessons]
    since = threshold(lessons, scores, effort)
    sure = threshold(lessons, scores, effort, share=effort.hasty)
    out.print("The quick reading alone, on texts it had not seen:")
    print_assessment(_measured(texts, scores, since), out, with_texts=False)
    out.print("Where it is sure enough to call somebody soon:")
    print_assessment(_measured(texts, scores, sure), out, with_texts=False)
    if folder is None:
        return
    learned = learn(lessons, effort, since)
    text = write_opinion(learned.heads, learned.rarities, _about(len(texts)), sure=sure)
    _write(folder / FILE, text.encode(), out)


def _show_close(
    studied: Studied, network: bytes, count: int, folder: Path | None, out: Console
) -> None:
    out.print("Rules, quick and close reading together, on texts that none of them had seen:")
    print_assessment(studied.measured, out, with_texts=False)
    if folder is not None:
        table = write_mix(studied.mix, studied.kinds, _about(count))
        _write(folder / TABLE, table.encode(), out)
        _write(folder / NETWORK, network, out)


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


def _write(path: Path, content: bytes, out: Console) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    out.print(f"Written: {path} ({path.stat().st_size / 1000:.0f} kB)", markup=False)


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


def _measured(texts: Sequence[Labelled], scores: Sequence[float], since: float) -> Assessment:
    return Assessment(
        outcomes=tuple(
            Outcome(
                labelled=text,
                level=Level.URGENT if score >= since else Level.NONE,
                categories=frozenset(),
            )
            for text, score in zip(texts, scores, strict=True)
        )
    )
