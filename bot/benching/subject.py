"""A bot in a process of its own, so that what it takes of the machine can be told from the rest.

Run as ``python -m bot.benching.subject ORDER``. It answers each line on its standard input with
a line that says what it has used so far, and ends when that input ends.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

from bot.log import start_logging


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to run: ``lantern``, ``ptb_memory`` or ``ptb_pickle``, in which folder, for whom.

    Lantern serves its pages at ``listen``, where Telegram also pushes updates to if ``is_pushed``,
    and keeps to Telegram's limits if ``is_paced``. ``workers`` are alerted at the chats 1, 2, 3 and
    so on. The peer's file holds what so many ``contacts`` answered.
    """

    bot: str
    api: str
    folder: str
    listen: str = ""
    is_pushed: bool = False
    is_paced: bool = True
    workers: int = 0
    contacts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The seconds of processor time a process has used, and the most memory it has held."""

    cpu_s: float
    most_mb: float


def usage() -> Usage:
    """Return what this process has used so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return Usage(cpu_s=time.process_time(), most_mb=round(most / unit, 1))


async def obey(order: Order) -> None:
    """Run the bot of *order* until the standard input ends."""
    if order.bot == "lantern":
        from bot.benching.lantern_subject import run_lantern as run  # noqa: PLC0415
    else:
        from bot.benching.telegram_application import run_application as run  # noqa: PLC0415
    async with _questions() as questions:
        bot = asyncio.create_task(run(order))
        answering = asyncio.create_task(_answer(questions))
        await asyncio.wait([bot, answering], return_when=asyncio.FIRST_COMPLETED)
        bot.cancel()
        await asyncio.wait([bot])
        if not bot.cancelled():
            bot.result()


@asynccontextmanager
async def _questions() -> AsyncIterator[asyncio.StreamReader]:
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    try:
        yield reader
    finally:
        transport.close()


async def _answer(questions: asyncio.StreamReader) -> None:
    while await questions.readline():
        sys.stdout.write(json.dumps(asdict(usage())) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Obey the order on the command line."""
    start_logging(level="error")
    asyncio.run(obey(Order(**json.loads(sys.argv[1]))))


if __name__ == "__main__":
    main()
