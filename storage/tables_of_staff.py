"""The tables of staff, and of the alarm by which they are reached."""

from sqlalchemy import Column, Index, LargeBinary, String, Table, UniqueConstraint

from storage.columns import count, found_by, key, metadata, refers, sealed, time, word

workers = Table(
    "workers",
    metadata,
    key(),
    Column("name", String(80), nullable=False, unique=True),
    word("role"),
    word("language"),
    time("added_at"),
    time("removed_at", empty=True),
    count("on_duty", 1),
    time("at_desk_at", empty=True),
)

staff_addresses = Table(
    "staff_addresses",
    metadata,
    key(),
    word("worker", empty=True),
    word("channel"),
    found_by(),
    sealed("sealed_address"),
    time("linked_at"),
    time("dead_at", empty=True),
    UniqueConstraint("channel", "found_by"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("found_by", LargeBinary, primary_key=True),
    word("kind"),
    word("worker", empty=True),
    time("made_at"),
    time("ends_at"),
    time("seen_at", empty=True),
)

alarm_tests = Table(
    "alarm_tests",
    metadata,
    key(),
    time("made_at"),
    word("asked_by"),
)

alarm_calls = Table(
    "alarm_calls",
    metadata,
    key(),
    refers("test", "alarm_tests.id"),
    word("worker", empty=True),
    word("channel"),
    word("message", empty=True),
    time("taken_at", empty=True),
    time("failed_at", empty=True),
    time("answered_at", empty=True),
    Index("ix_alarm_calls_test", "test"),
)

alarm_breaks = Table(
    "alarm_breaks",
    metadata,
    key(),
    time("began_at"),
    word("reason"),
    time("ended_at", empty=True),
)
