"""A case's log and its files: added to, never changed."""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from bot.domain.case import Entry, EntryKind
from bot.domain.errors import NotAllowedError
from bot.domain.ids import CaseId, Instant, new_id
from bot.domain.update import FileReference
from storage import data_keys
from storage.columns import LARGEST_COUNT
from storage.database import Row, Transaction
from storage.schema import entries, files
from storage.statements import ready
from storage.tables_of_cases import LONGEST_MEDIA_TYPE

_ADD = ready(
    insert(entries).values(
        {
            name: bindparam(name)
            for name in ("id", "case_id", "at", "kind", "author", "state", "sealed_text")
        }
    )
)
_NEWEST = ready(
    select(entries)
    .where(entries.c.case_id == bindparam("case"), entries.c.id >= bindparam("first"))
    .order_by(entries.c.id.desc())
    .limit(bindparam("most"))
)
_ASIDE = (EntryKind.TOLD.value, EntryKind.TAPPED.value)
"""What only makes the rest readable, and does not count in how much is shown."""

_OLDEST_SHOWN = ready(
    select(entries.c.id)
    .where(entries.c.case_id == bindparam("case"), *(entries.c.kind != kind for kind in _ASIDE))
    .order_by(entries.c.id.desc())
    .limit(1)
    .offset(bindparam("newer"))
)
_NEWEST_OF_KIND = ready(
    select(entries)
    .where(entries.c.case_id == bindparam("case"), entries.c.kind == bindparam("kind"))
    .order_by(entries.c.id.desc())
    .limit(bindparam("most"))
)
_COUNT = ready(
    select(func.count()).select_from(entries).where(entries.c.case_id == bindparam("case"))
)
_ARE_WORDS = or_(entries.c.kind == EntryKind.SAID.value, entries.c.kind == EntryKind.FILE.value)
_COUNT_WORDS = ready(
    select(func.count())
    .select_from(entries)
    .where(entries.c.case_id == bindparam("case"), _ARE_WORDS)
)
_ADD_FILE = ready(
    insert(files).values(
        {
            name: bindparam(name)
            for name in (
                "id",
                "case_id",
                "key",
                "kind",
                "media_type",
                "size",
                "at",
                "channel",
                "sealed_reference",
                "sealed_content",
            )
        }
    )
)
_ADOPT = ready(
    update(files)
    .where(files.c.id == bindparam("file"))
    .values(case_id=bindparam("case"), key=bindparam("case"), sealed_content=bindparam("content"))
)
_FILE_LIKE = ready(
    select(files.c.id)
    .where(
        *(files.c[name] == bindparam(name) for name in ("case_id", "kind", "media_type", "size"))
    )
    .limit(1)
)
_FILE = ready(select(files).where(files.c.id == bindparam("file")))
_KEEP = ready(
    update(files)
    .where(files.c.id == bindparam("file"))
    .values(sealed_content=bindparam("content"), size=bindparam("size"))
)
_FAIL = ready(
    update(files).where(files.c.id == bindparam("file")).values(failed_at=bindparam("now"))
)
_FORGET_STAGED = ready(
    delete(files).where(files.c.case_id.is_(None), files.c.at < bindparam("before"))
)
ALL_OF_THEM = 2**31 - 1
_ON_TOP = 5
"""At most so many times as many entries are read altogether."""

