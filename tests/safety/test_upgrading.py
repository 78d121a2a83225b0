"""A new version takes over on PostgreSQL while the old one goes on serving."""

import asyncio
import shutil

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from process import ROOT, Machine, kept_of
from test_kill import sent_twice

from storage.upgrade import newest_revision

MIGRATION = '''"""What a later version might add."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("outbox", sa.Column("later", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_outbox_later", "outbox", ["later"])
    for table in ("outbox", "inbox", "timers"):
        longer = "kind" if table == "timers" else "channel"
        op.alter_column(table, longer, type_=sa.String(length=200))
'''
TROUBLE = "my father beats me"


def later_version(folder):
    """Make a version of this program with one migration more; return where it is."""
    for part in ("bot", "storage", "flows", "locales"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    migrations = folder / "storage" / "migrations" / "versions"
    migration = MIGRATION.format(revision="9999", before=newest_revision())
    (migrations / "9999_later.py").write_text(migration)
    return folder


@pytest.mark.rare
async def test_a_new_version_takes_over_while_the_old_one_goes_on_serving(tmp_path, postgres):
    url = postgres.url(postgres.new_database(like="lantern"))
    async with FakeTelegram(limits=GENEROUS) as fake:
        old = Machine(tmp_path, fake, database=url)
        new = Machine(tmp_path, fake, database=url)
        new.program = later_version(tmp_path / "later")
        people = [fake.person(id=number, language_code="en") for number in (3001, 3002, 3003)]
        worker = fake.person(id=2001)
        await old.add_worker(worker)
        said = []

        async def say(words):
            said.append(words)
            for person in people:
                await person.writes(words)
            await fake.all_taken()

        before = await old.start()
        await say(TROUBLE)
        upgrading = asyncio.create_task(new.does("db", "upgrade"))
        number = 0
        while not upgrading.done():
            number += 1
            await say(f"meanwhile {number}")
            await asyncio.wait([upgrading], timeout=0.3)
        assert "to schema 9999" in await upgrading
        await say("and now")
        after = await new.start_one("new")
        await say("both are there")
        assert await before.stop() == 0
        await say("only the new one is there")
        await new.everything_is_sent(after)
        for person in people:
            assert await kept_of(new, person) == said
        assert sum(sent_twice(new, phone) for phone in (worker, *people)) == 0
        assert await after.stop() == 0
        assert "turn_failed" not in before.log.read_text()
        _, told = await old.fails_to_start()
        assert "newer than this program" in told
