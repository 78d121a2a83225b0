"""Whoever leaves and has a case hears the code to come back with, once; never on "Leave now"."""

from collections.abc import Sequence

from bot.domain.event import Event
from bot.domain.event import Said as Told
from bot.domain.session import Session
from bot.engine.turn import heard
from bot.flow.model import SILENT
from bot.intake.talk import NOT_IT, Talk

YOUR_CODE = Told(key="always.your_code.say")
WAYS_ON = ("menu", "leave")
"""The words under what is said last, so that nobody stands before a wall."""

_WITHOUT_A_WORD = frozenset({SILENT, "erased"})


def part(talk: Talk, before: Session, waiting: list[Event]) -> Sequence[str]:
    """Have whoever leaves hear their code; return which words stand under what is said last.

    Leaving is the end of a conversation, and the way out of a report to the menu.
    """
    has_ended = bool(talk.ended) and not talk.session.state
    if talk.ended in _WITHOUT_A_WORD or talk.is_gone:
        return ()
    is_leaving = _is_code_due(talk) and (has_ended or _has_left(talk, before))
    if is_leaving and not talk.tells_code(heard(waiting)):
        waiting.insert(0, YOUR_CODE)
    return WAYS_ON if has_ended else ()


def _has_left(talk: Talk, before: Session) -> bool:
    """Whether they were in a report *before* and are not any more, of their own accord."""
    is_out = _is_unfinished(talk, before) and not _is_unfinished(talk, talk.session)
    return is_out and talk.word != NOT_IT


def _is_unfinished(talk: Talk, session: Session) -> bool:
    """Whether a conversation waits whose flow says what becomes of it if they fall silent."""
    flow = talk.release.plan.flow_of(session.calls[0] if session.calls else session.state)
    return flow is not None and flow.if_silent is not None


def _is_code_due(talk: Talk) -> bool:
    """Whether they have a case, and may hear its code, but have not."""
    if talk.case is None or talk.session.code_of == talk.case:
        return False
    is_hidden = talk.session.hides_case or talk.is_called_quietly
    return not (is_hidden or talk.is_owned)
