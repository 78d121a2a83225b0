"""What an assessment looks like, for people and for programs."""

from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table

from bot.assessing.labelled import Labelled
from bot.assessing.measure import Assessment
from bot.domain.level import Level
from bot.domain.share import Share


def shares(measured: Assessment) -> Iterator[tuple[str, Share]]:
    """Yield what was measured, each with its name."""
    yield "recall, emergencies", measured.emergencies
    yield "recall, any risk", measured.recall(lambda _: True)
    yield "recall, indirect ones", measured.recall(lambda text: text.is_indirect)
    yield "precision", measured.precision
    yield "false alarms, ordinary texts", measured.false_alarms_on_ordinary
    yield "false alarms, harmless twins", measured.false_alarms_on_twins
    yield "level right or one too high, risks seen", measured.levels_right
    yield "level right or one too high, all texts", measured.levels_fitting
    yield "seen at all, anything told", measured.anything
    yield "seen at all, small worries", measured.worries
    yield "seen at all, ordinary texts", measured.read_on_ordinary
    yield "seen at all, harmless twins", measured.read_on_twins
    yield "level right or one too high, anything told", measured.levels_of_all_told
    for language in sorted({o.labelled.language for o in measured.outcomes}):
        yield f"recall, {language}", measured.recall(_in(language))
    for writer in sorted({o.labelled.writer for o in measured.outcomes}):
        yield f"recall, {writer}", measured.recall(_by(writer))
    for kind in sorted({k for o in measured.outcomes for k in o.labelled.categories}):
        yield f"recall, {kind}", measured.recall(_about(kind))


def _in(language: str) -> Callable[[Labelled], bool]:
    return lambda text: text.language == language


def _by(writer: str) -> Callable[[Labelled], bool]:
    return lambda text: text.writer == writer


def _about(kind: str) -> Callable[[Labelled], bool]:
    return lambda text: kind in text.categories


def as_document(measured: Assessment) -> dict[str, object]:
    """Return *measured* as JSON holds it; no text is in it."""
    return {
        "texts": len(measured.outcomes),
        "shares": {
            name: {
                "value": round(share.value, 4),
                "count": share.count,
                "of": share.of,
                "interval": [round(end, 4) for end in share.interval],
            }
            for name, share in shares(measured)
        },
        "confusion": {
            given.word: {seen.word: count for seen, count in row.items()}
            for given, row in measured.confusion().items()
        },
        "misses": [outcome.labelled.id for outcome in measured.misses()],
    }


def print_assessment(measured: Assessment, out: Console, *, with_texts: bool) -> None:
    """Print *measured* as tables; the texts that were missed only *with_texts*."""
    table = Table(title=f"{len(measured.outcomes):,} texts", title_justify="left")
    for heading in ("", "share", "of", "95 %"):
        table.add_column(heading, justify="left" if not heading else "right", no_wrap=True)
    for name, share in shares(measured):
        low, high = share.interval
        table.add_row(name, f"{share.value:.3f}", f"{share.of:,}", f"{low:.2f}–{high:.2f}")
    out.print(table)
    out.print(_confusion(measured))
    misses = measured.misses()
    if misses:
        out.print("Missed, the most pressing first:")
    for outcome in misses:
        out.print(_miss(outcome.labelled, with_text=with_texts), markup=False)


def _confusion(measured: Assessment) -> Table:
    table = Table(title="people say, and below it what was seen", title_justify="left")
    table.add_column("people say")
    for level in Level:
        table.add_column(f"seen: {level.word}", justify="right")
    for given, row in measured.confusion().items():
        table.add_row(given.word, *(str(row[level]) for level in Level))
    return table


def _miss(text: Labelled, *, with_text: bool) -> str:
    kinds = ", ".join(text.categories)
    shown = f": {' / '.join((*text.history, text.text))}" if with_text else ""
    return f"  {text.id} {text.level.word} {kinds}{shown}"
