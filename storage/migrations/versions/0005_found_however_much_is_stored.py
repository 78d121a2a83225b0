"""Indexes for what was looked for from beginning to end, which took longer with every contact."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_index("ix_addresses_found_by", "addresses", ["found_by"])
    op.create_index("ix_cases_address", "cases", ["address"])
    op.create_index("ix_sessions_release", "sessions", ["release"])
    op.create_index("ix_audit_subject", "audit", ["subject", "number"])
    of_a_case = sa.text("case_id IS NOT NULL")
    op.create_index(
        "ix_outbox_case",
        "outbox",
        ["case_id"],
        sqlite_where=of_a_case,
        postgresql_where=of_a_case,
    )
