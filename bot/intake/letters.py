"""What waits in the mailroom: a record, and whoever waits for it to be safe."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.looking import OwnTexts
from bot.domain.update import Update
from bot.intake.refuge import RawUpdate, Record
from storage.reach import EVERYTHING, Contacts, Reach


@dataclass(slots=True, kw_only=True)
class Letter:
    """A record that waits, in the box of its address or from the spool."""

    record: Record
    taken: "asyncio.Future[None]"
    box: str = ""
    is_followed: bool = False
    was_kept: bool = False
    has_failed: bool = False
    is_answered: bool = False

    def answer(self, error: Exception | None = None) -> None:
        """Tell whoever waits, if they still do, that it is safe, or by *error* that it is not.

        The first answer counts.
        """
        self.has_failed |= error is not None
        self.is_answered = True
        if self.taken.done():
            return
        if error is None:
            self.taken.set_result(None)
        else:
            self.taken.set_exception(error)


def is_followed(letter: Letter, later: Iterable[Letter]) -> bool:
    """Whether *later* holds more of the same kind from the same address."""
    came = letter.record
    if not isinstance(came, Update):
        return False
    others = (other.record for other in later)
    return any(
        isinstance(other, Update)
        and (other.kind, other.channel, other.address) == (came.kind, came.channel, came.address)
        for other in others
    )


def own_words_last(batch: Sequence[Letter], own_texts: OwnTexts) -> Sequence[Letter]:
    """Return *batch* with those who write words of their own behind those who only choose.

    What is looked for in somebody's own words is at hand in the processor from one such text to
    the next, and where all of them are too much for a transaction, nobody who only chooses waits
    for them. What comes from one address stays in its order.
    """
    telling = {letter.box for letter in batch if _is_in_own_words(letter.record, own_texts)}
    return sorted(batch, key=lambda letter: letter.box in telling)


def _is_in_own_words(came: Record, own_texts: OwnTexts) -> bool:
    return isinstance(came, Update) and bool(came.text) and not own_texts.hold(came.text)


def reach_of(batch: Iterable[Letter]) -> Reach:
    """Return what *batch* touches: its contacts, or everything if something cannot be read."""
    records = [letter.record for letter in batch]
    places = [(came.channel, came.address) for came in records if not isinstance(came, RawUpdate)]
    return Contacts(tuple(dict.fromkeys(places))) if len(places) == len(records) else EVERYTHING
