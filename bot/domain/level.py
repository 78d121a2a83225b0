"""How pressing something is."""

from enum import IntEnum


class Level(IntEnum):
    """A triage level; the smaller the number, the more pressing."""

    EMERGENCY = 1
    URGENT = 2
    ROUTINE = 3
    NONE = 4

    @property
    def word(self) -> str:
        """The level's name as flows and tables spell it."""
        return self.name.lower()


def worse(*levels: Level) -> Level:
    """Return the most pressing of *levels*; none at all is ``Level.NONE``."""
    return min(levels, default=Level.NONE)


def level_named(word: str) -> Level:
    """Return the level that :attr:`Level.word` spells *word*.

    Raises:
        KeyError: there is no such level.

    """
    return Level[word.upper()]
