"""triage: what the risk check sees, and how well it does."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.assessing.labelled import read_labelled
from bot.assessing.measure import assess
from bot.cli.examples import examples
from bot.cli.json_lines import write_line
from bot.cli.own_content import Own
from bot.cli.triage_learning import train
from bot.cli.triage_proving import lint, replay
from bot.cli.triage_tables import as_document, print_assessment
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.risk_check import read_triage
from bot.triage.closely import find_closely
from bot.triage.rules import Rules
from bot.triage.signals import explain, level_of

app = typer.Typer(help="What the risk check sees, and how well it does.", no_args_is_help=True)
app.command(epilog=examples("lantern triage train", "lantern triage train --dry-run"))(train)
app.command(epilog=examples("lantern triage lint"))(lint)
app.command(epilog=examples("lantern triage replay", "lantern triage replay --case L-0012"))(replay)

NEVER_SAFE = "Nothing seen never means safe: only a person who asks can know."
_SHAPES = {Level.EMERGENCY: "⯃", Level.URGENT: "▲", Level.ROUTINE: "◯", Level.NONE: "–"}
_STYLES = {
    Level.EMERGENCY: "bold red",
    Level.URGENT: "bold yellow",
    Level.ROUTINE: "blue",
    Level.NONE: "dim",
}
_INDENTED = (0, 0, 0, 2)
LANGUAGES = ("en", "zh_CN")
"""The languages in which every rule says its reason."""


@app.command(
    epilog=examples(
        'lantern triage check "爸爸喝酒以后我不敢回家"',
        'lantern triage check "and nobody would care" --before "sometimes I want to be gone"',
    )
)
def check(
    text: Annotated[str, typer.Argument(help="What somebody wrote.")],
    *,
    before: Annotated[
        list[str] | None, typer.Option(help="What they wrote before, oldest first; repeatable.")
    ] = None,
    lang: Annotated[str, typer.Option(help="The language of the reasons: en or zh_CN.")] = "en",
    content: Own = None,
) -> None:
    """Explain what the risk check sees in a text, and why.

    Nothing is kept or sent anywhere.
    """
    if not text.strip():
        raise ConfigError(["there is nothing to look at: give the text that somebody wrote"])
    if lang not in LANGUAGES:
        raise ConfigError([f"there are no reasons in {lang}; --lang is {' or '.join(LANGUAGES)}"])
    rules = read_triage(content)
    signals = find_closely(text, rules, before or ())
    level = level_of(signals)
    out = Console()
    out.print(f"{_SHAPES[level]} {level.word}", style=_STYLES.get(level))
    out.print(_marked(text, signals))
    _print_signals(out, signals, lang)
    if rules.opinion is not None:
        _print_opinion(out, " ".join((*(before or ()), text)), rules)
    out.print(NEVER_SAFE, style="dim")


@app.command(epilog=examples("lantern triage run --jsonl < texts.jsonl > seen.jsonl"))
def run(
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Lines of JSON in and out.")] = True,
    content: Own = None,
) -> None:
    """Read texts as lines of JSON, and write what is seen in each, one line for one line.

    In: {"id", "text"}, and if there are any "history" (earlier texts, oldest first) and "writer"
    (child or adult). Out: {"id", "level", "categories", "signals"}. A line that cannot be read
    gets {"id", "error"}; the command then ends with 1.
    """
    del jsonl
    rules = read_triage(content)
    is_whole = True
    for line in sys.stdin.buffer:
        if line.strip():
            is_whole = write_line(_answer(line, rules)) and is_whole
    if not is_whole:
        raise typer.Exit(1)


@app.command(
    name="eval",
    epilog=examples("lantern triage eval texts.jsonl", "lantern triage eval our/*.jsonl --json"),
)
def evaluate(
    files: Annotated[
        list[Path], typer.Argument(help="Labelled texts.", exists=True, dir_okay=False)
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the texts that were missed, not only their ids.")
    ] = False,
    half: Annotated[
        str, typer.Option(help="Only texts of this half of a test set: open, or held_out.")
    ] = "",
    content: Own = None,
) -> None:
    """Measure the risk check on texts that people labelled: recall, precision, false alarms.

    Each line is {"id", "text", "level", "categories"}, and if known "lang", "writer", "history",
    "indirect", "twin" (the id of a text that looks alike and means something else), "half".
    """
    rules = read_triage(content)
    texts = [text for text in read_labelled(files) if half in {"", text.half}]
    if not texts:
        raise ConfigError([f"no text is of the half {half}" if half else "there are no texts"])
    measured = assess(texts, lambda text, history: find_closely(text, rules, history))
    if as_json:
        typer.echo(orjson.dumps(as_document(measured), option=orjson.OPT_INDENT_2).decode())
    else:
        print_assessment(measured, Console(), with_texts=show)


def _answer(line: bytes, rules: Rules) -> dict[str, object]:
    try:
        asked = orjson.loads(line)
        text, history = asked["text"], asked.get("history") or []
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {"id": _id_in(line), "error": 'not a line of JSON with "id" and "text"'}
    if not isinstance(text, str):
        return {"id": asked.get("id"), "error": '"text" is not a text'}
    if not isinstance(history, list) or not all(isinstance(each, str) for each in history):
        return {"id": asked.get("id"), "error": '"history" is not a list of texts'}
    signals = find_closely(text, rules, history)
    return {
        "id": asked.get("id"),
        "level": level_of(signals).word,
        "categories": sorted({signal.category for signal in signals}),
        "signals": [_document(signal) for signal in signals],
    }


def _id_in(line: bytes) -> object:
    try:
        asked = orjson.loads(line)
    except ValueError:
        return None
    return asked.get("id") if isinstance(asked, dict) else None


def _document(signal: Signal) -> dict[str, object]:
    return {
        "rule": signal.rule,
        "category": signal.category,
        "level": signal.level.word,
        "words": signal.words,
        "start": signal.start,
        "end": signal.end,
        "rules_version": signal.rules_version,
    }


def _marked(text: str, signals: tuple[Signal, ...]) -> Text:
    marked = Text(text)
    for signal in reversed(signals):
        marked.stylize("reverse", signal.start, signal.end)
    return marked


def _print_signals(out: Console, signals: Sequence[Signal], language: str) -> None:
    """Print each signal: how pressing, what, in which words, why, and by which rule."""
    for signal in signals:
        kind = signal.category.replace("_", " ")
        out.print()
        head = Text(f"{_SHAPES[signal.level]} {signal.level.word}", style=_STYLES[signal.level])
        out.print(head.append(f"  {kind}  ", style="default").append(f'"{signal.words}"'))
        out.print(Padding(Text(explain(signal, language)), _INDENTED))
        place = f"rule {signal.rule}, characters {signal.start} to {signal.end}"
        out.print(Padding(Text(place, style="dim"), _INDENTED))
    out.print()


def _print_opinion(out: Console, text: str, rules: Rules) -> None:
    if rules.opinion is None:
        return
    read = rules.pinyin.read(text) if rules.pinyin else ""
    if read:
        out.print(f"read from pinyin: {read}", markup=False)
    judged = rules.opinion.judge(read or text)
    pieces = ", ".join(f"{r.piece!r} {r.weight:+.2f}" for r in judged.reasons)
    says = f"quick reading of all of it: {judged.level.word}, likelihood {judged.likelihood:.0%}"
    out.print(f"{says}; strongest: {pieces or 'nothing it knows'}", markup=False)
