"""Opening the database that the configuration names, whichever it is."""

from pathlib import Path

from storage.database import Database
from storage.sealing import Keys
from storage.server_url import ServerUrl
from storage.sqlite import open_file

Where = Path | ServerUrl
"""Where a database is."""


async def open_database(place: Path | ServerUrl, keys: Keys) -> Database:
    """Open the database at *place*, which must have the current schema.

    Raises:
        ConfigError: it is not there, cannot be written, or is too old; says what to do.

    """
    if isinstance(place, ServerUrl):
        from storage.postgres import open_server  # noqa: PLC0415 - files need none of it

        return await open_server(place, keys)
    return await open_file(place, keys)
