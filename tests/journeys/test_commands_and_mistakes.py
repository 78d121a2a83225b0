"""What a command tells of a database: a mistake of ours is none of its faults, on either kind."""

import sqlite3

import pytest
from asyncpg import IntegrityConstraintViolationError
from running import settings_in
from sqlalchemy import text

from bot.doctor.database import opened
from bot.domain.errors import ConfigError
from storage.sealing import new_keys, write_keys
from storage.statements import ready

pytestmark = pytest.mark.long

NOT_NULL = ready(text("INSERT INTO inbox (channel) VALUES ('x')"))
NO_SUCH_TABLE = ready(text("SELECT 1 FROM nothing_of_that_name"))


@pytest.fixture
def settings(where, tmp_path):
    settings = settings_in(tmp_path, LANTERN_DATABASE=getattr(where, "whole", str(where)))
    write_keys(new_keys(), settings.key_file)
    return settings


async def test_what_breaks_a_rule_of_the_tables_is_a_mistake_of_ours(settings):
    async def break_a_rule(tx):
        tx.later(NOT_NULL, 1)

    with pytest.raises((sqlite3.IntegrityError, IntegrityConstraintViolationError)):
        async with opened(settings) as database:
            await database.write(break_a_rule)


async def test_what_is_missing_in_a_database_is_told_to_whoever_runs_it(settings):
    with pytest.raises(ConfigError):
        async with opened(settings) as database:
            await database.read(lambda tx: tx.one(NO_SUCH_TABLE))
