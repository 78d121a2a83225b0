"""What a piece of work may touch, and so what nobody else may change meanwhile.

One writer, as with SQLite, needs none of this. With several processes on one PostgreSQL it
decides who waits for whom.
"""

from dataclasses import dataclass

from storage.ahead import Address


@dataclass(frozen=True, slots=True)
class Everything:
    """Anything: the work has all of Lantern for itself. Right for everything that is rare."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of its own that no decision hangs on: two such works are safe in any order."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """What belongs to the contacts at these *addresses*, and new rows."""

    addresses: tuple[Address, ...]


Reach = Everything | Rows | Contacts
EVERYTHING = Everything()
ROWS = Rows()
