"""What is asked before a report is in, and what is only offered then."""

from collections.abc import Sequence

from bot.domain.case import AT_TIMES, OK
from bot.domain.session import Session
from bot.domain.signal import TO_DIE
from bot.engine.telephone import wants_calls_instead

_SEXUAL = "sexual_abuse"
"""The category in which who was there, or who knows, may make a case an emergency."""

PREGNANT = "pregnancy"
"""What was seen in place of that category where no more is told than that they are pregnant."""

_OWN = TO_DIE | {PREGNANT}
_WITH_IT = _OWN | {"distress"}
"""What nobody else was there for: what they do, or may do, to themselves, or that."""

_BEGIN = (".in_danger", ".temper_now", ".where_now", ".where_are_you", ".where_is_the_child")
"""How the questions end with which a report begins, or begins anew as there is danger."""

_REPORT = "report_a_concern"
_OF_AN_ADULT = f"{_REPORT}_adult."
_WHEN, _NOT_YET = ".when_last", "not_yet"
_WHERE = (".where_it_happens", ".where_to_find")
_WHO, _OTHERS, _TOLD = ".who_was_there", ".other_children", ".told_anyone"
_AGE, _PHONE, _SAFE = ".age", ".own_phone", ".safe_to_reply"
_REACH = (".reach_you", ".temper_reach")
_OFFER = ".a_few_more"
_MAY_WRITE = frozenset({OK, AT_TIMES})


def what_is_left(session: Session) -> str:
    """Return what a child is asked next in a report: one of the outcomes of that deed.

    Nothing is asked twice in a report, and nobody is asked here who was asked less on purpose.
    """
    asked = _asked(session)
    if _ends(asked, _OFFER):
        return _next_offered(session, asked) if _may_write(session, asked) else "all"
    if _ends(asked, _SAFE):
        return _due_of_sexual(session, asked) or "in"
    return _next_needed(session, asked)


def what_is_left_adult(session: Session) -> str:
    """Return the same of an adult, who was asked how old the child is, and where it is.

    Of whom we may not write to, it is asked how they can be reached before the report is in.
    """
    asked = _asked(session)
    if _ends(asked, _OFFER):
        return _next_offered_adult(asked) if _may_write(session, asked) else "all"
    if _is_sexual(session) and _ends(asked, *_WHERE) and not _ends(asked, _TOLD):
        return "told"
    if not _ends(asked, _SAFE):
        return "safe"
    is_reached = _may_write(session, asked) or _ends(asked, *_REACH) or _left_a_number(session)
    return "in" if is_reached or not _ends(asked, _AGE) else "reach"


def may_ask_more(session: Session) -> str:
    """Return ``may`` if a few more questions may be offered, else ``enough``.

    They are not offered to whoever was asked less on purpose, in danger or of their own temper, to
    whom it is not safe to write, who used the safe word, who waits for an answer of ours, or of
    whom all was asked already.
    """
    asked = _asked(session)
    is_grown = _is_grown(asked)
    left = _next_offered_adult(asked) if is_grown else _next_offered(session, asked)
    is_fit = _ends(asked, _AGE) and _may_write(session, asked) and left != "all"
    return "may" if is_fit and not (session.owed or session.hides_case) else "enough"


def is_asked_whether_safe(session: Session) -> bool:
    """Whether they have answered in this report whether it is safe to write to them."""
    return session.state.startswith(_REPORT) and _ends(_asked(session), _SAFE)


def _next_needed(session: Session, asked: Sequence[str]) -> str:
    """Return what a worker needs first, before they are asked whether it is safe to write.

    Where it happened is asked of what has happened. Whether somebody else may read along is asked
    right before: it makes them think of it.
    """
    when = [session.answers.get(place, "") for place in asked if place.endswith(_WHEN)]
    if not _ends(asked, *_WHERE, _AGE, _PHONE) and when[-1:] != [_NOT_YET]:
        return "where"
    if due := _due_of_sexual(session, asked):
        return due
    if not _ends(asked, _AGE, _PHONE):
        return "age"
    return "safe" if _ends(asked, _PHONE) else "phone"


def _due_of_sexual(session: Session, asked: Sequence[str]) -> str:
    """Return what a child is asked where something sexual was told, ``""`` if nothing is due.

    Who was there may be somebody at home, and nobody there may believe them. Whoever told enough in
    danger is asked neither.
    """
    if not _is_sexual(session):
        return ""
    if _SEXUAL in session.seen and _ends(asked, *_WHERE) and not _ends(asked, _WHO):
        return "who"
    return "told" if _ends(asked, *_WHERE, _AGE) and not _ends(asked, _TOLD) else ""


def _next_offered(session: Session, asked: Sequence[str]) -> str:
    """Return what is only offered once the report is in, ``all`` if nothing is left of it.

    An answer that may raise the case is weighed before the next question (``again``), as they may
    go back and stop.
    """
    if _ends(asked, *_WHERE) and not (_ends(asked, _WHO) or _is_only_their_own(session)):
        return "who"
    if not _ends(asked, _OTHERS):
        return "others"
    return "all" if _ends(asked, _TOLD) else "again"


def _is_sexual(session: Session) -> bool:
    return not {_SEXUAL, PREGNANT}.isdisjoint(session.seen)


def _is_only_their_own(session: Session) -> bool:
    """Whether all that was seen is what they do to themselves, or that they are pregnant."""
    seen = set(session.seen)
    return bool(seen & _OWN) and seen <= _WITH_IT


def _next_offered_adult(asked: Sequence[str]) -> str:
    if not _ends(asked, _TOLD):
        return "told"
    return "all" if _ends(asked, *_REACH) else "again"


def _may_write(session: Session, asked: Sequence[str]) -> bool:
    safe = [session.answers.get(place, "") for place in asked if place.endswith(_SAFE)]
    return bool(safe) and safe[-1] in _MAY_WRITE


def _left_a_number(session: Session) -> bool:
    """Whether they have just said no to being written to, and where to call them instead."""
    last = session.said[-1:]
    return any(said.state.endswith(_SAFE) and wants_calls_instead(said.text) for said in last)


def _is_grown(asked: Sequence[str]) -> bool:
    return any(place.startswith(_OF_AN_ADULT) for place in asked[-1:])


def _asked(session: Session) -> Sequence[str]:
    """Return the questions answered in the report that goes on, in order.

    Whoever said at one that it is still going on has not answered it.
    """
    begins = [n for n, place in enumerate(session.trail) if place.endswith(_BEGIN)]
    asked = session.trail[max(begins, default=0) :]
    return [place for place in asked if place in session.answers]


def _ends(asked: Sequence[str], *names: str) -> bool:
    return any(place.endswith(names) for place in asked)
