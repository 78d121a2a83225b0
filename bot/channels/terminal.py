"""The terminal as a channel: for trying the conversations."""

from collections.abc import Sequence

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.domain.ids import Instant, new_id
from bot.domain.message import Act, Button, Message
from bot.domain.update import Kind, Update

CHANNEL = "terminal"
ADDRESS = "here"


class Terminal:
    """Shows messages with numbered buttons, and turns typed lines into updates."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._buttons: Sequence[Button] = ()

    async def send(self, message: Message) -> str:
        """Show *message*; a message to remove others clears the screen."""
        if message.act is Act.DELETE:
            self._console.clear()
            return ""
        if message.act is not Act.SAY:
            return ""
        self._console.print(Panel(Text(message.text), border_style="yellow", width=72))
        buttons = [button for row in message.buttons for button in row]
        choices = [button for button in buttons if button.data.startswith("a:")]
        self._buttons = choices or self._buttons
        for number, button in enumerate(choices, 1):
            self._console.print(f"  [bold]{number}[/bold]  {button.label}")
        others = " · ".join(button.label for button in buttons if button not in choices)
        if others:
            self._console.print(f"  [dim]{others}[/dim]")
        return message.id

    def read(self, line: str, *, now: Instant, language: str) -> Update:
        """Return what typing *line* means: a number taps the button it stands before."""
        kind, tap, text = Kind.TEXT, "", line
        if line.isdecimal() and 0 < int(line) <= len(self._buttons):
            kind, tap, text = Kind.TAP, self._buttons[int(line) - 1].data, ""
        return Update(
            id=new_id(),
            channel=CHANNEL,
            address=ADDRESS,
            sender=ADDRESS,
            kind=kind,
            at=now,
            text=text,
            tap=tap,
            language=language,
            message=new_id(),
        )
