"""The tables of cases: what workers look at, and when something has to happen."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from bot.domain.case import NOT_DUE
from storage.columns import count, found_by, index_where, key, metadata, refers, sealed, time, word

LONGEST_MEDIA_TYPE = 128

cases = Table(
    "cases",
    metadata,
    key(),
    Column("number", Integer, nullable=False, unique=True),
    refers("contact", "contacts.id"),
    refers("address", "addresses.id", empty=True),
    word("queue"),
    count("level", 3),
    word("status"),
    word("owner", empty=True),
    time("opened_at"),
    time("due_at"),
    time("acknowledged_at", empty=True),
    word("acknowledged_by", empty=True),
    time("closed_at", empty=True),
    word("outcome", empty=True),
    count("rung"),
    count("unread"),
    count("may_write", 1),
    found_by(unique=True),
    sealed("sealed_body"),
    count("version"),
    Column("look_by", BigInteger, nullable=False, server_default=str(NOT_DUE)),
    count("look_chosen"),
    Index("ix_cases_waiting", "closed_at", "level", "due_at"),
    Index("ix_cases_contact", "contact"),
    Index("ix_cases_address", "address"),
)

entries = Table(
    "entries",
    metadata,
    key(),
    refers("case_id", "cases.id"),
    time("at"),
    word("kind"),
    Column("author", String(80), nullable=False, server_default=""),
    Column("state", String(128), nullable=False, server_default=""),
    sealed("sealed_text"),
    Index("ix_entries_case", "case_id", "id"),
)

files = Table(
    "files",
    metadata,
    key(),
    refers("case_id", "cases.id", empty=True),
    word("key"),
    word("kind"),
    Column("media_type", String(LONGEST_MEDIA_TYPE), nullable=False),
    count("size"),
    time("at"),
    word("channel"),
    sealed("sealed_reference", empty=True),
    sealed("sealed_content", empty=True),
    time("failed_at", empty=True),
    Index("ix_files_case", "case_id"),
)

timers = Table(
    "timers",
    metadata,
    key(),
    time("due_at"),
    word("kind"),
    word("subject"),
    count("version"),
    count("attempts"),
    UniqueConstraint("kind", "subject"),
    Index("ix_timers_due_at", "due_at"),
)

index_where(
    cases.c.acknowledged_at.is_not(None), "ix_cases_acknowledged_at", cases.c.acknowledged_at
)
