"""What must be true of guidance before anybody reads it. Yields findings, never raises."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.directory import Directory, placeholder_values
from bot.directory.places import KINDS
from bot.directory.review import check_review
from bot.directory.say import PLACEHOLDER
from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.flow.strict import hint
from bot.guidance.model import LABEL_CHARACTERS, LABEL_LETTERS, Page, Topic, Voice
from bot.guidance.page import ASKED_AS, LABEL
from bot.guidance.plain import check_plainness
from bot.guidance.proved import check_own_table, check_proved
from bot.guidance.read import OUT_OF_SCOPE, Shelf, read_shelf
from bot.guidance.sameness import check_sameness

NEXT = ("report", "person", "none")
ARTICLE = expression(r"[1-9][0-9]{0,3}(?:-[1-9])?")
HAN = expression(r"[一-鿿]")
WORD = expression(r"\S+")
LETTER = expression(r"\S")

MOST_WORDS = 120
MOST_CHARACTERS = {Voice.CHILD: 180, Voice.ADULT: 240}
FEWEST_WAYS_OF_ASKING = 12
REVIEWED_WITHIN = timedelta(days=548)
"""Eighteen months: laws change every year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding is."""

    file: str
    line: int = 1

    def finding(self, code: str, text: str) -> Finding:
        """Return the finding *code* at this place."""
        return Finding(file=self.file, line=self.line, code=code, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What a topic is checked against; ``names`` are the placeholders of each language."""

    shelf: Shelf
    directory: Directory
    known: "Known"
    names: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the files themselves do not tell, and is not looked at where it is not known.

    ``today`` is the day, and ``common`` are the characters that a child can be expected to know.
    """

    today: date | None = None
    common: Collection[str] = field(default_factory=frozenset)


def check_guidance(
    texts: Mapping[str, str], directory: Directory, known: Known | None = None
) -> list[Finding]:
    """Return all that is wrong with the guidance in *texts*, sorted by file and line.

    G100 no facts · G101 a word is missing · G102 unknown word · G103 wrong form · G104 a
    language or voice is missing · G105 citation · G106 helpline · G107 related topic · G108
    too long · G109 label · G110 review · G111 placeholder · G112 too few ways of asking · G113
    not said what an article holds · G114 languages differ · G115 sentence too long for a child ·
    G116 word not for a child · G117 review too long ago · G122 nobody has proved a citation ·
    G123 a source that is not known · G124 sentence too long for an adult ·
    G125 a kind of place that is not known · G126 proved of a text that is not in force.
    """
    return check_shelf(read_shelf(texts), directory, known)


def check_shelf(shelf: Shelf, directory: Directory, known: Known | None = None) -> list[Finding]:
    """Return all that is wrong on *shelf*; see :func:`check_guidance`."""
    findings = list(shelf.findings)
    findings.extend(check_own_table(shelf.proved, directory))
    names = {each: tuple(placeholder_values(directory, each)) for each in directory.languages}
    beside = _Beside(shelf=shelf, directory=directory, known=known or Known(), names=names)
    for topic in shelf.topics.values():
        findings.extend(_topic(topic, beside))
    for language in directory.languages:
        if language not in shelf.pages.get(OUT_OF_SCOPE, {}):
            text = f"there is no {OUT_OF_SCOPE}.md in {language}"
            findings.append(Place(file=f"{OUT_OF_SCOPE}.md").finding("G104", text))
    return sorted(findings)


def _topic(topic: Topic, beside: "_Beside") -> Iterator[Finding]:
    yield from _citations(topic, beside.directory)
    yield from check_proved(topic, beside.shelf.proved, beside.directory.statutes)
    yield from _links(topic, beside.shelf, beside.directory)
    yield from _review(topic, beside.known.today)
    for language, names in beside.names.items():
        if language in topic.pages:
            page = topic.pages[language]
            yield from _page(page, names)
            yield from check_plainness(page, language, beside.shelf.plain, beside.known.common)
        else:
            yield _at(topic, "topic", "G104", f"there is no page in {language}")
    yield from check_sameness(topic)


def is_overdue(topic: Topic, today: date) -> bool:
    """Return whether the last review of *topic* is too long ago."""
    return topic.review.on is not None and today - topic.review.on > REVIEWED_WITHIN


def _at(topic: Topic, key: str, code: str, text: str) -> Finding:
    return Place(file=topic.file, line=topic.lines.get(key, 1)).finding(code, text)


def _citations(topic: Topic, directory: Directory) -> Iterator[Finding]:
    if not topic.citations:
        yield _at(topic, "citations", "G105", "a topic rests on one article of a law at least")
    for citation in topic.citations:
        where = Place(file=topic.file, line=citation.line)
        if citation.law not in directory.laws:
            near = hint(citation.law, list(directory.laws))
            yield where.finding("G105", f'"{citation.law}" is not a law of laws.yaml{near}')
        if not ARTICLE.fullmatch(citation.article):
            text = f'"{citation.article}" is not an article; write 39 or 236-1'
            yield where.finding("G105", text)
        if not citation.speaks_of:
            text = '"speaks_of" is missing: one to three words that this article holds'
            yield where.finding("G113", text)


def _links(topic: Topic, shelf: Shelf, directory: Directory) -> Iterator[Finding]:
    voices = [voice.value for voice in Voice]
    linked = [name for names in topic.helplines.values() for name in names]
    yield from _unknown(topic, "helplines", linked, tuple(directory.helplines), "G106")
    yield from _unknown(topic, "related", topic.related, tuple(shelf.topics), "G107")
    sources = tuple(directory.sources)
    yield from _unknown(topic, "sources", topic.sources, sources, "G123")
    yield from _unknown(topic, "places", topic.places, KINDS, "G125")
    yield from _unknown(topic, "next", [topic.next], NEXT, "G103")
    if not topic.audience:
        yield _at(topic, "audience", "G103", "say who it is for: [child, adult]")
    yield from _unknown(topic, "audience", topic.audience, voices, "G103")


def _unknown(
    topic: Topic, key: str, names: Sequence[str], known: Sequence[str], code: str
) -> Iterator[Finding]:
    for name in names:
        if name not in known or (key == "related" and name == topic.id):
            yield _at(topic, key, code, f'"{name}" cannot stand here{hint(name, known)}')


def _review(topic: Topic, today: date | None) -> Iterator[Finding]:
    yield from check_review(topic.review, "G110")
    if today and is_overdue(topic, today):
        text = f"the last review was on {topic.review.on}, more than 18 months ago"
        yield _at(topic, "reviewed", "G117", text)


def _page(page: Page, names: Sequence[str]) -> Iterator[Finding]:
    if not page.title:
        yield Place(file=page.file).finding("G104", "the title (# …) is missing")
    yield from _label(page)
    for voice in Voice:
        yield from _voice(page, voice)
    yield from _placeholders(page, names)
    if len(set(page.asked_as)) < FEWEST_WAYS_OF_ASKING:
        text = f"write at least {FEWEST_WAYS_OF_ASKING} different ways of asking"
        yield _on(page, ASKED_AS).finding("G112", text)


def _label(page: Page) -> Iterator[Finding]:
    most = LABEL_CHARACTERS if HAN.search(page.label) else LABEL_LETTERS
    if not page.label:
        yield Place(file=page.file).finding("G104", f'the button\'s label ("{LABEL}") is missing')
    for name, label in (("label", page.label), ("adult_label", page.adult_label)):
        if len(label) > most:
            text = f"the label has {len(label)} characters; a button takes {most}"
            yield _on(page, name).finding("G109", text)


def _voice(page: Page, voice: Voice) -> Iterator[Finding]:
    heading = f"For {'a child' if voice is Voice.CHILD else 'an adult'}"
    if voice not in page.answers:
        yield _on(page, heading).finding("G104", f'there is no answer under "{heading}"')
    if voice not in page.now:
        yield _on(page, heading).finding("G104", f"what to do now is not said to {voice}")
    text = page.answers.get(voice, "") + "\n" + page.now.get(voice, "")
    length, most, unit = _length(text, voice)
    if length > most:
        fault = f"answer and what to do now have {length} {unit} together; at most {most}"
        yield _on(page, heading).finding("G108", fault)


def _length(text: str, voice: Voice) -> tuple[int, int, str]:
    if HAN.search(text):
        return len(LETTER.findall(text)), MOST_CHARACTERS[voice], "characters"
    return len(WORD.findall(text.replace("- ", ""))), MOST_WORDS, "words"


def _placeholders(page: Page, known: Sequence[str]) -> Iterator[Finding]:
    for heading, section in page.sections.items():
        for number, line in section:
            for name in PLACEHOLDER.findall(line):
                if name not in known and heading != ASKED_AS:
                    text = f"{{{name}}} is not known{hint(name, known)}"
                    yield Place(file=page.file, line=number).finding("G111", text)


def _on(page: Page, part: str) -> Place:
    return Place(file=page.file, line=page.lines.get(part, 1))
