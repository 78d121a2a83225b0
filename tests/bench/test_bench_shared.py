"""Turns measured on a server leave its databases as they were."""

import pytest
from ports import free_port

from bot.benching.shared import measure_shared
from bot.domain.errors import ConfigError
from storage.server_url import ServerUrl


@pytest.mark.rare
async def test_two_processes_are_measured_on_a_database_of_their_own(postgres):
    before = postgres.sql("SELECT datname FROM pg_database ORDER BY 1")
    tables = postgres.sql("SELECT count(*) FROM contacts", database="lantern")
    figures = await measure_shared(postgres.url("lantern"), in_flight=4, seconds=0.2, processes=2)
    assert figures.turns_per_s > 0
    assert 0 < figures.p50_ms <= figures.p99_ms
    assert postgres.sql("SELECT datname FROM pg_database ORDER BY 1") == before
    assert postgres.sql("SELECT count(*) FROM contacts", database="lantern") == tables


async def test_a_server_that_is_not_there_is_told_plainly():
    nobody = ServerUrl(f"postgresql://lantern@127.0.0.1:{free_port()}/lantern")

    with pytest.raises(ConfigError, match="is the server running"):
        await measure_shared(nobody, in_flight=1, seconds=0.1, processes=1)


@pytest.mark.rare
async def test_whoever_may_make_no_database_is_told_how_to_allow_it(postgres):
    postgres.sql("CREATE ROLE humble LOGIN")

    with pytest.raises(ConfigError, match="CREATEDB"):
        await measure_shared(
            postgres.url("lantern", user="humble"), in_flight=1, seconds=0.1, processes=1
        )
