"""A connection to a file that runs several steps in one call, and what is run that way."""

import sqlite3
from contextlib import closing, suppress
from typing import Any

import aiosqlite

TOGETHER = "together"
"""Instead of one statement for a :class:`GroupingConnection`: several of them."""

Step = tuple[str, tuple[Any, ...] | list[tuple[Any, ...]]]
"""A statement with its values, or with a list of rows of them, to be run once for each."""

Answer = tuple[list[Any], int]
"""The rows of a statement, and how many rows it touched."""


class GroupingConnection(sqlite3.Connection):
    """A connection that also runs many statements in one call.

    Every call goes to a thread and back, which takes longer than what most statements do.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> Any:  # noqa: ANN401 - sqlite3 says so
        """Run *sql*; if it is TOGETHER, *parameters* are steps, and what is fetched answers."""
        if sql != TOGETHER:
            return super().execute(sql, parameters)
        # A cursor that failed keeps its statement, and whoever lets go of it waits until nothing
        # else runs here. The error has it, and is let go of where nobody may be kept waiting.
        with closing(self.cursor()) as cursor:
            return _Answers([_answer(cursor, *step) for step in parameters])


def _answer(
    cursor: sqlite3.Cursor, statement: str, values: tuple[Any, ...] | list[tuple[Any, ...]]
) -> Answer:
    if isinstance(values, list):
        cursor.executemany(statement, values)
    else:
        cursor.execute(statement, values)
    return cursor.fetchall(), cursor.rowcount


class _Answers:
    """The answers of several steps, as a cursor has the rows of one."""

    def __init__(self, answers: list[Answer]) -> None:
        self._answers = answers

    def fetchall(self) -> list[Answer]:
        """Return the answer of each step."""
        return self._answers


PATIENT = "PRAGMA busy_timeout = 5000"
_EMPTY_LOG: tuple[Step, ...] = (
    ("PRAGMA busy_timeout = 0", ()),
    ("PRAGMA wal_checkpoint(TRUNCATE)", ()),
    (PATIENT, ()),
)


async def empty_log(connection: aiosqlite.Connection) -> bool:
    """Cut off the ``-wal`` file, in which what was erased can be read; return whether it is.

    Whoever still reads an older view, such as a backup, is not waited for: then it stays.
    *connection* is one of :class:`GroupingConnection`.
    """
    try:
        answers = list[Any](await connection.execute_fetchall(TOGETHER, _EMPTY_LOG))
    except aiosqlite.Error:
        with suppress(aiosqlite.Error):
            await connection.execute_fetchall(TOGETHER, ((PATIENT, ()),))
        return False
    _, ((is_in_the_way, _, _),), _ = (rows for rows, _ in answers)
    return not is_in_the_way
