"""What no start waits for is made ready right after it."""

import asyncio

from bot.casework.house import House
from bot.collecting import give_back
from bot.domain.errors import FlowError
from bot.domain.expression import make_expressions
from bot.log import Action, record

_CALM_AFTER = 5.0
"""Seconds after the start until work begins that can wait."""


async def make_ready(house: House) -> None:
    """Have ready what reads texts at once, and the guidance to be searched once all is calm."""
    await asyncio.to_thread(make_expressions)
    if house.rules.closely is not None:
        try:
            await asyncio.to_thread(house.rules.closely.network)
        except FlowError as error:  # texts are still looked at
            record(Action.CLOSE_READING_LEFT_OUT, level="error", error=error)
    await asyncio.sleep(_CALM_AFTER)
    await asyncio.to_thread(house.topics.make_ready)
    await asyncio.to_thread(give_back)
    await asyncio.Event().wait()
