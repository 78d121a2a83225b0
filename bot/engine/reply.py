"""What a contact did, as the engine sees it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """They wrote something; ``is_followed`` says that more of theirs is waiting already."""

    text: str = field(repr=False)
    is_followed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """They tapped the button with this data."""

    data: str


@dataclass(frozen=True, slots=True)
class FileSent:
    """They sent a photo, a voice message or another file, which has been kept."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """They sent a sticker, a place or the like."""


@dataclass(frozen=True, slots=True)
class Silence:
    """They have said nothing for as long as the flow waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a deed the engine asked for; ``choices`` are offered by the next question."""

    name: str
    choices: tuple[str, ...] = ()


Reply = Words | Tap | FileSent | Unreadable | Silence | Outcome
