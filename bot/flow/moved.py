"""Where a conversation goes on whose question is gone: read from a file, and proved."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.flow.model import State
from bot.flow.strict import Node, hint, parse

MOVED = "moved"
"""The one word of such a file."""

A_PERSON = "a person"
"""Stands for a state where nothing is like the old one: a person reads what was told."""

_PLACE = expression(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Whoever waits in the state ``old`` goes on in ``new``, a state or :data:`A_PERSON`."""

    old: str
    new: str
    file: str
    line: int


def read_moves(text: str, file: str) -> tuple[Move, ...]:
    """Return the moves that *text* lists; *file* is its name in findings.

    Raises:
        FlowError: the text is not in the form.

    """
    root = parse(text, file)
    findings = list(_faults(root, file))
    if findings:
        raise FlowError(findings)
    return tuple(
        Move(old=old, new=node.text.strip(), file=file, line=node.line)
        for old, node in root.block[MOVED].block.items()
    )


def _faults(root: Node, file: str) -> Iterator[Finding]:
    for word, node in root.block.items():
        if word != MOVED:
            text = f'"{word}" is not a word of this file; it knows only {MOVED}'
            yield Finding(file=file, line=node.line, code="F002", text=text)
    moved = root.block.get(MOVED)
    if moved is None or not moved.block:
        text = f'"{MOVED}" is missing or empty; write lines of "flow.old: flow.new" below it'
        yield Finding(file=file, line=root.line, code="F005", text=text)
        return
    for old, node in moved.block.items():
        names = [old] if node.text.strip() == A_PERSON else [old, node.text.strip()]
        for name in [name for name in names if not _PLACE.fullmatch(name)]:
            text = f'"{name}" is no state; write flow.state, or behind the colon: {A_PERSON}'
            yield Finding(file=file, line=node.line, code="F011", text=text)


def check_moves(moves: Iterable[Move], states: Mapping[str, State]) -> Iterator[Finding]:
    """Yield what is wrong with *moves*, given every state there is now by its dotted name."""
    listed = list(moves)
    ways = {move.old: move.new for move in listed}
    first: dict[str, Move] = {}
    for move in listed:
        earlier = first.setdefault(move.old, move)
        if earlier is not move:
            text = f'"{move.old}" is moved already, in {earlier.file}:{earlier.line}; keep one'
            yield _finding(move, "F405", text)
        elif is_question(states, move.old):
            text = f'"{move.old}" is still a question; nobody has to be moved from it'
            yield _finding(move, "F402", text)
        elif _end(ways, move.old) is None:
            text = f'"{move.old}" comes back to itself; name the state that there is now'
            yield _finding(move, "F403", text)
        elif move.new not in {A_PERSON, *ways}:
            yield from _target(move, states)


def _target(move: Move, states: Mapping[str, State]) -> Iterator[Finding]:
    if move.new not in states:
        text = f'there is no state "{move.new}"{hint(move.new, states)}'
        yield _finding(move, "F401", text)
    elif not states[move.new].is_question:
        text = f'"{move.new}" asks nothing, so nobody can wait there; name a question'
        yield _finding(move, "F404", text)


def _finding(move: Move, code: str, text: str) -> Finding:
    return Finding(file=move.file, line=move.line, code=code, text=text)


def unmoved(file: str, place: str, count: int) -> Finding:
    """Return the finding that *file* does not say where *count* conversations go on."""
    who = "a conversation waits" if count == 1 else f"{count} conversations wait"
    text = f'{who} at "{place}", which is gone; write "{place}: …", a state or {A_PERSON}'
    return Finding(file=file, line=1, code="F406", text=text)


def is_question(states: Mapping[str, State], place: str) -> bool:
    """Whether *place* is one of *states* in which somebody can wait."""
    return place in states and states[place].is_question


def ways_of(moves: Iterable[Move]) -> Mapping[str, str]:
    """Return where each old state of *moves* leads in the end; ``""`` is to a person."""
    ways = {move.old: move.new for move in moves}
    ends = {old: _end(ways, old) or A_PERSON for old in ways}
    return {old: "" if end == A_PERSON else end for old, end in ends.items()}


def _end(ways: Mapping[str, str], place: str) -> str | None:
    """Follow *ways* from *place*; return None if they run in a circle."""
    seen: set[str] = set()
    while place in ways:
        if place in seen:
            return None
        seen.add(place)
        place = ways[place]
    return place
