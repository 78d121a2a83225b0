"""Connecting to PostgreSQL, and what its errors mean."""

from collections.abc import Iterable
from typing import Any

import asyncpg
from asyncpg.exceptions import (
    CannotConnectNowError,
    ClientConfigurationError,
    DeadlockDetectedError,
    InsufficientResourcesError,
    InterfaceError,
    InternalClientError,
    InternalServerError,
    InvalidAuthorizationSpecificationError,
    InvalidCachedStatementError,
    InvalidCatalogNameError,
    LockNotAvailableError,
    OperatorInterventionError,
    PostgresConnectionError,
    ReadOnlySQLTransactionError,
    SerializationError,
    SyntaxOrAccessError,
    TargetServerAttributeNotMatched,
)

from bot.domain.errors import ConfigError, NotNowError
from storage.database import DatabaseAwayError
from storage.server_url import ServerUrl

OLDEST = 140_000
"""PostgreSQL 14, the oldest whose makers still mend it."""

_CONNECT_WITHIN = 5
_ANSWER_WITHIN = 60
_SETTINGS = {
    "timezone": "UTC",
    "lock_timeout": "60s",
    "idle_in_transaction_session_timeout": "30s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}
"""What lets go of the locks of a process that hangs or whose machine has vanished."""

_PASSING = (SerializationError, DeadlockDetectedError, InvalidCachedStatementError)
_MAY_PASS = (
    OSError,
    TimeoutError,
    InterfaceError,
    InternalClientError,
    PostgresConnectionError,
    OperatorInterventionError,
    CannotConnectNowError,
    InsufficientResourcesError,
    LockNotAvailableError,
    ReadOnlySQLTransactionError,
    TargetServerAttributeNotMatched,
)

_AWAY = (*_MAY_PASS, InvalidAuthorizationSpecificationError, InvalidCatalogNameError)
"""While Lantern runs; at a start, a wrong password or name is a fault of the settings."""

DAMAGE = (InternalServerError, SyntaxOrAccessError)
"""What is raised where a table or index is broken, missing or forbidden."""

LOST = (asyncpg.PostgresError, InterfaceError, InternalClientError, OSError)
"""What is raised by a connection that cannot be made or used any more."""

_MAY_NOT = """
SELECT name FROM unnest($1::text[]) AS name WHERE NOT (
    has_table_privilege(name, 'SELECT') AND has_table_privilege(name, 'INSERT')
    AND has_table_privilege(name, 'UPDATE') AND has_table_privilege(name, 'DELETE'))
"""

_CREATE = "createdb --owner=USER --encoding=UTF8 --template=template0 NAME"
_RESTORE = "stop Lantern and restore it from its last good backup"
_SAYS: tuple[tuple[type[Exception], str], ...] = (
    (InvalidCatalogNameError, f"does not exist on its server; create it with: {_CREATE}"),
    (InvalidAuthorizationSpecificationError, "refuses this user or password"),
    (
        ClientConfigurationError,
        "is not an address of PostgreSQL; for example postgresql://user:password@host:5432/lantern",
    ),
    (ValueError, "is not an address of PostgreSQL"),
    (TargetServerAttributeNotMatched, "cannot be written to; is every server there a standby?"),
    (asyncpg.TooManyConnectionsError, "takes no more connections; raise its max_connections"),
    (asyncpg.UndefinedTableError, f"lacks a table; {_RESTORE}"),
    (asyncpg.UndefinedColumnError, f"lacks a column; {_RESTORE}"),
    (asyncpg.InsufficientPrivilegeError, "does not let this user in; grant it all rights there"),
)


async def connect(url: ServerUrl, *, process: str = "") -> "asyncpg.Connection[Any]":
    """Return a new connection to the server that can be written to.

    Raises:
        OSError, asyncpg.PostgresError, asyncpg.InterfaceError: see :func:`away` and
            :func:`explain`.

    """
    return await asyncpg.connect(url.whole, **connecting(process))


async def connect_for_long(url: ServerUrl) -> "asyncpg.Connection[Any]":
    """Return what :func:`connect` does, where a statement may take as long as it needs.

    That is for upgrades and moving over: an index of a large table takes minutes, and one that
    is cut off begins anew.
    """
    return await asyncpg.connect(url.whole, **{**connecting(""), "command_timeout": None})


def connecting(process: str) -> dict[str, Any]:
    """Return how every connection is made; servers show it as that of *process*."""
    return {
        "timeout": _CONNECT_WITHIN,
        "command_timeout": _ANSWER_WITHIN,
        "statement_cache_size": 1024,
        "max_cached_statement_lifetime": 0,
        "server_settings": {**_SETTINGS, "application_name": f"lantern {process}".strip()},
        "target_session_attrs": "read-write",
    }


async def check_writable(connection: Any) -> None:  # noqa: ANN401 - asyncpg's own
    """Return if *connection* is there, and its server has not become one that is only read.

    Raises:
        OSError, asyncpg.PostgresError, asyncpg.InterfaceError: it is not, or has.

    """
    if await connection.fetchval("SHOW transaction_read_only", timeout=_CONNECT_WITHIN) != "off":
        text = "the server has become one that can only be read"
        raise ReadOnlySQLTransactionError(text)


def is_passing(error: Exception) -> bool:
    """Whether *error* only means that others were in the way."""
    return isinstance(error, _PASSING)


def away(error: Exception) -> DatabaseAwayError | None:
    """Return what *error* means, if it lies with the server, the way to it or its disk."""
    if isinstance(error, _PASSING) or not isinstance(error, _AWAY):
        return None
    return DatabaseAwayError(f"the database cannot be written now: {type(error).__name__}")


async def check_server(url: ServerUrl) -> None:
    """Stop at a server that Lantern cannot work with.

    Raises:
        ConfigError: it cannot be reached, is too old, or refuses; says what to do.

    """
    try:
        connection = await connect(url)
    except (*LOST, ValueError) as error:
        raise _refused(url, error) from None
    try:
        version = await connection.fetchval("SELECT current_setting('server_version_num')::int")
        encoding = await connection.fetchval("SHOW server_encoding")
    finally:
        await connection.close()
    if says := find_unfit(version, encoding):
        raise ConfigError([f"database {url}{says}"])


def _refused(url: ServerUrl, error: Exception) -> ConfigError:
    kind = NotNowError if isinstance(error, _MAY_PASS) else ConfigError
    return kind([explain(url, error)])


async def revision_on(url: ServerUrl) -> str | None:
    """Return the schema revision of the database at *url*, None if it is empty.

    Raises:
        ConfigError: Lantern cannot work with its server.

    """
    await check_server(url)
    try:
        connection = await connect(url)
        try:
            found = await connection.fetchval("SELECT version_num FROM alembic_version")
        finally:
            await connection.close()
        return str(found) if found else None
    except asyncpg.UndefinedTableError:
        return None
    except LOST as error:
        raise ConfigError([explain(url, error)]) from None


async def check_rights(url: ServerUrl, tables: Iterable[str]) -> None:
    """Stop if one of *tables* is missing, or the user of *url* may not read and change it.

    Raises:
        ConfigError: says what to do.

    """
    try:
        connection = await connect(url)
        try:
            forbidden = await connection.fetch(_MAY_NOT, list(tables))
        finally:
            await connection.close()
    except LOST as error:
        raise _refused(url, error) from None
    if forbidden:
        raise ConfigError([explain(url, asyncpg.InsufficientPrivilegeError())])


def find_unfit(version: int, encoding: str) -> str:
    """Return what keeps Lantern from a server of this *version* and *encoding*, ``""`` if nothing.

    A version is a number as PostgreSQL itself counts: 150004 is 15.4.
    """
    if version < OLDEST:
        return f": its server is PostgreSQL {version // 10_000}; Lantern needs 14 or newer"
    if encoding != "UTF8":
        return f" stores text as {encoding}; create one with ENCODING 'UTF8'"
    return ""


def explain(url: ServerUrl, error: Exception) -> str:
    """Return a sentence for operators about why *url* cannot be used."""
    for kind, says in _SAYS:
        if isinstance(error, kind):
            return f"database {url} {says}"
    if isinstance(error, asyncpg.PostgresError):
        return f"database {url} cannot be used now ({type(error).__name__}); see its server's log"
    reason = "no answer in time" if isinstance(error, TimeoutError) else "nobody answers there"
    return f"database {url} cannot be reached ({reason}); is the server running?"
