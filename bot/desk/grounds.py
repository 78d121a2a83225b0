"""Why a case is as pressing as it is, besides what was seen in words: answers, and colleagues."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.directory.model import Queue
from bot.domain.case import COMPLAINED, Case, Entry, EntryKind
from bot.domain.level import Level, level_named
from bot.domain.signal import Signal
from bot.engine.plan import Plan
from bot.flow.danger import DANGERS
from bot.flow.model import SKIPPED
from bot.triage.judge import DANGER_TOLD, reasons_in, was_asked_about_danger
from bot.triage.opinion import IN_DOUBT
from bot.triage.opinion_signal import SECOND_OPINION

DANGER_UNSURE, DANGER_SKIPPED = "danger_unsure", "danger_skipped"
DANGER_IN_WORDS = "danger_in_words"
"""What else than a clear yes was answered when danger was asked about, and counts as danger."""

UNNAMED = "unnamed"
"""What no rule named, but the second opinion alone, which was not sure of its kind."""

COMPLAINT = "complaint"
"""That they complain about us; no level comes of it."""

ASKED_FOR_PERSON = "asked_for_person"
"""What raises a level without being an answer; so does what :mod:`bot.triage.judge` names."""

PERSON = "person"
_SET = "level"
_YES, _UNSURE = DANGERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One thing that gave a case its *level*: an *answer* at *place*, or *by* itself.

    *is_in_words* says that the answer is none of those that were offered.
    """

    level: Level
    place: str = ""
    answer: str = field(default="", repr=False)
    by: str = ""
    is_in_words: bool = False

    @property
    def danger(self) -> str:
        """How danger was told, if this gave an emergency: yes, not sure, skipped, or in words."""
        if self.level is not Level.EMERGENCY:
            return ""
        if self.answer == SKIPPED:
            return DANGER_SKIPPED
        if self.answer == _UNSURE:
            return DANGER_UNSURE
        return DANGER_IN_WORDS if self.is_in_words else DANGER_TOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How a colleague judged: the *level* they gave, their *name*, and the *reason* they wrote."""

    level: Level
    name: str
    reason: str = field(repr=False)


def grounds_of(
    plan: Plan, queues: Mapping[str, Queue], case: Case, answers: Mapping[str, str]
) -> Sequence[Ground]:
    """Return what of *answers* makes *case* pressing, the most pressing first."""
    found = [*_by_judging(plan, answers)]
    known = {ground.place for ground in found}
    rest = {place: answer for place, answer in answers.items() if place not in known}
    found += _by_queues(plan, queues, rest)
    if case.queue == PERSON:
        found.append(Ground(level=Level.URGENT, by=ASKED_FOR_PERSON))
    if COMPLAINED in answers:
        found.append(Ground(level=Level.ROUTINE, by=COMPLAINT))
    return sorted(found, key=lambda ground: (ground.level, not ground.place))


def _by_judging(plan: Plan, answers: Mapping[str, str]) -> Iterator[Ground]:
    for reason in reasons_in(answers) if was_asked_about_danger(answers) else ():
        place = reason.place
        answer = answers.get(place, "")
        yield Ground(
            level=reason.level,
            place=place,
            answer=answer,
            by="" if place else reason.by,
            is_in_words=bool(place) and not _is_offered(plan, place, answer),
        )


def _is_offered(plan: Plan, place: str, answer: str) -> bool:
    """Whether *answer* is a button of *place*, also if that is not asked any more."""
    state = plan.states.get(place)
    return answer in (state.answers if state else (_YES, _UNSURE)) or answer == SKIPPED


def _by_queues(
    plan: Plan, queues: Mapping[str, Queue], answers: Mapping[str, str]
) -> Iterator[Ground]:
    for place, answer in answers.items():
        level = _level_behind(plan, queues, place, answer)
        if level <= Level.URGENT:
            yield Ground(level=level, place=place, answer=answer)


def _level_behind(plan: Plan, queues: Mapping[str, Queue], place: str, answer: str) -> Level:
    """Return the level of the queue in which *answer* opens a case at once."""
    if place not in plan.states or not plan.has_route(place, answer):
        return Level.NONE
    behind, _ = plan.move(place, answer)
    queue = queues.get(plan.states[behind].open_case) if behind in plan.states else None
    return queue.level if queue else Level.NONE


def about(signals: Sequence[Signal], grounds: Sequence[Ground]) -> tuple[str, ...]:
    """Return in a few keys what a case is about: a complaint, danger, what was seen, or why else.

    What a rule names comes before what is only distress, or was not named at all.
    """
    danger = [ground.danger for ground in grounds if ground.danger]
    seen = [kind_of(signal) for signal in sorted(signals, key=by_name_and_level)]
    ours = [COMPLAINT for ground in grounds if ground.by == COMPLAINT]
    found = ours + danger + seen or [ground.by for ground in grounds if ground.by]
    return tuple(dict.fromkeys(found))


def kind_of(signal: Signal) -> str:
    """Return the category of *signal*, or that nothing was named."""
    is_unnamed = signal.rule == SECOND_OPINION and signal.category == IN_DOUBT
    return UNNAMED if is_unnamed else signal.category


def by_name_and_level(signal: Signal) -> tuple[int, Level]:
    """Return where *signal* stands among the reasons: what is named first, then by its level."""
    return (UNNAMED, IN_DOUBT).count(kind_of(signal)), signal.level


def by_level_and_name(signal: Signal) -> tuple[Level, int, bool]:
    """Return where *signal* stands by how pressing it is: among equals, what is named first.

    Of what is named comes first what a rule saw, and then what only reads like it.
    """
    is_unnamed, level = by_name_and_level(signal)
    return level, is_unnamed, signal.rule == SECOND_OPINION


def judged(entries: Sequence[Entry]) -> Judged | None:
    """Return how a colleague judged last, if that stands among *entries*."""
    for entry in reversed(entries):
        word, _, rest = entry.text.partition(":")
        if entry.kind is EntryKind.STATUS and word == _SET and rest.count(":") > 1:
            _, level, reason = rest.split(":", 2)
            return Judged(level=level_named(level), name=entry.author, reason=reason.strip())
    return None
