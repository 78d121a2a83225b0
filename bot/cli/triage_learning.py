"""triage train: learning the second opinion from the examples."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.assessing.labelled import Labelled, read_labelled
from bot.assessing.learning import Effort, cross_score, learn, threshold
from bot.assessing.measure import Assessment, Outcome
from bot.cli.triage_tables import print_assessment
from bot.content import content_root
from bot.domain.errors import ConfigError
from bot.domain.level import Level
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
    false_alarms: Annotated[
        float, typer.Option(help="How many of the harmless texts may be taken for a risk.")
    ] = Effort().false_alarms,
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
    effort = Effort(false_alarms=false_alarms)
    scores = cross_score(texts, effort)
    since = threshold(texts, scores, effort.false_alarms)
    sure = threshold(texts, scores, effort.false_urgent)
    out = Console()
    out.print("The second opinion alone, on texts it had not seen:")
    print_assessment(_measured(texts, scores, since), out, with_texts=False)
    out.print("Where it is sure enough to call somebody soon:")
    print_assessment(_measured(texts, scores, sure), out, with_texts=False)
    if dry_run:
        return
    heads = learn(texts, effort, since)
    path = target or content_root() / FILE
    about = (
        "How much each piece of a text speaks for a risk; see docs/triage.md.",
        f'Learned from {len(texts)} labelled texts by "lantern triage train"; not edited by hand.',
    )
    path.write_text(write_opinion(heads, about, sure=sure), encoding="utf-8")
    out.print(f"Written: {path} ({path.stat().st_size / 1000:.0f} kB)", markup=False)


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
