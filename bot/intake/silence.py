"""When silence is looked at: a timer that stands is left alone, and looks again when it is due.

So a turn writes a timer only where there is none, or where it would be too late.
"""

from bot.casework.cases import SILENCE, add_status
from bot.casework.house import House
from bot.casework.weighing import Concern
from bot.domain.ids import HOUR, MINUTE, NEVER, Instant
from bot.domain.place import Place
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.plan import Plan
from bot.engine.unfinished import is_in
from bot.intake.own_words import keep_own_words, own_words
from bot.intake.talk import Talk
from storage import contacts, timers
from storage.database import Transaction

AFTER_A_RISK = 30 * MINUTE
"""After this long nothing more is expected of whoever wrote something risky."""

AFTER_OWN_WORDS = HOUR
"""The same for whoever wrote something of their own where no flow says what silence means."""

_LOOK_AGAIN = 30 * MINUTE


async def mind_silence(talk: Talk, *, since: Instant, is_soon: bool = False) -> None:
    """Have silence *since* then looked at, as the flow says in which the contact is."""
    place, session = talk.place, talk.session
    due = silent_at(talk.release.plan, place, session, since)
    if due is None:
        if place.silence_at is not None:
            await timers.stop_timer(talk.tx, SILENCE, place.contact)
            contacts.note_silence(talk.tx, place.contact, None)
    elif place.silence_at is None or place.silence_at > due:
        await timers.set_timer(
            talk.tx, SILENCE, place.contact, due_at=due, version=session.step, is_soon=is_soon
        )
        contacts.note_silence(talk.tx, place.contact, due)


async def note_silence(talk: Talk) -> None:
    """Have the case know that nothing came after something risky; it may rise for that.

    Where there is no case, what they wrote of their own becomes one. Of a report that is in nothing
    more had to come.
    """
    session, before = talk.session, talk.place.session
    if talk.case is not None and before is not None and is_in(talk.release.plan, before):
        return
    if talk.case is None:
        await keep_own_words(talk)
        talk.session = replace(talk.session, has_gone_silent=True)
        return
    if not session.is_last_risky:
        return
    talk.session = replace(session, is_last_risky=False, has_gone_silent=True)
    await add_status(talk.tx, talk.case, "went_silent", at=talk.now)
    await talk.request_case(Concern(queue="intake"))


async def is_silent(tx: Transaction, house: House, place: Place, *, step: int) -> bool:
    """Whether the contact has been silent for as long as their flow says; if not, look again.

    *step* is that of the question that waited when the timer was set. Where nobody can say for
    how long, because the flow is gone or the clock was put back, it is enough that the same one
    waits still.
    """
    session, now = place.session, house.clock()
    if session is None:
        return False
    release = await house.releases.find(tx, session.release)
    spoken_at = max(place.spoken_at, session.asked_at)
    due = silent_at(release.plan, place, session, spoken_at)
    if due is None or spoken_at > now:
        is_over = session.step == step
        due = Instant(now + (_LOOK_AGAIN if due is None else due - spoken_at))
    else:
        is_over = due <= now
    if not is_over:
        await timers.set_timer(
            tx, SILENCE, place.contact, due_at=due, version=session.step, is_soon=False
        )
    return is_over


def silent_at(plan: Plan, place: Place, session: Session, since: Instant) -> Instant | None:
    """Return when silence *since* then means something, None if it never does.

    *session* is that of the contact at *place*, as it is now.
    """
    flow = plan.flow_of(session.calls[0] if session.calls else session.state)
    if session.state and flow is not None and flow.if_silent is not None:
        return Instant(since + flow.if_silent.after_us)
    if session.state and session.is_last_risky:
        return Instant(since + AFTER_A_RISK)
    return Instant(since + AFTER_OWN_WORDS) if _holds_own_words(plan, place, session) else None


def _holds_own_words(plan: Plan, place: Place, session: Session) -> bool:
    """Whether something is in *session* that no case holds, and that silence was not looked at."""
    if place.case is not None or session.has_gone_silent:
        return False
    since = place.case_opened_at or NEVER
    return next(own_words(plan, session, since=since), None) is not None
