"""What a contact was told last while the database is away."""

from dataclasses import dataclass, field

from bot.domain.ids import NEVER, Instant
from bot.domain.level import Level
from bot.domain.message import Message

_REMOVABLE = 100


@dataclass(slots=True, kw_only=True)
class Told:
    """What somebody was told last; on a page it waits as ``message`` until it is received."""

    at: Instant = NEVER
    level: Level = Level.NONE
    message: Message | None = field(default=None, repr=False)
    on_page: str = ""
    shown_with: str = ""
    removable: tuple[str, ...] = ()
    has_left: bool = False

    def leave(self) -> None:
        """Take back what has not arrived yet, because they leave in a hurry."""
        self.has_left = True
        self.message = None

    def note_removable(self, reference: str) -> None:
        """Remember what can be removed if they leave in a hurry."""
        if reference:
            self.removable = (*self.removable, reference)[-_REMOVABLE:]
