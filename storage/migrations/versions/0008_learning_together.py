"""Who has something sent once a day, activities, and who has signed up for them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "subscriptions",
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("series", sa.String(length=16), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        _count("position"),
        _count("last_day"),
        sa.ForeignKeyConstraint(
            ["contact"], ["contacts.id"], name=op.f("fk_subscriptions_contact")
        ),
        sa.PrimaryKeyConstraint("contact", "series", name=op.f("pk_subscriptions")),
    )
    op.create_table(
        "activities",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("venue", sa.String(length=120), nullable=False),
        sa.Column("details", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        _count("places"),
        _count("taken"),
        _count("walk_ins"),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        _count("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
    )
    op.create_index("ix_activities_starts_at", "activities", ["starts_at"])
    _make_sign_ups()


def _make_sign_ups() -> None:
    op.create_table(
        "sign_ups",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("activity", sa.String(length=32), nullable=False),
        sa.Column("contact", sa.String(length=32), nullable=True),
        _count("people"),
        sa.Column("status", sa.String(length=64), nullable=False),
        _count("may_write"),
        sa.Column("news", sa.String(length=64), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _count("came"),
        sa.ForeignKeyConstraint(["activity"], ["activities.id"], name=op.f("fk_sign_ups_activity")),
        sa.ForeignKeyConstraint(["contact"], ["contacts.id"], name=op.f("fk_sign_ups_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ups")),
        sa.UniqueConstraint("activity", "contact", name=op.f("uq_sign_ups_activity_contact")),
    )
    op.create_index("ix_sign_ups_contact", "sign_ups", ["contact"])


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)
