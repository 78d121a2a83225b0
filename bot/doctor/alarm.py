"""Whether an alert reaches anybody."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.config import Settings, is_demo
from bot.doctor.check import Check
from bot.doctor.database import opened
from bot.domain.alarm import AlarmTest, Break, Reason
from bot.domain.errors import LanternError
from bot.domain.ids import SECOND, Instant
from storage import alarm
from storage.database import Transaction

NAME = "alarm path"
SAYS = {
    Reason.NOBODY: "there is nobody whom an alert could reach",
    Reason.NOT_TAKEN: "no phone takes alerts",
    Reason.NOT_ANSWERED: "nobody answers tests of the alarm",
}
WHAT_TO_DO = {
    Reason.NOBODY: "run: lantern staff link NAME; then: lantern staff test-alarm",
    Reason.NOT_TAKEN: "look at the other lines here; then run: lantern staff test-alarm",
    Reason.NOT_ANSWERED: "ask the workers what they see after: lantern staff test-alarm",
}
TRY_IT = "while Lantern runs: lantern staff test-alarm; see whether it reaches every phone"
"""What to do where nobody knows yet whether an alert reaches anybody."""


async def check_alarm(settings: Settings) -> Sequence[Check]:
    """Return whether alerts reach people, by the last tests and alerts."""
    try:
        async with opened(settings) as database:
            broken, test = await database.read(_look)
    except LanternError:
        return [Check(name=NAME, says="is not known", advice="see to the database first")]
    if broken:
        says = f"{SAYS[broken.reason]}, since {_clock(broken.began_at)}; contacts are told so"
        return [Check(name=NAME, says=says, advice=WHAT_TO_DO[broken.reason])]
    says = f"last tested {_clock(test.made_at)}" if test else "not tested yet"
    if settings.heartbeat is None:
        says = f"{says}; LANTERN_HEARTBEAT is off"
    if test is None and not is_demo(settings):
        return [Check(name=NAME, says=says, advice=TRY_IT, is_warning=True)]
    return [Check(name=NAME, says=says)]


async def _look(tx: Transaction) -> tuple[Break | None, AlarmTest | None]:
    return await alarm.find_break(tx), await alarm.latest_test(tx)


def _clock(at: Instant) -> str:
    return f"{datetime.fromtimestamp(at / SECOND, UTC).astimezone():%Y-%m-%d %H:%M}"
