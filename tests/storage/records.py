"""Records for tests, with only what a test cares about spelt out."""

from contextlib import asynccontextmanager
from pathlib import Path

from rows import sql
from sqlalchemy import text

from bot.domain.case import Case, CaseBody, Status
from bot.domain.ids import AddressId, Instant
from bot.domain.level import Level
from bot.domain.message import Message, Urgency
from bot.domain.session import Said, Session
from bot.domain.update import Kind, Update
from storage import cases, contacts, outbox
from storage.opening import open_database
from storage.sealing import Keys
from storage.server_url import ServerUrl
from storage.statements import ready

NOW = Instant(1_700_000_000_000_000)


def update_of(words="hello", *, number="1", address="1001"):
    return Update(
        id=number,
        channel="telegram",
        address=address,
        sender=address,
        kind=Kind.TEXT,
        at=NOW,
        text=words,
    )


def message_to(recipient, words="hello", *, urgency=Urgency.REPLY, channel="telegram", **more):
    return Message(
        id=outbox.new_message_id(),
        channel=channel,
        recipient=AddressId(recipient),
        address=f"at {recipient}",
        urgency=urgency,
        text=words,
        **more,
    )


def session_of(words="hello"):
    return Session(
        release="r1", language="en", said=(Said(at=NOW, state="tell.words", text=words),)
    )


async def open_case(tx, place, *, number=1, code="1-2-3-4", **body):
    case = Case(
        id=cases.new_case_id(),
        number=number,
        contact=place.contact,
        address=place.address,
        queue="intake",
        level=Level.URGENT,
        status=Status.NEW,
        owner=None,
        owner_name="",
        opened_at=NOW,
        due_at=Instant(NOW + 1),
        acknowledged_at=None,
        closed_at=None,
        outcome="",
        rung=0,
        unread=0,
        may_write=True,
        version=0,
    )
    await cases.add_case(tx, case, CaseBody(**body), code=code)
    return case


async def new_place(tx, where="1001"):
    return await contacts.make_place(tx, "telegram", where, now=NOW)


@asynccontextmanager
async def opened(where: Path | ServerUrl, keys: Keys):
    """Open the database a second time, as another program would."""
    database = await open_database(where, keys)
    try:
        yield database
    finally:
        await database.close()


def count(where: Path | ServerUrl, table: str) -> int:
    """How many rows *table* has."""
    [(rows,)] = sql(where, f"SELECT count(*) FROM {table}")  # noqa: S608 - the test names it
    return rows


async def pragma(database, setting: str):
    """Run a PRAGMA on the writer's own connection."""
    return await database.write(lambda tx: tx.one(ready(text(f"PRAGMA {setting}"))))


def bytes_on_disk(path: Path) -> bytes:
    """Everything that lies on the disk, write-ahead log included."""
    files = [path, path.with_name(f"{path.name}-wal")]
    return b"".join(file.read_bytes() for file in files if file.exists())
