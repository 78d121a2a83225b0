"""What there is to draw of a flow: its states, the answers between them, and how it ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.flow.model import ALWAYS, OTHER, SILENT, SKIPPED, Flow, State

Wording = Callable[[str, str], str]
"""Takes a wording's key and its source, and returns the text in a reader's language."""


class Kind(StrEnum):
    """What something in a picture is; each has a shape and a colour of its own."""

    START = "start"
    QUESTION = "question"
    SAYS = "says"
    DOES = "does"
    CASE = "case"
    EMERGENCY = "emergency"
    ANSWER = "answer"
    END = "end"
    SILENT = "silent"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One thing in the picture. ``heading`` is short; ``said`` and ``asked`` may be long."""

    id: str
    kind: Kind
    heading: str
    said: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The way from one shape to another, by their ids."""

    source: str
    target: str
    is_silence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Everything to draw, in the order of the flow."""

    shapes: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]


OWN_NAMES = {OTHER: "Own words", SKIPPED: "Skipped"}
"""What the keys of ``then`` that no answer has are called."""


def source_wording(_key: str, source: str) -> str:
    """Return *source*: the wording as its authors wrote it."""
    return source


def picture_of(flow: Flow, wording: Wording = source_wording) -> Picture:
    """Return what there is to draw of *flow*, with its texts as *wording* has them."""
    parts = [*_beginnings(flow)]
    for state in flow.states.values():
        parts += [_shape(state, wording), *_ways(flow, state, wording), *_ending(state)]
        if state.if_silent:
            parts.append(Arrow(source=state.name, target=state.if_silent, is_silence=True))
    shapes = [part for part in parts if isinstance(part, Shape)]
    arrows = [part for part in parts if isinstance(part, Arrow)]
    drawn = {shape.id for shape in shapes}
    there = [arrow for arrow in arrows if {arrow.source, arrow.target} <= drawn]
    return Picture(shapes=tuple(shapes), arrows=tuple(there))


def _beginnings(flow: Flow) -> Iterator[Shape | Arrow]:
    yield Shape(id=".start", kind=Kind.START, heading="Start")
    yield Arrow(source=".start", target=flow.starts_at)
    if flow.if_silent:
        heading = f"No reply for {spell(flow.if_silent.after)}"
        yield Shape(id=".silence", kind=Kind.SILENT, heading=heading)
        yield Arrow(source=".silence", target=flow.if_silent.go, is_silence=True)


def spell(duration: timedelta) -> str:
    """Return *duration* as flows write it: ``30 minutes``, ``2 hours``, ``1 day``."""
    minutes = int(duration.total_seconds()) // 60
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes % size == 0:
            count = minutes // size
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return ""


def _shape(state: State, wording: Wording) -> Shape:
    heading = name_in_words(state.name)
    if state.open_case:
        heading = f"{heading} · opens a case: {name_in_words(state.open_case).lower()}"
    if state.do:
        heading = f"{heading} · does: {name_in_words(state.do).lower()}"
    return Shape(
        id=state.name,
        kind=kind_of(state),
        heading=heading,
        said=wording(f"{state.place}.say", state.say) if state.say else "",
        asked=wording(f"{state.place}.ask", state.ask) if state.ask else "",
    )


def name_in_words(name: str) -> str:
    """Return ``in_danger`` as ``In danger``."""
    return name.replace("_", " ").capitalize()


def kind_of(state: State) -> Kind:
    """Return what *state* is drawn as; that it opens a case outweighs the rest."""
    if state.open_case:
        return Kind.EMERGENCY if state.open_case == "emergency" else Kind.CASE
    if state.is_question:
        return Kind.QUESTION
    return Kind.DOES if state.do else Kind.SAYS


def _ways(flow: Flow, state: State, wording: Wording) -> Iterator[Shape | Arrow]:
    """Yield the answers that lead on, those with one target together, and their arrows."""
    for target in dict.fromkeys(state.then.values()):
        keys = [key for key, there in state.then.items() if there == target]
        found = _target(flow, state, target)
        labels = [label for key in keys if (label := label_of(state, key, wording))]
        if target == state.name and not labels:
            labels = ["Any reply"]
        between = f"{state.name}>{target}"
        if labels:
            yield Shape(id=between, kind=Kind.ANSWER, heading=" / ".join(labels))
            yield Arrow(source=state.name, target=between)
        yield Arrow(source=between if labels else state.name, target=found.id)
        if found.kind == Kind.ELSEWHERE:
            yield found


def label_of(state: State, key: str, wording: Wording) -> str:
    """Return how the answer or outcome *key* of *state* reads; ``""`` where all go one way."""
    if key in state.answers:
        return wording(f"{state.place}.answers.{key}", state.answers[key])
    if key == ALWAYS:
        return " / ".join(label_of(state, each, wording) for each in _unrouted(state))
    return OWN_NAMES.get(key, "") or name_in_words(key)


def _unrouted(state: State) -> list[str]:
    """Return the answers of *state* that have no way of their own."""
    return [key for key in state.answers if key not in state.then]


def _target(flow: Flow, state: State, target: str) -> Shape:
    name = target.removesuffix("!").removeprefix(f"{flow.name}.")
    if "." not in name:
        return Shape(id=name, kind=Kind.SAYS, heading=name)
    other, _, there = name.partition(".")
    back = "" if target.endswith("!") else " (and back)"
    heading = f"{name_in_words(other)}: {name_in_words(there).lower()}{back}"
    return Shape(id=f"{state.name}>>{target}", kind=Kind.ELSEWHERE, heading=heading)


def _ending(state: State) -> Iterator[Shape | Arrow]:
    if state.end:
        is_silent = state.end == SILENT
        kind = Kind.SILENT if is_silent else Kind.END
        heading = "Ends without a word" if is_silent else f"End: {name_in_words(state.end).lower()}"
        yield Shape(id=f"{state.name}.end", kind=kind, heading=heading)
        yield Arrow(source=state.name, target=f"{state.name}.end", is_silence=is_silent)
