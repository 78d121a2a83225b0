"""The tables of what is learned and joined in, and of questions that had no answer."""

from sqlalchemy import Column, Index, String, Table, UniqueConstraint

from storage.columns import count, key, metadata, of_contact, refers, sealed, time, word

guidance_gaps = Table(
    "guidance_gaps",
    metadata,
    key(),
    Column("day", String(10), nullable=False),
    word("kind"),
    word("language"),
    word("voice"),
    Column("done_on", String(10), nullable=True),
    sealed("sealed_text"),
    Index("ix_guidance_gaps_day", "day"),
    sqlite_with_rowid=False,
)
"""Belongs to nobody: ids are drawn by chance, rows lie in their order, and time is a day."""

subscriptions = Table(
    "subscriptions",
    metadata,
    of_contact(),
    Column("series", String(16), primary_key=True),
    time("began_at"),
    count("position"),
    count("last_day"),
)

activities = Table(
    "activities",
    metadata,
    key(),
    word("status"),
    word("audience"),
    Column("title", String(80), nullable=False),
    Column("venue", String(120), nullable=False),
    Column("details", String(1000), nullable=False, server_default=""),
    time("starts_at"),
    count("places"),
    count("taken"),
    count("walk_ins"),
    word("made_by"),
    time("made_at"),
    count("version"),
    Index("ix_activities_starts_at", "starts_at"),
)

sign_ups = Table(
    "sign_ups",
    metadata,
    key(),
    refers("activity", "activities.id"),
    refers("contact", "contacts.id", empty=True),
    count("people"),
    word("status"),
    count("may_write"),
    word("news"),
    sealed("sealed_name", empty=True),
    time("at"),
    count("came"),
    UniqueConstraint("activity", "contact"),
    Index("ix_sign_ups_contact", "contact"),
)
