"""Reading all topics: text in, Topics or all faults of form out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bot.directory.review import read_review
from bot.directory.sheet import Sheet, open_sheet
from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.flow.strict import Node
from bot.guidance.index import BESIDE, Index, Indexes, Keep, keep_nothing
from bot.guidance.indexing import build_index
from bot.guidance.model import Page, Topic, Topics, Voice
from bot.guidance.page import read_page
from bot.guidance.plain import FILE as PLAIN_WORDS
from bot.guidance.plain import PlainWords, read_plain_words
from bot.guidance.proved import FILE as PROVED
from bot.guidance.proved import OWN_FILE as PROVED_HERE
from bot.guidance.proved import Table, read_citations, read_proved, together
from bot.guidance.sections import FILE as SECTIONS
from bot.guidance.sections import Contents, filled, read_contents
from bot.guidance.words import Words

FACTS = expression(r"flows/guidance/(?P<topic>\w+)\.yaml")
PAGE = expression(r"locales/(?P<language>\w+)/guidance/(?P<topic>\w+)\.md")
CONCEPTS = "flows/guidance/concepts.yaml"
NOT_TOPICS = (
    "laws",
    "concepts",
    "plain_words",
    "checked_by_hand",
    "sections",
    "proved",
    "proved_here",
)
_BESIDE_TOGETHER = 8
OUT_OF_SCOPE = "out_of_scope"
"""The page of questions that no topic answers; it has no facts and is never found."""

ALSO = ("section", "needs", "sources", "places")
KEYS = ("topic", "audience", "citations", "helplines", "related", "next", "reviewed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What was read, sound or not."""

    topics: Mapping[str, Topic]
    pages: Mapping[str, Mapping[str, Page]]
    words: Mapping[str, Words]
    plain: PlainWords
    contents: Contents
    proved: Table = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def without(self, topics: Collection[str]) -> "Shelf":
        """Return the shelf as if there were none of *topics*, and nothing wrong with any."""
        return replace(
            self,
            topics={name: topic for name, topic in self.topics.items() if name not in topics},
            pages={name: pages for name, pages in self.pages.items() if name not in topics},
            findings=[],
        )


def read_topics(texts: Mapping[str, str]) -> Topics:
    """Return the topics in *texts*, which maps file names to their content.

    Files that are neither facts (``flows/guidance``) nor pages (``locales/…/guidance``) are
    passed over.

    Raises:
        FlowError: a file does not have the form of a topic. Carries all findings (G1xx).

    """
    shelf = read_shelf(texts)
    if shelf.findings:
        raise FlowError(shelf.findings)
    return topics_on(shelf)


def topics_on(shelf: Shelf, *, keep: Keep = keep_nothing) -> Topics:
    """Return everything on *shelf*, ready to be found.

    How people ask is remembered only until the indexes are made, which *keep* may have kept.
    """
    languages = {language: None for pages in shelf.pages.values() for language in pages}
    return Topics(
        by_id={name: _told_only(topic) for name, topic in shelf.topics.items()},
        indexes=Indexes(
            {
                language: partial(keep, language, partial(_index, shelf, language))
                for language in languages
            }
        ),
        sections=filled(shelf.contents, shelf.topics),
        more=shelf.contents.more,
        earlier=shelf.contents.earlier,
    )


def read_shelf(texts: Mapping[str, str]) -> Shelf:
    """Return everything that can be read of *texts*, with the faults of form."""
    findings: list[Finding] = []
    pages: dict[str, dict[str, Page]] = {}
    for file in sorted(texts):
        if match := PAGE.fullmatch(file):
            page, faults = read_page(texts[file], file)
            pages.setdefault(match["topic"], {})[match["language"]] = page
            findings.extend(faults)
    topics = {}
    for file in sorted(texts):
        match = FACTS.fullmatch(file)
        if match and match["topic"] not in NOT_TOPICS:
            sheet = open_sheet(texts, file, kind="G", languages=())
            name = match["topic"]
            topics[name] = _topic(sheet, name, pages.get(name, {}))
            findings.extend(sheet.findings)
    findings.extend(_strays(pages, topics))
    languages = sorted({language for known in pages.values() for language in known})
    sheets = [open_sheet(texts, file, kind="G", languages=()) for file in (CONCEPTS, PLAIN_WORDS)]
    sheets.append(open_sheet(texts, SECTIONS, kind="G", languages=languages))
    tables = [file for file in (PROVED, PROVED_HERE) if file == PROVED or file in texts]
    sheets += (open_sheet(texts, file, kind="G", languages=()) for file in tables)
    shelf = Shelf(
        topics=topics,
        pages=pages,
        words=_words_of_languages(sheets[0]),
        plain=read_plain_words(sheets[1]),
        contents=read_contents(sheets[2]),
        proved=together(map(read_proved, sheets[3:])),
        findings=findings,
    )
    for sheet in sheets:
        findings.extend(sheet.findings)
    return shelf


