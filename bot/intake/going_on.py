"""Whoever writes amid a report that it is still going on is asked whether it is right now."""

from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Words
from bot.engine.walk import LONGEST_TRAIL, Turn, walk
from bot.intake.talk import REPORT, Talk

_WHEN, _NOW, _DANGER = "when_last", "happening_now", "in_danger"
_HEEDED_AT = frozenset(
    {"tell_on", "more", "more_on", "more_on_too", "where_it_happens", "who_was_there", "age"}
)
"""The questions at which it counts: before them when it was last is still to be asked."""

_HELD = (".where_it_happens", ".who_was_there", ".age")
"""How the questions end that are not answered by it, and asked behind that."""

_PLAINLY = ("going on", "happening", "还在发生", "还在继续", "还没停")
"""Of the ways of saying so, those that mean nothing else at another question."""


def goes_on(talk: Talk, session: Session, reply: Words) -> bool:
    """Whether *reply* says plainly that it is still going on, where that was not asked yet."""
    if not session.state.startswith(REPORT):
        return False
    flow, _, state = session.state.partition(".")
    if state not in _HEEDED_AT or session.answers.get(f"{flow}.{_DANGER}") == "danger":
        return False
    said = plain(reply.text)
    means = talk.release.plan.meanings.get(f"{flow}.{_WHEN}", {}).get(said, "")
    is_plain = any(words in said for words in _PLAINLY)
    return means == "now" and is_plain and f"{flow}.{_NOW}" not in session.answers


def ask_whether_now(talk: Talk, session: Session, reply: Words) -> Turn:
    """Ask whether it is happening right now.

    What they wrote is kept with what they tell, but it is no place, nobody and nobody's age.
    """
    flow, _, _ = session.state.partition(".")
    answers = {**session.answers, f"{flow}.{_WHEN}": "now"}
    if not session.state.endswith(_HELD):
        answers[session.state] = reply.text
    trail = (*session.trail, session.state)[-LONGEST_TRAIL:]
    told = replace(session, answers=answers, answered=session.state, trail=trail)
    return walk(talk.release.plan, told, f"{flow}.{_NOW}", talk.now)
