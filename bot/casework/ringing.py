"""What rings until somebody looks: the ladder of a case, and the timer of what is unread."""

from bot.casework.alerts import tell_owner
from bot.casework.house import House
from bot.casework.phrases import Phrase
from bot.domain.case import Case
from bot.domain.ids import CaseId
from bot.domain.level import Level
from storage import cases, timers
from storage.database import Transaction

LADDER = "ladder"
UNREAD = "unread"
"""The timer of a claimed case in which something new waits to be read."""


async def ring_owner(tx: Transaction, house: House, case: Case, words: Phrase) -> None:
    """Tell the owner of something pressing; if they do not look, the ladder goes on from there.

    A ladder that runs already goes on as it was: whoever calls again pushes nobody away.
    """
    now = house.clock()
    await tell_owner(tx, house, case, now=now, words=words)
    if case.level is not Level.EMERGENCY:
        return
    due = now + int(house.levels.of(case.level).rung(1).after.total_seconds() * 1_000_000)
    is_running = await timers.when_due(tx, LADDER, case.id) is not None
    await cases.change(tx, case.id, rung=max(1, case.rung) if is_running else 1)
    await timers.set_timer_by(tx, LADDER, case.id, due_at=due)


async def stop_ringing(tx: Transaction, case_id: CaseId) -> None:
    """Have nobody alerted about what is in the case by now: somebody has looked, or it is over."""
    await timers.stop_timer(tx, LADDER, case_id)
    await timers.stop_timer(tx, UNREAD, case_id)
