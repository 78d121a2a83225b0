"""Whether this Lantern listens at its address, or could."""

from collections.abc import Sequence
from hmac import compare_digest
from secrets import token_hex

import aiohttp
from aiohttp.client_exceptions import ClientError

from bot.config import Settings
from bot.doctor.check import Check
from bot.domain.errors import ConfigError
from bot.listening import lack_of_port
from storage.known_as_ours import answer_to
from storage.only_one import is_held
from storage.sealing import read_keys

NAME = "port"
_LENGTH = 16
"""How many bytes a question has."""

_ANOTHER = (
    "if that is the one you mean, run this with its LANTERN_DATABASE and LANTERN_KEY_FILE; else "
    "stop it, or set LANTERN_LISTEN to another port"
)


async def check_port(settings: Settings) -> Sequence[Check]:
    """Return whether the address is free, or the Lantern of this database answers there."""
    listen = settings.listen
    lack = lack_of_port(listen.host, listen.port)
    if not lack:
        return [Check(name=NAME, says=f"{listen} is free")]
    question = token_hex(_LENGTH)
    said = await _answer(f"http://{listen}/healthz", question)
    if said is None:
        says, _, advice = lack.partition("; ")
        return [Check(name=NAME, says=f"{listen} {says}", advice=advice)]
    if _is_ours(said, question, settings):
        return [Check(name=NAME, says=f"Lantern answers at {listen}")]
    says = f"another Lantern answers at {listen}, and not the one of this database"
    return [Check(name=NAME, says=says, advice=_ANOTHER)]


def _is_ours(said: str, question: str, settings: Settings) -> bool:
    """Return whether what a Lantern *said* shows that it has this key file and database.

    Earlier versions say nothing, and where the key file cannot be read, nothing can be compared.
    Then it is ours if any runs on this database, as far as that is known.
    """
    try:
        keys = read_keys(settings.key_file)
    except ConfigError:
        return is_held(settings.database)
    if not said:
        return is_held(settings.database)
    return compare_digest(said, answer_to(question, keys, settings.database))


async def _answer(address: str, question: str) -> str | None:
    """Return what the Lantern at *address* says whose it is, ``""`` of an earlier version.

    None if it is no Lantern.
    """
    timeout = aiohttp.ClientTimeout(total=2)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(address, params={"whose": question}) as response,
        ):
            said = await response.json(content_type=None)
    except (ClientError, OSError, TimeoutError, ValueError):
        return None
    if not isinstance(said, dict) or said.get("status") != "alive":
        return None
    return str(said.get("ours", ""))
