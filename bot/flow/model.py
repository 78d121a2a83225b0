"""A flow as its authors wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

ALWAYS = ""
"""The key of ``then`` for a route that every answer takes."""

SKIPPED = "skipped"
"""The answer of a question that was skipped, and its key in ``then``."""

OTHER = "text"
"""The key in ``then`` for own words, where a question has choices as well."""

SILENT = "silent"
"""The word of ``end`` that closes a conversation without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One step of a conversation.

    ``answers`` maps each choice's key to its label, ``also`` to the words that mean the same.
    ``then`` maps an answer's key, or a deed's outcome, to the next state; ``ALWAYS`` is for all.
    ``lines`` maps the parts of the state (``say``, ``then.danger``) to lines of its file.
    """

    flow: str
    name: str
    line: int
    note: str = ""
    say: str = ""
    ask: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    expect: str = ""
    if_unclear: str = ""
    can_skip: bool = True
    do: str = ""
    open_case: str = ""
    then: Mapping[str, str] = field(default_factory=dict)
    end: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The state's dotted name, unique over all flows."""
        return f"{self.flow}.{self.name}"

    @property
    def is_question(self) -> bool:
        """Whether the conversation waits here for the contact."""
        return bool(self.ask or self.answers or self.expect)


@dataclass(frozen=True, slots=True, kw_only=True)
class IfSilent:
    """Where a conversation goes when the contact has said nothing for ``after``."""

    after: timedelta
    go: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A conversation's definition. ``file`` is where it stands, for findings."""

    name: str
    version: int
    starts_at: str
    states: Mapping[str, State]
    file: str
    if_silent: IfSilent | None = None

    def wordings(self) -> Iterator[tuple[str, str, int]]:
        """Yield each translatable text as ``(key, text, line)``, in the order of the file."""
        for state in self.states.values():
            yield from _state_wordings(state)


def _state_wordings(state: State) -> Iterator[tuple[str, str, int]]:
    for part, text in (("say", state.say), ("ask", state.ask)):
        if text:
            yield f"{state.place}.{part}", text, state.lines.get(part, state.line)
    for key, label in state.answers.items():
        place = f"answers.{key}"
        line = state.lines.get(place, state.line)
        yield f"{state.place}.{place}", label, line
        if key in state.also:
            yield f"{state.place}.{place}.also", " | ".join(state.also[key]), line
    if state.if_unclear:
        line = state.lines.get("if_unclear", state.line)
        yield f"{state.place}.if_unclear", state.if_unclear, line
