"""What must be true of guidance before anybody reads it. Yields findings, never raises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.directory import Directory, placeholder_values
from bot.directory.say import PLACEHOLDER
from bot.domain.errors import Finding
from bot.flow.strict import hint
from bot.guidance.model import Page, Topic, Voice
from bot.guidance.page import ASKED_AS, LABEL
from bot.guidance.read import OUT_OF_SCOPE, Shelf, read_shelf

NEXT = ("report", "person", "none")
ROLES = ("author", "social_worker", "supervisor", "lawyer")
ARTICLE = re.compile(r"[1-9][0-9]{0,3}(?:-[1-9])?")
HAN = re.compile(r"[一-鿿]")
WORD = re.compile(r"\S+")
LETTER = re.compile(r"\S")

MOST_WORDS = 120
MOST_CHARACTERS = {Voice.CHILD: 180, Voice.ADULT: 240}
LABEL_LETTERS = 28
LABEL_CHARACTERS = 16
FEWEST_WAYS_OF_ASKING = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding is."""

    file: str
    line: int = 1

    def finding(self, code: str, text: str) -> Finding:
        """Return the finding *code* at this place."""
        return Finding(file=self.file, line=self.line, code=code, text=text)


def check_guidance(texts: Mapping[str, str], directory: Directory) -> list[Finding]:
    """Return all that is wrong with the guidance in *texts*, sorted by file and line.

    G100 no facts · G101 a word is missing · G102 unknown word · G103 wrong form · G104 a
    language or voice is missing · G105 citation · G106 helpline · G107 related topic · G108
    too long · G109 label · G110 review · G111 placeholder · G112 too few ways of asking.
    """
    shelf = read_shelf(texts)
    findings = list(shelf.findings)
    for topic in shelf.topics.values():
        findings.extend(_topic(topic, shelf, directory))
    for language in directory.languages:
        if language not in shelf.pages.get(OUT_OF_SCOPE, {}):
            text = f"there is no {OUT_OF_SCOPE}.md in {language}"
            findings.append(Place(file=f"{OUT_OF_SCOPE}.md").finding("G104", text))
    return sorted(findings)


def _topic(topic: Topic, shelf: Shelf, directory: Directory) -> Iterator[Finding]:
    yield from _citations(topic, directory)
    yield from _links(topic, shelf, directory)
    yield from _review(topic)
    for language in directory.languages:
        if language in topic.pages:
            yield from _page(topic.pages[language], directory, language)
        else:
            yield _at(topic, "topic", "G104", f"there is no page in {language}")


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


def _links(topic: Topic, shelf: Shelf, directory: Directory) -> Iterator[Finding]:
    voices = [voice.value for voice in Voice]
    linked = [name for names in topic.helplines.values() for name in names]
    yield from _unknown(topic, "helplines", linked, tuple(directory.helplines), "G106")
    yield from _unknown(topic, "related", topic.related, tuple(shelf.topics), "G107")
    yield from _unknown(topic, "next", [topic.next], NEXT, "G103")
    yield from _unknown(topic, "audience", topic.audience, voices, "G103")


def _unknown(
    topic: Topic, key: str, names: Sequence[str], known: Sequence[str], code: str
) -> Iterator[Finding]:
    for name in names:
        if name not in known or name == topic.id:
            yield _at(topic, key, code, f'"{name}" cannot stand here{hint(name, known)}')


def _review(topic: Topic) -> Iterator[Finding]:
    if topic.reviewed_on is None:
        yield _at(topic, "reviewed", "G110", 'the date of the last review is missing ("on")')
    if topic.reviewed_by not in ROLES:
        text = f'"by" says who reviewed it: {", ".join(ROLES)}'
        yield _at(topic, "reviewed", "G110", text)


def _page(page: Page, directory: Directory, language: str) -> Iterator[Finding]:
    if not page.title:
        yield Place(file=page.file).finding("G104", "the title (# …) is missing")
    yield from _label(page)
    for voice in Voice:
        yield from _voice(page, voice)
    yield from _placeholders(page, placeholder_values(directory, language))
    if len(set(page.asked_as)) < FEWEST_WAYS_OF_ASKING:
        text = f"write at least {FEWEST_WAYS_OF_ASKING} different ways of asking"
        yield _on(page, ASKED_AS).finding("G112", text)


def _label(page: Page) -> Iterator[Finding]:
    most = LABEL_CHARACTERS if HAN.search(page.label) else LABEL_LETTERS
    if not page.label:
        yield Place(file=page.file).finding("G104", f'the button\'s label ("{LABEL}") is missing')
    elif len(page.label) > most:
        text = f"the label has {len(page.label)} characters; a button takes {most}"
        yield _on(page, "label").finding("G109", text)


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


def _placeholders(page: Page, known: Mapping[str, str]) -> Iterator[Finding]:
    for heading, section in page.sections.items():
        for number, line in section:
            for name in PLACEHOLDER.findall(line):
                if name not in known and heading != ASKED_AS:
                    text = f"{{{name}}} is not known{hint(name, list(known))}"
                    yield Place(file=page.file, line=number).finding("G111", text)


def _on(page: Page, part: str) -> Place:
    return Place(file=page.file, line=page.lines.get(part, 1))
