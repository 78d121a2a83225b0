"""What the child is to an adult who has told it already is not asked again.

It counts as answered, so that "Back" and "Change an answer" reach it.
"""

from bot.domain.event import Asked
from bot.domain.ids import HOUR, Instant
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.walk import LONGEST_TRAIL, Turn, follow
from bot.guidance.relation import relation_in
from bot.intake.talk import REPORT, Talk

_ABOUT = f"{REPORT}_adult.who_is_it_about"


def pass_known_child(talk: Talk, turn: Turn) -> Turn:
    """Return *turn*, gone on behind the question what the child is to them, if they told that."""
    session, plan = turn.session, talk.release.plan
    is_asked = bool(turn.events) and turn.events[-1] == Asked(state=_ABOUT)
    if not is_asked or session.state != _ABOUT:
        return turn
    relation = _told(talk, session)
    if relation not in plan.states[_ABOUT].answers:
        return turn
    answered = replace(
        session,
        answers={**session.answers, _ABOUT: relation},
        answered=_ABOUT,
        trail=(*session.trail, _ABOUT)[-LONGEST_TRAIL:],
    )
    further = follow(plan, answered, relation, talk.now)
    return Turn(further.session, (*turn.events[:-1], *further.events))


def _told(talk: Talk, session: Session) -> str:
    """Return what was told of it not long ago; whoever came back to the question is asked it."""
    if session.code_of is not None or _ABOUT in session.answers:
        return ""
    since = max(session.told_since, Instant((talk.wrote_at or talk.now) - HOUR))
    return relation_in([said.text for said in session.said if said.at >= since])
