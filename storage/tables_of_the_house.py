"""The tables of what Lantern keeps for itself: keys, releases and the audit."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from storage.columns import key, metadata, sealed, time, word

data_keys = Table(
    "data_keys",
    metadata,
    key(),
    word("master"),
    sealed("wrapped", empty=True),
    time("destroyed_at", empty=True),
)

releases = Table(
    "releases",
    metadata,
    Column("id", String(64), primary_key=True),
    time("first_used_at"),
    Column("used_at", BigInteger, nullable=False, server_default="0"),
    Column("body", LargeBinary, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    time("at"),
    word("actor"),
    word("action"),
    word("subject"),
    Column("detail", String(1000), nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_audit_subject", "subject", "number"),
)
