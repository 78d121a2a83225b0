"""The whole measurement of turns: ours, then the peers, in one run on one machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from bot.benching import telegram_peer
from bot.benching.conversation import WRITTEN
from bot.benching.figures import Figures
from bot.benching.ours import measure_ours
from bot.benching.shared import measure_shared
from bot.building import Book
from storage.server_url import ServerUrl

IN_FLIGHT = (1, 8, 50, 500)
"""How many contacts write at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long each measurement goes on, and how many contacts a peer's file holds."""

    seconds: float
    contacts: int


THOROUGH = Effort(seconds=5, contacts=1000)
QUICK = Effort(seconds=0.3, contacts=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What was measured: ours by how many are in flight, peers by name; None: not installed."""

    ours: Mapping[int, Figures]
    peers: Mapping[str, Figures | None]


async def measure_turns(
    book: Book,
    effort: Effort,
    *,
    server: ServerUrl | None = None,
    processes: int = 1,
    written: Sequence[str] = WRITTEN,
) -> Turns:
    """Measure everything, one after another; Lantern with *processes* on *server*, if given.

    In a file contacts have *written* that to Lantern.
    """
    seconds = effort.seconds
    ours = {}
    for count in IN_FLIGHT:
        if server is None:
            ours[count] = await measure_ours(
                book, in_flight=count, seconds=seconds, written=written
            )
        else:
            ours[count] = await measure_shared(
                server, in_flight=count, seconds=seconds, processes=processes
            )
    return Turns(
        ours=ours,
        peers={
            "ptb_memory": await telegram_peer.measure_in_memory(seconds=seconds),
            "ptb_pickle": await telegram_peer.measure_pickled(
                contacts=effort.contacts, seconds=seconds
            ),
            "aiogram_memory": await _measure_aiogram(seconds=seconds),
        },
    )


async def _measure_aiogram(*, seconds: float) -> Figures | None:
    if find_spec("aiogram") is None:
        return None
    peer = import_module("bot.benching.aiogram_peer")
    figures: Figures = await peer.measure_in_memory(seconds=seconds)
    return figures
