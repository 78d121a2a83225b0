"""What contacts and staff are told while the database is away: directly, past the outbox."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.casework.alerts import MEDIA
from bot.casework.house import House
from bot.casework.persisting import keep_doing
from bot.casework.phrases import (
    DATABASE_AWAY,
    DATABASE_BACK,
    EMERGENCY_WHILE_AWAY,
    TAP_WHILE_AWAY,
    Phrase,
)
from bot.casework.speech import Voice, phrase
from bot.domain.ids import HOUR, MINUTE, NEVER
from bot.domain.level import Level
from bot.domain.message import Act, Message
from bot.domain.update import Kind, Update
from bot.engine.understand import word_anywhere
from bot.intake.direct import Direct, direct_message
from bot.intake.quiet import HEARD, is_safe_word
from bot.intake.refuge import Record, Refuge, Shown
from bot.intake.told import Told
from bot.log import Action, record
from bot.triage.signals import find_signals, level_of
from bot.wording.language import best_language
from storage import contacts, outbox, staff
from storage.database import Transaction
from storage.shared_times import SharedTimes
from storage.spool import SpoolError

TOLD_AGAIN_AFTER = HOUR
RUNG_AGAIN_AFTER = 5 * MINUTE
"""How often staff are told of emergencies that nobody can read."""

LEARNED_EVERY = 60.0
"""Seconds after which it is looked again who the staff are."""

_SAID_TO_STAFF = {
    DATABASE_AWAY: "away",
    DATABASE_BACK: "back",
    EMERGENCY_WHILE_AWAY: "emergency",
}
_REMEMBERED = 10_000
_READ_WITHIN = 1.0
_HEARD = frozenset({Kind.TEXT, Kind.TAP, Kind.FILE, Kind.OTHER})
_Where = tuple[str, str]


class Away:
    """Knows whether the database is away, and tells those who should know.

    Of the processes that have a folder *shared*, one tells the staff.
    """

    def __init__(
        self, house: House, direct: Direct, refuge: Refuge, *, shared: Path | None = None
    ) -> None:
        self._house = house
        self._direct = direct
        self._refuge = refuge
        self._told: OrderedDict[_Where, Told] = OrderedDict()
        self._staff: dict[_Where, str] = {}
        self._staff_told = SharedTimes(shared, _SAID_TO_STAFF.values())
        self._has_learned = asyncio.Event()
        self.is_away = False

    async def learn(self) -> None:
        """Look who the staff are and where they are reached, for when that cannot be looked up."""

        async def work(tx: Transaction) -> dict[_Where, str]:
            languages = {worker.id: worker.language for worker in await staff.all_workers(tx)}
            addresses = await staff.staff_addresses_of(tx)
            return {
                (address.channel, address.where): languages.get(address.worker, "")
                if address.worker
                else ""
                for address in addresses
            }

        async with asyncio.timeout(_READ_WITHIN):
            known = await self._house.database.read(work)
        media = {(MEDIA, str(number)): "" for number in range(self._house.media)}
        self._staff = {**known, **media}

    async def keep_learning(self) -> None:
        """Learn now and again, until cancelled."""

        async def step() -> None:
            try:
                await self.learn()
            except Exception:
                await asyncio.sleep(LEARNED_EVERY)  # and not where it is cancelled
                raise
            await asyncio.sleep(LEARNED_EVERY)

        await keep_doing(step)

    def begin(self) -> None:
        """Take note that the database is away."""
        if self.is_away:
            return
        self.is_away = True
        self._has_learned.clear()
        self._house.metrics.database_away.set(1)
        record(Action.DATABASE_AWAY, level="error")
        self._direct.start(self._begin_telling())

    def end(self) -> None:
        """Take note that the database is back."""
        self.is_away = False
        self._house.metrics.database_away.set(0)
        record(Action.DATABASE_BACK, level="warning", count=self._refuge.waiting)
        now = self._house.clock()
        since = now - self._staff_told.last(_SAID_TO_STAFF[DATABASE_AWAY], now=now)
        self._tell_staff(DATABASE_BACK, again_after=min(since, TOLD_AGAIN_AFTER))

    def remind(self) -> None:
        """Tell staff again if it is long ago that they heard that the database is away."""
        if self._has_learned.is_set():
            self._tell_staff(DATABASE_AWAY)

    def tell_of(self, kept: Sequence[Record]) -> None:
        """Tell everybody concerned that what they sent is *kept*; returns at once."""
        updates = [came for came in kept if isinstance(came, Update)]
        for update in updates:
            self._house.metrics.updates_spooled.labels(update.channel).inc()
        self._direct.start(self._tell_of(updates))

    def page_message(self, address: str, shown_with: str) -> Message | None:
        """Return what waits for the page at *address*, shown with the outbox's *shown_with*."""
        told = self._told.get((outbox.PULLED, address))
        if told is None:
            return None
        told.shown_with = max(told.shown_with, shown_with)
        return told.message

    def note_received(self, address: str, message: str) -> str:
        """Take note that the page has *message*; return up to which of the outbox's that is."""
        told = self._told.get((outbox.PULLED, address))
        if told is None or not told.on_page:
            return message
        if message >= told.on_page:
            told.message = None
        return told.shown_with if message == told.on_page else message

    async def _begin_telling(self) -> None:
        try:
            await self.learn()
        except Exception as error:  # noqa: BLE001 - whatever it is, then those known before are told
            record(Action.TASK_FAILED, level="warning", error=error)
        self._has_learned.set()
        self._tell_staff(DATABASE_AWAY)

    async def _tell_of(self, updates: Sequence[Update]) -> None:
        await self._has_learned.wait()
        for update in updates:
            if update.tap_id:
                self._direct.start(self._answer_tap(update))
            if self._is_from_contact(update):
                self._tell_contact(update)

    def _tell_staff(self, words: Phrase, *, again_after: int = TOLD_AGAIN_AFTER) -> None:
        name, now = _SAID_TO_STAFF[words], self._house.clock()
        if not self._staff or not self._staff_told.claim(name, now=now, again_after=again_after):
            return
        for (channel, where), language in self._staff.items():
            chosen = best_language(language, self._house.languages)
            text = phrase(self._house, chosen, words)
            self._direct.start(self._direct.post(direct_message(channel, where, text=text)))

    def _is_from_contact(self, update: Update) -> bool:
        is_staff = {(update.channel, update.sender), (update.channel, update.address)} & (
            self._staff.keys()
        )
        is_known = self._direct.reaches(update.channel) or update.channel == outbox.PULLED
        return update.kind in _HEARD and not update.is_group and not is_staff and is_known

    def _tell_contact(self, update: Update) -> None:
        told = self._told_at((update.channel, update.address))
        told.note_removable(update.message)
        if self._is_leaving(update):
            told.leave()
            self._direct.start(self._remove(update, told.removable))
        elif is_safe_word(self._house, update.text):
            self._tell_staff(EMERGENCY_WHILE_AWAY, again_after=RUNG_AGAIN_AFTER)
            told.at, told.level = NEVER, Level.NONE
            self._direct.start(self._say_to(update, told, HEARD))
        else:
            self._tell_if_due(update, told)

    def _tell_if_due(self, update: Update, told: Told) -> None:
        level, key, now = Level.NONE, "while_away", self._house.clock()
        if level_of(find_signals(update.text, self._house.rules, [])) is Level.EMERGENCY:
            level, key = Level.EMERGENCY, "emergency_while_away"
            self._tell_staff(EMERGENCY_WHILE_AWAY, again_after=RUNG_AGAIN_AFTER)
        if now - told.at >= TOLD_AGAIN_AFTER or level < told.level:
            told.at, told.level = now, level
            self._direct.start(self._say_to(update, told, f"always.{key}.say"))

    def _is_leaving(self, update: Update) -> bool:
        if update.tap:
            return update.tap.startswith("w:leave")
        return word_anywhere(self._house.releases.current.plan, update.text) == "leave"

    def _told_at(self, where: _Where) -> Told:
        """Return what those at *where* were told; who left and is back was told nothing."""
        told = self._told.get(where, Told())
        if told.has_left:
            told = Told(removable=told.removable)
        self._told[where] = told
        self._told.move_to_end(where)
        if len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        return told

    async def _say_to(self, update: Update, told: Told, key: str) -> None:
        """Say it, unless they leave before it has arrived; what arrives too late is removed."""
        language = await self._language_of(update)
        voice = Voice(
            house=self._house, release=self._house.releases.current, language=language, values={}
        )
        message = direct_message(update.channel, update.address, text=voice.say(key))
        if update.channel == outbox.PULLED:
            if not told.has_left:
                told.message, told.on_page = message, message.id
                self._house.bell.ring(update.address)
            return
        reference = await self._direct.send(message, is_wanted=lambda: not told.has_left)
        if reference:
            told.note_removable(reference)
            await self._keep_reference(update, reference)
        if reference and told.has_left:
            await self._remove(update, (reference,))

    async def _language_of(self, update: Update) -> str:
        """Return the language that they chose, if that can be read, else what the channel says."""
        chosen = ""
        with suppress(Exception):  # whatever it is: it was only asked to speak better
            async with asyncio.timeout(_READ_WITHIN):
                place = await self._house.database.read(
                    lambda tx: contacts.find_place(tx, update.channel, update.address)
                )
            chosen = place.session.language if place and place.session else ""
        return best_language(chosen or update.language, self._house.languages)

    async def _keep_reference(self, update: Update, reference: str) -> None:
        shown = Shown(channel=update.channel, address=update.address, reference=reference)
        with suppress(SpoolError):
            await self._refuge.keep([shown])

    async def _remove(self, update: Update, references: tuple[str, ...]) -> None:
        """Remove what is known to be removable, on behalf of somebody who leaves in a hurry."""
        if self._direct.reaches(update.channel) and references:
            await self._direct.send(
                direct_message(
                    update.channel, update.address, act=Act.DELETE, references=references
                )
            )

    async def _answer_tap(self, update: Update) -> None:
        """Let the button stop waiting; to staff, say that nothing has happened yet."""
        is_staff = update.tap.startswith(("have:", "open:"))
        chosen = self._staff.get((update.channel, update.sender), "")
        language = best_language(chosen or update.language, self._house.languages)
        text = phrase(self._house, language, TAP_WHILE_AWAY) if is_staff else ""
        await self._direct.send(
            direct_message(
                update.channel,
                update.address,
                act=Act.NOTE_TAP,
                text=text,
                references=(update.tap_id,),
            )
        )
