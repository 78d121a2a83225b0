"""Looking into a database from outside, as somebody with it in their hands could."""

import asyncio
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from pathlib import Path

import asyncpg

from storage.server_url import ServerUrl


def sql(where: Path | ServerUrl, statement: str, *values):
    """Run *statement* and return the rows it gives."""
    if isinstance(where, ServerUrl):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, _on_server(where, statement, values)).result()
    with closing(sqlite3.connect(where)) as connection, connection:
        return connection.execute(statement, values).fetchall()


async def _on_server(url: ServerUrl, statement: str, values):
    numbers = count(1)
    connection = await asyncpg.connect(url.whole)
    try:
        numbered = re.sub(r"\?", lambda _: f"${next(numbers)}", statement)
        return [tuple(row) for row in await connection.fetch(numbered, *values)]
    finally:
        await connection.close()
