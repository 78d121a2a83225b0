"""Every update waits here for its turn; what waits together is committed together.

While the database is away, what waits goes to the spool, and from there into the database before
anything newer.
"""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from time import perf_counter

from bot.casework.house import House
from bot.casework.persisting import AWAY_AFTER, PAUSE, keep_doing, write_soon
from bot.domain.ids import new_id
from bot.domain.update import Update
from bot.intake.alone import take_alone
from bot.intake.away import Away
from bot.intake.letters import Letter, is_followed, own_words_last, reach_of
from bot.intake.probing import PROBED_EVERY, probe
from bot.intake.refuge import RawUpdate, Record, Refuge
from bot.intake.setting_aside import Write
from bot.intake.side_by_side import NO_LONGER, SideBySide
from bot.intake.taking import LONGEST_TRANSACTION, take_letters
from bot.log import Action, record
from storage.database import DatabaseAwayError, Transaction
from storage.spool import SpoolError

FAIR_SHARE = 20
"""How many updates of one address a batch holds, so that nobody's flood delays another."""

BATCH = 200


class Mailroom:
    """Takes in updates in the order of each address, fairly between addresses.

    A database that cannot be written for *patience* seconds is away; *away* tells people so.
    """

    def __init__(
        self, house: House, refuge: Refuge, away: Away, *, patience: float = AWAY_AFTER
    ) -> None:
        self._house = house
        self._refuge = refuge
        self.away = away
        self.longest_transaction = LONGEST_TRANSACTION
        self._write_soon: Write = partial(write_soon, house.database, within=patience)
        self._boxes: OrderedDict[str, deque[Letter]] = OrderedDict()
        self._something = asyncio.Event()

    @property
    def kept(self) -> int:
        """How many updates wait in the spool."""
        return self._refuge.waiting

    async def take(self, update: Update) -> None:
        """Return when *update*, and all it brought about, is on disk, or *update* in the spool.

        An update that was taken before changes nothing. Never raises for what a contact sent.
        """
        await self._put_into(f"{update.channel}:{update.address}", update)

    async def set_aside_raw(self, raw: bytes, update_id: str, where: str) -> None:
        """Keep an update that cannot even be read, sealed, for a person to look at."""
        unreadable = RawUpdate(
            id=update_id or f"raw:{new_id()}",
            channel="telegram",
            content=raw.decode("latin-1"),
            where=where,
        )
        await self._put_into("unreadable", unreadable)

    async def _put_into(self, box: str, came: Record) -> None:
        taken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        letter = Letter(record=came, taken=taken, box=box)
        self._boxes.setdefault(box, deque()).append(letter)
        self._something.set()
        await taken

    async def run(self) -> None:
        """Take in what waits, until cancelled."""
        while True:
            if self.away.is_away:
                await self._bridge()
            elif self._refuge.waiting:
                await self._replay_or_go_away()
            else:
                await self._take_what_waits()

    async def keep_probing(self) -> None:
        """Look now and again whether the database is there, until cancelled."""
        await keep_doing(self._probe)

    async def _probe(self) -> None:
        await asyncio.sleep(PROBED_EVERY)
        if self.away.is_away:
            self.away.remind()
            return
        try:
            await probe(self._house.database, self._write_soon)
        except DatabaseAwayError:
            self.away.begin()
            self._something.set()

    @property
    def _may_take(self) -> bool:
        """Whether what comes in goes into the database: it is there, and nothing older waits."""
        return not self.away.is_away and not self._refuge.waiting

    async def _take_what_waits(self) -> None:
        if not self._boxes:
            self._something.clear()
            await self._something.wait()
        if self._house.database.at_once > 1:
            await self._take_several_at_once()
            return
        while self._may_take and (batch := list(self._next_batch())):
            await self._take_batch(batch)
            await asyncio.sleep(0)  # whoever was just answered, or has just come, is of the next

    async def _take_several_at_once(self) -> None:
        """Take in batches side by side, each of other addresses."""
        abreast = SideBySide(self._house.database.at_once)
        try:
            while abreast.tasks or (self._boxes and self._may_take):
                self._something.clear()
                self._begin_batches(abreast)
                within = NO_LONGER if self._boxes else PAUSE
                await self._wait_for_something_or(*abreast.tasks, within=within)
                abreast.let_go()
        finally:
            abreast.cancel()

    def _begin_batches(self, abreast: SideBySide) -> None:
        while self._may_take and abreast.has_room_for(self._boxes):
            batch = list(self._next_batch(abreast.busy))
            if not batch:
                return
            abreast.begin(self._take_batch(batch), batch)

    def _next_batch(self, busy: frozenset[str] = frozenset()) -> Iterator[Letter]:
        """Yield a fair share of every address, and put those with more at the end of the line.

        Those that are *busy* have to wait for what they are busy with.
        """
        count = 0
        for key in list(self._boxes):
            if key in busy:
                continue
            box = self._boxes[key]
            share = min(len(box), FAIR_SHARE, BATCH - count)
            for _ in range(share):
                letter = box.popleft()
                letter.is_followed = bool(box) and is_followed(letter, box)
                yield letter
            count += share
            if not box:
                del self._boxes[key]
            elif share:
                self._boxes.move_to_end(key)

    async def _take_batch(self, batch: Sequence[Letter]) -> None:
        """Return when *batch* is in the database, or in the spool."""
        started = perf_counter()
        batch = own_words_last(batch, self._house.own_texts)
        is_safe = False
        while not is_safe:
            left = [letter for letter in batch if not letter.is_answered]
            try:
                await self._take_in(left, self._write_soon)
                is_safe = True
            except DatabaseAwayError:
                is_safe = await self._keep([each for each in left if not each.is_answered])
        for _ in batch:
            self._house.metrics.turn_seconds.observe(perf_counter() - started)

    async def _take_in(self, batch: Sequence[Letter], write: Write) -> None:
        left = batch
        try:
            while left:
                count = await write(self._taking(left), reach=reach_of(left))
                self._answer(left[:count])
                left = left[count:]
        except DatabaseAwayError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad turn must not harm the others
            record(Action.BATCH_FAILED, level="warning", error=error, count=len(left))
            for letter in left:
                await take_alone(self._house, letter, self._taking([letter]), write)
                self._answer([letter])

    def _answer(self, letters: Sequence[Letter]) -> None:
        """Answer *letters*, which are safe in the database."""
        for letter in letters:
            letter.answer()
        taken = [letter.record for letter in letters if not letter.has_failed]
        updates = Counter(came.channel for came in taken if isinstance(came, Update))
        for channel, count in updates.items():
            self._house.metrics.updates_taken.labels(channel).inc(count)
        for came in taken:
            if isinstance(came, RawUpdate):
                self._house.metrics.updates_set_aside.labels(came.channel).inc()
                record(Action.UPDATE_SET_ASIDE, level="error", channel=came.channel, update=came.id)

    def _taking(self, letters: Sequence[Letter]) -> Callable[[Transaction], Awaitable[int]]:
        return partial(
            take_letters, house=self._house, letters=letters, within=self.longest_transaction
        )

    async def _keep(self, letters: Sequence[Letter]) -> bool:
        """Put *letters* into the spool; return whether they are safe there."""
        records = [letter.record for letter in letters]
        try:
            await self._refuge.keep(records)
        except SpoolError as error:
            record(Action.SPOOL_FAILED, level="error", error=error, count=len(letters))
            return False
        for letter in letters:
            letter.answer()
        record(Action.UPDATES_SPOOLED, level="warning", count=len(letters))
        self.away.begin()
        self.away.tell_of(records)
        return True

    async def _bridge(self) -> None:
        """Put whatever comes in into the spool, until the database is back."""
        back = asyncio.create_task(self._wait_until_back())
        try:
            while not back.done():
                self._something.clear()
                await self._keep_what_waits()
                await self._wait_for_something_or(back)
        finally:
            back.cancel()
            await asyncio.wait([back])
        self.away.end()

    async def _keep_what_waits(self) -> None:
        counts = {key: len(box) for key, box in self._boxes.items()}
        letters = [letter for box in self._boxes.values() for letter in box]
        if not letters or not await self._keep(letters):
            return
        for key, count in counts.items():
            box = self._boxes[key]
            for _ in range(count):
                box.popleft()
            if not box:
                del self._boxes[key]

    async def _wait_for_something_or(
        self, *tasks: asyncio.Task[None], within: float = PAUSE
    ) -> None:
        news = asyncio.create_task(self._something.wait())
        await asyncio.wait([news, *tasks], timeout=within, return_when=asyncio.FIRST_COMPLETED)
        news.cancel()

    async def _wait_until_back(self) -> None:
        """Return when the database can be written, and some of what is in the spool went there.

        One attempt is under way at a time, however long the database lets it hang.
        """
        while True:
            try:
                await probe(self._house.database, self._house.database.write)
                await self._replay(self._house.database.write)
            except DatabaseAwayError as error:
                record(Action.SPOOL_WAITS, error=error, count=self._refuge.waiting)
                await asyncio.sleep(PAUSE)
            except SpoolError:  # it is not known; what comes next will tell
                return
            else:
                return

    async def _replay_or_go_away(self) -> None:
        """Replay; a spool that cannot be read keeps nobody waiting who writes now."""
        try:
            await self._replay(self._write_soon)
        except DatabaseAwayError:
            self.away.begin()
        except SpoolError as error:
            record(Action.SPOOL_FAILED, level="error", error=error)
            while batch := list(self._next_batch()):
                await self._take_batch(batch)
            await asyncio.sleep(PAUSE)

    async def _replay(self, write: Write) -> None:
        """Take in the oldest of the spool; only what is committed is removed from it."""
        loop = asyncio.get_running_loop()
        records = await self._refuge.oldest(BATCH)
        batch = [Letter(record=kept, taken=loop.create_future(), was_kept=True) for kept in records]
        for number, letter in enumerate(batch, 1):
            letter.is_followed = is_followed(letter, batch[number:])
        await self._take_in(batch, write)
        failed = {number for number, letter in enumerate(batch) if letter.has_failed}
        await self._refuge.drop(len(batch), failed=failed)
        record(Action.SPOOL_REPLAYED, count=len(batch))
