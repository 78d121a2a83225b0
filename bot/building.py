"""From files that people wrote to what a running Lantern works with, all of it proved first."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypedDict, TypeVar

from bot.casework.meanings import read_proved_wording
from bot.casework.release import Release, make_release
from bot.content import Content, directory_texts, read_content
from bot.directory.model import Directory
from bot.directory.read import ORGANISATION, read_directory
from bot.domain.errors import Finding, FlowError
from bot.flow.checks import check_flows, second_of
from bot.flow.extract import is_synonyms
from bot.flow.model import Flow, State
from bot.flow.moved import Move, check_moves, read_moves, ways_of
from bot.flow.reader import read_flow
from bot.guidance.check import check_shelf
from bot.guidance.model import Topics
from bot.guidance.read import Shelf
from bot.guidance.shown import read_shown
from bot.handbook.model import Handbook
from bot.handbook.read import read_handbook
from bot.keeping import are_indexes_kept, indexes_kept, key_of_all, proof_kept
from bot.learning.model import Learning
from bot.learning.read import read_learning
from bot.risk_check import rules_in
from bot.triage.alarm import AlarmTimes, read_alarm
from bot.triage.check_follow import check_follow, check_hints
from bot.triage.check_modifiers import check_modifiers
from bot.triage.follow import Follow, read_follow
from bot.triage.levels import Levels, read_levels
from bot.triage.modifiers import Modifiers
from bot.triage.read_modifiers import read_modifiers
from bot.triage.rules import Rules, with_own_texts
from bot.triage.safe_word import check_safe_words
from bot.wording.wording import Wording, required_keys

T = TypeVar("T")
CONVERSATIONS = "flows/conversations"
LEVELS = "flows/triage/levels.yaml"
ALARM = "flows/triage/alarm.yaml"
FOLLOW = "flows/triage/follow.yaml"
MODIFIERS = "flows/triage/modifiers.yaml"
MOVED = "flows/moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything that people wrote, read and proved."""

    content: Content
    flows: Mapping[str, Flow]
    directory: Directory
    topics: Topics
    learning: Learning
    handbook: Handbook
    rules: Rules
    levels: Levels
    alarm: AlarmTimes
    follow: Follow
    modifiers: Modifiers
    wording: Wording
    ways: Mapping[str, str]
    """From questions that are gone to those where their sessions go on, ``""`` for a person."""

    def release(self) -> Release:
        """Return what new sessions begin on."""
        sources = self.content.under(CONVERSATIONS, ending=".yaml")
        return make_release(sources, self.wording, self.topics)

    def without_sources(self) -> "Book":
        """Return the book without the texts that are read; what a release needs of them stays."""
        return replace(self, content=self.content.only(CONVERSATIONS))

    def own_texts(self) -> frozenset[str]:
        """Return what people type word for word as Lantern has it: commands, buttons, synonyms."""
        vocabulary = self.wording.vocabulary(self.flows.values())
        return frozenset({"/start", *chain.from_iterable(vocabulary.values())})

    def offered(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of *languages* in which nothing that is said is missing.

        A synonym that waits for its translation takes no language away: nobody hears it.
        """
        keys = required_keys(self.flows.values())
        said = [key for key in keys if not is_synonyms(key)]
        return self.wording.offered(languages, said)


def rules_as_they_run(own: Path | None = None) -> Rules:
    """Return the rules that know Lantern's own wording, by which what was said is read.

    Raises:
        FlowError: carries every finding in every file.

    """
    book = read_book(own)
    return with_own_texts(book.rules, book.own_texts())


def read_times(own: Path | None = None) -> Levels:
    """Return the times of the levels alone, with an organisation's own over them.

    Raises:
        FlowError: carries every finding in their file.

    """
    return read_levels(read_content(own).text(LEVELS), LEVELS)


def read_book(own: Path | None = None, *, organisation: str = "") -> Book:
    """Return everything in ``flows/`` and ``locales/``, with an organisation's own over it.

    Raises:
        FlowError: carries every finding in every file.

    """
    content = read_content(own)
    with ThreadPoolExecutor(max_workers=1) as beside:
        # What words are looked for with is made where Python waits for nothing.
        rules = beside.submit(rules_in, content)
        return _read_book(content, rules.result, organisation=organisation)


class _Told(TypedDict):
    """The part of a book that is told: to people, and to workers."""

    topics: Topics
    learning: Learning
    handbook: Handbook


class _Asked(TypedDict):
    """The part of a book that leads a conversation."""

    flows: Mapping[str, Flow]
    wording: Wording
    ways: Mapping[str, str]


class _Judged(TypedDict):
    """The part of a book that says how pressing something is, and what follows."""

    rules: Rules
    levels: Levels
    alarm: AlarmTimes
    follow: Follow
    modifiers: Modifiers


def _read_book(content: Content, rules_in: Callable[[], Rules], *, organisation: str) -> Book:
    findings = list(content.findings)
    directory = _read(findings, lambda: read_directory(directory_texts(content)))
    key = key_of_all(content.texts)
    told = _read_told(content.texts, key, directory, findings)
    asked = _read_asked(content, key, directory, findings)
    tables = read_tables(content, asked["flows"], directory, findings)
    judged = _read_judged(content, tables, rules_in, findings)
    if findings or not (directory and told and judged):
        raise FlowError(sorted(set(findings)))
    named = _named(directory, organisation)
    return Book(content=content, directory=named, **told, **asked, **judged)


def _read_told(
    texts: Mapping[str, str], key: str, directory: Directory | None, findings: list[Finding]
) -> _Told | None:
    topics = _read(findings, partial(_topics_in, texts, key, directory)) if directory else None
    learning = _read(findings, lambda: read_learning(texts))
    handbook = _read(findings, partial(read_handbook, texts, directory)) if directory else None
    if not (topics and learning and handbook):
        return None
    return _Told(topics=topics, learning=learning, handbook=handbook)


def _topics_in(texts: Mapping[str, str], key: str, directory: Directory) -> Topics:
    def check(shelf: Shelf, directory: Directory) -> Sequence[Finding]:
        return proof_kept("topics", key, lambda: check_shelf(shelf, directory))

    topics = read_shown(texts, directory, check=check, keep=indexes_kept(key))
    if are_indexes_kept(key, topics.indexes):
        topics.make_ready()  # before more is read: how people ask leaves no gaps in memory then
    return topics


def _read_asked(
    content: Content, key: str, directory: Directory | None, findings: list[Finding]
) -> _Asked:
    flows = read_flows(content, findings)
    moves = read_all_moves(content, flows, findings)
    wording, faults = read_proved_wording(content.texts, flows, key)
    findings.extend(faults)
    if directory:
        queues = tuple(directory.queues)
        findings.extend(proof_kept("flows", key, lambda: check_flows(flows, queues)))
    return _Asked(flows=flows, wording=wording, ways=ways_of(moves))


def _read_judged(
    content: Content,
    tables: tuple[Follow, Modifiers] | None,
    rules_in: Callable[[], Rules],
    findings: list[Finding],
) -> _Judged | None:
    levels = _read(findings, lambda: read_levels(content.text(LEVELS), LEVELS))
    alarm = _read(findings, lambda: read_alarm(content.text(ALARM), ALARM))
    rules = _read(findings, rules_in)
    if rules and tables:
        findings.extend(check_hints(tables[0], tuple(rules.rules), FOLLOW))
    if not (levels and alarm and rules and tables):
        return None
    follow, modifiers = tables
    return _Judged(rules=rules, levels=levels, alarm=alarm, follow=follow, modifiers=modifiers)


def read_tables(
    content: Content,
    flows: Mapping[str, Flow],
    directory: Directory | None,
    findings: list[Finding],
) -> tuple[Follow, Modifiers] | None:
    """Return what follows a signal and what makes it more pressing, held against what they name."""
    follow = _read(findings, lambda: read_follow(content.text(FOLLOW), FOLLOW))
    modifiers = _read(findings, lambda: read_modifiers(content.text(MODIFIERS), MODIFIERS))
    if directory:
        findings.extend(check_safe_words(directory.organisation.safe_words, ORGANISATION))
    if follow and directory:
        findings.extend(check_follow(follow, flows, directory, FOLLOW))
    if modifiers:
        findings.extend(check_modifiers(modifiers, flows, MODIFIERS))
    return (follow, modifiers) if follow and modifiers else None


def _read(findings: list[Finding], reader: Callable[[], T]) -> T | None:
    """Return what *reader* reads; if it cannot, its findings join the others."""
    try:
        return reader()
    except FlowError as error:
        findings.extend(error.findings)
        return None


def read_flows(content: Content, findings: list[Finding]) -> dict[str, Flow]:
    """Return the flows of *content* by name; what is wrong with their form goes to *findings*."""
    flows: dict[str, Flow] = {}
    for file, text in content.under(CONVERSATIONS, ending=".yaml").items():
        try:
            flow = read_flow(text, file)
        except FlowError as error:
            findings.extend(error.findings)
        else:
            findings.extend(second_of(flows, flow))
            flows[flow.name] = flow
    return flows


def read_all_moves(
    content: Content, flows: Mapping[str, Flow], findings: list[Finding]
) -> list[Move]:
    """Return where questions of *content* have moved to; what is wrong with it joins *findings*."""
    moves: list[Move] = []
    for file, text in content.under(MOVED, ending=".yaml").items():
        moves += _read(findings, partial(read_moves, text, file)) or ()
    findings.extend(check_moves(moves, states_of(flows)))
    return moves


def states_of(flows: Mapping[str, Flow]) -> dict[str, State]:
    """Return every state of *flows* by its dotted name."""
    return {state.place: state for flow in flows.values() for state in flow.states.values()}


def _named(directory: Directory, organisation: str) -> Directory:
    if not organisation:
        return directory
    names = dict.fromkeys(directory.organisation.names, organisation)
    return replace(directory, organisation=replace(directory.organisation, names=names))
