"""A flow as a page for people who never read YAML: what is said and asked, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.flow.draw import LOOKS, as_svg
from bot.flow.model import OTHER, SILENT, SKIPPED, Flow, State
from bot.flow.paths import following, silences_of, split_target, start_of
from bot.flow.picture import Kind, Wording, kind_of, label_of, name_in_words, spell

LEGEND = (
    Kind.QUESTION,
    Kind.SAYS,
    Kind.DOES,
    Kind.CASE,
    Kind.EMERGENCY,
    Kind.ANSWER,
    Kind.END,
    Kind.SILENT,
    Kind.ELSEWHERE,
)
"""What the page explains of the picture, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Where a step leads. ``number`` is that of a step on this page, 0 for another flow's."""

    number: int
    name: str
    flow: str
    comes_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be answered, or how a deed can turn out, and what follows."""

    label: str
    also: str
    onward: Onward | None
    is_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One state, in the words of the reader's language."""

    number: int
    name: str
    state: State
    kind: Kind
    said: str
    asked: str
    if_unclear: str
    choices: tuple[Choice, ...]
    is_silent: bool
    silence: Onward | None


def as_page(
    flow: Flow,
    wording: Wording,
    language: str,
    translations: NullTranslations | None = None,
) -> str:
    """Return one HTML page that needs nothing else: the steps of *flow*, and its picture.

    *wording* turns a key and its source into the text in *language*; *translations* has the
    page's own words, which are English without it.
    """
    ordered = walk_order(flow)
    numbers = {state.name: number for number, state in enumerate(ordered, 1)}
    template = _environment().get_template("flow.html")
    return template.render(
        flow=flow,
        title=name_in_words(flow.name),
        language=language.replace("_", "-"),
        steps=[_step(flow, state, numbers, wording) for state in ordered],
        silence=_silence(flow, numbers),
        picture=as_svg(flow, wording),
        legend=[(kind, LOOKS[kind]) for kind in LEGEND],
        words=name_in_words,
        _=(translations or NullTranslations()).gettext,
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bot.flow"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def walk_order(flow: Flow) -> Sequence[State]:
    """Return every state of *flow* as one conversation meets them; silence and the rest last."""
    flows = {flow.name: flow}
    met: dict[str, State] = {}
    waiting = [
        *reversed(list(flow.states.values())),
        *silences_of(flows, flow),
        start_of(flows, flow),
    ]
    while waiting:
        state = waiting.pop()
        if state and state.flow == flow.name and state.name not in met:
            met[state.name] = state
            waiting.extend(reversed(list(following(flows, state))))
    return list(met.values())


def _step(flow: Flow, state: State, numbers: dict[str, int], wording: Wording) -> Step:
    return Step(
        number=numbers[state.name],
        name=name_in_words(state.name),
        state=state,
        kind=kind_of(state),
        said=wording(f"{state.place}.say", state.say) if state.say else "",
        asked=wording(f"{state.place}.ask", state.ask) if state.ask else "",
        if_unclear=wording(f"{state.place}.if_unclear", state.if_unclear)
        if state.if_unclear
        else "",
        choices=tuple(_choice(flow, state, key, numbers, wording) for key in _keys(state)),
        is_silent=state.end == SILENT,
        silence=_onward(flow, state.if_silent, numbers),
    )


def _keys(state: State) -> list[str]:
    """Return the answers of *state*, then whatever else its ``then`` names."""
    return list(dict.fromkeys((*state.answers, *state.then)))


def _choice(
    flow: Flow, state: State, key: str, numbers: dict[str, int], wording: Wording
) -> Choice:
    place = f"{state.place}.answers.{key}.also"
    also = wording(place, " | ".join(state.also[key])) if key in state.also else ""
    is_answer = key in state.answers
    return Choice(
        label=label_of(state, key, wording) if key else "",
        also=also,
        onward=_onward(flow, state.then.get(key) or state.then.get("", ""), numbers),
        is_answer=is_answer or key in {OTHER, SKIPPED},
    )


def _onward(flow: Flow, target: str, numbers: dict[str, int]) -> Onward | None:
    if not target:
        return None
    other, name = split_target(flow.name, target)
    is_here = other == flow.name
    return Onward(
        number=numbers.get(name, 0) if is_here else 0,
        name=name_in_words(name),
        flow="" if is_here else name_in_words(other),
        comes_back="." in target and not target.endswith("!"),
    )


def _silence(flow: Flow, numbers: dict[str, int]) -> tuple[str, Onward | None] | None:
    if not flow.if_silent:
        return None
    return spell(flow.if_silent.after), _onward(flow, flow.if_silent.go, numbers)
