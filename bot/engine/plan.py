"""A release of the flows, made ready to run on one shared state machine."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from transitions import Machine

from bot.engine.plain import command, plain
from bot.flow.deeds import DEEDS
from bot.flow.model import (
    ALWAYS,
    ANYWHERE,
    EARLIER,
    MORE,
    OTHER,
    SECTION,
    SKIPPED,
    Flow,
    State,
)

NEXT = "next"
SILENCE = "silence"
WORD = "word:"


class Way(Enum):
    """How a route goes to its state."""

    ON = "on"
    CALL = "call"
    LEAVE = "leave"


class Walker:
    """What the machine moves: nothing but a state."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything a turn needs to know of the flows.

    ``words`` maps what people type to the word that works anywhere which it means,
    ``meanings`` maps it to an answer's key for each state, ``names`` are a topic's, and
    ``every_name`` those of all, in every language and made plain.
    ``topics`` are offered where a question expects a topic and nothing better is known,
    ``sections`` list them if ``is_leafed``: if some question leads on from a section.
    """

    release: str
    flows: Mapping[str, Flow]
    states: Mapping[str, State]
    machine: Machine = field(repr=False)
    ways: Mapping[tuple[str, str], Way]
    words: Mapping[str, str] = field(repr=False)
    meanings: Mapping[str, Mapping[str, str]] = field(repr=False)
    names: Mapping[str, frozenset[str]] = field(repr=False)
    every_name: frozenset[str] = field(repr=False)
    topics: tuple[str, ...] = ()
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_leafed: bool = False
    moves: dict[tuple[str, str], tuple[str, Way]] = field(default_factory=dict, repr=False)
    """Where the machine led, once it was asked: from the same place it leads there for ever."""

    def move(self, place: str, trigger: str) -> tuple[str, Way]:
        """Return where *trigger* leads from *place*, and how.

        Raises:
            KeyError: it leads nowhere.

        """
        known = self.moves.get((place, trigger))
        if known is None:
            known = self.moves[place, trigger] = self._ask_machine(place, trigger)
        return known

    def _ask_machine(self, place: str, trigger: str) -> tuple[str, Way]:
        walker = Walker(place)
        self.machine.events[trigger].trigger(walker)
        way = self.ways.get((place, trigger)) or self.ways["*", trigger]
        return walker.state, way

    def has_route(self, place: str, trigger: str) -> bool:
        """Whether *trigger* leads somewhere from *place*."""
        return (place, trigger) in self.ways

    def can_say(self, key: str) -> bool:
        """Whether the wording *key* is of a state there is; on an older release it may be not."""
        return key.endswith(".say") and key.removesuffix(".say") in self.states

    def flow_of(self, place: str) -> Flow | None:
        """Return the flow that *place* belongs to, if there is one."""
        return self.flows.get(place.partition(".")[0])


def make_plan(
    release: str,
    flows: Mapping[str, Flow],
    vocabulary: Mapping[str, tuple[str, ...]],
    topics: tuple[str, ...] = (),
    sections: Mapping[str, tuple[str, ...]] | None = None,
) -> Plan:
    """Compile *flows*, which have been proved, into one flat machine.

    *vocabulary* maps ``flow.state.answers.key``, a topic, ``section.NAME``, ``more`` or
    ``earlier`` to every way of naming it. Words that work anywhere are placed first, because the
    first transition declared wins.
    """
    named = (*topics, *(f"{SECTION}.{name}" for name in sections or ()), MORE, EARLIER)
    states = {state.place: state for flow in flows.values() for state in flow.states.values()}
    machine = Machine(
        model=None,
        states=list(states),
        initial=next(iter(states)),
        auto_transitions=False,
        send_event=False,
    )
    ways: dict[tuple[str, str], Way] = {}
    for source, trigger, target, way in _routes(flows, states):
        machine.add_transition(trigger, source, target)
        ways[source, trigger] = way
    names = {each: frozenset(map(plain, vocabulary.get(each, ()))) for each in named}
    return Plan(
        release=release,
        flows=flows,
        states=states,
        machine=machine,
        ways=ways,
        words=_words(states, vocabulary),
        meanings={place: _meanings(state, vocabulary) for place, state in states.items()},
        names=names,
        every_name=frozenset().union(*names.values()),
        topics=topics,
        sections=sections or {},
        is_leafed=any(trigger == SECTION for _, trigger in ways),
    )


def _words(
    states: Mapping[str, State], vocabulary: Mapping[str, tuple[str, ...]]
) -> Mapping[str, str]:
    anywhere = states.get(ANYWHERE)
    return _first_wins(
        (command(name), word)
        for word in (anywhere.answers if anywhere else ())
        for name in vocabulary.get(f"{ANYWHERE}.answers.{word}", ())
    )


def _meanings(state: State, vocabulary: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return _first_wins(
        (plain(name), key)
        for key in state.answers
        for name in vocabulary.get(f"{state.place}.answers.{key}", ())
        if plain(name)
    )


def _first_wins(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for said, meant in pairs:
        found.setdefault(said, meant)
    return found


def _routes(
    flows: Mapping[str, Flow], states: Mapping[str, State]
) -> Iterator[tuple[str, str, str, Way]]:
    yield from _word_routes(states)
    for state in states.values():
        if state.place != ANYWHERE:
            for trigger, target in _then(state).items():
                yield state.place, trigger, *_resolve(state.flow, target)
    yield from _silence_routes(flows)


def _word_routes(states: Mapping[str, State]) -> Iterator[tuple[str, str, str, Way]]:
    anywhere = states.get(ANYWHERE)
    for word, target in anywhere.then.items() if anywhere else ():
        place, way = _resolve("always", target)
        yield "*", WORD + word, place, Way.LEAVE if way is Way.LEAVE else Way.CALL


def _silence_routes(flows: Mapping[str, Flow]) -> Iterator[tuple[str, str, str, Way]]:
    for flow in flows.values():
        for state in flow.states.values():
            if flow.if_silent and state.is_question:
                go = state.if_silent or flow.if_silent.go
                yield state.place, SILENCE, *_resolve(flow.name, go)


def _then(state: State) -> Mapping[str, str]:
    """Every trigger that leaves *state*, with what its author wrote behind it."""
    then = state.then
    always = then.get(ALWAYS, "")
    if state.do:  # a flow that was kept lacks the ways of what can come of a deed only since
        ways = ((outcome, then.get(outcome, always)) for outcome in DEEDS[state.do])
        return {outcome: target for outcome, target in ways if target}
    if not state.is_question:
        return {NEXT: always} if always else {}
    routes = {key: then.get(key, always) for key in state.answers}
    if state.expect:
        routes[OTHER] = then.get(OTHER, always)
        routes.update((key, then[key]) for key in (SECTION, MORE) if key in then)
    first = next(iter(routes.values()), always)
    routes[SKIPPED] = then.get(SKIPPED) or always or then.get("unsure") or first
    return routes


def _resolve(flow: str, target: str) -> tuple[str, Way]:
    name, leaves = target.removesuffix("!"), target.endswith("!")
    place = name if "." in name else f"{flow}.{name}"
    if leaves:
        return place, Way.LEAVE
    return place, Way.CALL if "." in name else Way.ON
