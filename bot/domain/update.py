"""What comes in on a channel."""

from enum import StrEnum
from typing import ClassVar

from bot.domain.ids import Instant
from bot.domain.values import Value


class Kind(StrEnum):
    """What sort of thing came in."""

    TEXT = "text"
    TAP = "tap"
    FILE = "file"
    EDIT = "edit"
    OTHER = "other"
    BLOCKED = "blocked"


class FileReference(Value, frozen=True, kw_only=True, gc=False):
    """A photo, voice message or other file that still lies with the channel."""

    hidden: ClassVar[frozenset[str]] = frozenset({"reference"})

    kind: str
    media_type: str
    size: int
    reference: str


class Update(Value, frozen=True, kw_only=True, gc=False):
    """One thing that came in; ``id`` is the channel's own number for it.

    ``address`` is where to answer, ``sender`` who sent it (they differ in a group),
    ``message`` the channel's number of the message, ``tap`` the data of the button tapped,
    ``emoji`` what a sticker stands for.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"address", "sender", "text", "tap", "emoji"})

    id: str
    channel: str
    address: str
    sender: str
    kind: Kind
    at: Instant
    text: str = ""
    tap: str = ""
    tap_id: str = ""
    file: FileReference | None = None
    language: str = ""
    message: str = ""
    is_group: bool = False
    emoji: str = ""
