"""Which process is sending a message, so that another takes over when it is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    column = sa.Column("leased_by", sa.String(length=32), server_default="", nullable=False)
    op.add_column("outbox", column)
