"""One contact's turn under way: what is known, and what has been decided so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.casework.cases import Concern, keep_answers, open_or_raise
from bot.casework.house import House
from bot.casework.posting import Letter, post
from bot.casework.release import Release
from bot.casework.speech import Voice, buttons_for, speak
from bot.domain.event import Event
from bot.domain.ids import CaseId, Instant
from bot.domain.message import Buttons, Urgency
from bot.domain.place import Place
from bot.domain.session import Session
from storage import cases
from storage.database import Transaction
from storage.outbox import PULLED


@dataclass(slots=True, kw_only=True)
class Talk:
    """A turn under way. Everything it changes is the database and itself."""

    tx: Transaction
    house: House
    release: Release
    place: Place
    session: Session
    now: Instant
    case: CaseId | None = None
    topic: str = ""
    is_gone: bool = False
    values: dict[str, str] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        """How Lantern speaks to this contact now."""
        return Voice(
            house=self.house,
            release=self.release,
            language=self.session.language,
            values=self.values,
        )

    async def request_case(self, concern: Concern) -> None:
        """Open or raise the contact's case."""
        self.case = await open_or_raise(self.tx, self.house, self.place, self.session, concern)
        self.place = replace(self.place, case=self.case)
        await self.tell_code()

    async def keep_answers(self) -> None:
        """Keep the answers with the case, if there is one."""
        if self.case is not None:
            await keep_answers(self.tx, self.case, self.session)

    async def tell_code(self) -> None:
        """Have the return code of the case ready for what is said."""
        if self.case is not None:
            body = await cases.read_body(self.tx, self.case)
            words = self.house.directory.code_words
            spelt = [words[index].spellings[self.session.language] for index in body.code]
            self.values["return_code"] = " ".join(spelt)

    async def say(self, events: Sequence[Event], *, urgency: Urgency = Urgency.REPLY) -> None:
        """Post what *events* say and ask, as one message."""
        text = speak(self.voice, events)
        if text and not self.is_gone:
            buttons = self._without_leave(buttons_for(self.voice, self.session, events))
            letter = Letter(text=text, urgency=urgency, buttons=buttons)
            await post(self.tx, self.place, letter, now=self.now, case_id=self.case)

    def _without_leave(self, buttons: Buttons) -> Buttons:
        """Return *buttons* as the channel needs them: the page has its own way out, always."""
        if self.place.channel != PULLED:
            return buttons
        rows = (tuple(b for b in row if b.data != "w:leave") for row in buttons)
        return tuple(row for row in rows if row)

    async def say_text(self, text: str) -> None:
        """Post *text*, which was written and reviewed by people."""
        if text and not self.is_gone:
            await post(self.tx, self.place, Letter(text=text), now=self.now)
