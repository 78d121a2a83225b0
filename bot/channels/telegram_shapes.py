"""The shapes of what Telegram sends, as far as it is used; anything else may change as it likes."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, TypeAdapter


def _whole(text: str) -> str:
    """Return *text* with a mark for each half of a character, which no database would take."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


Text = Annotated[StrictStr, AfterValidator(_whole)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whoever wrote or tapped."""

    id: StrictInt
    is_bot: StrictBool = False
    language_code: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Where it was written."""

    id: StrictInt
    type: Text


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class File:
    """A file, which stays with Telegram until it is fetched."""

    file_id: Text
    file_size: StrictInt = 0
    mime_type: Text = ""
    width: StrictInt = 0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Location:
    """A place on the map."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Card:
    """Somebody's name and number."""

    phone_number: Text
    first_name: Text = ""
    last_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Venue:
    """What stands at a place on the map."""

    title: Text = ""
    address: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Option:
    """One of the answers of a poll."""

    text: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Poll:
    """A question that somebody lets others answer."""

    question: Text = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sticker:
    """A sticker, or dice; only the emoji that it stands for is looked at."""

    emoji: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Message:
    """Something that was written or sent."""

    message_id: StrictInt
    date: StrictInt
    chat: Chat
    sender: Annotated[Sender | None, Field(alias="from")] = None
    sender_chat: Chat | None = None
    edit_date: StrictInt = 0
    text: Text = ""
    caption: Text = ""
    photo: tuple[File, ...] = ()
    voice: File | None = None
    audio: File | None = None
    video: File | None = None
    video_note: File | None = None
    animation: File | None = None
    document: File | None = None
    location: Location | None = None
    venue: Venue | None = None
    poll: Poll | None = None
    contact: Card | None = None
    sticker: Sticker | None = None
    dice: Sticker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The message a tapped button stands under; Telegram may know no more than its number."""

    message_id: StrictInt
    chat: Chat


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Tap:
    """A button that was tapped."""

    id: Text
    sender: Annotated[Sender, Field(alias="from")]
    message: Origin | None = None
    data: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """How somebody stands in a chat."""

    status: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That somebody came to a chat or left it."""

    chat: Chat
    sender: Annotated[Sender, Field(alias="from")]
    date: StrictInt
    new_chat_member: Member


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Received:
    """One update; at most one of its parts is there."""

    update_id: StrictInt
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Tap | None = None
    my_chat_member: Membership | None = None


@cache
def reader() -> TypeAdapter[Received]:
    """Return what reads an update, made when the first one comes."""
    return TypeAdapter(Received)