_NO_FILE = "there is no such file"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A photo, voice message or other file of a case; ``content`` is None until fetched."""

    id: str
    case: CaseId | None
    key: str
    kind: str
    media_type: str
    channel: str
    reference: str = field(repr=False)
    content: bytes | None = field(repr=False)


async def add_entry(tx: Transaction, case: CaseId, entry: Entry) -> None:
    """Add *entry* to the log of *case*."""
    body = [entry.text, entry.file_id, entry.media_type]
    tx.later(
        _ADD,
        entry.id,
        id=entry.id,
        case_id=case,
        at=entry.at,
        kind=entry.kind.value,
        author=entry.author,
        state=entry.state,
        sealed_text=await data_keys.seal_for(tx, case, "entry", body),
    )
    tx.touched.add("desk")


async def read_log(tx: Transaction, case: CaseId, *, most: int = ALL_OF_THEM) -> tuple[Entry, ...]:
    """Return the newest *most* entries of the log of *case*, the oldest of them first.

    What Lantern said and what was tapped between them comes on top.
    """
    oldest = await tx.one(_OLDEST_SHOWN, case=case, newer=most - 1)
    first = oldest[0] if oldest else ""
    rows = await tx.all(_NEWEST, case=case, first=first, most=min(most * _ON_TOP, ALL_OF_THEM))
    return tuple([await _entry(tx, row) for row in reversed(rows)])


async def read_last(
    tx: Transaction, case: CaseId, kind: EntryKind, *, most: int
) -> tuple[Entry, ...]:
    """Return the newest *most* entries of *kind* in the log of *case*, the oldest first."""
    rows = await tx.all(_NEWEST_OF_KIND, case=case, kind=kind.value, most=most)
    return tuple([await _entry(tx, row) for row in reversed(rows)])


async def count_entries(tx: Transaction, case: CaseId) -> int:
    """Return how many entries the log of *case* has."""
    row = await tx.one(_COUNT, case=case)
    return int(row[0]) if row else 0


async def count_words(tx: Transaction, case: CaseId) -> int:
    """Return how many messages and files of its contact the log of *case* has."""
    row = await tx.one(_COUNT_WORDS, case=case)
    return int(row[0]) if row else 0


async def add_file(
    tx: Transaction, case: CaseId, file: FileReference, *, channel: str, at: Instant
) -> str:
    """Add *file*, which still lies with its channel, to *case*; return its id.

    What a phone says of its kind and size is cut to what every database takes.
    """
    file_id = new_id()
    reference = await data_keys.seal_for(tx, case, "file reference", file.reference)
    tx.later(
        _ADD_FILE,
        file_id,
        id=file_id,
        case_id=case,
        key=case,
        at=at,
        channel=channel,
        sealed_reference=reference,
        sealed_content=None,
        **_fitted(file),
    )
    return file_id


async def has_file_like(tx: Transaction, case: CaseId, file: FileReference) -> bool:
    """Whether *case* has a file of the kind, media type and size of *file* already."""
    return await tx.one(_FILE_LIKE, case_id=case, **_fitted(file)) is not None


def _fitted(file: FileReference) -> dict[str, str | int]:
    media_type = "".join(filter(str.isprintable, file.media_type))[:LONGEST_MEDIA_TYPE]
    return {"kind": file.kind, "media_type": media_type, "size": min(file.size, LARGEST_COUNT)}


async def stage_file(
    tx: Transaction, content: bytes, media_type: str, *, channel: str, at: Instant
) -> str:
    """Keep *content*, which belongs to no case yet, and return its id."""
    file_id = new_id()
    await tx.run(
        _ADD_FILE,
        id=file_id,
        case_id=None,
        key=data_keys.HOUSE,
        kind=media_type.partition("/")[0],
        media_type=media_type,
        size=len(content),
        at=at,
        channel=channel,
        sealed_reference=None,
        sealed_content=await data_keys.seal_bytes_for(tx, data_keys.HOUSE, "file", content),
    )
    return file_id


async def adopt_file(tx: Transaction, case: CaseId, file_id: str) -> None:
    """Give a staged file to *case*, sealed anew under the key of the case.

    Raises:
        NotAllowedError: there is no such file, or it has a case.

    """
    file = await find_file(tx, file_id)
    if file.content is None or file.case is not None:
        raise NotAllowedError(_NO_FILE)
    content = await data_keys.seal_bytes_for(tx, case, "file", file.content)
    await tx.run(_ADOPT, file=file_id, case=case, content=content)


async def find_file(tx: Transaction, file: str) -> File:
    """Return the file with the id *file*, with its content if it has been fetched.

    Raises:
        NotAllowedError: there is none.

    """
    row = await tx.one(_FILE, file=file)
    if row is None:
        raise NotAllowedError(_NO_FILE)
    key, sealed, reference = row["key"], row["sealed_content"], row["sealed_reference"]
    return File(
        id=row["id"],
        case=CaseId(row["case_id"]) if row["case_id"] else None,
        key=key,
        kind=row["kind"],
        media_type=row["media_type"],
        channel=row["channel"],
        reference=(await data_keys.open_for(tx, key, "file reference", reference))
        if reference
        else "",
        content=await data_keys.open_bytes_for(tx, key, "file", sealed) if sealed else None,
    )


async def keep_content(tx: Transaction, file: File, content: bytes) -> None:
    """Keep *content*, at full size, as that of *file*."""
    sealed = await data_keys.seal_bytes_for(tx, file.key, "file", content)
    await tx.run(_KEEP, file=file.id, content=sealed, size=len(content))


async def give_up_file(tx: Transaction, file: File, *, now: Instant) -> None:
    """Record that the content of *file* cannot be had."""
    await tx.run(_FAIL, file=file.id, now=now)


async def forget_staged(tx: Transaction, *, before: Instant) -> None:
    """Drop the files from before *before* that never came to belong to a case."""
    await tx.run(_FORGET_STAGED, before=before)


async def _entry(tx: Transaction, row: Row) -> Entry:
    case = CaseId(row["case_id"])
    text, file_id, media_type = await data_keys.open_for(tx, case, "entry", row["sealed_text"])
    return Entry(
        id=row["id"],
        at=Instant(row["at"]),
        kind=EntryKind(row["kind"]),
        author=row["author"],
        state=row["state"],
        text=text,
        file_id=file_id,
        media_type=media_type,
    )


def new_entry(kind: EntryKind, *, at: Instant, **parts: str) -> Entry:
    """Return an entry with *parts* that has not been added to a log yet."""
    return Entry(id=new_id(), at=at, kind=kind, **parts)
