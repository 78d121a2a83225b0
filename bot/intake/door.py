"""A return code is known by its form, wherever it is typed, and opens the door it belongs to.

Guessing is limited there as ever: what is no code of anybody counts as tried.
"""

from bot.domain.event import CaseRequested
from bot.domain.expression import expression
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Reply, Words
from bot.engine.unfinished import unfinished_queue
from bot.engine.walk import WHO, Turn, walk
from bot.flow.model import SKIPPED
from bot.intake.code_words import opens_a_door
from bot.intake.talk import Talk

_ASKED_AT = "check_on_my_report.ask_code"
_LOOK_UP = "check_on_my_report.look_up"
_HAS_ONE = expression(
    r"(?:(?:你好|您好|老师好?) ?)?(?:我|俺)?(?:还|之前|上次)?(?:有|记得|留着|记了)"
    r"(?:一个|个|那个)?(?:上次的)?口令(?:的|了|呢)?"
    r"|(?:(?:hi|hello|hey) )?(?:i )?(?:still )?(?:have|got|ive got) (?:a|my|the) (?:return )?code"
)


def is_code(talk: Talk, reply: Reply) -> bool:
    """Whether *reply* is a return code, and nothing else."""
    if not isinstance(reply, Words) or reply.word:
        return False
    return opens_a_door(talk, reply.text)


def come_to_the_door(talk: Talk, session: Session, reply: Reply) -> Turn | None:
    """Take the turn of whoever writes a return code, or that they have one."""
    if isinstance(reply, Words) and is_code(talk, reply):
        return _open_door(talk, session, reply.text)
    return _ask_for_code(talk, session) if has_a_code(talk, reply) else None


def _open_door(talk: Talk, session: Session, code: str) -> Turn:
    """Go on where *code* is looked up; a report that was not finished reaches a person."""
    plan = talk.release.plan
    queue = unfinished_queue(plan, session)
    answers = {**session.answers, _ASKED_AT: code}
    asked = replace(session, calls=(), answers=answers, answered=_ASKED_AT)
    turn = walk(plan, asked, _LOOK_UP, talk.now)
    requested = (CaseRequested(queue=queue),) if queue else ()
    return Turn(turn.session, (*requested, *turn.events))


def has_a_code(talk: Talk, reply: Reply) -> bool:
    """Whether *reply* says that they have a code, where nothing or who writes is asked."""
    if not isinstance(reply, Words) or reply.word or talk.session.state not in {"", WHO}:
        return False
    is_said = _HAS_ONE.fullmatch(plain(reply.text)) is not None
    return is_said and _ASKED_AT in talk.release.plan.states


def _ask_for_code(talk: Talk, session: Session) -> Turn:
    """Ask for the code that they say they have, and no longer who writes."""
    unsaid = {WHO: SKIPPED} if session.state == WHO else {}
    asked = replace(session, calls=(), answers={**session.answers, **unsaid})
    return walk(talk.release.plan, asked, _ASKED_AT, talk.now)
