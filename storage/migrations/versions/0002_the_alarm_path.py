"""Tests of the alarm path, who answered them, and when nobody could be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "alarm_tests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_tests")),
    )
    op.create_table(
        "alarm_calls",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("test", sa.String(length=32), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["test"], ["alarm_tests.id"], name=op.f("fk_alarm_calls_test")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_calls")),
    )
    op.create_index("ix_alarm_calls_test", "alarm_calls", ["test"], unique=False)
    op.create_table(
        "alarm_breaks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_breaks")),
    )
    op.add_column("workers", sa.Column("at_desk_at", sa.BigInteger(), nullable=True))
    is_acknowledged = sa.text("acknowledged_at IS NOT NULL")
    op.create_index(
        "ix_cases_acknowledged_at",
        "cases",
        ["acknowledged_at"],
        unique=False,
        sqlite_where=is_acknowledged,
        postgresql_where=is_acknowledged,
    )
