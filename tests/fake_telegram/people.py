"""People and groups, with what they do and what they see.

Every act returns once the update waits for the bot; the bot takes it when it can.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fake_telegram.chat import Chat, Posted
from fake_telegram.clock import WITHIN
from fake_telegram.world import StoredFile, Tap, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group in which the bot is a member."""

    chat: Chat
    world: World

    @property
    def id(self) -> int:
        """The group's number."""
        return self.chat.id

    @property
    def heard(self) -> Sequence[str]:
        """What the bot said there, oldest first."""
        return self.chat.heard

    async def hears(self, text: str, *, within: float = WITHIN) -> Posted:
        """Return the next message of the bot that contains *text*; see :meth:`Chat.hears`."""
        return await self.chat.hears(text, within=within)

    def becomes_supergroup(self, number: int) -> "Group":
        """Move to another number, as a group does when it grows."""
        self.chat.moved_to = number
        body = {**self.chat.body, "id": number, "type": "supergroup"}
        return Group(chat=self.world.open_chat(body, is_open=True), world=self.world)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with the app, in a private chat with the bot (or, where named, in a group)."""

    user: Mapping[str, Any]
    chat: Chat
    world: World

    @property
    def id(self) -> int:
        """The person's number, and that of their chat with the bot."""
        return self.chat.id

    @property
    def heard(self) -> Sequence[str]:
        """What the bot said and did not delete, oldest first."""
        return self.chat.heard

    async def writes(self, text: str, *, group: Group | None = None) -> int:
        """Send *text* and return the message's number."""
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._sends(content, group=group)

    async def edits(self, number: int, text: str, *, group: Group | None = None) -> None:
        """Change the text of an earlier message."""
        chat = self._chat(group)
        message = chat.messages[number]
        message.text = text
        message.body = {**message.body, "text": text, "edit_date": int(self.world.clock.now())}
        self.world.updates.add("edited_message", message.body)

    async def taps(
        self, wanted: str, *, on: Posted | None = None, group: Group | None = None
    ) -> Tap:
        """Tap the button with this label or data, on the newest message that has one.

        Raises:
            AssertionError: there is no such button, or it only opens a page.

        """
        chat = self._chat(group)
        message, button = _find_button(wanted, [on] if on else chat.screen)
        assert "callback_data" in button, f"the button {wanted!r} opens a page"
        tap = Tap(id=f"9{self.world.next_number():018}", at=self.world.clock.now())
        self.world.taps[tap.id] = tap
        query = {
            "id": tap.id,
            "from": dict(self.user),
            "message": message.body,
            "chat_instance": str(chat.id),
            "data": button["callback_data"],
        }
        self.world.updates.add("callback_query", query)
        return tap

    async def sends_photo(self, content: bytes, *, caption: str = "") -> int:
        """Send a picture; the server keeps a small size beside the full one."""
        sizes = [(90, content[:16]), (1280, content)]
        photo = [
            {**self._stored(part, "photos", "jpg"), "width": side, "height": side}
            for side, part in sizes
        ]
        return self._sends(_with_caption({"photo": photo}, caption))

    async def sends_voice(self, content: bytes, *, seconds: int = 3) -> int:
        """Send a voice message."""
        file = self._stored(content, "voice", "oga")
        return self._sends({"voice": {**file, "duration": seconds, "mime_type": "audio/ogg"}})

    async def sends_document(
        self, content: bytes, *, name: str = "note.pdf", media_type: str = "application/pdf"
    ) -> int:
        """Send a file."""
        file = self._stored(content, "documents", name.rpartition(".")[2])
        return self._sends({"document": {**file, "file_name": name, "mime_type": media_type}})

    async def sends_sticker(self) -> int:
        """Send a sticker."""
        file = self._stored(b"sticker", "stickers", "webp")
        kind = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "🍊"}
        return self._sends({"sticker": {**file, **kind, "width": 512, "height": 512}})

    async def sends_location(self, *, latitude: float, longitude: float) -> int:
        """Send a place."""
        return self._sends({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends(self, content: Mapping[str, Any]) -> int:
        """Send a message with any other content, as the Bot API spells it."""
        return self._sends(dict(content))

    async def blocks(self) -> None:
        """Block the bot."""
        self.chat.refusal = "bot was blocked by the user"
        self._changes_membership("member", "kicked")

    async def unblocks(self) -> None:
        """Let the bot write again."""
        self.chat.refusal = ""
        self._changes_membership("kicked", "member")

    def disappears(self) -> None:
        """Delete the account; nobody tells the bot."""
        self.chat.refusal = "user is deactivated"

    async def hears(self, text: str, *, within: float = WITHIN) -> Posted:
        """Return the next message of the bot that contains *text*; see :meth:`Chat.hears`."""
        return await self.chat.hears(text, within=within)

    async def sees(self, text: str, *, within: float = WITHIN) -> Posted:
        """Return a message on the screen that contains *text*; see :meth:`Chat.sees`."""
        return await self.chat.sees(text, within=within)

    async def loses(self, *messages: int, within: float = WITHIN) -> None:
        """Wait until these messages (or all) are deleted; see :meth:`Chat.loses`."""
        await self.chat.loses(*messages, within=within)

    async def notices(self, tap: Tap, *, within: float = WITHIN) -> str:
        """Return the short text with which the bot answered *tap* (often ``""``).

        Raises:
            AssertionError: the tap was not answered.

        """
        try:
            await self.world.pulse.until(lambda: tap.is_answered, within)
        except TimeoutError:
            raise AssertionError("the tap was not answered") from None
        return tap.notices[-1]

    def _sends(self, content: dict[str, Any], *, group: Group | None = None) -> int:
        chat = self._chat(group)
        chat.is_open = True
        message = self.world.new_message(chat, dict(self.user), content)
        self.world.updates.add("message", message.body)
        return message.id

    def _chat(self, group: Group | None) -> Chat:
        return group.chat if group else self.chat

    def _stored(self, content: bytes, folder: str, suffix: str) -> dict[str, Any]:
        return _described(self.world.store_file(content, folder, suffix))

    def _changes_membership(self, before: str, after: str) -> None:
        update = {
            "chat": self.chat.body,
            "from": dict(self.user),
            "date": int(self.world.clock.now()),
            "old_chat_member": self._member(before),
            "new_chat_member": self._member(after),
        }
        self.world.updates.add("my_chat_member", update)

    def _member(self, status: str) -> dict[str, Any]:
        bot = {key: self.world.me[key] for key in ("id", "is_bot", "first_name", "username")}
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": bot, "status": status, **until}


def _find_button(wanted: str, messages: Sequence[Posted]) -> tuple[Posted, Mapping[str, str]]:
    for message in reversed(messages):
        button = message.button(wanted)
        if button:
            return message, button
    labels = [message.labels for message in messages if message.labels]
    raise AssertionError(f"there is no button {wanted!r} among {labels}")


def _with_caption(content: dict[str, Any], caption: str) -> dict[str, Any]:
    return {**content, "caption": caption} if caption else content


def _described(file: StoredFile) -> dict[str, Any]:
    return {
        "file_id": file.id,
        "file_unique_id": f"U{file.id}",
        "file_size": len(file.content),
    }
