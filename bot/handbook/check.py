"""What must be true of the handbook before workers go by it. Yields findings, never raises."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.directory.model import Directory
from bot.directory.review import check_review
from bot.directory.say import PLACEHOLDER, placeholder_values
from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.flow.strict import hint
from bot.guidance.proved import check_proved, read_proved_in
from bot.handbook.model import DURATIONS, FACTS, Block, Handbook, Kind, Section, Words
from bot.handbook.page import read_page
from bot.handbook.read import FILE, PAGE, read_shelf

LEVELS = tuple(fact for fact in FACTS if fact.startswith("level_"))

_NUMBER = "[0-9一二三四五六七八九十百零]+"
_CITED = expression(rf"第\s*{_NUMBER}\s*条|《[^》]*[法典例定]》|\barticles? [0-9]+", re.IGNORECASE)
"""What cites the law in the words themselves, where nothing could prove it."""


def check_handbook(texts: Mapping[str, str], directory: Directory) -> list[Finding]:
    """Return all that is wrong with the handbook in *texts*, sorted by file and line.

    H100 no file · H101 a word is missing · H102 unknown word · H103 wrong form · H104 a language
    is missing, or a section is known to its page alone · H105 the law · H106 a level is not told of
    · H110 the review · H111 a placeholder · H114 languages differ · G122 nobody has proved a
    citation.
    """
    handbook, findings = read_shelf(texts)
    findings.extend(check_review(handbook.review, "H110"))
    table = read_proved_in(texts)
    for section in handbook.sections:
        findings.extend(_section(section, directory))
        findings.extend(check_proved(section, table, directory.statutes))
    findings.extend(_levels(handbook))
    findings.extend(_strays(texts, handbook))
    return sorted(set(findings))


def _at(section: Section, code: str, text: str) -> Finding:
    return Finding(file=section.file, line=section.line, code=code, text=text)


def _section(section: Section, directory: Directory) -> Iterator[Finding]:
    for citation in section.citations:
        if citation.law not in directory.laws:
            near = hint(citation.law, list(directory.laws))
            text = f'"{citation.law}" is not a law of laws.yaml{near}'
            yield Finding(file=section.file, line=citation.line, code="H105", text=text)
    for language in directory.languages:
        words = section.words.get(language)
        if words is None or not words.blocks:
            yield _at(section, "H104", f'"{section.id}" has no words in {language}')
            continue
        names = (*placeholder_values(directory, language), *DURATIONS)
        for block in words.blocks:
            yield from _block(block, words, names)
    yield from _sameness(section)


def _block(block: Block, words: Words, names: Sequence[str]) -> Iterator[Finding]:
    known = FACTS if block.kind is Kind.FACT else names
    text = "\n".join(block.lines)
    used = block.lines if block.kind is Kind.FACT else PLACEHOLDER.findall(text)
    for name in used:
        if name not in known:
            fault = f"{{{name}}} is not known here{hint(name, known)}"
            yield Finding(file=words.file, line=block.line, code="H111", text=fault)
    if cited := _CITED.search(text):
        fault = f'"{cited[0]}": cite the law under "citations" of {FILE}, where it is proved'
        yield Finding(file=words.file, line=block.line, code="H105", text=fault)


def _sameness(section: Section) -> Iterator[Finding]:
    """Yield where languages do not tell the same: by their blocks, and what is filled in."""
    told = {language: _told(words) for language, words in section.words.items()}
    if len(set(told.values())) > 1:
        languages = ", ".join(sorted(told))
        text = f'"{section.id}" differs in {languages}: other lists, facts or placeholders'
        yield _at(section, "H114", text)


def _told(words: Words) -> tuple[object, ...]:
    blocks = tuple(
        (block.kind, len(block.lines) if block.kind in {Kind.LIST, Kind.STEPS} else 0)
        for block in words.blocks
    )
    text = "\n".join(line for block in words.blocks for line in block.lines)
    return blocks, words.facts, tuple(sorted(PLACEHOLDER.findall(text)))


def _levels(handbook: Handbook) -> Iterator[Finding]:
    words = (each for section in handbook.sections for each in section.words.values())
    told = {fact for each in words for fact in each.facts}
    for fact in LEVELS:
        if handbook.sections and fact not in told:
            text = f"no section tells of {{{fact}}}: workers must find the times of each level"
            yield Finding(file=FILE, line=1, code="H106", text=text)


def _strays(texts: Mapping[str, str], handbook: Handbook) -> Iterator[Finding]:
    """Yield each section of a page that :data:`FILE` does not know, and so nobody sees."""
    known = {section.id for section in handbook.sections}
    for file in sorted(texts):
        if PAGE.fullmatch(file):
            for id_, words in read_page(texts[file], file)[0].items():
                if id_ not in known:
                    text = f'"{id_}" does not stand in {FILE}, so nobody is shown it'
                    yield Finding(file=file, line=words.line, code="H104", text=text)
