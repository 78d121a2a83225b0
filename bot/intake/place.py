"""Where somebody in danger is: asked once, and kept with all that they say then.

Which of it is the place is not guessed, but what tells only of a new danger is none (see
:mod:`bot.intake.amid`). A worker sees all the rest beside the question.
"""

import re

from bot.casework.cases import is_adult
from bot.domain.event import Asked
from bot.domain.expression import expression
from bot.domain.ids import HOUR, Instant
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.plan import Plan
from bot.engine.reply import FileSent, Reply, Words
from bot.engine.understand import FILE
from bot.engine.walk import LONGEST_TRAIL, Turn, walk
from bot.flow.model import OTHER, SKIPPED
from bot.intake.detour import start_report
from bot.intake.few_words import says_who_is_gone
from bot.intake.own_words import is_mere_thanks
from bot.intake.talk import REPORT, Talk

BETWEEN = " / "
"""What stands between what was said there."""

LONGEST = 4000
"""Characters kept beside the question; what goes first is the oldest that is not surely a place."""

_HOLDS_FOR = 12 * HOUR
_NOW, _CHILD, _ADULT = "where_now", "where_are_you", "where_is_the_child"
_PLACES = frozenset({_NOW, _CHILD, _ADULT})
ASKED_WHERE = tuple(f".{name}" for name in (_NOW, _CHILD, _ADULT))
"""How the questions for the place end."""

_BEHIND_NOW = frozenset({"tell_more", "told_more", "told_again"})
_BEHIND_LATER = frozenset({"go_on", "added", "added_too"})
"""The questions behind the two ways to it; what is written there still belongs to it."""

_SURE = expression(
    r"地址|[0-9一二三四五六七八九十]\s{0,3}(?:栋|幢|号|单元|室|层|楼|组)"
    r"|[一-鿿]{2}(?:小区|街道|大道|县|镇)"
    r"|\baddress\b|\b(?:building|room|flat|apartment|block|unit)\s{0,3}\d"
    r"|\b\d{1,3}\.\d{6}, -?\d{1,3}\.\d{6}\b"
    r"|\b\d{1,5}\s{1,3}(?:\w{1,30}\s{1,3}){1,3}(?:street|road|avenue|lane)\b",
    re.IGNORECASE,
)
"""What only an address, or a place on the map, has.

No run of anything is followed to its end, however long it is.
"""


def place_of(state: str) -> str:
    """Return the question for the place to which what is written at *state* belongs, or ``""``."""
    flow, _, name = state.partition(".")
    if not flow.startswith(REPORT):
        return ""
    if name in _PLACES:
        return state
    if name in _BEHIND_NOW:
        return f"{flow}.{_NOW}"
    later = _CHILD if flow == REPORT else _ADULT
    return f"{flow}.{later}" if name in _BEHIND_LATER else ""


def is_surely_a_place(text: str) -> bool:
    """Whether *text* holds what only an address has."""
    return _SURE.search(text) is not None


def keep_with_place(before: Session, session: Session, reply: Reply) -> Session:
    """Return *session* with what *reply* tells of their own kept with the place asked for.

    What is surely a place stands first, then everything in its order, the newest last.
    """
    place = place_of(before.state)
    if not place or not isinstance(reply, Words | FileSent):
        return session
    text = reply.text or FILE
    if session.answers.get(before.state) != text:
        return session  # they chose an answer in words, or asked something
    return with_place(before, session, place, text)


def with_place(before: Session, session: Session, place: str, text: str) -> Session:
    """Return *session* with *text* kept at *place*, behind what was said there *before*.

    Behind a place, thanks are none; nor is it behind an address that somebody left. In what other
    place somebody is, may be where the harm is.
    """
    known = before.answers.get(place, "")
    earlier = known.split(BETWEEN) if known not in {"", SKIPPED, FILE} else []
    behind = before.state if before.state != place else ""
    answers = {state: said for state, said in session.answers.items() if state != behind}
    has_address = any(map(is_surely_a_place, earlier))
    tells_none = is_mere_thanks(text) or (has_address and says_who_is_gone(text))
    said = earlier if earlier and tells_none else [*earlier, text]
    return replace(session, answers={**answers, place: _joined(said)})


def _joined(said: list[str]) -> str:
    ordered = sorted(said, key=lambda text: not is_surely_a_place(text))
    while len(BETWEEN.join(ordered)) > LONGEST and len(ordered) > 1:
        unsure = (n for n, text in enumerate(ordered) if not is_surely_a_place(text))
        del ordered[next(unsure, 0)]
    return BETWEEN.join(ordered)


def ask_again(plan: Plan, session: Session, now: Instant) -> Turn:
    """Ask again what waits; behind the place, the next question, so that none comes twice."""
    state = session.state
    if place_of(state) in {"", state}:
        return Turn(session, (Asked(state=state),) if state else ())
    behind, _ = plan.move(state, OTHER)
    return walk(plan, session, behind, now)


def wait_for_place(talk: Talk, session: Session, reply: Words | FileSent) -> Turn:
    """Go where the answer to the words of an emergency is awaited, which asked for the place.

    Nothing else is asked. What they wrote stays the answer to the question that waited.
    """
    text = reply.text or FILE
    session = _answered(talk, session, text)
    if place_of(session.state):
        return Turn(session, ())
    turn = start_report(talk, session, _way(talk, session), text)
    events = tuple(event for event in turn.events if not isinstance(event, Asked))
    return Turn(turn.session, events)


def _answered(talk: Talk, session: Session, text: str) -> Session:
    """Return *session* with *text* as the answer to what waited, if that takes own words."""
    session = _without_old_places(session, talk.now)
    state = talk.release.plan.states.get(session.state)
    if place := place_of(session.state):
        return with_place(session, session, place, text)
    if state is None or state.expect != "text" or not state.flow.startswith(REPORT):
        return session
    trail = (*session.trail, session.state)[-LONGEST_TRAIL:]
    answers = {**session.answers, session.state: text}
    return replace(session, answers=answers, answered=session.state, trail=trail)


def _without_old_places(session: Session, now: Instant) -> Session:
    """Return *session* without places told so long ago that they may have gone from there."""
    if now - session.asked_at <= _HOLDS_FOR:
        return session
    answers = {s: said for s, said in session.answers.items() if not place_of(s)}
    return replace(session, answers=answers)


def _way(talk: Talk, session: Session) -> str:
    """Return the question for the place behind which nothing is asked that was answered."""
    is_grown = is_adult(session.answers)
    flow, name = (f"{REPORT}_adult", _ADULT) if is_grown else (REPORT, _CHILD)
    has_told = any(f"{flow}.{state}" in session.answers for state in ("what_happened", "tell_on"))
    return name if has_told and f"{flow}.{name}" in talk.release.plan.states else _NOW
