"""A report that begins of the bot's own accord, because something that was written tells of harm.

Whoever only asked still gets an answer, and "That is not it" leads back to what they did.
"""

from bot.casework.cases import SAFE_TO_REPLY, is_adult
from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.turn import HELLO, start
from bot.engine.walk import TEMPER, Turn
from bot.guidance.question import is_question, only_asks_whether
from bot.intake.by_whom import as_of_the_hit
from bot.intake.searching import look_for
from bot.intake.talk import REPORT, Talk, is_amid_a_report
from bot.triage.signals import glance

FIND = "rights.find"
WHO = "welcome.who_are_you"
OWN_VIOLENCE = "felt_own_violence"
"""What an adult hears who tells of their own violence."""

PRESSING = frozenset({Level.EMERGENCY, Level.URGENT})

_TEMPER_NOW = f"{REPORT}_adult{TEMPER}"
_BEFORE = ("welcome.", "rights.", "learning.", "activities.", "talk_to_a_person.")
_HELLO = Told(key="welcome.hello.say")


def is_before_a_report(session: Session) -> bool:
    """Whether nothing of a report was asked yet, but perhaps whether anyone is in danger."""
    state = session.state
    return not state or state.startswith(_BEFORE) or state.endswith((".in_danger", TEMPER))


def leads_into_a_report(talk: Talk, text: str, *, felt: Level) -> bool:
    """Whether *text*, in which *felt* was seen, tells of harm, and does not only ask about it.

    Whoever was asked about danger in this conversation, and has a case, is not asked all of it
    again: what they write reaches the worker. That they may not be written to was not asked.
    """
    answers = talk.session.answers
    asked = (place for place in answers if not place.endswith(SAFE_TO_REPLY))
    was_asked = any(place.startswith(REPORT) for place in asked)
    is_known = was_asked and talk.case is not None
    return felt in PRESSING and not is_known and not only_asks_whether(text)


def start_report(
    talk: Talk, session: Session, state: str, text: str, *, is_answered: bool = False
) -> Turn:
    """Begin a report that they did not ask for, at *state*, because of what *text* holds.

    What *text* asks is owed an answer, unless it *is_answered*.
    """
    place = f"{REPORT}{'_adult' if is_adult(session.answers) else ''}.{state}"
    if state == "in_danger" and _is_about_own_temper(talk, session, text):
        place = _TEMPER_NOW
    session = _note_detour(talk, session, "" if is_answered else text)
    return start(talk.release.plan, session, place, talk.now)


def _is_about_own_temper(talk: Talk, session: Session, text: str) -> bool:
    """Whether an adult tells in *text* of their own violence, and hears the words for that."""
    is_adult_or_unsaid = session.answers.get(WHO) != "child"
    if not is_adult_or_unsaid or _TEMPER_NOW not in talk.release.plan.states:
        return False
    seen = as_of_the_hit(glance(text, talk.house.rules).signals, text, is_child=False)
    words = talk.house.follow.after(seen, is_adult=is_adult(session.answers))
    return words is not None and OWN_VIOLENCE in words.adult


def _note_detour(talk: Talk, session: Session, text: str) -> Session:
    """Return *session* with where they were and what they asked."""
    state = talk.release.plan.states.get(session.state)
    was_at = session.answered if state is not None and state.do else session.state
    owed = session.owed or (text if is_question(text) else "")
    return replace(session, interrupted=was_at or HELLO, question=text, owed=owed)


async def lead_back(talk: Talk) -> None:
    """Have "That is not it" lead out of a report that they did not ask for, to what they did."""
    session = talk.session
    if not (session.interrupted and session.calls and is_amid_a_report(session)):
        return
    at = session.interrupted if session.interrupted in talk.release.plan.states else HELLO
    if at != HELLO and session.question and await _has_asked(talk, session.question):
        talk.is_answering = True
        answers = {**session.answers, at: session.question}
        session = replace(session, answers=answers, answered=at, owed="", calls=(FIND,))
    else:
        session = replace(session, calls=(WHO if at == HELLO else at,))
    talk.session = replace(session, interrupted="")


async def _has_asked(talk: Talk, text: str) -> bool:
    """Whether *text* asked something that can be answered, and did not only tell it."""
    found = await look_for(talk, text)
    return bool(found.best) and (is_question(text) or not found.is_sure)


def greet_late(was_at: str, turn: Turn) -> Turn:
    """Return *turn* with the greeting that whoever began with something risky has not heard."""
    if was_at != HELLO or turn.session.state != WHO:
        return turn
    *before, asked = turn.events
    return Turn(turn.session, (*before, _HELLO, asked))
