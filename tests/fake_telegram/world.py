"""Everything the fake knows: people, chats, files, taps, commands."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from fake_telegram.chat import Chat, Posted
from fake_telegram.clock import MovableClock, Pulse
from fake_telegram.journal import Journal
from fake_telegram.limits import Limits, Meter
from fake_telegram.mischief import Mischief
from fake_telegram.refusal import RefusalError, bad_request, forbidden
from fake_telegram.updates import Updates
from fake_telegram.webhook import Webhook

BOT = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Lantern under test",
    "username": "lantern_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}


@dataclass(slots=True, kw_only=True)
class Tap:
    """One tap on a button; ``notices`` are the short texts shown for it."""

    id: str
    at: float
    is_answered: bool = False
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file as the server keeps it."""

    id: str
    path: str
    content: bytes = field(repr=False)


class World:
    """The state behind one bot."""

    def __init__(self, limits: Limits, clock: MovableClock) -> None:
        self.clock = clock
        self.pulse = Pulse()
        self.mischief = Mischief()
        self.journal = Journal(self.pulse)
        self.updates = Updates(self.pulse, self.mischief)
        self.webhook = Webhook(self.updates, self.pulse, clock)
        self.meter = Meter(limits)
        self.me: dict[str, Any] = dict(BOT)
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self._numbers = itertools.count(1)

    def next_number(self) -> int:
        """Return a number nothing else has."""
        return next(self._numbers)

    def open_chat(self, body: dict[str, Any], *, is_open: bool) -> Chat:
        """Return a new chat, in which the bot may write at once only if *is_open*."""
        chat = Chat(body=body, pulse=self.pulse, is_open=is_open)
        self.chats[chat.id] = chat
        return chat

    def writable_chat(self, number: int | str) -> Chat:
        """Return the chat, if the bot may write there now.

        Raises:
            RefusalError: it is unknown, never began, blocked the bot or has moved.

        """
        chat = self.known_chat(number)
        if chat.moved_to:
            raise RefusalError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.moved_to},
            )
        if chat.refusal:
            raise forbidden(chat.refusal)
        if not chat.is_open:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def known_chat(self, number: int | str) -> Chat:
        """Return the chat.

        Raises:
            RefusalError: there is none.

        """
        try:
            return self.chats[int(number)]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def new_message(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any]) -> Posted:
        """Put a message on the screen of *chat* and return it."""
        number, at = self.next_number(), self.clock.now()
        head = {"message_id": number, "from": sender, "chat": chat.body, "date": int(at)}
        text = content.get("text") or content.get("caption", "")
        message = Posted(
            id=number,
            at=at,
            is_from_bot=bool(sender["is_bot"]),
            text=text,
            body={**head, **content},
        )
        chat.post(message)
        return message

    def store_file(self, content: bytes, folder: str, suffix: str) -> StoredFile:
        """Keep *content* for getFile."""
        number = self.next_number()
        file = StoredFile(
            id=f"FILE{number:06}", path=f"{folder}/file_{number}.{suffix}", content=content
        )
        self.files[file.id] = file
        return file
