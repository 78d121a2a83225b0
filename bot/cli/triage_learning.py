"""triage train: learning the second opinion from the examples."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.assessing.labelled import Labelled, read_labelled
from bot.assessing.learning import Effort, cross_score, learn, lessons_of, threshold
from bot.assessing.measure import Assessment, Outcome
from bot.building import read_book
from bot.cli.triage_tables import print_assessment
from bot.content import content_root
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.triage.concepts import FILE as CONCEPTS
from bot.triage.concepts import Concepts, read_concepts
from bot.triage.opinion import FILE, write_opinion

EXAMPLES = "flows/triage/examples"


def train(
    *,
    examples: Annotated[
        list[Path] | None,
        typer.Option(help="Labelled texts to learn from, instead of Lantern's own; repeatable."),
    ] = None,
    target: Annotated[
        Path | None, typer.Option(help="Where to write, instead of Lantern's own file.")
    ] = None,
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
    """Learn the second opinion from labelled texts, and write it to a file people can read.

    Five times it is learned without a fifth of the texts and measured on these; twins stay
    together. The same texts give the same file. Needs scikit-learn: pip install
    "lantern-chat[train]".
    """
    texts = read_labelled(examples or sorted((content_root() / EXAMPLES).glob("*.jsonl")))
    if not texts:
        raise ConfigError([f"there are no texts to learn from in {EXAMPLES}"])
    texts = (*texts, *_own_texts())
    lessons = lessons_of(texts, _concepts())
    effort = Effort(ordinary=ordinary, twins=twins)
    scores = cross_score(lessons, effort)
    since = threshold(lessons, scores, effort)
    sure = threshold(lessons, scores, effort, share=effort.hasty)
    out = Console()
    out.print("The second opinion alone, on texts it had not seen:")
    print_assessment(_measured(texts, scores, since), out, with_texts=False)
    out.print("Where it is sure enough to call somebody soon:")
    print_assessment(_measured(texts, scores, sure), out, with_texts=False)
    if dry_run:
        return
    learned = learn(lessons, effort, since)
    path = target or content_root() / FILE
    about = (
        "How much each piece of a text speaks for a risk; see docs/triage.md.",
        f'Learned from {len(texts)} texts by "lantern triage train"; not edited by hand.',
    )
    text = write_opinion(learned.heads, learned.rarities, about, sure=sure)
    path.write_text(text, encoding="utf-8")
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


def _measured(texts: tuple[Labelled, ...], scores: list[float], since: float) -> Assessment:
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
