"""A question that a report came before: it is answered later, and nobody is kept in the report.

The bot begins a report of its own accord where something risky is seen. Whoever only asked still
gets an answer, as soon as the report is over; and "That is not it" leads back to what they did.
"""

from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.ids import HOUR, Instant
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.reply import Reply, Words
from bot.engine.turn import HELLO
from bot.engine.walk import Turn, walk
from bot.guidance.question import is_question
from bot.intake.guiding import look_for
from bot.intake.leafing import section_named
from bot.intake.talk import Talk

YOU_ASKED = Told(key="always.you_asked.say")
FIND = "rights.find"
REPORT = "report_a_concern"
_ASKED_AT = "rights.choose_topic"
_MENUS = frozenset({"welcome.child_menu", "welcome.adult_menu"})
_HELLO = Told(key="welcome.hello.say")
_WHO = "welcome.who_are_you"
_OVER = frozenset({"reported", "stopped"})
_HOLDS_FOR = HOUR
"""After so long somebody else may be holding the phone, and nothing old is spoken of."""


def note_detour(talk: Talk, session: Session, text: str) -> Session:
    """Return *session* with where they were and what they asked, as a report begins unasked."""
    state = talk.release.plan.states.get(session.state)
    was_at = session.answered if state is not None and state.do else session.state
    owed = session.owed or (text if is_question(text) else "")
    return replace(session, interrupted=was_at or HELLO, question=text, owed=owed)


async def note_question(talk: Talk, before: Session, reply: Reply) -> None:
    """Keep for later what was asked where it could not be answered.

    That is the first message of all, or a question amid a report.
    """
    if not isinstance(reply, Words) or reply.word or talk.session.owed:
        return
    is_first = not before.state and talk.session.state in {_WHO, *_MENUS}
    is_amid = before.state.startswith(REPORT) and talk.session.state.startswith(REPORT)
    is_name = is_first and bool(section_named(talk, reply.text))
    if not (is_first or is_amid) or not (is_question(reply.text) or is_name):
        return
    if is_name or (await look_for(talk, reply.text)).best:
        talk.session = replace(talk.session, owed=reply.text)


def drop_old(session: Session, now: Instant) -> Session:
    """Return *session* without what was asked too long ago to speak of it, or is over anyway."""
    if session.owed and now - session.asked_at > _HOLDS_FOR:
        return replace(session, owed="", interrupted="")
    bottom = session.calls[0] if session.calls else session.state
    if session.interrupted and not bottom.startswith(REPORT):
        return replace(session, interrupted="")
    return session


def drop_unless_over(session: Session, how: str) -> Session:
    """Return *session*, whose conversation ended as *how*, with what is still to be answered."""
    owed = session.owed if how in _OVER else ""
    return replace(session, interrupted="", owed=owed)


def is_due(talk: Talk, how: str = "") -> bool:
    """Whether what they asked is to be answered now: the report ended as *how*, or a menu waits."""
    if not talk.session.owed or talk.is_gone or talk.is_owned:
        return False
    return how in _OVER or talk.session.state in _MENUS


async def answer_owed(talk: Talk, waiting: list[Event], *, how: str) -> Turn | None:
    """Go on with the question that had to wait, as if it were asked now; None if nothing fits."""
    session = talk.session
    question, has_ended = session.owed, how in _OVER
    talk.session = replace(session, owed="", interrupted="")
    if not (section_named(talk, question) or (await look_for(talk, question)).best):
        return None
    if has_ended:
        waiting.append(YOU_ASKED)
    else:
        waiting[:] = [event for event in waiting if not isinstance(event, Asked)]
    talk.is_answering = True
    return _search(talk, talk.session, question, at=session.state or _ASKED_AT)


def _search(talk: Talk, session: Session, question: str, *, at: str) -> Turn:
    trail = (*session.trail, at) if session.state else ()
    answers = {**session.answers, at: question}
    asked = replace(session, answers=answers, answered=at, calls=(), trail=trail)
    return walk(talk.release.plan, asked, FIND, talk.now)


async def lead_back(talk: Talk) -> None:
    """Have "That is not it" lead out of a report that they did not ask for, to what they did."""
    session = talk.session
    is_inside = bool(session.calls) and session.calls[0].startswith(REPORT)
    if not session.interrupted or not is_inside:
        return
    at = session.interrupted if session.interrupted in talk.release.plan.states else HELLO
    if at != HELLO and await _has_asked(talk, session.question):
        talk.is_answering = True
        answers = {**session.answers, at: session.question}
        session = replace(session, answers=answers, answered=at, owed="", calls=(FIND,))
    else:
        session = replace(session, calls=(_WHO if at == HELLO else at,))
    talk.session = replace(session, interrupted="")


async def _has_asked(talk: Talk, text: str) -> bool:
    """Whether *text* asked something that can be answered, and did not only tell it."""
    found = await look_for(talk, text)
    return bool(found.best) and (is_question(text) or not found.is_sure)


def greet_late(was_at: str, turn: Turn) -> Turn:
    """Return *turn* with the greeting that whoever began with something risky has not heard."""
    if was_at != HELLO or turn.session.state != _WHO:
        return turn
    *before, asked = turn.events
    return Turn(turn.session, (*before, _HELLO, asked))
