"""When a Lantern last started on a release: what nobody uses any more can be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column(
        "releases", sa.Column("used_at", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.execute("UPDATE releases SET used_at = first_used_at")
