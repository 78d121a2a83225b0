"""A person is wanted by somebody who was asked about danger already: that is not asked again."""

from bot.domain.event import Answered, CaseRequested, Wanted
from bot.domain.event import Said as Told
from bot.domain.ids import HOUR
from bot.domain.level import Level
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.turn import start
from bot.engine.walk import TEMPER, Turn
from bot.flow.model import SKIPPED
from bot.intake.asked import asks_about_danger
from bot.intake.place import place_of
from bot.intake.talk import Talk

PERSON = "person"
"""The word that works anywhere by which they ask for one."""

_FLOW = "talk_to_a_person"
CALLING = f"{_FLOW}."
"""How the states begin in which a person is called."""

_ABOUT, _CALL, _AGAIN = f"{_FLOW}.what_about", f"{_FLOW}.call", f"{_FLOW}.asked_again"
_CALLED = Told(key="always.person_called.say")
_DANGER = (".in_danger", ".happening_now", TEMPER)
_CALLING = Wanted(deed="call_a_person", argument="")
_HOLDS_FOR = HOUR
_STEPS_KEPT = 8


def wants_a_person(tap: str) -> bool:
    """Whether *tap* is a button that calls a person, of the menu or of any question, old or new."""
    return tap.startswith(f"w:{PERSON}") or (tap.startswith("a:") and tap.endswith(f":{PERSON}"))


def note_danger(talk: Talk, turn: Turn) -> Turn:
    """Return *turn* with when they told about danger, and at which step they are asked about it."""
    turn = _with_step(turn)
    answered = [event.state for event in turn.events if isinstance(event, Answered)]
    if talk.felt is not Level.EMERGENCY and not any(map(asks_about_danger, answered)):
        return turn
    return Turn(replace(turn.session, danger_told_at=talk.now), turn.events)


def _with_step(turn: Turn) -> Turn:
    session = turn.session
    if not asks_about_danger(session.state) or session.step in session.danger_steps:
        return turn
    steps = (*session.danger_steps, session.step)[-_STEPS_KEPT:]
    return Turn(replace(session, danger_steps=steps), turn.events)


def call_again(talk: Talk, session: Session) -> Turn | None:
    """Call a person without the question about danger, if they have just answered it.

    Whoever is in danger is asked again where they are, if that waits. None if it is to be asked.
    """
    plan, state = talk.release.plan, session.state
    is_old = talk.now - session.danger_told_at > _HOLDS_FOR
    if is_old or asks_about_danger(state) or _AGAIN not in plan.states:
        return None
    if state and place_of(state) == state:
        return Turn(session, (CaseRequested(queue=PERSON), _CALLED, _CALLING))
    answers = [answer for place, answer in session.answers.items() if place.endswith(_DANGER)]
    if not (answers or place_of(state)):
        return None
    is_in_danger = bool(place_of(state)) or any(answer != "safe" for answer in answers)
    if state == _ABOUT:
        session = replace(session, answers={_ABOUT: SKIPPED, **session.answers})
    is_told = _ABOUT in session.answers
    return start(plan, session, _CALL if is_in_danger or is_told else _AGAIN, talk.now)
