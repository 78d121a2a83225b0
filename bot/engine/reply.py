"""What a contact did, as the engine sees it."""

from typing import ClassVar

from bot.domain.values import Value


class Words(Value, frozen=True, kw_only=True, gc=False):
    """They wrote something; ``is_followed`` says that more of theirs is waiting already.

    ``word`` is the word that works anywhere which it is, ``""`` if none, None if not yet known.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str
    is_followed: bool = False
    word: str | None = None


class Tap(Value, frozen=True, kw_only=True, gc=False):
    """They tapped the button with this data."""

    data: str


class FileSent(Value, frozen=True, kw_only=True, gc=False):
    """They sent a photo, a place on the map or the like, which has been kept.

    ``text`` is what was written beneath it, or what it says: the place.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str = ""


class Unreadable(Value, frozen=True, gc=False):
    """They sent a sticker, a place or the like."""


class Silence(Value, frozen=True, gc=False):
    """They have said nothing for as long as the flow waits."""


class Outcome(Value, frozen=True, kw_only=True, gc=False):
    """What came of a deed the engine asked for; ``choices`` are offered by the next question."""

    name: str
    choices: tuple[str, ...] = ()


Reply = Words | Tap | FileSent | Unreadable | Silence | Outcome
