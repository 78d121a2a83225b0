"""A flow as its authors wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.flow.deeds import DEEDS

ALWAYS = ""
"""The key of ``then`` for a route that every answer takes."""

SKIPPED = "skipped"
"""The answer of a question that was skipped, and its key in ``then``."""

OTHER = "text"
"""The key in ``then`` for own words, where a question has choices as well."""

SECTION = "section"
MORE = "more"
"""The keys in ``then`` for a section of the topics that was chosen, and for more of one.

Choices of these kinds are spelt ``section.NAME`` and ``more.NAME.PAGE.PAGES``.
"""

EARLIER = "earlier"
"""The kind of a choice that leads to the page before, by the key ``MORE``."""

SILENT = "silent"
"""The word of ``end`` that closes a conversation without a word."""

EXPECTS = ("text", "age", "number", "topic", "choice", "code", "answered")
"""What a question may ``expect`` besides its own answers."""

ANYWHERE = "always.anywhere"
"""The state whose answers are the words that work in every state."""

SPOKEN: tuple[str, ...] = (
    "offer_person",
    "not_clear",
    "question_kept",
    "heard_you",
    "heard_you_kept",
    "heard_you_again",
    "afraid",
    "not_your_fault",
    "not_worthless",
    "taken_back",
    "taken_seriously",
    "not_right",
    "boys_too",
    "no_visit",
    "paid_back",
    "whom_to_tell",
    "no_secret",
    "no_secret_adult",
    "no_secret_police",
    "no_secret_police_adult",
    "no_secret_calls",
    "cannot_type",
    "what_it_costs",
    "can_you_help",
    "lost_code",
    "no_answer_yet",
    "no_hurry",
    "take_your_time",
    "take_your_time_in_danger",
    "nobody_arrests",
    "nobody_takes_away",
    "before_it_is_empty",
    "before_it_is_empty_in_danger",
    "may_call_police",
    "better_keep_it",
    "who_told",
    "where_to_report",
    "may_photograph",
    "may_hit_back",
    "may_give_food",
    "may_give_food_adult",
    "to_be_believed",
    "what_becomes_of_them",
    "what_becomes_of_kin",
    "what_is_seen_here",
    "no_name_needed",
    "they_may_write",
    "whom_for_papers",
    "it_hurts",
    "it_hurts_animal",
    "why_asked",
    "question_passed",
    "where_to_go",
    "person_called",
    "sure_of_it",
    "danger_again",
    "danger_later",
    "only_writing",
    "which_number",
    "which_times",
    "what_more",
    "not_written_to",
    "who_sees_it",
    "other_language",
    "unread_letters",
    "amid_no_breath",
    "amid_swallowed",
    "amid_hurt",
    "amid_weapon",
    "amid_at_the_door",
    "amid_at_hand",
    "amid_led_away",
    "amid_wish",
    "amid_threat",
    "amid_cannot_call",
    "amid_cannot_call_ill",
    "amid_cannot_call_again",
    "amid_where",
    "amid_where_adult",
    "which_place",
    "amid_more",
    "goes_to_workers",
    "which_place_unsafe",
    "did_nothing_wrong",
    "amid_with_worker",
    "file_kept",
    "cannot_read",
    "edit_seen",
    "somebody_comes",
    "somebody_comes_ill",
    "passed_on",
    "passed_on_in_danger",
    "told_again",
    "help_called",
    "only_answers",
    "thanked",
    "you_asked",
    "may_answer",
    "may_read",
    "your_code",
    "taken_in",
    "called",
    "supervisors_called",
    "safe_word_heard",
    "insulted",
    "tears",
    "a_program",
    "what_this_is",
    "not_of_others",
    "not_settled_here",
    "from_anywhere",
    "wrong_chat",
    "complaint",
    "about_your_report",
    "when_read",
    "thanks_back",
    "no_jokes",
    "always_here",
    "own_deed",
    "why_we_ask",
    "here",
    "told_before",
    "told_all",
    "reading_all",
    "all_read",
    "worker_has_it",
    "worker_left",
    "case_closed",
    "step_failed",
    "questions_changed",
    "nobody_there",
    "somebody_there",
    "nobody_reads",
    "while_away",
    "emergency_while_away",
)
"""States of the flow ``always`` that no route reaches: Lantern says them of its own accord."""

FELT = "felt_"
"""How the names of those begin that follow a signal; ``flows/triage/follow.yaml`` names them."""


def is_spoken(name: str) -> bool:
    """Whether Lantern says the state *name* of the flow ``always`` of its own accord."""
    return name in SPOKEN or name.startswith(FELT)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One step of a conversation.

    ``answers`` maps each choice's key to its label, ``also`` to the words that mean the same.
    ``then`` maps an answer's key, or a deed's outcome, to the next state; ``ALWAYS`` is for all.
    ``if_silent`` is the state to which silence leads from here, if not where the flow says.
    ``lines`` maps the parts of the state (``say``, ``then.danger``) to lines of its file.
    ``place`` is its dotted name, unique over all flows, and ``is_question`` says whether the
    conversation waits in it for the contact.
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
    if_silent: str = ""
    do: str = ""
    open_case: str = ""
    then: Mapping[str, str] = field(default_factory=dict)
    end: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    place: str = field(init=False, repr=False, compare=False)
    is_question: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make out once what every turn asks for several times."""
        object.__setattr__(self, "place", f"{self.flow}.{self.name}")
        object.__setattr__(self, "is_question", bool(self.ask or self.answers or self.expect))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What ``then`` must say the next state of; empty where nothing is asked or done."""
        if self.do:
            return DEEDS.get(self.do, ())
        return (*self.answers, OTHER) if self.expect else tuple(self.answers)

    def line_of(self, part: str) -> int:
        """Return the line of *part* (``then.danger``), or of the nearest part around it."""
        while part:
            if part in self.lines:
                return self.lines[part]
            part = part.rpartition(".")[0]
        return self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class IfSilent:
    """Where a conversation goes when the contact has said nothing for ``after``.

    ``after_us`` is the same in microseconds, as every turn asks for it.
    """

    after: timedelta
    go: str
    after_us: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Reckon ``after_us`` once."""
        object.__setattr__(self, "after_us", self.after // timedelta(microseconds=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A conversation's definition. ``file`` is where it stands, for findings.

    ``lines`` maps the words of the file (``starts_at``, ``if_silent.go``) to its lines.
    """

    name: str
    version: int
    starts_at: str
    states: Mapping[str, State]
    file: str
    if_silent: IfSilent | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

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
