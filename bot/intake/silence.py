"""Silence: when it is looked at, and that nothing came after something risky."""

from bot.casework.cases import SILENCE, add_status
from bot.casework.weighing import Concern
from bot.domain.ids import MINUTE
from bot.domain.values import replace
from bot.intake.talk import Talk
from storage import timers

AFTER_A_RISK = 30 * MINUTE
"""After this long nothing more is expected of whoever wrote something risky."""

_MICROSECONDS = 1_000_000


async def mind_silence(talk: Talk) -> None:
    """Have silence looked at as the flow says, or because the last words were risky."""
    contact, session = talk.place.contact, talk.session
    after = _patience(talk)
    if after:
        due, step = talk.now + after, session.step
        await timers.set_timer(talk.tx, SILENCE, contact, due_at=due, version=step, is_soon=False)
    else:
        await timers.stop_timer(talk.tx, SILENCE, contact)


async def note_silence(talk: Talk) -> None:
    """Have the case know that nothing came after something risky; it may rise for that."""
    session = talk.session
    if talk.case is None or not session.is_last_risky:
        return
    talk.session = replace(session, is_last_risky=False, has_gone_silent=True)
    await add_status(talk.tx, talk.case, "went_silent", at=talk.now)
    await talk.request_case(Concern(queue="intake"))


def _patience(talk: Talk) -> int:
    """Return after how many microseconds silence means something, 0 if it never does."""
    session = talk.session
    if not session.state:
        return 0
    bottom = session.calls[0] if session.calls else session.state
    flow = talk.release.plan.flow_of(bottom)
    if flow and flow.if_silent:
        return int(flow.if_silent.after.total_seconds() * _MICROSECONDS)
    return AFTER_A_RISK if session.is_last_risky else 0
