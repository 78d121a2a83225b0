"""What is asked before a report is in, and what is only offered then."""

from collections.abc import Sequence

from bot.domain.case import OK
from bot.domain.session import Session

SEXUAL = "sexual_abuse"
"""The category in which who was there, or who knows, may make a case an emergency."""

_BEGIN = (".in_danger", ".temper_now", ".where_now", ".where_are_you", ".where_is_the_child")
"""How the questions end with which a report begins, or begins anew as there is danger."""

_SAFE = ".safe_to_reply"
_WHERE = (".where_it_happens", ".where_to_find")
_WHO = (".who_was_there", ".told_anyone")
_AGE = ".age"
_MAY_WRITE = frozenset({OK, "sometimes"})


def what_is_left(session: Session) -> str:
    """Return ``who`` if that is asked next, ``first`` before the report is in, else ``rest``.

    Who was there is asked first where something sexual was told, as it may be somebody at home;
    and only of whoever was asked where it was.
    """
    asked = _asked(session)
    is_in = _ends(asked, _SAFE)
    is_due = _ends(asked, *_WHERE) and not _ends(asked, *_WHO)
    if is_due and (is_in or SEXUAL in session.seen):
        return "who"
    return "rest" if is_in else "first"


def may_ask_more(session: Session) -> str:
    """Return ``may`` if a few more questions may be offered, else ``enough``.

    They are not offered to whoever was asked less on purpose, in danger or of their own temper, to
    whom it is not safe to write, who used the safe word, or who waits for an answer of ours.
    """
    asked = _asked(session)
    safe = [session.answers.get(place, "") for place in asked if place.endswith(_SAFE)]
    is_fit = _ends(asked, _AGE) and _MAY_WRITE.issuperset(safe[-1:])
    return "may" if is_fit and not (session.owed or session.hides_case) else "enough"


def is_report_in(session: Session) -> str:
    """Return ``in`` if they have answered whether it is safe to write to them, else ``not_yet``.

    Whoever came from older flows may be asked what is only offered before they were asked that.
    """
    return "in" if _ends(_asked(session), _SAFE) else "not_yet"


def _asked(session: Session) -> Sequence[str]:
    """Return the questions answered in the report that goes on, in order."""
    begins = [n for n, place in enumerate(session.trail) if place.endswith(_BEGIN)]
    return session.trail[max(begins, default=0) :]


def _ends(asked: Sequence[str], *names: str) -> bool:
    return any(place.endswith(names) for place in asked)
