"""Whether somebody chose the day on which a case is looked at again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision; what was chosen before counts as a time to decide."""
    op.add_column(
        "cases", sa.Column("look_chosen", sa.Integer(), server_default="0", nullable=False)
    )
