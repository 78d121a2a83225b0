"""Telegram: sends messages, fetches files, and tells Telegram who and where we are."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from telegram import Bot, BotCommand
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram_errors import is_nobody_there, is_old_tap, send_error
from bot.channels.telegram_request import READ_WITHIN, TelegramRequest
from bot.channels.telegram_update import WANTED
from bot.domain.errors import PermanentSendError
from bot.domain.message import Act, Button, Buttons, Message

PUBLIC_API: Final = "https://api.telegram.org"
MOST_DELETED_AT_ONCE: Final = 100
LONGEST_NOTICE: Final = 200
"""Limits of the Bot API: ``deleteMessages`` and ``answerCallbackQuery``."""

SEND_MESSAGE: Final = "send_Message"
"""Sent as ``sendMessage``; spelt so, the client does not point to its own method, which takes
longer to build and to read than the call takes, for a number that is all that is wanted of it."""

_NO_PREVIEW: Final = {"is_disabled": True}
_NO_WEBHOOK: Final = (
    "Telegram does not take the address in LANTERN_TELEGRAM_WEBHOOK, and delivers nothing: "
    "look whether it is right, and reached from outside"
)


class TelegramChannel:
    """Sends to Telegram through one bot; open it before use, close it after.

    A call that is not answered within *answer_within* seconds counts as failed for now.
    """

    def __init__(
        self, token: str, *, api: str = PUBLIC_API, answer_within: float = READ_WITHIN
    ) -> None:
        base_url, base_file_url = api_addresses(api)
        self._request = TelegramRequest(answer_within=answer_within)
        self.bot = Bot(
            token,
            base_url=base_url,
            base_file_url=base_file_url,
            request=self._request,
            get_updates_request=self._request,
        )

    async def open(self) -> None:
        """Make the channel ready; Telegram is not asked, so it may be away."""
        await self._request.initialize()

    async def close(self) -> None:
        """Let go of every connection."""
        await self._request.shutdown()

    async def send(self, message: Message) -> str:
        """Do what *message* says; return Telegram's number of a message that was shown, else "".

        Raises:
            TemporarySendError: try again, after the pause that it names.
            PermanentSendError: do not try this again.

        """
        try:
            match message.act:
                case Act.SAY:
                    return await self._say(message)
                case Act.DELETE:
                    return await self._delete(message)
                case Act.NOTE_TAP:
                    return await self._note_tap(message)
        except TelegramError as error:
            raise send_error(error) from None

    async def _say(self, message: Message) -> str:
        said = {
            "chat_id": message.address,
            "text": message.text,
            "link_preview_options": _NO_PREVIEW,
            "reply_markup": _keyboard(message.buttons),
        }
        shown: dict[str, Any] = await self.bot.do_api_request(SEND_MESSAGE, said)
        return str(shown["message_id"])

    async def _delete(self, message: Message) -> str:
        numbers = [int(reference) for reference in message.references]
        for start in range(0, len(numbers), MOST_DELETED_AT_ONCE):
            await self._delete_batch(message.address, numbers[start : start + MOST_DELETED_AT_ONCE])
        return ""

    async def _delete_batch(self, address: str, numbers: Sequence[int]) -> None:
        """Delete what can be deleted: one old message must not keep the others in sight."""
        try:
            await self.bot.delete_messages(address, numbers)
        except BadRequest as error:
            if is_nobody_there(error):
                raise
        else:
            return
        for number in numbers:
            with contextlib.suppress(BadRequest):
                await self.bot.delete_message(address, number)

    async def _note_tap(self, message: Message) -> str:
        try:
            await self.bot.answer_callback_query(
                message.references[0], text=message.text[:LONGEST_NOTICE] or None
            )
        except BadRequest as error:
            if not is_old_tap(error):
                raise
        return ""

    async def fetch(self, reference: str) -> bytes:
        """Return the content of a file that somebody sent, at full size.

        Raises:
            TemporarySendError: try again, after the pause that it names.
            PermanentSendError: Telegram does not hand it out (over 20 MB, or gone).

        """
        try:
            file = await self.bot.get_file(reference)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise send_error(error) from None

    async def publish_commands(self, commands: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Show *commands* (word and explanation, by language) in everybody's menu.

        The first language is also shown to people whose own is not among them.

        Raises:
            SendError: Telegram did not accept it.

        """
        try:
            for index, (language, words) in enumerate(commands.items()):
                menu = [BotCommand(word, meaning) for word, meaning in words]
                if index == 0:
                    await self.bot.set_my_commands(menu)
                await self.bot.set_my_commands(menu, language_code=language[:2])
        except TelegramError as error:
            raise send_error(error) from None

    async def register_webhook(self, url: str, *, secret: str) -> None:
        """Ask Telegram to push updates to *url*, each with *secret* in its header.

        Raises:
            SendError: Telegram did not accept it.

        """
        try:
            await self.bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED)
        except BadRequest:
            raise PermanentSendError(_NO_WEBHOOK, is_dead=False) from None
        except TelegramError as error:
            raise send_error(error) from None

    async def username(self) -> str:
        """Return the bot's public name, as it stands in links to it.

        Raises:
            SendError: Telegram did not say.

        """
        try:
            return (await self.bot.get_me()).username or ""
        except TelegramError as error:
            raise send_error(error) from None


def api_addresses(api: str) -> tuple[str, str]:
    """Return where calls and where files are asked for, given the address of a Bot API server."""
    root = api.strip().rstrip("/").removesuffix("/bot").rstrip("/")
    return f"{root}/bot", f"{root}/file/bot"


def _keyboard(buttons: Buttons) -> dict[str, object] | None:
    rows = [[_button(button) for button in row] for row in buttons if row]
    return {"inline_keyboard": rows} if rows else None


def _button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}
