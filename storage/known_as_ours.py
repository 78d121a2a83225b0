"""How a running Lantern is known to be of one installation, to whoever has its key file too."""

import hmac
from hashlib import sha256
from pathlib import Path

from bot.domain.expression import expression
from storage.sealing import Keys
from storage.server_url import ServerUrl

_QUESTION = expression(r"[0-9a-f]{32}")
_PURPOSE = "to be known as ours"


def answer_to(question: str, keys: Keys, database: Path | ServerUrl) -> str:
    """Return what only a Lantern with these *keys* and this *database* answers; nothing else.

    It is empty unless *question* is 32 hexadecimal digits. Nothing can be learned from it about
    the keys, nor about what is kept. Of a server only the name of the database counts: several
    processes may reach it at several addresses.
    """
    if not _QUESTION.fullmatch(question):
        return ""
    asked = f"{question}:{_name_of(database)}".encode()
    return hmac.new(bytes.fromhex(keys.derive(_PURPOSE)), asked, sha256).hexdigest()


def _name_of(database: Path | ServerUrl) -> str:
    return str(database.resolve()) if isinstance(database, Path) else database.database
