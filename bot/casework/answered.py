"""What a case keeps of what was answered, and what that says of writing to its contact."""

from dataclasses import replace

from bot.domain.case import ASKED, AT_TIMES, NOT_OK, OK, REFUSED, CaseBody
from bot.domain.session import Session
from bot.engine.walk import CODE_ASKED, WHO

SAFE_TO_REPLY = ".safe_to_reply"
"""How the place of the question ends whether it is safe to write to them."""

_NOT_SAFE = frozenset({NOT_OK, REFUSED, "skipped"})


def body_with(body: CaseBody, session: Session, known: Session | None) -> CaseBody:
    """Return *body* with what was answered in *session* and not in *known*, as it was before.

    Whoever takes the phone of somebody who left does not change who told.
    """
    before = known.answers if known else {}
    unkept = {CODE_ASKED, WHO} if session.has_left and body.who else {CODE_ASKED}
    answers = {
        place: answer
        for place, answer in session.answers.items()
        if place not in unkept and not place.startswith("always") and before.get(place) != answer
    }
    return replace(
        body,
        language=session.language,
        who=answers.get(WHO) or body.who,
        safe_to_reply=_safety_now(body, _safety_told(session, known)),
        answers={**body.answers, **answers},
    )


def _safety_now(body: CaseBody, answered: str) -> str:
    """Return what counts of *answered* and of what a worker noted since it was answered."""
    is_noted = body.answered_safety is not None and answered in {"", ASKED, body.answered_safety}
    is_asked_anew = answered == ASKED and body.safe_to_reply not in {"", OK}
    return body.safe_to_reply if is_noted or is_asked_anew else answered or body.safe_to_reply


def _safety_told(session: Session, known: Session | None) -> str:
    """Return what was answered of writing to them; a "yes" only if it was not so in *known*."""
    answered = safety_in(session)
    is_old = known is not None and answered == safety_in(known)
    return "" if is_old and answered == OK else answered


def safety_in(session: Session) -> str:
    """Return what they answered last about writing to them, and the times that go with it.

    While they are asked, a "yes" of before does not count.
    """
    place = _latest(session, SAFE_TO_REPLY)
    said = session.answers.get(place, "")
    waits = session.calls[0] if session.calls else session.state
    if waits.endswith(SAFE_TO_REPLY) and said in {"", OK}:
        return ASKED
    when = session.answers.get(_latest(session, ".safe_time"), "") if said == AT_TIMES else ""
    return f"{said} {when}".strip()


def _latest(session: Session, question: str) -> str:
    """Return where *question*, which more than one flow may ask, was answered last."""
    trail = {place: number for number, place in enumerate(session.trail)}
    asked = [place for place in session.answers if place.endswith(question)]
    return max(asked, key=lambda place: trail.get(place, -1), default="")


def may_write_by(safe_to_reply: str) -> bool:
    """Whether a worker may write to whoever answered so: not where they said that it is unsafe."""
    return not _NOT_SAFE.intersection(safe_to_reply.split()[:1])
