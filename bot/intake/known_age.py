"""An age that was told is not asked again, if it is sure whose it is.

It counts as answered: "Back" and "Change an answer" reach it, and whoever comes back is asked.
Only what was told since the last report counts: a wrong age is worse than a question.
"""

from bot.domain.event import Asked
from bot.domain.ids import HOUR
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.telling import OF_SELF, what_was_told
from bot.engine.walk import LONGEST_TRAIL, WHO, Turn, follow
from bot.flow.model import OTHER
from bot.guidance.ages import child_age_in, own_age_in
from bot.guidance.writer_alone import age_alone
from bot.intake.talk import REPORT, Talk

_OF_A_CHILD = f"{REPORT}."
_AGE = "age"
_ABOUT, _ME = "who_is_it_about", "me"
"""Whom it is about; whoever told what is done to them is not asked that."""


def pass_known_age(talk: Talk, turn: Turn) -> Turn:
    """Return *turn*, gone on behind the question for an age that was told already."""
    session = turn.session
    state = talk.release.plan.states.get(session.state)
    is_asked = bool(turn.events) and turn.events[-1] == Asked(state=session.state)
    if state is None or not is_asked or state.expect != _AGE or not state.place.startswith(REPORT):
        return turn
    age = _told(talk, turn)
    if not age:
        return turn
    answered = replace(
        session,
        answers={**session.answers, state.place: str(age)},
        answered=state.place,
        trail=(*session.trail, state.place)[-LONGEST_TRAIL:],
    )
    further = follow(talk.release.plan, answered, OTHER, talk.now)
    return Turn(further.session, (*turn.events[:-1], *further.events))


def _told(talk: Talk, turn: Turn) -> int:
    session = turn.session
    if session.code_of is not None or session.state in session.answers:
        return 0
    since = (talk.wrote_at or talk.now) - HOUR
    told = [said for said in session.said if said.at >= since]
    texts = [said.text for said in told]
    if not session.state.startswith(_OF_A_CHILD):
        return child_age_in(texts)
    if not _is_about_themselves(session):
        return 0
    asked_who = {age for said in told if said.state == WHO and (age := age_alone(said.text))}
    alone = own_age_in(texts)
    ages = asked_who | ({alone} - {0})
    return ages.pop() if len(ages) == 1 else 0


def _is_about_themselves(session: Session) -> bool:
    """Whether the child who writes needs help: they said so, or were not asked as they told it."""
    about = session.answers.get(f"{_OF_A_CHILD}{_ABOUT}", "")
    return about == _ME or (not about and what_was_told(session) == OF_SELF)
