"""Releases: the flows and wordings a session is pinned to."""

import hashlib
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

import orjson
from msgspec import convert

from bot.domain.errors import FlowError
from bot.domain.ids import Instant
from bot.domain.message import Buttons
from bot.engine.plan import Plan, make_plan
from bot.flow.model import ANYWHERE, Flow
from bot.flow.reader import read_flow
from bot.guidance.model import Topics
from bot.guidance.sections import names_of
from bot.wording.wording import Wording
from storage import releases
from storage.database import Transaction
from storage.packing import Wording as PackedWording

_BEGINNINGS = (
    ANYWHERE,
    *(f"welcome.{state}" for state in ("hello", "again")),
    *(f"report_a_concern.{state}" for state in ("in_danger", "where_now")),
    *(f"report_a_concern_adult.{state}" for state in ("in_danger", "where_now")),
)
"""States that this program leads to by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Flows ready to run, and what they say in every language."""

    id: str
    plan: Plan
    wording: Wording
    body: "Body" = field(repr=False)
    spoken: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """Wordings by language and key, once they were said: they are said again and again."""

    held: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    """Which ``{names}`` each wording holds, once it was said."""

    momentary: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, repr=False)
    """Which of these are filled in by the moment, by all wordings of a message."""

    framed: dict[tuple[str, str, bool, bool], Buttons] = field(default_factory=dict, repr=False)
    """The buttons under each question, once they were shown, before their step is filled in."""

    packed: dict[Hashable, PackedWording | None] = field(default_factory=dict, repr=False)
    """Whole messages, once they were said; None for what cannot be said in one part."""


class Body(TypedDict):
    """A release as it is kept: flow files, texts by language and key, topics and their names.

    One that was kept before there were sections has none.
    """

    flows: dict[str, str]
    texts: dict[str, dict[str, str]]
    topics: list[str]
    titles: dict[str, list[str]]
    sections: NotRequired[list[tuple[str, list[str]]]]


def make_release(
    sources: Mapping[str, str],
    wording: Wording,
    topics: Topics,
) -> Release:
    """Return the release of the flow files *sources*; its id follows from what is in it.

    The flows must have been proved.
    """
    body = Body(
        flows=dict(sources),
        texts=wording.snapshot(),
        topics=list(topics.by_id),
        titles={choice: list(names) for choice, names in names_of(topics).items()},
        sections=[(name, list(section.topics)) for name, section in topics.sections.items()],
    )
    digest = hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return _restore(digest[:16], body, wording)


class Releases:
    """The release that new sessions begin on, and those that older sessions still use.

    ``ways`` lead from questions that are gone to those where their sessions go on.
    """

    def __init__(self, current: Release, ways: Mapping[str, str] | None = None) -> None:
        self.current = current
        self.ways = ways or {}
        self._known = {current.id: current}
        self._left: dict[str, Release] = {}

    async def keep_current(self, tx: Transaction, *, now: Instant) -> None:
        """Keep the current release, so that its sessions can always finish on it."""
        await releases.keep_release(tx, self.current.id, self.current.body, now=now)

    async def find(self, tx: Transaction, release: str) -> Release:
        """Return the release with the id *release*.

        It is the current one if that one is unknown, left, or not to be read by this program.
        """
        if release not in self._known:
            try:
                body = await releases.find_release(tx, release)
                found = _kept(release, body, self.current) if body else self.current
            except (FlowError, LookupError, ValueError):
                found = self.current
            self._known[release] = found
        return self._known[release]

    async def can_read(self, tx: Transaction, release: str) -> bool:
        """Whether sessions on *release* can finish on it."""
        return (await self.find(tx, release)).id == release

    async def leave(self, tx: Transaction, release: str, ways: Mapping[str, str]) -> None:
        """From now on let sessions on *release* go on in the current one, by *ways* as well."""
        if await self.can_read(tx, release):
            self._left[release] = self._known[release]
        self._known[release] = self.current
        self.ways = {**self.ways, **ways}

    def left(self, release: str) -> Release | None:
        """Return *release* as it was when it was left, if this program could still read it."""
        return self._left.get(release)


def _kept(release: str, body: object, current: Release) -> Release:
    """Return the release kept as *body*.

    Raises:
        FlowError, LookupError, ValueError: this program cannot work with it.

    """
    found = _restore(release, convert(body, Body), current.wording)
    needed = [place for place in _BEGINNINGS if place in current.plan.states]
    if not all(place in found.plan.states for place in needed):
        text = "the release lacks a state in which a conversation begins"
        raise LookupError(text)
    return found


def _restore(release: str, body: Body, wording: Wording) -> Release:
    flows = {flow.name: flow for flow in _read_all(body["flows"])}
    pinned = wording.pinned(body["texts"])
    titles = {topic: tuple(names) for topic, names in body["titles"].items()}
    vocabulary = {**pinned.vocabulary(flows.values()), **titles}
    sections = {name: tuple(listed) for name, listed in body.get("sections", [])}
    plan = make_plan(release, flows, vocabulary, tuple(body["topics"]), sections)
    return Release(id=release, plan=plan, wording=pinned, body=body)


def _read_all(sources: Mapping[str, str]) -> Iterator[Flow]:
    for file, text in sources.items():
        yield read_flow(text, file)
