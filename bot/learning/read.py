"""Reading all there is to learn: text in, Learning or all faults of form out."""

from collections.abc import Iterator, Mapping
from datetime import time

from bot.directory.review import read_review
from bot.directory.sections import PageSection, read_sections
from bot.directory.sheet import Sheet, open_sheet
from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.flow.strict import Node
from bot.learning.model import Basis, Hours, Learning, Lesson, Question, Series
from bot.learning.page import wording_of

RIGHTS = "flows/learning/rights.yaml"
EVENINGS = "flows/learning/evenings.yaml"
QUIZ = "flows/learning/quiz.yaml"
HOURS = "flows/learning/hours.yaml"
FILES: Mapping[Series, str] = {Series.RIGHT: RIGHTS, Series.EVENING: EVENINGS}
ANSWERS = 3
"""How many answers a question of the quiz has."""

_PAGE = expression(r"locales/(?P<language>\w+)/learning/(?P<name>\w+)\.md")
_ID = expression(r"[a-z0-9_]+")
_TIME = expression(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NOTHING = Node(value={}, line=1)

Pages = Mapping[str, Mapping[str, Mapping[str, PageSection]]]
"""A file's name, a language, an id."""


def read_learning(texts: Mapping[str, str]) -> Learning:
    """Return what stands in ``flows/learning`` and ``locales/…/learning`` among *texts*.

    Raises:
        FlowError: a file lacks the form. Carries all findings (E1xx).

    """
    learning, findings = read_shelf(texts)
    if findings:
        raise FlowError(findings)
    return learning


def read_shelf(texts: Mapping[str, str]) -> tuple[Learning, list[Finding]]:
    """Return everything that can be read, sound or not, and the faults of form."""
    pages, findings = _read_pages(texts)
    sheets = {
        file: open_sheet(texts, file, kind="E", languages=())
        for file in (RIGHTS, EVENINGS, QUIZ, HOURS)
    }
    learning = Learning(
        lessons={
            series: tuple(_lessons(sheets[file], pages.get(_name(file), {})))
            for series, file in FILES.items()
        },
        questions={each.id: each for each in _questions(sheets[QUIZ], pages.get(_name(QUIZ), {}))},
        hours=_hours(sheets[HOURS]),
        reviews=tuple(read_review(sheets[file]) for file in (RIGHTS, EVENINGS, QUIZ)),
    )
    for sheet in sheets.values():
        findings.extend(sheet.findings)
    findings.extend(_strays(sheets, pages))
    return learning, findings


def _name(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yaml")


def _read_pages(texts: Mapping[str, str]) -> tuple[Pages, list[Finding]]:
    pages: dict[str, dict[str, dict[str, PageSection]]] = {}
    findings: list[Finding] = []
    for file in sorted(texts):
        if match := _PAGE.fullmatch(file):
            sections, faults = read_sections(texts[file], file, ids=_ID, code="E103")
            pages.setdefault(match["name"], {})[match["language"]] = sections
            findings.extend(faults)
    return pages, findings


def _entries(sheet: Sheet) -> Iterator[tuple[str, Node]]:
    return sheet.entries(_name(sheet.file), needed=("reviewed",))


def _lessons(sheet: Sheet, pages: Mapping[str, Mapping[str, PageSection]]) -> Iterator[Lesson]:
    for id_, node in _entries(sheet):
        sheet.check_keys(node, ("law", "article"), ("speaks_of", "only_when_asked"))
        yield Lesson(
            id=id_,
            basis=_basis(sheet, node),
            texts={language: found[id_].text for language, found in pages.items() if id_ in found},
            is_sent=not sheet.is_yes(node, "only_when_asked"),
        )


def _questions(sheet: Sheet, pages: Mapping[str, Mapping[str, PageSection]]) -> Iterator[Question]:
    for id_, node in _entries(sheet):
        sheet.check_keys(node, ("law", "article", "right"), ("speaks_of",))
        right = sheet.word(node, "right")
        is_place = right.isdecimal() and 0 < int(right) <= ANSWERS
        if "right" in node.block and not is_place:
            sheet.fault(node.block["right"].line, 103, f'"right" is a number from 1 to {ANSWERS}')
        yield Question(
            id=id_,
            basis=_basis(sheet, node),
            right=int(right) - 1 if is_place else 0,
            wordings={
                language: wording_of(found[id_])
                for language, found in pages.items()
                if id_ in found
            },
        )


def _basis(sheet: Sheet, node: Node) -> Basis:
    law, article, speaks_of = (sheet.word(node, key) for key in ("law", "article", "speaks_of"))
    return Basis(law=law, article=article, speaks_of=speaks_of, line=node.line)


def _hours(sheet: Sheet) -> Hours:
    root = sheet.root
    sheet.check_keys(root, (*Series, "silent_from", "silent_until"))
    at = {series: _time(sheet, series) for series in Series}
    hours = Hours(
        at=at,
        silent_from=_time(sheet, "silent_from"),
        silent_until=_time(sheet, "silent_until"),
    )
    for series, moment in at.items():
        if series in root.block and not hours.silent_until <= moment < hours.silent_from:
            line = root.block[series].line
            sheet.fault(line, 108, f'"{series}" falls into the hours in which nothing is sent')
    return hours


def _time(sheet: Sheet, key: str) -> time:
    text = sheet.word(sheet.root, key)
    if _TIME.fullmatch(text):
        return time.fromisoformat(text)
    if key in sheet.root.block:
        sheet.fault(sheet.root.block[key].line, 103, f'"{key}" must be a time of day like "17:40"')
    return time(12)


def _strays(sheets: Mapping[str, Sheet], pages: Pages) -> Iterator[Finding]:
    """Yield each section of a page that has no facts."""
    for file in (RIGHTS, EVENINGS, QUIZ):
        name = _name(file)
        known = sheets[file].root.block.get(name, _NOTHING).block
        for sections in pages.get(name, {}).values():
            for id_, section in sections.items():
                if id_ not in known:
                    text = f'"{id_}" does not stand in {file}'
                    yield Finding(file=section.file, line=section.line, code="E104", text=text)
