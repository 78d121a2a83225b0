"""Reading the files of the directory: text in, one Directory or all faults out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.directory.hours import Opening, ReadingHours, read_opening
from bot.directory.model import Directory, Helpline, Organisation, Queue, Statute, Texts, Tried
from bot.directory.places import FILE as PLACES
from bot.directory.places import read_places
from bot.directory.return_code import CodeWord, CodeWords
from bot.directory.say import PLACEHOLDER
from bot.directory.sheet import Sheet, open_sheet
from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.domain.level import Level, level_named
from bot.flow.strict import Node, hint

HELPLINES = "flows/directory/helplines.yaml"
ORGANISATION = "flows/directory/organisation.yaml"
QUEUES = "flows/directory/queues.yaml"
PHRASES = "flows/directory/phrases.yaml"
CODE_WORDS = "flows/directory/code_words.yaml"
_PINYIN = "pinyin"
LAWS = "flows/guidance/laws.yaml"
HOW_MANY_CODE_WORDS = 256
OF_A_STATUTE = ("statute", "as_of")
SHORTEST_SAFE_WORD = 4
_SAID_BY_NOBODY = "web_address"
"""Stood in the file once, and was never told to anybody; copies of it may still have it."""

NUMBER = expression(r"[0-9]{3,12}")

PHRASE_PLACEHOLDERS = {
    "helpline": {"name", "number", "for"},
    "with_hours": {"helpline", "hours"},
    "between_hours": set[str](),
    "hours_differ": set[str](),
    "not_all_night": set[str](),
    "at_night": set[str](),
    "law": {"citations"},
    "between_laws": set[str](),
    "citation": {"law", "article"},
    "citations": {"law", "articles"},
    "between_articles": set[str](),
    "sources": {"sources"},
    "place": {"name", "where", "hours", "checked"},
    "checked_on": {"day"},
    "day_span": {"first", "last"},
    "opening": {"days", "opens", "closes"},
    "between_openings": set[str](),
    "next_child_report": set[str](),
    "next_child_person": set[str](),
    "next_adult_report": set[str](),
    "next_adult_person": set[str](),
}
"""Each phrase the program uses, and what is filled into it besides numbers."""

LATER_PHRASES = frozenset({"at_night", "sources", "place", "checked_on"})
"""Phrases that an organisation's own file from before may lack."""


def read_directory(texts: Mapping[str, str]) -> Directory:
    """Return what the directory's files say; *texts* maps their names to their content.

    Files of other names are passed over. A language is whatever the phrases speak.

    Raises:
        FlowError: a file is missing or wrong. Carries all findings (D1xx) at once.

    """
    findings: list[Finding] = []
    languages = _languages(texts, findings)

    def opened(file: str) -> Sheet:
        return open_sheet(texts, file, kind="D", languages=languages)

    sheets = {file: opened(file) for file in (HELPLINES, ORGANISATION, QUEUES, PHRASES)}
    sheets |= {file: opened(file) for file in (CODE_WORDS, LAWS)}
    if has_places := PLACES in texts:
        sheets[PLACES] = opened(PLACES)
    helplines = _helplines(sheets[HELPLINES])
    directory = Directory(
        languages=languages,
        helplines=helplines,
        organisation=_organisation(sheets[ORGANISATION]),
        queues=_queues(sheets[QUEUES]),
        laws=_laws(sheets[LAWS]),
        phrases=_phrases(sheets[PHRASES], helplines),
        code_words=_code_words(sheets[CODE_WORDS]),
        statutes=dict(_statutes(sheets[LAWS])),
        sources=_sources(sheets[LAWS]),
        places=read_places(sheets[PLACES]) if has_places else {},
    )
    for sheet in sheets.values():
        findings.extend(sheet.findings)
    if findings:
        raise FlowError(findings)
    return directory


