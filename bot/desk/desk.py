"""The desk: what workers do with cases."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.casework.claiming import claim
from bot.casework.house import House
from bot.desk import (
    alarm,
    belonging,
    closing,
    deciding,
    duty,
    finding,
    handbook,
    handing,
    levelling,
    overseeing,
    reading,
    taking_over,
    writing,
)
from bot.desk.duty import Colleague
from bot.desk.lines import line_of
from bot.desk.safety import note_safety
from bot.desk.views import AlarmView, CaseFile, CaseLine, Counts
from bot.domain.case import Case
from bot.domain.ids import CaseId, Instant, WorkerId
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import staff
from storage.database import Transaction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """What workers do.

    Every method raises NotAllowedError when there is no such case or it is not for this worker,
    RefusedError when something is missing, and ConflictError when the case is closed or somebody
    else changed it first.
    """

    house: House

    async def queue(
        self, worker: Worker, show: str = "all", *, most: int = reading.MOST_LINES
    ) -> tuple[CaseLine, ...]:
        """Return the *most* pressing open cases, ``all``, ``unclaimed`` or ``mine``.

        By level, then by time left. An emergency is never left out.
        """
        return await self.house.database.read(
            lambda tx: reading.queue(tx, self.house, worker, show, most=most)
        )

    async def counts(self, worker: Worker) -> Counts:
        """Return how many cases are open, and whose."""
        return await self.house.database.read(lambda tx: reading.count(tx, worker))

    async def line(self, worker: Worker, case: CaseId) -> CaseLine:
        """Return the case as the queue shows it, which is not recorded."""
        return await self.house.database.read(lambda tx: reading.line(tx, self.house, worker, case))

    async def closed(
        self, worker: Worker, *, most: int = reading.MOST_LINES
    ) -> tuple[CaseLine, ...]:
        """Return the cases closed last."""
        return await self.house.database.read(
            lambda tx: reading.closed(tx, self.house, worker, most=most)
        )

    async def numbered(self, number: int) -> CaseId | None:
        """Return the case that staff call by *number*, if there is one."""
        return await self.house.database.read(lambda tx: finding.numbered(tx, number))

    async def find(self, worker: Worker, sought: finding.Sought) -> finding.Found:
        """Return the cases that fit what is remembered; that somebody looked is recorded."""
        found = await self.house.database.read(
            lambda tx: finding.find(tx, self.house, worker, sought)
        )
        await self._write(lambda tx: finding.note_search(tx, self.house, worker, sought, found))
        return found

    async def read(
        self, worker: Worker, case: CaseId, *, most: int = reading.MOST_ENTRIES
    ) -> CaseFile:
        """Return the case with the newest entries of its log, *most* of them.

        Every view is recorded, and counts as having seen what is new.
        """
        return await self._write(lambda tx: reading.read(tx, self.house, worker, case, most=most))

    async def look(self, worker: Worker, case: CaseId) -> CaseFile:
        """Return the case as it stands, for a page that does not show what is new.

        The view is recorded; what is new stays unseen.
        """
        most = reading.MOST_ENTRIES
        return await self._write(lambda tx: reading.look(tx, self.house, worker, case, most=most))

    async def claim(self, worker: Worker, case: CaseId) -> CaseLine:
        """Make *worker* the owner of a case that has none."""
        return await self._change(lambda tx: claim(tx, self.house, worker, case))

    async def take_over(self, worker: Worker, case: CaseId, *, version: int) -> CaseLine:
        """Make *worker* the owner of a case that its owner was called about in vain."""
        return await self._change(
            lambda tx: taking_over.take_over(tx, self.house, worker, case, version=version)
        )

    async def release(self, worker: Worker, case: CaseId, *, version: int) -> CaseLine:
        """Put the case back into its queue; the alerts begin anew."""
        return await self._change(
            lambda tx: handing.release(tx, self.house, worker, case, version=version)
        )

    async def answer(
        self,
        worker: Worker,
        case: CaseId,
        text: str,
        *,
        version: int,
        seen: int | None = None,
        form: str = "",
    ) -> CaseLine:
        """Send *text* to the contact, or keep it for when they come back, if only that is safe."""
        return await self._change(
            lambda tx: writing.answer(
                tx, self.house, worker, case, text=text, version=version, seen=seen, form=form
            )
        )

    async def note(self, worker: Worker, case: CaseId, text: str) -> CaseLine:
        """Add what only staff see."""
        return await self._change(lambda tx: writing.note(tx, self.house, worker, case, text=text))

    async def link(self, worker: Worker, case: CaseId, code: str) -> CaseLine:
        """Note that the case is about the same child as that with the number *code*."""
        return await self._change(
            lambda tx: belonging.link(tx, self.house, worker, case, finding.number_in(code))
        )

    async def unlink(self, worker: Worker, case: CaseId, code: str) -> CaseLine:
        """Take back what :meth:`link` noted."""
        return await self._change(
            lambda tx: belonging.unlink(tx, self.house, worker, case, finding.number_in(code))
        )

    async def hand_over(
        self, worker: Worker, case: CaseId, *, to: WorkerId, summary: str, version: int
    ) -> CaseLine:
        """Make *to* the owner, with a *summary* of what they must know."""
        return await self._change(
            lambda tx: handing.hand_over(
                tx, self.house, worker, case, to=to, summary=summary, version=version
            )
        )

    async def decide(
        self,
        worker: Worker,
        case: CaseId,
        decision: str,
        *,
        reason: str,
        again: int,
        version: int,
        needs_answer: bool = True,
    ) -> CaseLine:
        """Note what was decided, why, and in how many days to look at the case *again*."""
        return await self._change(
            lambda tx: deciding.decide(
                tx,
                self.house,
                worker,
                case,
                decision=decision,
                reason=reason,
                again=again,
                version=version,
                needs_answer=needs_answer,
            )
        )

    async def close(
        self, worker: Worker, case: CaseId, *, outcome: str, reason: str, version: int
    ) -> CaseLine:
        """Close the case with its *outcome*; an emergency or urgent one needs a *reason*."""
        return await self._change(
            lambda tx: closing.close(
                tx, self.house, worker, case, outcome=outcome, reason=reason, version=version
            )
        )

    async def note_safety(
        self, worker: Worker, case: CaseId, safety: str, *, version: int
    ) -> CaseLine:
        """Keep that the contact said it is ``ok`` or ``not_ok`` to write to them."""
        return await self._change(
            lambda tx: note_safety(tx, self.house, worker, case, safety=safety, version=version)
        )

    async def reopen(self, worker: Worker, case: CaseId, *, version: int) -> CaseLine:
        """Open a closed case again; *worker* owns it."""
        return await self._change(
            lambda tx: closing.reopen(tx, self.house, worker, case, version=version)
        )

    async def set_level(
        self,
        worker: Worker,
        case: CaseId,
        level: Level,
        *,
        reason: str,
        version: int,
        seen: int | None = None,
    ) -> CaseLine:
        """Change how pressing the case is; lowering needs a *reason*, and that all was *seen*."""
        return await self._change(
            lambda tx: levelling.set_level(
                tx, self.house, worker, case, level=level, reason=reason, version=version, seen=seen
            )
        )

    async def file(self, worker: Worker, case: CaseId, file_id: str) -> tuple[str, bytes]:
        """Return the media type and the content of a file of the case; the view is recorded."""
        return await self._write(lambda tx: reading.file(tx, self.house, worker, case, file_id))

    async def deeds(self, worker: Worker, case: CaseId) -> tuple[overseeing.Deed, ...]:
        """Return who did what with the case, the newest first; for supervisors."""
        return await self.house.database.read(lambda tx: overseeing.deeds(tx, worker, case))

    async def spans(self, worker: Worker, begins: Sequence[Instant]) -> tuple[overseeing.Span, ...]:
        """Return the numbers of the weeks or months that begin at *begins*; for supervisors."""
        return await self.house.database.read(lambda tx: overseeing.spans(tx, worker, begins))

    async def alarm(self, worker: Worker) -> AlarmView:
        """Return whether alerts reach people, and the last test of that."""
        return await self.house.database.read(lambda tx: alarm.view(tx, self.house, worker))

    async def answer_test(self, worker: Worker, test: str) -> None:
        """Record that the test *test* of the alarm reached *worker* here."""
        await self._write(lambda tx: alarm.answer(tx, self.house, worker, test))

    async def duty(self, worker: Worker) -> duty.Duty:
        """Return whether *worker* is on duty, and until when they are not."""
        return await self.house.database.read(lambda tx: duty.look(tx, worker))

    async def colleagues(self, worker: Worker) -> tuple[Colleague, ...]:
        """Return who else is on the staff, and whether on duty; for supervisors."""
        return await self.house.database.read(lambda tx: duty.colleagues(tx, worker))

    async def go_off_duty(
        self, worker: Worker, *, hours: int, whom: WorkerId | None = None
    ) -> None:
        """Have *worker*, or *whom*, be alerted only when everybody is, for so many *hours*."""
        await self._write(lambda tx: duty.go_off(tx, self.house, worker, hours=hours, whom=whom))

    async def come_on_duty(self, worker: Worker, *, whom: WorkerId | None = None) -> None:
        """Have *worker*, or *whom*, be alerted in turn again."""
        await self._write(lambda tx: duty.come_on(tx, self.house, worker, whom=whom))

    async def is_new(self, worker: Worker) -> bool:
        """Return whether *worker* is to be pointed to how everything works."""
        return await self.house.database.read(lambda tx: handbook.is_new(tx, worker))

    async def open_handbook(self, worker: Worker) -> None:
        """Record that *worker* has opened how everything works; no hint points there any more."""
        if not await self.house.database.read(lambda tx: handbook.is_opened(tx, worker)):
            await self._write(lambda tx: handbook.note(tx, self.house, worker, handbook.OPENED))

    async def put_hint_away(self, worker: Worker) -> None:
        """Record that *worker* wants no hint at how everything works."""
        await self._write(lambda tx: handbook.note(tx, self.house, worker, handbook.PUT_AWAY))

    async def workers(self) -> tuple[Worker, ...]:
        """Return everybody who can own a case."""
        return tuple(await self.house.database.read(staff.all_workers))

    async def _change(self, work: Callable[[Transaction], Awaitable[Case]]) -> CaseLine:
        return line_of(self.house, await self._write(work))

    async def _write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        return await self.house.database.write(work)
