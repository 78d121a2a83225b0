"""Whether this Lantern listens at its address, or could."""

from collections.abc import Sequence

import aiohttp
from aiohttp.client_exceptions import ClientError

from bot.config import Settings
from bot.doctor.check import Check
from bot.listening import lack_of_port
from storage.only_one import is_held

NAME = "port"
_ANOTHER_PORT = "stop that one, or set LANTERN_LISTEN to another port"


async def check_port(settings: Settings) -> Sequence[Check]:
    """Return whether the address is free, or the Lantern of this database answers there."""
    listen = settings.listen
    lack = lack_of_port(listen.host, listen.port)
    if not lack:
        return [Check(name=NAME, says=f"{listen} is free")]
    if not await _is_lantern(f"http://{listen}/healthz"):
        says, _, advice = lack.partition("; ")
        return [Check(name=NAME, says=f"{listen} {says}", advice=advice)]
    if is_held(settings.database):
        return [Check(name=NAME, says=f"Lantern answers at {listen}")]
    says = f"another Lantern answers at {listen}, and none runs on this database"
    return [Check(name=NAME, says=says, advice=_ANOTHER_PORT)]


async def _is_lantern(address: str) -> bool:
    timeout = aiohttp.ClientTimeout(total=2)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(address) as response,
        ):
            return bool(await response.json(content_type=None) == {"status": "alive"})
    except (ClientError, OSError, TimeoutError, ValueError):
        return False
