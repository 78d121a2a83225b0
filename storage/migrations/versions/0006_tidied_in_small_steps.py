"""Indexes for tidying and for who waits in which flows, so that they read nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    waiting = sa.text("state != ''")
    op.drop_index("ix_sessions_release", "sessions")
    op.create_index(
        "ix_sessions_release",
        "sessions",
        ["release", "contact"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_incoming_at", "incoming", ["at"])
    not_come_for = sa.text("sent_at IS NULL AND channel = 'web'")
    op.create_index(
        "ix_outbox_to_fetch",
        "outbox",
        ["made_at"],
        sqlite_where=not_come_for,
        postgresql_where=not_come_for,
    )
