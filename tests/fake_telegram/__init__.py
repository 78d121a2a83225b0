"""A strict Telegram Bot API server for tests, and people who talk through it.

.. code:: python

    async with FakeTelegram() as fake:
        child = fake.person(id=1001, language_code="zh-hans")
        await child.writes("/start")
        question = await child.hears("Are you safe")
        await child.taps("Yes")
"""

from fake_telegram.chat import Chat, Posted
from fake_telegram.clock import WITHIN, MovableClock
from fake_telegram.journal import Call, Journal
from fake_telegram.limits import GENEROUS, Limits, Rate
from fake_telegram.mischief import Gate, Mischief
from fake_telegram.people import Group, Person
from fake_telegram.refusal import RefusalError
from fake_telegram.server import FakeTelegram
from fake_telegram.world import Tap

__all__ = [
    "GENEROUS",
    "WITHIN",
    "Call",
    "Chat",
    "FakeTelegram",
    "Gate",
    "Group",
    "Journal",
    "Limits",
    "Mischief",
    "MovableClock",
    "Person",
    "Posted",
    "Rate",
    "RefusalError",
    "Tap",
]
