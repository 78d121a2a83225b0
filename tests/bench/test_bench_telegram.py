"""The benchmarks over HTTP run and measure what they say. How fast this is, no test decides."""

import json
from dataclasses import asdict
from io import StringIO

import pytest
from rich.console import Console
from sqlalchemy import func, select
from typer.testing import CliRunner

from bot.benching import over_http
from bot.benching.conversation import FIRST_CONTACT, WRITTEN
from bot.benching.growth import measure_growth
from bot.benching.lantern_subject import settings_of
from bot.benching.over_http import Effort
from bot.benching.stored import Stored, fill
from bot.benching.subject import Order
from bot.benching.telegram import measure_over_http
from bot.benching.wire import Crowd
from bot.cli.bench_growth import as_table, sizes_in
from bot.cli.bench_telegram import as_tables
from bot.cli.root import app
from bot.domain.errors import ConfigError, LanternError
from storage import contacts, schema
from storage.opening import open_database
from storage.sealing import read_keys
from storage.statements import ready

SHORT = Effort(seconds=0.2, contacts=5, alarm_seconds=0.5)


def test_both_commands_explain_themselves():
    for name in ("telegram", "growth"):
        result = CliRunner().invoke(app, ["bench", name, "--help"])

        assert result.exit_code == 0
        assert "--json" in result.output


@pytest.mark.rare
async def test_every_figure_over_http_is_measured():
    measured = await measure_over_http(SHORT)

    printed = json.loads(json.dumps(asdict(measured)))
    assert list(printed) == ["ours", "peers", "sustained", "alarms"]
    assert list(printed["ours"]) == ["polling", "webhook"]
    assert list(printed["peers"]) == ["ptb_memory", "ptb_pickle"]
    flows = [*printed["ours"].values(), *printed["peers"].values(), printed["sustained"]]
    for flow in flows:
        assert flow["updates_per_s"] > 0
        assert 0 < flow["p50_ms"] <= flow["p99_ms"]
        assert flow["cpu_ms_per_update"] > 0
    for alarm in printed["alarms"].values():
        assert alarm["alerts"] == 2
        assert 0 < alarm["p50_ms"] <= alarm["p99_ms"] <= alarm["most_ms"]
    shown = StringIO()
    Console(file=shown, width=140).print(as_tables(measured))
    assert "python-telegram-bot; in a pickle" in shown.getvalue()


@pytest.mark.rare
async def test_a_bot_that_does_not_start_is_no_figure(tmp_path, capfd):
    with pytest.raises(LanternError, match="did not start"):
        await over_http.measure_flood_in(
            Order(bot="lantern", api="", folder=str(tmp_path / "no folder")), SHORT
        )
    capfd.readouterr()


async def test_what_growth_is_measured_with_can_be_read_as_always(tmp_path):
    stored = Stored(contacts=30, cases=10)

    await fill(tmp_path, stored)
    settings = settings_of(Order(bot="lantern", api="", folder=str(tmp_path), listen="[::1]:1"))
    database = await open_database(settings.database, read_keys(settings.key_file))
    try:
        for number in range(stored.contacts):
            address = str(FIRST_CONTACT + number)
            place = await database.read(
                lambda tx, address=address: contacts.find_place(tx, "telegram", address)
            )
            assert place.session.said[0].text == WRITTEN[-1]
        assert await rows(database, schema.contacts) == stored.contacts
        assert await rows(database, schema.cases) == stored.cases
        waiting = select(schema.outbox).where(schema.outbox.c.sent_at.is_(None)).subquery()
        assert await rows(database, waiting) == 0
    finally:
        await database.close()


async def rows(database, of):
    statement = ready(select(func.count()).select_from(of))
    return (await database.read(lambda tx: tx.one(statement)))[0]


@pytest.mark.rare
async def test_growth_is_measured_from_the_start_to_the_last_reply():
    [grown] = await measure_growth(sizes_in("30"), SHORT)

    assert (grown.contacts, grown.cases) == (30, 3)
    assert min(grown.start_s, grown.file_mb, grown.flow.updates_per_s) > 0
    assert [*as_table([grown]).columns[4].cells] == ["1.00"]


def test_sizes_that_are_no_numbers_are_refused():
    with pytest.raises(ConfigError, match="--contacts: must be numbers"):
        sizes_in("many")


class Post:
    """Takes what is written, and answers nothing."""

    def __init__(self):
        self.written = []

    def writes(self, contact, _, **__):
        self.written.append(contact)


def test_a_crowd_writes_again_only_to_whoever_is_answered():
    crowd, post = Crowd(), Post()
    crowd.telegram, written = post, post.written

    crowd.begin(2)
    crowd.heard(written[0], "a reply")
    crowd.heard(999, "to nobody who waits")
    crowd.goes_on = False
    crowd.heard(written[1], "a reply")

    assert len(written) == 3
    assert len(crowd.waits) == 2
