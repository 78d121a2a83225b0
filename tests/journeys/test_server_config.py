"""A PostgreSQL server that Lantern cannot work with stops it at the start, with one sentence."""

import pytest
from ports import free_port
from postgres import PostgresServer
from rows import sql
from running import settings_in, the_book

from bot.app import open_lantern
from bot.doctor.database import check_database
from bot.doctor.examine import examine
from bot.domain.errors import ConfigError, NotNowError
from storage.postgres_connection import find_unfit
from storage.sealing import new_keys, write_keys
from storage.server_url import ServerUrl
from storage.upgrade import upgrade

pytestmark = pytest.mark.long


async def told(folder, url):
    """What a start on the database at *url* says, and whether it may be tried again."""
    settings = settings_in(folder, LANTERN_DATABASE=url.whole)
    if not settings.key_file.exists():
        write_keys(new_keys(), settings.key_file)
    with pytest.raises(ConfigError) as caught:
        async with open_lantern(settings, the_book()):
            pass
    [says] = caught.value.faults
    assert says.startswith("database postgresql://")
    assert "\n" not in says
    return says, isinstance(caught.value, NotNowError)


@pytest.fixture
def database(postgres):
    return postgres.new_database(like="lantern")


async def test_a_server_that_does_not_answer_may_answer_later(tmp_path):
    url = ServerUrl(f"postgresql://lantern@127.0.0.1:{free_port()}/lantern")
    says, is_worth_trying = await told(tmp_path, url)
    assert "cannot be reached (nobody answers there); is the server running?" in says
    assert is_worth_trying


async def test_a_database_that_is_not_there_is_to_be_created(tmp_path, postgres):
    says, is_worth_trying = await told(tmp_path, postgres.url("nowhere"))
    assert "does not exist on its server; create it with: createdb --owner=USER" in says
    assert "--encoding=UTF8 --template=template0 NAME" in says
    assert not is_worth_trying


async def test_an_empty_database_is_to_be_made_ready(tmp_path, postgres):
    says, _ = await told(tmp_path, postgres.url(postgres.new_database()))
    assert 'is empty; if there never was one, make it with "lantern init"' in says


async def test_a_wrong_password_is_told_without_showing_it(tmp_path, postgres, database):
    postgres.sql("CREATE ROLE careful LOGIN PASSWORD 'the right one'")
    postgres.demand_password("careful")
    says, is_worth_trying = await told(tmp_path, postgres.url(database, user="careful:guessed"))
    assert "refuses this user or password" in says
    assert "guessed" not in says
    assert not is_worth_trying


@pytest.mark.parametrize("rights", ["", "SELECT", "SELECT, INSERT"])
async def test_missing_rights_are_told(tmp_path, postgres, database, rights):
    user = f"reader_{database}"
    postgres.sql(f"CREATE ROLE {user} LOGIN")
    if rights:
        granted = f"GRANT {rights} ON ALL TABLES IN SCHEMA public TO {user}"
        postgres.sql(granted, database=database)
    says, is_worth_trying = await told(tmp_path, postgres.url(database, user=user))
    assert "grant it all rights there" in says
    assert not is_worth_trying


def test_missing_rights_to_make_tables_are_told(postgres):
    name = postgres.new_database()
    postgres.sql(f"CREATE ROLE maker_{name} LOGIN")
    with pytest.raises(ConfigError, match="grant it all rights there"):
        upgrade(postgres.url(name, user=f"maker_{name}"))


async def test_a_database_that_would_garble_text_is_refused(tmp_path, postgres):
    postgres.sql("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    says, _ = await told(tmp_path, postgres.url("ascii"))
    assert "stores text as SQL_ASCII; create one with ENCODING 'UTF8'" in says


def test_a_server_that_is_too_old_is_refused():
    assert "is PostgreSQL 13; Lantern needs 14 or newer" in find_unfit(130_022, "UTF8")
    assert find_unfit(140_000, "UTF8") == find_unfit(180_001, "UTF8") == ""


async def test_a_schema_that_is_newer_than_the_program_is_left_alone(tmp_path, postgres, database):
    url = postgres.url(database)
    sql(url, "UPDATE alembic_version SET version_num = '9999'")
    says, _ = await told(tmp_path, url)
    assert "has the schema 9999, which is newer than this program; update it" in says
    with pytest.raises(ConfigError, match="newer than this program"):
        upgrade(url)
    assert sql(url, "SELECT version_num FROM alembic_version") == [("9999",)]


@pytest.mark.long
async def test_a_standby_alone_is_not_enough(tmp_path):
    server = PostgresServer().make()
    standby = None
    try:
        upgrade(server.url("postgres"))
        standby = server.make_standby()
        says, is_worth_trying = await told(tmp_path, standby.url("postgres"))
        assert "cannot be written to; is every server there a standby?" in says
        assert is_worth_trying
    finally:
        for one in (standby, server):
            if one:
                one.remove()


@pytest.mark.long
@pytest.mark.parametrize(
    ("damage", "lacks"),
    [
        ("DROP TABLE guidance_gaps", "a table"),
        ("ALTER TABLE audit RENAME COLUMN hash TO hash_2", "a column"),
    ],
)
async def test_what_a_server_lacks_is_told_with_what_to_do(
    tmp_path, postgres, database, damage, lacks
):
    settings = settings_in(tmp_path, LANTERN_DATABASE=postgres.url(database).whole)
    write_keys(new_keys(), settings.key_file)
    postgres.sql(damage, database=database)

    [check] = [each for each in await examine(settings) if each.name == "database"]
    with pytest.raises(ConfigError, match=f"lacks {lacks}; stop Lantern and restore it"):
        await check_database(settings)

    assert check.says.endswith(f"lacks {lacks}")
    assert check.advice == "stop Lantern and restore it from its last good backup"
