"""Who is at the desk: sign-in links and sessions."""

from dataclasses import dataclass

from bot.casework.house import House
from bot.casework.tokens import SESSION, SIGN_IN
from bot.desk.views import SignedIn
from bot.domain.ids import DAY, HOUR, WorkerId
from bot.domain.worker import Worker
from bot.log import Action, record
from storage import alarm, audit, staff, tokens
from storage.database import Transaction

LINK_LASTS = DAY
SESSION_LASTS = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Staff:
    """Signs workers in and knows who they are. Secrets are kept as keyed hashes only."""

    house: House

    async def invite(self, worker: WorkerId, *, lasts: int = LINK_LASTS) -> str:
        """Return the secret part of a sign-in link that *worker* can use once."""

        async def work(tx: Transaction) -> str:
            now = self.house.clock()
            return await tokens.make_token(tx, SIGN_IN, worker, now=now, lasts=lasts)

        return await self.house.database.write(work)

    async def name_of(self, token: str) -> str:
        """Return whose link it is, without using it up; ``""`` if nobody's."""
        worker = await self.house.database.read(lambda tx: self._owner(tx, SIGN_IN, token))
        return worker.name if worker else ""

    async def sign_in(self, token: str) -> SignedIn | None:
        """Use up a one-time link; None if it was used or is too old."""
        return await self.house.database.write(lambda tx: self._sign_in(tx, token))

    async def who_is(self, session: str) -> SignedIn | None:
        """Return who is signed in with *session*, and let it last; None if nobody is."""
        worker = await self.house.database.read(lambda tx: self._owner(tx, SESSION, session))
        if worker is None:
            return None
        return self._signed_in(worker, session)

    async def stay(self, session: str) -> None:
        """Let *session* last from now on: its worker did something."""

        async def work(tx: Transaction) -> None:
            now = self.house.clock()
            until = now + SESSION_LASTS
            await tokens.extend_token(tx, SESSION, session, now=now, until=until)

        await self.house.database.write(work)

    async def note_at_desk(self, worker: WorkerId) -> None:
        """Record that *worker* has the desk open, so that an alarm reaches somebody there."""
        now = self.house.clock()
        await self.house.database.write(lambda tx: alarm.note_at_desk(tx, worker, now=now))

    async def speak(self, worker: WorkerId, language: str) -> None:
        """Have *worker* spoken to in *language* from now on, if it is offered."""
        if language in self.house.languages:
            await self.house.database.write(lambda tx: staff.set_language(tx, worker, language))

    async def sign_out(self, session: str) -> None:
        """End the session."""
        await self.house.database.write(lambda tx: tokens.drop_token(tx, SESSION, session))

    async def _sign_in(self, tx: Transaction, token: str) -> SignedIn | None:
        worker = await self._owner(tx, SIGN_IN, token)
        if worker is None:
            record(Action.WORKER_REFUSED, level="warning")
            return None
        now = self.house.clock()
        await tokens.drop_token(tx, SIGN_IN, token)
        session = await tokens.make_token(tx, SESSION, worker.id, now=now, lasts=SESSION_LASTS)
        await audit.note(tx, worker.id, "signed_in", worker.id, at=now)
        tx.once_kept(record, Action.WORKER_SIGNED_IN, worker=worker.id)
        return self._signed_in(worker, session)

    async def _owner(self, tx: Transaction, kind: str, token: str) -> Worker | None:
        is_good, owner = await tokens.find_token(tx, kind, token, now=self.house.clock())
        return await staff.find_worker(tx, owner) if is_good and owner else None

    def _signed_in(self, worker: Worker, session: str) -> SignedIn:
        """Return the worker with the secret of their forms, which follows from the session."""
        csrf = self.house.database.keys.find("csrf", session).hex()
        return SignedIn(worker=worker, session=session, csrf=csrf)
