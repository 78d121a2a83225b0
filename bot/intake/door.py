"""A return code is known by its form, wherever it is typed, and opens the door it belongs to.

Guessing is limited there as ever: what is no code of anybody counts as tried.
"""

from bot.domain.event import CaseRequested
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.reply import Reply, Words
from bot.engine.walk import Turn, unfinished_queue, walk
from bot.intake.code_words import opens_a_door
from bot.intake.talk import Talk

_ASKED_AT = "check_on_my_report.ask_code"
_LOOK_UP = "check_on_my_report.look_up"


def is_code(talk: Talk, reply: Reply) -> bool:
    """Whether *reply* is a return code, and nothing else."""
    if not isinstance(reply, Words) or reply.word:
        return False
    return opens_a_door(talk, talk.session, reply.text)


def open_door(talk: Talk, session: Session, code: str) -> Turn:
    """Go on where *code* is looked up; a report that was not finished reaches a person."""
    plan = talk.release.plan
    queue = unfinished_queue(plan, session)
    answers = {**session.answers, _ASKED_AT: code}
    asked = replace(session, calls=(), answers=answers, answered=_ASKED_AT)
    turn = walk(plan, asked, _LOOK_UP, talk.now)
    requested = (CaseRequested(queue=queue),) if queue else ()
    return Turn(turn.session, (*requested, *turn.events))
