"""What machines may ask a running Lantern."""

import aiohttp
import pytest
from fake_telegram import FakeTelegram
from running import running


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_a_lantern_that_runs_says_so(tmp_path, path):
    async with (
        running(tmp_path) as run,
        aiohttp.ClientSession() as session,
        session.get(run.address + path) as response,
    ):
        assert response.status == 200


async def test_metrics_are_told_on_the_machine_itself(tmp_path):
    async with (
        running(tmp_path) as run,
        aiohttp.ClientSession() as session,
        session.get(f"{run.address}/metrics") as response,
    ):
        text = await response.text()

    assert 'lantern_outbox_waiting{urgency="safety"} 0.0' in text
    assert "lantern_alerts_unacknowledged 0.0" in text


async def test_metrics_are_told_to_nobody_behind_a_proxy(tmp_path):
    headers = {"X-Forwarded-For": "203.0.113.7"}
    async with (
        running(tmp_path) as run,
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{run.address}/metrics") as response,
    ):
        assert response.status == 404


async def test_what_has_not_happened_yet_is_counted_as_nothing(tmp_path):
    async with (
        FakeTelegram() as fake,
        running(tmp_path, fake) as run,
        aiohttp.ClientSession() as session,
        session.get(f"{run.address}/metrics") as response,
    ):
        text = await response.text()

    for channel in ("telegram", "web"):
        assert f'lantern_updates_set_aside_total{{channel="{channel}"}} 0.0' in text
    for what in ("postponed", "failed"):
        labels = 'channel="telegram",urgency="alert"'
        assert f"lantern_messages_{what}_total{{{labels}}} 0.0" in text