def _languages(texts: Mapping[str, str], findings: list[Finding]) -> Sequence[str]:
    sheet = open_sheet(texts, PHRASES, kind="D", languages=())
    spoken = {
        language: None
        for section in sheet.root.block.values()
        for entry in section.block.values()
        for language in entry.block
    }
    if not spoken and not sheet.findings:
        findings.append(Finding(file=sheet.file, line=1, code="D104", text="no language is here"))
    return tuple(spoken)


def _helplines(sheet: Sheet) -> dict[str, Helpline]:
    return {name: _helpline(sheet, name, node) for name, node in sheet.entries("helplines")}


def _helpline(sheet: Sheet, name: str, node: Node) -> Helpline:
    needed = ("number", "names", "for", "last_checked", "verified")
    sheet.check_keys(node, needed, ("hours", "not_all_night", "tried"))
    number = sheet.word(node, "number")
    if "number" in node.block and not NUMBER.fullmatch(number):
        sheet.fault(node.block["number"].line, 103, "a number is 3 to 12 digits")
    return Helpline(
        id=name,
        number=number,
        names=sheet.texts(node.block.get("names")),
        what_for=sheet.texts(node.block.get("for")),
        last_checked=sheet.day(node, "last_checked"),
        is_verified=sheet.is_yes(node, "verified"),
        hours=_hours(sheet, node),
        is_closed_at_night=sheet.is_yes(node, "not_all_night"),
        tried=_tried(sheet, node),
        file=sheet.file,
        line=node.line,
    )


def _tried(sheet: Sheet, line: Node) -> Tried | None:
    node = line.block.get("tried")
    if node is None or node.value == {}:
        return None
    sheet.check_keys(node, ("on", "by"))
    return Tried(on=sheet.day(node, "on"), by=sheet.word(node, "by"))


def _hours(sheet: Sheet, line: Node) -> Texts:
    """Return the hours, if there are any: ``{}`` says that nobody knows them."""
    node = line.block.get("hours")
    return sheet.texts(node) if node and node.value != {} else {}


def _organisation(sheet: Sheet) -> Organisation:
    root = sheet.root
    needed = ("names", "reading_hours", "time_zone")
    sheet.check_keys(root, needed, (_SAID_BY_NOBODY, "safe_words", "costs"))
    return Organisation(
        names=sheet.texts(root.block.get("names")),
        reading_hours=ReadingHours(openings=tuple(_openings(sheet)), zone=_zone(sheet)),
        safe_words=_safe_words(sheet),
        costs=_costs(sheet),
    )


def _costs(sheet: Sheet) -> Texts:
    node = sheet.root.block.get("costs")
    return sheet.texts(node) if node and node.value else {}


def _safe_words(sheet: Sheet) -> Texts:
    node = sheet.root.block.get("safe_words")
    for word in node.block.values() if node else ():
        if len(word.text) < SHORTEST_SAFE_WORD:
            text = f"a safe word has {SHORTEST_SAFE_WORD} characters or more, so that nobody "
            sheet.fault(word.line, 103, f"{text}writes it by chance")
    return sheet.texts(node) if node and node.value else {}


def _openings(sheet: Sheet) -> Iterator[Opening]:
    hours = sheet.root.block.get("reading_hours")
    if hours is not None and not hours.items:
        sheet.fault(hours.line, 103, "reading hours are a list of lines, one at least")
    for item in hours.items if hours else ():
        opening = read_opening(item.text)
        if opening:
            yield opening
        else:
            sheet.fault(item.line, 103, 'write hours like "mon-fri 09:00-18:00", earlier first')


def _zone(sheet: Sheet) -> ZoneInfo:
    node = sheet.root.block.get("time_zone")
    if node is None or node.value == "":
        return ZoneInfo("UTC")
    try:
        return ZoneInfo(node.text)
    except (ZoneInfoNotFoundError, ValueError):
        sheet.fault(node.line, 103, "there is no such time zone; write it like Asia/Shanghai")
        return ZoneInfo("UTC")


