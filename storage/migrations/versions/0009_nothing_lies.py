"""Until when staff must decide what follows in a case, or look at it again."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NEVER = str(2**62)
_MICROSECONDS = 1_000_000
_THREE_DAYS = 3 * 24 * 60 * 60 * _MICROSECONDS


def upgrade() -> None:
    """Bring the schema to this revision; for what is open now there are three days from now on."""
    op.add_column(
        "cases", sa.Column("look_by", sa.BigInteger(), server_default=_NEVER, nullable=False)
    )
    due = int(time.time() * _MICROSECONDS) + _THREE_DAYS
    cases = sa.table(
        "cases", sa.column("look_by", sa.BigInteger()), sa.column("closed_at", sa.BigInteger())
    )
    op.execute(sa.update(cases).where(cases.c.closed_at.is_(None)).values(look_by=due))
