"""Why a case is as pressing as it is, besides what was seen in words: answers, and colleagues."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.directory.model import Queue
from bot.domain.case import Case, Entry, EntryKind
from bot.domain.level import Level, level_named
from bot.domain.signal import Signal
from bot.engine.plan import Plan
from bot.triage.judge import DANGER_TOLD, reasons_in, was_asked_about_danger

ASKED_FOR_PERSON = "asked_for_person"
"""What raises a level without being an answer; so does what :mod:`bot.triage.judge` names."""

PERSON = "person"
_SET = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One thing that gave a case its *level*: an *answer* at *place*, or *by* itself."""

    level: Level
    place: str = ""
    answer: str = field(default="", repr=False)
    by: str = ""


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
    found = [*_by_judging(answers)]
    known = {ground.place for ground in found}
    rest = {place: answer for place, answer in answers.items() if place not in known}
    found += _by_queues(plan, queues, rest)
    if case.queue == PERSON:
        found.append(Ground(level=Level.URGENT, by=ASKED_FOR_PERSON))
    return sorted(found, key=lambda ground: (ground.level, not ground.place))


def _by_judging(answers: Mapping[str, str]) -> Iterator[Ground]:
    for reason in reasons_in(answers) if was_asked_about_danger(answers) else ():
        place = reason.place
        by = "" if place else reason.by
        yield Ground(level=reason.level, place=place, answer=answers.get(place, ""), by=by)


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
    """Return in a few keys what a case is about: danger told, what was seen, or why else."""
    danger = [DANGER_TOLD for ground in grounds if ground.level is Level.EMERGENCY]
    seen = [signal.category for signal in sorted(signals, key=lambda signal: signal.level)]
    found = danger + seen or [ground.by for ground in grounds if ground.by]
    return tuple(dict.fromkeys(found))


def judged(entries: Sequence[Entry]) -> Judged | None:
    """Return how a colleague judged last, if that stands among *entries*."""
    for entry in reversed(entries):
        word, _, rest = entry.text.partition(":")
        if entry.kind is EntryKind.STATUS and word == _SET and rest.count(":") > 1:
            _, level, reason = rest.split(":", 2)
            return Judged(level=level_named(level), name=entry.author, reason=reason.strip())
    return None
