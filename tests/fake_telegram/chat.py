"""A chat as both sides see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fake_telegram.clock import WITHIN, Pulse


@dataclass(slots=True, kw_only=True)
class Posted:
    """One message on the screen; ``body`` is its JSON, ``text`` what is read in it."""

    id: int
    at: float
    is_from_bot: bool
    text: str
    body: dict[str, Any]
    is_deleted: bool = False

    @property
    def rows(self) -> Sequence[Sequence[Mapping[str, str]]]:
        """The rows of buttons under the message."""
        rows: list[list[dict[str, str]]] = self.body.get("reply_markup", {}).get(
            "inline_keyboard", []
        )
        return rows

    @property
    def labels(self) -> Sequence[str]:
        """What the buttons say, row after row."""
        return [button["text"] for row in self.rows for button in row]

    def button(self, wanted: str) -> Mapping[str, str] | None:
        """Return the button with this label or data, or whose label contains it."""
        buttons = [button for row in self.rows for button in row]
        for button in buttons:
            if wanted in {button["text"], button.get("callback_data")}:
                return button
        return next((button for button in buttons if wanted in button["text"]), None)


@dataclass(slots=True, kw_only=True)
class Chat:
    """One chat; ``refusal`` is why the bot may not write there now, if it may not."""

    body: dict[str, Any]
    pulse: Pulse
    is_open: bool = False
    refusal: str = ""
    moved_to: int = 0
    messages: dict[int, Posted] = field(default_factory=dict)
    heard_up_to: int = 0

    @property
    def id(self) -> int:
        """The chat's number."""
        number: int = self.body["id"]
        return number

    @property
    def is_group(self) -> bool:
        """Whether more than one person is in it."""
        return bool(self.body["type"] != "private")

    @property
    def screen(self) -> Sequence[Posted]:
        """The messages still to be seen, oldest first."""
        return [message for message in self.messages.values() if not message.is_deleted]

    @property
    def heard(self) -> Sequence[str]:
        """The texts of the bot still to be seen, oldest first."""
        return [message.text for message in self.screen if message.is_from_bot]

    def post(self, message: Posted) -> None:
        """Put *message* on the screen."""
        self.messages[message.id] = message
        self.pulse.beat()

    async def hears(self, text: str, *, within: float = WITHIN) -> Posted:
        """Return the next message of the bot that contains *text*, after the last one heard.

        Raises:
            AssertionError: no such message came.

        """
        try:
            message = await self.pulse.until(lambda: self._unheard(text), within)
        except TimeoutError:
            raise AssertionError(f"waited for {text!r}, heard {self.unheard}") from None
        assert message is not None
        self.heard_up_to = message.id
        return message

    @property
    def unheard(self) -> Sequence[str]:
        """What the bot said since the last message that :meth:`hears` returned."""
        return [message.text for message in self._since_heard()]

    def _since_heard(self) -> Sequence[Posted]:
        later = [message for message in self.screen if message.id > self.heard_up_to]
        return [message for message in later if message.is_from_bot]

    def _unheard(self, text: str) -> Posted | None:
        return next((message for message in self._since_heard() if text in message.text), None)

    async def sees(self, text: str, *, within: float = WITHIN) -> Posted:
        """Return a message on the screen that contains *text*, whoever wrote it and when.

        Raises:
            AssertionError: there was none.

        """
        try:
            found = await self.pulse.until(
                lambda: [message for message in self.screen if text in message.text], within
            )
        except TimeoutError:
            shown = [message.text for message in self.screen]
            raise AssertionError(f"waited to see {text!r}, saw {shown}") from None
        return found[-1]

    async def loses(self, *messages: int, within: float = WITHIN) -> None:
        """Wait until *messages* are deleted; with none named, until the screen is empty.

        Raises:
            AssertionError: they stayed.

        """
        wanted = set(messages) or set(self.messages)

        def is_gone() -> bool:
            return not wanted & {message.id for message in self.screen}

        try:
            await self.pulse.until(is_gone, within)
        except TimeoutError:
            raise AssertionError(f"still on the screen: {len(self.screen)} messages") from None
