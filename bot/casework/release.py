"""Releases: the flows and wordings a session is pinned to."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

import orjson

from bot.domain.errors import FlowError
from bot.domain.ids import Instant
from bot.engine.plan import Plan, make_plan
from bot.flow.model import Flow
from bot.flow.reader import read_flow
from bot.wording.wording import Wording
from storage import releases
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Flows ready to run, and what they say in every language."""

    id: str
    plan: Plan
    wording: Wording
    body: "Body" = field(repr=False)
    spoken: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """Wordings by language and key, once they were said: they are said again and again."""


class Body(TypedDict):
    """A release as it is kept: flow files, texts by language and key, topics and their names."""

    flows: dict[str, str]
    texts: dict[str, dict[str, str]]
    topics: list[str]
    titles: dict[str, list[str]]


def make_release(
    sources: Mapping[str, str],
    wording: Wording,
    topics: tuple[str, ...],
    titles: Mapping[str, tuple[str, ...]],
) -> Release:
    """Return the release of the flow files *sources*; its id follows from what is in it.

    *titles* are the ways to name each topic. The flows must have been proved.
    """
    body = Body(
        flows=dict(sources),
        texts=wording.snapshot(),
        topics=list(topics),
        titles={topic: list(names) for topic, names in titles.items()},
    )
    digest = hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return _restore(digest[:16], body, wording)


class Releases:
    """The release that new sessions begin on, and those that older sessions still use."""

    def __init__(self, current: Release) -> None:
        self.current = current
        self._known = {current.id: current}

    async def keep_current(self, tx: Transaction, *, now: Instant) -> None:
        """Keep the current release, so that its sessions can always finish on it."""
        await releases.keep_release(tx, self.current.id, self.current.body, now=now)

    async def find(self, tx: Transaction, release: str) -> Release:
        """Return the release with the id *release*.

        It is the current one if that one is unknown, or if this program cannot read it any more.
        """
        if release not in self._known:
            body = await releases.find_release(tx, release)
            try:
                found = _restore(release, body, self.current.wording) if body else self.current
            except (FlowError, KeyError):
                found = self.current
            self._known[release] = found
        return self._known[release]


def _restore(release: str, body: Body, wording: Wording) -> Release:
    flows = {flow.name: flow for flow in _read_all(body["flows"])}
    pinned = wording.pinned(body["texts"])
    titles = {topic: tuple(names) for topic, names in body["titles"].items()}
    vocabulary = {**pinned.vocabulary(flows.values()), **titles}
    plan = make_plan(release, flows, vocabulary, tuple(body["topics"]))
    return Release(id=release, plan=plan, wording=pinned, body=body)


def _read_all(sources: Mapping[str, str]) -> Iterator[Flow]:
    for file, text in sources.items():
        yield read_flow(text, file)
