"""One Telegram update, read into an Update of ours.

Each update is read on its own, from its raw JSON, so that one that cannot be read harms no
other. Only the fields that are used are looked at; anything else may change as Telegram likes.
"""

from collections.abc import Mapping
from typing import Final

from pydantic import ValidationError

from bot.channels.telegram_shapes import Chat, File, Membership, Message, Received, Tap, reader
from bot.domain.errors import LanternError
from bot.domain.ids import SECOND, Instant
from bot.domain.update import FileReference, Kind, Update

CHANNEL: Final = "telegram"
WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for."""


class UnreadableUpdateError(LanternError):
    """An update does not have the shape that Telegram describes. Names fields, never contents."""

    def __init__(self, *places: str) -> None:
        super().__init__(f"an update is malformed at: {', '.join(sorted(places))}")


_SERVICE: Final = frozenset(
    {
        *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo"),
        *("delete_chat_photo", "group_chat_created", "supergroup_chat_created"),
        *("message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id"),
        *("pinned_message", "write_access_allowed", "chat_background_set"),
        *("forum_topic_created", "forum_topic_edited", "forum_topic_closed"),
        *("video_chat_started", "video_chat_ended", "video_chat_scheduled"),
    }
)
"""Messages that Telegram writes itself; nobody waits for an answer to them."""

_FILES: Final = {
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "document": "application/octet-stream",
}
_NOBODY: Final = "message.from"
_GONE: Final = {"kicked", "left"}


def parse(raw: object, *, now: Instant) -> Update | None:
    """Return what came in, or None if it is nothing that anybody said or did to us.

    Raises:
        UnreadableUpdateError: it does not have the shape that Telegram describes.

    """
    received = _read(raw)
    match received:
        case Received(message=Message() as message):
            return None if _is_service(raw) else _said(received.update_id, message)
        case Received(edited_message=Message() as message):
            return _said(received.update_id, message, is_edit=True)
        case Received(callback_query=Tap() as tap):
            return _tapped(received.update_id, tap, now)
        case Received(my_chat_member=Membership() as membership):
            return _blocked(received.update_id, membership)
        case _:
            return None


def _read(raw: object) -> Received:
    try:
        return reader().validate_python(raw)
    except ValidationError as error:
        places = {".".join(map(str, fault["loc"])) for fault in error.errors(include_input=False)}
    raise UnreadableUpdateError(*places)


def _is_service(raw: object) -> bool:
    message = raw.get("message") if isinstance(raw, Mapping) else None
    return isinstance(message, Mapping) and not _SERVICE.isdisjoint(message)


def _said(number: int, message: Message, *, is_edit: bool = False) -> Update | None:
    sender = _sender(message)
    if sender is None:
        return None
    file = _file(message)
    return Update(
        id=str(number),
        channel=CHANNEL,
        address=str(message.chat.id),
        sender=sender,
        kind=Kind.EDIT if is_edit else _kind(message, file),
        at=Instant((message.edit_date or message.date) * SECOND),
        text=message.text or message.caption or ("" if is_edit else _in_words(message)),
        file=file,
        language=message.sender.language_code if message.sender else "",
        message=str(message.message_id),
        is_group=_is_group(message.chat),
        emoji=_emoji(message),
    )


def _in_words(message: Message) -> str:
    """Return a place, a number or a poll that was sent with a tap, as somebody would write it.

    A place that moves on the map comes as edits, many a minute: only the first counts.
    """
    if message.contact:
        card = message.contact
        return " ".join(filter(None, (card.first_name, card.last_name, card.phone_number)))
    if message.poll:
        return "\n".join([message.poll.question, *(each.text for each in message.poll.options)])
    if message.location is None:
        return ""
    place = f"{message.location.latitude:.6f}, {message.location.longitude:.6f}"
    named = (message.venue.title, message.venue.address) if message.venue else ()
    return ", ".join([*filter(None, named), place])


def _emoji(message: Message) -> str:
    sign = message.sticker or message.dice
    return sign.emoji if sign else ""


def _sender(message: Message) -> str | None:
    """Return who wrote; whoever writes in a group's own name is that group, a bot is nobody."""
    if message.sender_chat:
        return str(message.sender_chat.id)
    if message.sender is None:
        raise UnreadableUpdateError(_NOBODY)
    return None if message.sender.is_bot else str(message.sender.id)


def _file(message: Message) -> FileReference | None:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width)
        return _reference("photo", largest, "image/jpeg")
    for kind, media_type in _FILES.items():
        if file := getattr(message, kind):
            return _reference(kind, file, media_type)
    return None


def _reference(kind: str, file: File, media_type: str) -> FileReference:
    return FileReference(
        kind=kind,
        media_type=file.mime_type or media_type,
        size=file.file_size,
        reference=file.file_id,
    )


def _kind(message: Message, file: FileReference | None) -> Kind:
    if file:
        return Kind.FILE
    return Kind.TEXT if message.text else Kind.OTHER


def _is_group(chat: Chat) -> bool:
    return chat.type != "private"


def _tapped(number: int, tap: Tap, now: Instant) -> Update | None:
    if tap.data is None:
        return None
    chat = tap.message.chat if tap.message else None
    return Update(
        id=str(number),
        channel=CHANNEL,
        address=str(chat.id if chat else tap.sender.id),
        sender=str(tap.sender.id),
        kind=Kind.TAP,
        at=now,
        tap=tap.data,
        tap_id=tap.id,
        language=tap.sender.language_code,
        message=str(tap.message.message_id) if tap.message else "",
        is_group=chat is not None and _is_group(chat),
    )


def _blocked(number: int, membership: Membership) -> Update | None:
    if membership.new_chat_member.status not in _GONE:
        return None
    return Update(
        id=str(number),
        channel=CHANNEL,
        address=str(membership.chat.id),
        sender=str(membership.sender.id),
        kind=Kind.BLOCKED,
        at=Instant(membership.date * SECOND),
        language=membership.sender.language_code,
        is_group=_is_group(membership.chat),
    )