def _queues(sheet: Sheet) -> dict[str, Queue]:
    return {name: _queue(sheet, name, node) for name, node in sheet.entries("queues")}


def _queue(sheet: Sheet, name: str, node: Node) -> Queue:
    sheet.check_keys(node, ("names", "level"))
    return Queue(id=name, names=sheet.texts(node.block.get("names")), level=_level(sheet, node))


def _level(sheet: Sheet, node: Node) -> Level:
    word = sheet.word(node, "level")
    words = [level.word for level in Level]
    if word in words:
        return level_named(word)
    if "level" in node.block:
        line = node.block["level"].line
        sheet.fault(line, 103, f'"{word}" is not a level{hint(word, words)}')
    return Level.EMERGENCY


def _laws(sheet: Sheet) -> dict[str, Texts]:
    laws = sheet.entries("laws", also=("sources",))
    return {code: sheet.texts(_names_of(node)) for code, node in laws}


def _sources(sheet: Sheet) -> dict[str, Texts]:
    section = sheet.root.block.get("sources")
    return {code: sheet.texts(node) for code, node in section.block.items()} if section else {}


def _names_of(law: Node) -> Node:
    names = {key: node for key, node in law.block.items() if key not in OF_A_STATUTE}
    return replace(law, value=names or law.text)


def _statutes(sheet: Sheet) -> Iterator[tuple[str, Statute]]:
    section = sheet.root.block.get("laws")
    for code, node in section.block.items() if section else ():
        if any(key in node.block for key in OF_A_STATUTE):
            sheet.check_keys(node, OF_A_STATUTE, tuple(_names_of(node).block))
            name, as_of = sheet.word(node, "statute"), sheet.day(node, "as_of")
            yield code, Statute(name=name, as_of=as_of, line=node.line)


def _phrases(sheet: Sheet, helplines: Mapping[str, Helpline]) -> dict[str, Texts]:
    section = sheet.root.block.get("phrases", sheet.root)
    needed = [key for key in PHRASE_PLACEHOLDERS if key not in LATER_PHRASES]
    sheet.check_keys(section, needed, LATER_PHRASES)
    numbers = {f"{name}_number" for name in helplines}
    phrases: dict[str, Texts] = {}
    for key, node in sheet.entries("phrases"):
        phrases[key] = sheet.texts(node)
        _check_placeholders(sheet, node, numbers | PHRASE_PLACEHOLDERS.get(key, set()))
    return phrases


def _check_placeholders(sheet: Sheet, node: Node, known: set[str]) -> None:
    for text in node.block.values():
        for name in PLACEHOLDER.findall(text.text):
            if name not in known:
                sheet.fault(text.line, 106, f"{{{name}}} is not known{hint(name, sorted(known))}")


def _code_words(sheet: Sheet) -> CodeWords:
    sheet.check_keys(sheet.root, ["words"])
    section = sheet.root.block.get("words", sheet.root)
    words = CodeWords(_code_word(sheet, node) for node in section.items)
    if len(words) != HOW_MANY_CODE_WORDS:
        text = f"there are {len(words)} words; a code needs exactly {HOW_MANY_CODE_WORDS}"
        sheet.fault(section.line, 105, text)
    _check_repeats(sheet, section)
    return words


def _code_word(sheet: Sheet, node: Node) -> CodeWord:
    languages = {key: text for key, text in node.block.items() if key != _PINYIN}
    spellings = sheet.texts(replace(node, value=languages) if _PINYIN in node.block else node)
    return CodeWord(spellings=spellings, pinyin=sheet.word(node, _PINYIN))


def _check_repeats(sheet: Sheet, section: Node) -> None:
    seen: dict[str, int] = {}
    for node in section.items:
        for word in node.block.values():
            spelling = word.text.casefold()
            if spelling in seen:
                text = f'"{spelling}" already stands on line {seen[spelling]}'
                sheet.fault(word.line, 105, text)
            seen[spelling] = word.line
