"""Looking whether the database can be written, also while nobody writes to Lantern."""

from bot.intake.setting_aside import Write
from storage import inbox
from storage.reach import ROWS

PROBED_EVERY = 10.0
"""Seconds after which it is looked again.

Alerts that are due stand still while the database is away, and whoever is called out then has to
hear so, whether anybody writes or not.
"""


async def probe(write: Write) -> None:
    """Return if the database can be written by means of *write*; nothing is left there.

    Raises:
        DatabaseAwayError: it cannot.

    """
    await write(inbox.touch, reach=ROWS)
