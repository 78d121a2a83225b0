"""The tables, for SQLite and PostgreSQL alike.

Everything a contact wrote, and whatever says who they are, stands in a column whose name begins
with ``sealed_``. Times are microseconds since 1970 UTC. Ids sort by time.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    and_,
    literal_column,
)

_BY_COLUMNS = {kind: f"{kind}_%(table_name)s_%(column_0_N_name)s" for kind in ("ix", "uq", "fk")}
metadata = MetaData(naming_convention={**_BY_COLUMNS, "pk": "pk_%(table_name)s"})


def _id(name: str = "id") -> Column[str]:
    return Column(name, String(32), primary_key=True)


def _refers(name: str, target: str, *, empty: bool = False) -> Column[str]:
    return Column(name, String(32), ForeignKey(target), nullable=empty)


def _time(name: str, *, empty: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=empty)


def _count(name: str, start: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=str(start))


def _word(name: str, *, empty: bool = False) -> Column[str]:
    return Column(name, String(64), nullable=empty)


def _sealed(name: str, *, empty: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=empty)


data_keys = Table(
    "data_keys",
    metadata,
    _id(),
    _word("master"),
    _sealed("wrapped", empty=True),
    _time("destroyed_at", empty=True),
)

releases = Table(
    "releases",
    metadata,
    Column("id", String(64), primary_key=True),
    _time("first_used_at"),
    Column("used_at", BigInteger, nullable=False, server_default="0"),
    Column("body", LargeBinary, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    _id(),
    _time("created_at"),
    _time("seen_at"),
    Column("owner_kind", String(16), nullable=False, server_default="bot"),
    Column("owner", String(64), nullable=False, server_default=""),
    _time("lease_until", empty=True),
    _count("version"),
)

addresses = Table(
    "addresses",
    metadata,
    _id(),
    _refers("contact", "contacts.id"),
    _word("channel"),
    Column("found_by", LargeBinary, nullable=False),
    _sealed("sealed_address", empty=True),
    _time("used_at"),
    _time("dead_at", empty=True),
    UniqueConstraint("channel", "found_by"),
    Index("ix_addresses_contact", "contact"),
    Index("ix_addresses_found_by", "found_by"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("update_id", String(80), primary_key=True),
    _time("taken_at"),
    Index("ix_inbox_taken_at", "taken_at"),
)

set_aside = Table(
    "set_aside",
    metadata,
    _id(),
    _word("channel"),
    Column("update_id", String(80), nullable=False),
    _word("error"),
    _time("at"),
    Column("found_by", LargeBinary, nullable=True),
    _sealed("sealed_update"),
    Index("ix_set_aside_found_by", "found_by"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("contact", String(32), ForeignKey("contacts.id"), primary_key=True),
    _word("release"),
    Column("state", String(128), nullable=False),
    _sealed("sealed_body"),
    _time("updated_at"),
    _count("version"),
)
waits_at_a_question = sessions.c.state != literal_column("''")

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("number", Integer, nullable=False, unique=True),
    _refers("contact", "contacts.id"),
    _refers("address", "addresses.id", empty=True),
    _word("queue"),
    _count("level", 3),
    _word("status"),
    _word("owner", empty=True),
    _time("opened_at"),
    _time("due_at"),
    _time("acknowledged_at", empty=True),
    _word("acknowledged_by", empty=True),
    _time("closed_at", empty=True),
    _word("outcome", empty=True),
    _count("rung"),
    _count("unread"),
    _count("may_write", 1),
    Column("found_by", LargeBinary, nullable=False, unique=True),
    _sealed("sealed_body"),
    _count("version"),
    Index("ix_cases_waiting", "closed_at", "level", "due_at"),
    Index("ix_cases_contact", "contact"),
    Index("ix_cases_address", "address"),
)

entries = Table(
    "entries",
    metadata,
    _id(),
    _refers("case_id", "cases.id"),
    _time("at"),
    _word("kind"),
    Column("author", String(80), nullable=False, server_default=""),
    Column("state", String(128), nullable=False, server_default=""),
    _sealed("sealed_text"),
    Index("ix_entries_case", "case_id", "id"),
)

files = Table(
    "files",
    metadata,
    _id(),
    _refers("case_id", "cases.id", empty=True),
    _word("key"),
    _word("kind"),
    Column("media_type", String(128), nullable=False),
    _count("size"),
    _time("at"),
    _word("channel"),
    _sealed("sealed_reference", empty=True),
    _sealed("sealed_content", empty=True),
    _time("failed_at", empty=True),
    Index("ix_files_case", "case_id"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _word("channel"),
    _word("recipient"),
    _word("key"),
    _count("urgency", 4),
    _word("act"),
    _word("case_id", empty=True),
    _sealed("sealed_body"),
    _time("made_at"),
    _time("due_at"),
    _time("leased_until", empty=True),
    _count("attempts"),
    _time("sent_at", empty=True),
    _time("failed_at", empty=True),
    Column("reference", String(64), nullable=False, server_default=""),
    Column("leased_by", String(32), nullable=False, server_default=""),
    Index("ix_outbox_recipient", "recipient", "id"),
)
PULLED = "web"

to_send = and_(
    outbox.c.sent_at.is_(None),
    outbox.c.failed_at.is_(None),
    outbox.c.channel != literal_column(f"'{PULLED}'"),
)
to_fetch = and_(outbox.c.sent_at.is_(None), outbox.c.channel == literal_column(f"'{PULLED}'"))
"""Spelt in a query as in the index, so that its cost follows what waits and not what was sent."""


def _index_where(condition: ColumnElement[bool], name: str, *columns: Column[Any]) -> None:
    Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


_index_where(waits_at_a_question, "ix_sessions_release", sessions.c.release, sessions.c.contact)
_index_where(
    cases.c.acknowledged_at.is_not(None), "ix_cases_acknowledged_at", cases.c.acknowledged_at
)
_index_where(to_send, "ix_outbox_to_send", outbox.c.recipient, outbox.c.urgency, outbox.c.id)
_index_where(to_fetch, "ix_outbox_to_fetch", outbox.c.made_at)
_index_where(outbox.c.sent_at.is_not(None), "ix_outbox_sent_at", outbox.c.sent_at)
_index_where(outbox.c.case_id.is_not(None), "ix_outbox_case", outbox.c.case_id)
_index_where(outbox.c.failed_at.is_not(None), "ix_outbox_failed_at", outbox.c.failed_at)

timers = Table(
    "timers",
    metadata,
    _id(),
    _time("due_at"),
    _word("kind"),
    _word("subject"),
    _count("version"),
    _count("attempts"),
    UniqueConstraint("kind", "subject"),
    Index("ix_timers_due_at", "due_at"),
)

workers = Table(
    "workers",
    metadata,
    _id(),
    Column("name", String(80), nullable=False, unique=True),
    _word("role"),
    _word("language"),
    _time("added_at"),
    _time("removed_at", empty=True),
    _count("on_duty", 1),
    _time("at_desk_at", empty=True),
)

staff_addresses = Table(
    "staff_addresses",
    metadata,
    _id(),
    _word("worker", empty=True),
    _word("channel"),
    Column("found_by", LargeBinary, nullable=False),
    _sealed("sealed_address"),
    _time("linked_at"),
    _time("dead_at", empty=True),
    UniqueConstraint("channel", "found_by"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("found_by", LargeBinary, primary_key=True),
    _word("kind"),
    _word("worker", empty=True),
    _time("made_at"),
    _time("ends_at"),
    _time("seen_at", empty=True),
)

tries = Table(
    "tries",
    metadata,
    _id(),
    _word("kind"),
    Column("found_by", LargeBinary, nullable=False),
    _time("at"),
    Index("ix_tries_at", "kind", "at"),
)

incoming = Table(
    "incoming",
    metadata,
    Column("recipient", String(32), primary_key=True),
    Column("reference", String(64), primary_key=True),
    _time("at"),
    Index("ix_incoming_at", "at"),
)

alarm_tests = Table(
    "alarm_tests",
    metadata,
    _id(),
    _time("made_at"),
    _word("asked_by"),
)

alarm_calls = Table(
    "alarm_calls",
    metadata,
    _id(),
    _refers("test", "alarm_tests.id"),
    _word("worker", empty=True),
    _word("channel"),
    _word("message", empty=True),
    _time("taken_at", empty=True),
    _time("failed_at", empty=True),
    _time("answered_at", empty=True),
    Index("ix_alarm_calls_test", "test"),
)

alarm_breaks = Table(
    "alarm_breaks",
    metadata,
    _id(),
    _time("began_at"),
    _word("reason"),
    _time("ended_at", empty=True),
)

guidance_gaps = Table(
    "guidance_gaps",
    metadata,
    _id(),
    Column("day", String(10), nullable=False),
    _word("kind"),
    _word("language"),
    _word("voice"),
    Column("done_on", String(10), nullable=True),
    _sealed("sealed_text"),
    Index("ix_guidance_gaps_day", "day"),
    sqlite_with_rowid=False,
)
"""Belongs to nobody: ids are drawn by chance, rows lie in their order, and time is a day."""
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("contact", String(32), ForeignKey("contacts.id"), primary_key=True),
    Column("series", String(16), primary_key=True),
    _time("began_at"),
    _count("position"),
    _count("last_day"),
)

activities = Table(
    "activities",
    metadata,
    _id(),
    _word("status"),
    _word("audience"),
    Column("title", String(80), nullable=False),
    Column("venue", String(120), nullable=False),
    Column("details", String(1000), nullable=False, server_default=""),
    _time("starts_at"),
    _count("places"),
    _count("taken"),
    _count("walk_ins"),
    _word("made_by"),
    _time("made_at"),
    _count("version"),
    Index("ix_activities_starts_at", "starts_at"),
)

sign_ups = Table(
    "sign_ups",
    metadata,
    _id(),
    _refers("activity", "activities.id"),
    _refers("contact", "contacts.id", empty=True),
    _count("people"),
    _word("status"),
    _count("may_write"),
    _word("news"),
    _sealed("sealed_name", empty=True),
    _time("at"),
    _count("came"),
    UniqueConstraint("activity", "contact"),
    Index("ix_sign_ups_contact", "contact"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _time("at"),
    _word("actor"),
    _word("action"),
    _word("subject"),
    Column("detail", String(1000), nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_audit_subject", "subject", "number"),
)
