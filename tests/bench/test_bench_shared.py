"""Turns measured on a server leave its databases as they were."""

import pytest

from bot.benching.shared import measure_shared


@pytest.mark.long
async def test_two_processes_are_measured_on_a_database_of_their_own(postgres):
    before = postgres.sql("SELECT datname FROM pg_database ORDER BY 1")
    tables = postgres.sql("SELECT count(*) FROM contacts", database="lantern")
    figures = await measure_shared(postgres.url("lantern"), in_flight=4, seconds=0.2, processes=2)
    assert figures.turns_per_s > 0
    assert 0 < figures.p50_ms <= figures.p99_ms
    assert postgres.sql("SELECT datname FROM pg_database ORDER BY 1") == before
    assert postgres.sql("SELECT count(*) FROM contacts", database="lantern") == tables
