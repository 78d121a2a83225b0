"""The topics as families leaf through them: sections, and what they hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.directory.sheet import Sheet
from bot.domain.errors import Finding
from bot.flow.model import EARLIER, MORE, SECTION
from bot.flow.strict import Node, hint
from bot.guidance.model import LABEL_CHARACTERS, LABEL_LETTERS, Page, Section, Topic, Topics, Voice

FILE = "flows/guidance/sections.yaml"
_LEAFING = frozenset({MORE, EARLIER})
_WITHOUT_WORD = {MORE: "→", EARLIER: "←"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The sections in their order, and how the buttons for other pages are named, by language."""

    sections: Mapping[str, Section] = field(default_factory=dict)
    more: Mapping[str, Sequence[str]] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[str]] = field(default_factory=dict)


def read_contents(sheet: Sheet) -> Contents:
    """Return what *sheet* says; its faults stay with it."""
    sheet.check_keys(sheet.root, ("more", "sections"), ("earlier",))
    block = sheet.root.block.get("sections", Node(value={}, line=1)).block
    more = sheet.texts(sheet.root.block.get("more"))
    has_earlier = "earlier" in sheet.root.block
    earlier = sheet.texts(sheet.root.block.get("earlier")) if has_earlier else {}
    return Contents(
        sections={name: _section(sheet, node) for name, node in block.items()},
        more={language: tuple(_parts(text)) for language, text in more.items()},
        earlier={language: tuple(_parts(text)) for language, text in earlier.items()},
    )


def _section(sheet: Sheet, node: Node) -> Section:
    sheet.check_keys(node, ("names", "topics"))
    names = sheet.texts(node.block.get("names"))
    for language, name in names.items():
        most = LABEL_CHARACTERS if language.startswith("zh") else LABEL_LETTERS
        if len(name) > most:
            line = node.block["names"].line
            sheet.fault(line, 109, f'"{name}" is too long for a button, which takes {most}')
    line = node.block.get("topics", node).line
    return Section(names=names, topics=sheet.listed(node, "topics"), line=line)


def _parts(text: str) -> Iterator[str]:
    return (part for each in text.split("|") if (part := each.strip()))


def filled(contents: Contents, topics: Mapping[str, Topic]) -> dict[str, Section]:
    """Return the sections with those of *topics* that belong there; none that would be empty.

    A topic may name its section itself; one that no section has stands in the last.
    """
    listed = {name: [*section.topics] for name, section in contents.sections.items()}
    for topic in topics.values():
        if topic.section in listed and topic.id not in listed[topic.section]:
            listed[topic.section].append(topic.id)
    placed = {name for names in listed.values() for name in names}
    if listed:
        listed[list(listed)[-1]] += [name for name in topics if name not in placed]
    held = {name: tuple(dict.fromkeys(t for t in listed[name] if t in topics)) for name in listed}
    return {
        name: Section(names=section.names, topics=held[name], line=section.line)
        for name, section in contents.sections.items()
        if held[name]
    }


def look_for_gaps(contents: Contents, topics: Mapping[str, Topic]) -> Iterator[Finding]:
    """Yield, as warnings, topics that stand in no section, and names that are no topic."""
    placed = {name for section in contents.sections.values() for name in section.topics}
    for topic in topics.values():
        line = topic.lines.get("section", 1)
        if topic.section and topic.section not in contents.sections:
            near = hint(topic.section, list(contents.sections))
            text = f'"{topic.section}" is not a section of sections.yaml{near}'
            yield Finding(file=topic.file, line=line, code="G120", text=text)
        elif not topic.section and topic.id not in placed:
            text = "this topic stands in no section, so it is listed in the last"
            yield Finding(file=topic.file, line=1, code="G120", text=text)
    for section in contents.sections.values():
        if strange := [name for name in section.topics if name not in topics]:
            text = f"there is no topic {', '.join(strange)}"
            yield Finding(file=FILE, line=section.line, code="G121", text=text)


def label_of(topics: Topics, choice: str, language: str, voice: Voice = Voice.CHILD) -> str:
    """Return what stands on the button of *choice*: a topic, a section or more; ``""`` if gone."""
    if topic := topics.by_id.get(choice):
        return topic.pages[language].label_for(voice)
    kind, _, rest = choice.partition(".")
    name, _, page = rest.partition(".")
    section = topics.sections.get(name)
    if section is None:
        return ""
    if kind == SECTION:
        return section.names[language]
    word = {MORE: topics.more, EARLIER: topics.earlier}.get(kind, {}).get(language, ("",))[0]
    return f"{word or _WITHOUT_WORD[kind]} ({_page_of(page, language)})" if kind in _LEAFING else ""


def _page_of(page: str, language: str) -> str:
    """Return "2 of 3", or as *language* writes it; without the count as it was kept once."""
    number, _, pages = page.partition(".")
    between = " of " if language == "en" else "/"
    return f"{number}{between}{pages}" if pages else number


def title_of(topics: Topics, choice: str, language: str) -> str:
    """Return how *choice* is called for those who work here; ``""`` if it is none of these."""
    if topic := topics.by_id.get(choice):
        return topic.pages[language].title
    kind, _, rest = choice.partition(".")
    section = topics.sections.get(rest.partition(".")[0]) if kind in {SECTION, *_LEAFING} else None
    return section.names[language] if section else ""


def names_of(topics: Topics) -> dict[str, tuple[str, ...]]:
    """Return every way of naming each topic and section, and more, in every language."""
    named = {
        topic.id: tuple(text for page in topic.pages.values() for text in _named(page))
        for topic in topics.by_id.values()
    }
    sections = topics.sections.items()
    named |= {f"{SECTION}.{name}": tuple(section.names.values()) for name, section in sections}
    more = tuple(word for words in topics.more.values() for word in words)
    earlier = tuple(word for words in topics.earlier.values() for word in words)
    return {**named, MORE: more, EARLIER: earlier}


def _named(page: Page) -> tuple[str, ...]:
    named = (page.title, page.label)
    return (*named, page.adult_label) if page.adult_label else named
