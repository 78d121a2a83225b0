"""Reading the handbook: text in, Handbook or all faults of form out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.directory.model import Directory
from bot.directory.review import read_review
from bot.directory.sheet import Sheet, open_sheet
from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.guidance.proved import is_proved, read_citations, read_proved_in
from bot.handbook.model import Handbook, Section, Words
from bot.handbook.page import read_page

FILE = "flows/desk/handbook.yaml"
_PROVED = ("law", "article", "speaks_of")
PAGE = expression(r"locales/(?P<language>\w+)/desk/handbook\.md")

Pages = Mapping[str, Mapping[str, Words]]
"""A language, then the id of a section."""


def read_handbook(texts: Mapping[str, str], directory: Directory) -> Handbook:
    """Return the handbook among *texts*, without the sections whose law nobody has proved.

    Raises:
        FlowError: a file lacks the form. Carries all findings (H1xx).

    """
    handbook, findings = read_shelf(texts)
    if findings:
        raise FlowError(findings)
    table = read_proved_in(texts)

    def is_sound(section: Section) -> bool:
        statutes = directory.statutes
        return all(is_proved(each, table, statutes.get(each.law)) for each in section.citations)

    shown = tuple(section for section in handbook.sections if is_sound(section))
    left_out = tuple(section for section in handbook.sections if section not in shown)
    return replace(handbook, sections=shown, left_out=left_out)


def read_shelf(texts: Mapping[str, str]) -> tuple[Handbook, list[Finding]]:
    """Return everything that can be read, sound or not, and the faults of form."""
    pages, findings = _read_pages(texts)
    sheet = open_sheet(texts, FILE, kind="H", languages=())
    handbook = Handbook(sections=tuple(_sections(sheet, pages)), review=read_review(sheet))
    return handbook, [*findings, *sheet.findings]


def _read_pages(texts: Mapping[str, str]) -> tuple[Pages, list[Finding]]:
    pages: dict[str, Mapping[str, Words]] = {}
    findings: list[Finding] = []
    for file in sorted(texts):
        if match := PAGE.fullmatch(file):
            pages[match["language"]], faults = read_page(texts[file], file)
            findings.extend(faults)
    return pages, findings


def _sections(sheet: Sheet, pages: Pages) -> Iterator[Section]:
    for id_, node in sheet.entries("sections", needed=("reviewed",)):
        sheet.check_keys(node, (), ("citations",))
        yield Section(
            id=id_,
            file=sheet.file,
            line=node.line,
            citations=tuple(read_citations(sheet, node, needed=_PROVED)),
            words={language: found[id_] for language, found in pages.items() if id_ in found},
        )
