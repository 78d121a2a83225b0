"""The tables of contacts: where they are, what came in from them, and what is said to them."""

from sqlalchemy import (
    Column,
    Index,
    String,
    Table,
    UniqueConstraint,
    and_,
    literal_column,
)

from storage.columns import (
    count,
    found_by,
    index_where,
    key,
    metadata,
    of_contact,
    refers,
    sealed,
    time,
    word,
)

contacts = Table(
    "contacts",
    metadata,
    key(),
    time("created_at"),
    time("seen_at"),
    Column("owner_kind", String(16), nullable=False, server_default="bot"),
    Column("owner", String(64), nullable=False, server_default=""),
    time("lease_until", empty=True),
    count("version"),
)

addresses = Table(
    "addresses",
    metadata,
    key(),
    refers("contact", "contacts.id"),
    word("channel"),
    found_by(),
    sealed("sealed_address", empty=True),
    time("used_at"),
    time("dead_at", empty=True),
    UniqueConstraint("channel", "found_by"),
    Index("ix_addresses_contact", "contact"),
    Index("ix_addresses_found_by", "found_by"),
)

sessions = Table(
    "sessions",
    metadata,
    of_contact(),
    word("release"),
    Column("state", String(128), nullable=False),
    sealed("sealed_body"),
    time("updated_at"),
    count("version"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("update_id", String(80), primary_key=True),
    time("taken_at"),
    Index("ix_inbox_taken_at", "taken_at"),
)

incoming = Table(
    "incoming",
    metadata,
    Column("recipient", String(32), primary_key=True),
    Column("reference", String(64), primary_key=True),
    time("at"),
    Index("ix_incoming_at", "at"),
)

set_aside = Table(
    "set_aside",
    metadata,
    key(),
    word("channel"),
    Column("update_id", String(80), nullable=False),
    word("error"),
    time("at"),
    found_by(empty=True),
    sealed("sealed_update"),
    Index("ix_set_aside_found_by", "found_by"),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    word("channel"),
    word("recipient"),
    word("key"),
    count("urgency", 4),
    word("act"),
    word("case_id", empty=True),
    sealed("sealed_body"),
    time("made_at"),
    time("due_at"),
    time("leased_until", empty=True),
    count("attempts"),
    time("sent_at", empty=True),
    time("failed_at", empty=True),
    Column("reference", String(64), nullable=False, server_default=""),
    Column("leased_by", String(32), nullable=False, server_default=""),
    Index("ix_outbox_recipient", "recipient", "id"),
)

tries = Table(
    "tries",
    metadata,
    key(),
    word("kind"),
    found_by(),
    time("at"),
    Index("ix_tries_at", "kind", "at"),
)

waits_at_a_question = sessions.c.state != literal_column("''")
PULLED = "web"

waits = and_(outbox.c.sent_at.is_(None), outbox.c.failed_at.is_(None))
"""What is still to be sent, or to be fetched by a page."""

to_send = and_(
    outbox.c.sent_at.is_(None),
    outbox.c.failed_at.is_(None),
    outbox.c.channel != literal_column(f"'{PULLED}'"),
)
"""Spelt in a query as in the index, so that its cost follows what waits and not what was sent."""

_to_fetch = and_(outbox.c.sent_at.is_(None), outbox.c.channel == literal_column(f"'{PULLED}'"))
"""The version before this one, which may still run beside it, looks for what to drop by that."""

index_where(waits_at_a_question, "ix_sessions_release", sessions.c.release, sessions.c.contact)
index_where(to_send, "ix_outbox_to_send", outbox.c.recipient, outbox.c.urgency, outbox.c.id)
index_where(_to_fetch, "ix_outbox_to_fetch", outbox.c.made_at)
index_where(outbox.c.sent_at.is_not(None), "ix_outbox_sent_at", outbox.c.sent_at)
index_where(outbox.c.case_id.is_not(None), "ix_outbox_case", outbox.c.case_id)
index_where(outbox.c.failed_at.is_not(None), "ix_outbox_failed_at", outbox.c.failed_at)
