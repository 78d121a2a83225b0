"""The address of a PostgreSQL server, whose password is never shown."""

import re
from dataclasses import dataclass, field

_PASSWORD = re.compile(r"(//[^@:]*:).*(?=@)", re.DOTALL)
"""To the last @: whoever writes an address by hand may leave a / or @ as it is."""

_MORE_PASSWORDS = re.compile(r"([?&]\w*password=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """Where a PostgreSQL database is: ``postgresql://user:password@host[,host…]/name?…``.

    As text it has no password in it.
    """

    whole: str = field(repr=False)

    def __str__(self) -> str:
        return _PASSWORD.sub(r"\1…", _MORE_PASSWORDS.sub(r"\1…", self.whole))
