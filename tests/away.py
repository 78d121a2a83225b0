"""A database that goes away and comes back, and how to see what became of what was written."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from functools import partial

import aiohttp
from fake_telegram import WITHIN
from sqlalchemy import text

from bot.config import spool_folder
from bot.domain.case import EntryKind
from storage.database import DatabaseAwayError
from storage.statements import ready

_ATTEMPTS = 100
_SOON = 0.3


async def is_impatient(run):
    """Have the writer give up on a lock at once."""
    await setting(run, "PRAGMA busy_timeout = 1")


@contextmanager
def gives_up_after(run, seconds):
    """Have what comes in go to the spool if it cannot be stored for so long.

    Only while it cannot: on a busy machine any commit may take its time.
    """
    mailroom = run.lantern.mailroom
    before = mailroom._write_soon  # noqa: SLF001 - only the tests change their mind
    mailroom._write_soon = partial(before, within=seconds)  # noqa: SLF001
    try:
        yield
    finally:
        mailroom._write_soon = before  # noqa: SLF001


async def learned(run):
    """Have it known who the staff are, as it is every minute, before nothing can be looked up."""
    for _ in range(_ATTEMPTS):
        with suppress(TimeoutError):
            return await run.lantern.mailroom.away.learn()
    raise AssertionError


@asynccontextmanager
async def locked(run):
    """Hold the write lock of the file from outside."""
    async with locked_file(run.lantern.settings.database):
        with gives_up_after(run, _SOON):
            yield


@asynccontextmanager
async def locked_file(file):
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


@asynccontextmanager
async def full(run, but_for=0):
    """Let the file grow by *but_for* pages and no more, as on a full disk."""
    await setting(run, "PRAGMA cache_spill = 1")
    [(pages,)] = await rows(run, "PRAGMA page_count")
    await setting(run, f"PRAGMA max_page_count = {pages + but_for}")
    try:
        with gives_up_after(run, _SOON):
            yield
    finally:
        await setting(run, "PRAGMA max_page_count = 1000000")


async def setting(run, words):
    """Set it, again if what was written in the same batch failed."""
    for _ in range(_ATTEMPTS - 1):
        with suppress(DatabaseAwayError):
            return await _set(run, words)
    return await _set(run, words)


async def _set(run, words):
    await run.lantern.house.database.write(lambda tx: tx.one(ready(text(words))))


async def rows(run, statement):
    found = await run.lantern.house.database.read(lambda tx: tx.all(ready(text(statement))))
    return [tuple(row) for row in found]


def spool_of(run):
    return spool_folder(run.lantern.settings)


async def all_taken_in(run):
    async def is_over():
        return not run.lantern.mailroom.away.is_away and not run.lantern.mailroom.kept

    await run.until(is_over, within=4 * WITHIN)  # much may have been kept


async def said_in(run, worker, case):
    file = await run.desk.read(worker, case)
    return [entry for entry in file.entries if entry.kind is EntryKind.SAID]


async def status_of(run, path):
    async with aiohttp.ClientSession() as http, http.get(run.address + path) as answer:
        return answer.status, await answer.text()
