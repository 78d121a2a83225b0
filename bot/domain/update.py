"""What comes in on a channel."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.ids import Instant


class Kind(StrEnum):
    """What sort of thing came in."""

    TEXT = "text"
    TAP = "tap"
    FILE = "file"
    EDIT = "edit"
    OTHER = "other"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReference:
    """A photo, voice message or other file that still lies with the channel."""

    kind: str
    media_type: str
    size: int
    reference: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One thing that came in; ``id`` is the channel's own number for it.

    ``address`` is where to answer, ``sender`` who sent it (they differ in a group),
    ``message`` the channel's number of the message, ``tap`` the data of the button tapped.
    """

    id: str
    channel: str
    address: str = field(repr=False)
    sender: str = field(repr=False)
    kind: Kind
    at: Instant
    text: str = field(default="", repr=False)
    tap: str = field(default="", repr=False)
    tap_id: str = ""
    file: FileReference | None = None
    language: str = ""
    message: str = ""
    is_group: bool = False
