"""The address of a PostgreSQL server, whose password is never shown."""

import os
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from bot.domain.expression import expression

_PASSWORD = expression(r"(//[^@:]*:).*(?=@)", re.DOTALL)
"""To the last @: whoever writes an address by hand may leave a / or @ as it is."""

_MORE_PASSWORDS = expression(r"([?&]\w*password=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """Where a PostgreSQL database is: ``postgresql://user:password@host[,host…]/name?…``.

    As text it has no password in it.
    """

    whole: str = field(repr=False)

    def __str__(self) -> str:
        return _PASSWORD.sub(r"\1…", _MORE_PASSWORDS.sub(r"\1…", self.whole))

    @property
    def database(self) -> str:
        """The name of the database that asyncpg connects to; empty if nothing here tells it."""
        try:
            parts = urlsplit(self.whole)
        except ValueError:
            return ""
        asked = parse_qs(parts.query)
        if parts.path:
            return unquote(parts.path.removeprefix("/")) or _user_in(parts, asked)
        named = asked.get("dbname") or asked.get("database") or [os.environ.get("PGDATABASE", "")]
        return named[-1] or _user_in(parts, asked)


def _user_in(parts: SplitResult, asked: dict[str, list[str]]) -> str:
    """Return the user, after whom a database is called that bears no name of its own."""
    before, is_there, _ = parts.netloc.partition("@")
    user = before.partition(":")[0] if is_there else ""
    return unquote(user) or asked.get("user", [""])[-1]
