"""A question asked outside of the chat, and the answer as a family would see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.building import read_flows
from bot.content import directory_texts, read_content
from bot.directory.model import Directory
from bot.directory.read import read_directory
from bot.directory.say import placeholder_values
from bot.domain.errors import Finding, FlowError
from bot.guidance.find import Found, find
from bot.guidance.language import language_of
from bot.guidance.model import Citation, Topics, Voice
from bot.guidance.render import render
from bot.guidance.shown import read_shown
from bot.keeping import indexes_kept, key_of_all
from bot.wording.wording import Wording, read_wording

MOST_SHOWN = 3
_NOT_FOUND = "rights.not_found.say"
_WHICH = "rights.which.ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """All that is needed to answer a question."""

    directory: Directory
    topics: Topics
    wording: Wording

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language there are answers in, the default first."""
        return tuple(self.directory.languages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asks, in which language, and to whom the answer speaks."""

    text: str
    language: str
    voice: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One topic that answers, as it is read; ``text`` is the whole answer."""

    id: str
    title: str
    citations: tuple[Citation, ...]
    text: str


def read_advice(own: Path | None = None) -> Advice:
    """Return what answers questions, an organisation's *own* over it; nothing else is read.

    Raises:
        FlowError: carries every finding in the files of guidance, directory and flows.

    """
    content = read_content(own)
    findings: list[Finding] = list(content.findings)
    flows = read_flows(content, findings)
    wording, faults = read_wording(content.texts, flows.values())
    if findings or faults:
        raise FlowError([*findings, *faults])
    directory = read_directory(directory_texts(content))
    keep = indexes_kept(key_of_all(content.texts))
    topics = read_shown(content.texts, directory, keep=keep)
    return Advice(directory=directory, topics=topics, wording=wording)


def make_question(text: str, advice: Advice, *, language: str = "", voice: Voice) -> Question:
    """Return the question *text*; without a *language*, it is told from the text."""
    spoken = language or language_of(text, _chinese_first(advice.languages))
    return Question(text=text, language=spoken, voice=voice)


def _chinese_first(languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(languages, key=lambda language: not language.startswith("zh")))


def answers_to(question: Question, advice: Advice) -> tuple[Told, ...]:
    """Return up to three topics that answer *question*, the best first; none if none does."""
    return tuple(_told(_search(question, advice), question, advice))


def _search(question: Question, advice: Advice) -> Found:
    return find(question.text, question.language, advice.topics)


def _told(found: Found, question: Question, advice: Advice) -> Iterator[Told]:
    for name in found.best[:MOST_SHOWN]:
        topic = advice.topics.by_id[name]
        yield Told(
            id=topic.id,
            title=topic.pages[question.language].title,
            citations=topic.citations,
            text=render(topic, question.voice, question.language, advice.directory),
        )


def seen_by_a_family(question: Question, advice: Advice) -> str:
    """Return what the chat would say to *question*.

    That is one answer if it is sure, else the titles to choose from, or that there is none.
    """
    found = _search(question, advice)
    told = list(_told(found, question, advice))
    if not told:
        return _say(advice, _NOT_FOUND, question.language)
    if found.is_sure:
        return told[0].text
    labels = (
        advice.topics.by_id[each.id].pages[question.language].label_for(question.voice)
        for each in told
    )
    listed = (f"{number}. {label}" for number, label in enumerate(labels, 1))
    return "\n".join((_say(advice, _WHICH, question.language), *listed))


def _say(advice: Advice, key: str, language: str) -> str:
    source = advice.wording.texts["en"].get(key, "")
    known: Mapping[str, str] = placeholder_values(advice.directory, language)
    return advice.wording.say(key, source, language, **known).strip()
