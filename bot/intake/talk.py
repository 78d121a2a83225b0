"""One contact's turn under way: what is known, and what has been decided so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.casework.cases import Concern, keep_answers, open_or_raise
from bot.casework.house import House
from bot.casework.posting import Letter, post
from bot.casework.release import Release
from bot.casework.speech import Voice, buttons_for, speak, word_row
from bot.directory.return_code import return_code_text
from bot.domain.event import Event, Said
from bot.domain.ids import CaseId, Instant
from bot.domain.level import Level
from bot.domain.message import Buttons, Urgency
from bot.domain.place import Place
from bot.domain.session import Session
from storage import cases
from storage.database import Transaction
from storage.outbox import PULLED


@dataclass(slots=True, kw_only=True)
class Talk:
    """A turn under way. Everything it changes is the database and itself.

    ``felt`` is the most pressing level of what was written in this turn.
    """

    tx: Transaction
    house: House
    release: Release
    place: Place
    session: Session
    now: Instant
    case: CaseId | None = None
    topic: str = ""
    felt: Level = Level.NONE
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
            code = return_code_text(body.code, self.session.language, words)
            self.values["return_code"] = code

    @property
    def is_owned(self) -> bool:
        """Whether a worker owns the conversation now."""
        return self.place.is_owned_by_worker(self.now)

    async def say(
        self,
        events: Sequence[Event],
        *,
        urgency: Urgency = Urgency.REPLY,
        words: Sequence[str] = (),
    ) -> None:
        """Post what *events* say and ask, as one message; *words* are buttons under it.

        While a worker owns the conversation, no question of Lantern's own is asked.
        """
        said = [event for event in events if not self.is_owned or _is_of_a_word(event)]
        text = speak(self.voice, said)
        if text and not self.is_gone:
            rows = (*buttons_for(self.voice, self.session, said), *word_row(self.voice, words))
            buttons = self._without_leave(rows)
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


def _is_of_a_word(event: Event) -> bool:
    """Whether *event* belongs to a word that works anywhere."""
    place = event.key if isinstance(event, Said) else getattr(event, "state", "")
    return place.startswith("always.")