def _words_of_languages(sheet: Sheet) -> dict[str, Words]:
    """Return the words of the concepts and those that tell little, by language."""
    sheet.check_keys(sheet.root, ("concepts", "little"), ("fillers",))
    nothing = Node(value={}, line=1)
    concepts = sheet.root.block.get("concepts", nothing).block
    little = sheet.root.block.get("little", nothing).block
    fillers = sheet.root.block.get("fillers", nothing).block
    return {
        language: Words(
            concepts={name: _list(node.block.get(language)) for name, node in concepts.items()},
            little=_list(words),
            fillers=_list(fillers.get(language)),
        )
        for language, words in little.items()
    }


def _list(node: Node | None) -> Sequence[str]:
    return [word for word in node.text.split(" | ") if word] if node else ()


def _strays(
    pages: Mapping[str, Mapping[str, Page]], topics: Mapping[str, Topic]
) -> Iterator[Finding]:
    for name, by_language in pages.items():
        for page in by_language.values():
            if name not in topics and name != OUT_OF_SCOPE:
                text = f"there is no flows/guidance/{name}.yaml with the facts of this topic"
                yield Finding(file=page.file, line=1, code="G100", text=text)


def _topic(sheet: Sheet, name: str, pages: Mapping[str, Page]) -> Topic:
    root = sheet.root
    sheet.check_keys(root, KEYS, ALSO)
    if root.block and sheet.word(root, "topic") != name:
        sheet.fault(root.line, 103, f'the topic of this file must be "{name}", like its name')
    return Topic(
        id=name,
        file=sheet.file,
        audience=sheet.listed(root, "audience"),
        citations=tuple(read_citations(sheet, root, also=("speaks_of",))),
        helplines=_helplines(sheet),
        related=sheet.listed(root, "related"),
        next=sheet.word(root, "next"),
        review=read_review(sheet),
        pages=pages,
        section=sheet.word(root, "section"),
        needs=_needs(sheet),
        sources=sheet.listed(root, "sources"),
        places=sheet.listed(root, "places"),
        lines={key: node.line for key, node in root.block.items()},
    )


def _needs(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    needs = sheet.root.block.get("needs", Node(value={}, line=sheet.root.line))
    words = needs.block.values()
    if (needs.value != {} and not words) or not all(node.text for node in words):
        sheet.fault(needs.line, 103, "write the words of each language: {zh_CN: 欺凌 | 霸凌}")
    return {language: tuple(_list(node)) for language, node in needs.block.items()}


def _helplines(sheet: Sheet) -> dict[Voice, tuple[str, ...]]:
    section = sheet.root.block.get("helplines")
    if section is None:
        return {}
    sheet.check_keys(section, [voice.value for voice in Voice])
    return {voice: sheet.listed(section, voice) for voice in Voice}


def _told_only(topic: Topic) -> Topic:
    return replace(topic, pages={name: page.told_only() for name, page in topic.pages.items()})


def _index(shelf: Shelf, language: str) -> Index:
    asked: dict[str, Sequence[str]] = {}
    for name, pages in shelf.pages.items():
        if language in pages:
            page = pages[language]
            if name == OUT_OF_SCOPE:
                asked |= _beside(page)
            else:
                labels = (label for label in (page.label, page.adult_label) if label)
                asked[name] = [*page.asked_as, page.title, *labels, _told(page)]
    needs = {
        name: topic.needs[language]
        for name, topic in shelf.topics.items()
        if topic.needs.get(language)
    }
    return build_index(asked, shelf.words.get(language, Words(concepts={})), needs)


def _beside(page: Page) -> dict[str, Sequence[str]]:
    """Return what is asked out of scope, a few at a time: altogether it would be near to all."""
    asked = page.asked_as
    return {
        f"{BESIDE}{start}": asked[start : start + _BESIDE_TOGETHER]
        for start in range(0, len(asked), _BESIDE_TOGETHER)
    }


def _told(page: Page) -> str:
    """Return all that the page tells, as one more way of asking for it."""
    return " ".join((*page.answers.values(), *page.now.values()))
