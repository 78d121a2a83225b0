"""The benchmark runs and measures what it says. How fast this machine is, no test decides."""

import asyncio
import json
from importlib.util import find_spec

import pytest
from running import open_lantern, prepare, settings_in, the_book
from typer.testing import CliRunner

from bot.benching import telegram_peer
from bot.benching.conversation import (
    FIRST_CONTACT,
    QUESTIONS,
    THANKS,
    WITH_DANGER,
    WRITTEN,
    conversations,
)
from bot.benching.figures import summarise, time_turns
from bot.benching.ours import CHANNEL, Crowd
from bot.benching.turns import Turns
from bot.cli.bench import as_document, as_table
from bot.cli.root import app
from storage import cases, contacts

CROWD = 20


@pytest.mark.rare
def test_the_command_prints_figures_of_ours_and_of_the_peers():
    result = CliRunner().invoke(app, ["bench", "turns", "--quick", "--json"])

    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert list(printed) == ["ours", "peers"]
    assert list(printed["ours"]) == ["1", "8", "50", "500"]
    for figures in printed["ours"].values():
        assert list(figures) == ["turns_per_s", "p50_ms", "p99_ms"]
        assert figures["turns_per_s"] > 0
        assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    peers = printed["peers"]
    assert list(peers) == ["ptb_memory", "ptb_pickle", "aiogram_memory"]
    assert peers["ptb_memory"]["turns_per_s"] > 0
    assert peers["ptb_pickle"]["turns_per_s"] > 0
    assert (peers["aiogram_memory"]["turns_per_s"] is None) == (find_spec("aiogram") is None)


@pytest.mark.rare
async def test_with_danger_one_turn_in_six_opens_a_case(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    async with open_lantern(settings, the_book()) as lantern:
        mailroom = asyncio.create_task(lantern.mailroom.run())
        crowd = Crowd(lantern, conversations=conversations(written=WITH_DANGER))
        for _ in range(3):
            await crowd.talk_once()
        mailroom.cancel()
        opened = await lantern.house.database.read(cases.open_cases)
    assert len(crowd.turns) == 18
    assert len(opened) == 3


def test_danger_is_measured_in_a_file_only():
    server = ["--database", "postgresql://nobody@localhost/none"]
    result = CliRunner().invoke(app, ["bench", "turns", "--with-danger", *server])
    assert "in a file only" in str(result.exception)


@pytest.mark.rare
def test_the_risk_check_is_measured_for_each_language_and_length():
    result = CliRunner().invoke(app, ["bench", "triage", "--quick", "--json"])

    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert list(printed) == ["patterns", "load_ms", "close_load_ms", "memory_kib", "checks"]
    kinds = [(each["language"], each["text"], each["characters"]) for each in printed["checks"]]
    assert len(set(kinds)) == len(kinds) == 24
    assert {length for _, _, length in kinds} == {10, 50, 500, 4096}
    for each in printed["checks"]:
        assert each["alone_us"] > 0
        assert each["after_others_us"] > 0
        assert each["closely_us"] > 0


async def test_ours_answers_every_question_of_everybody_and_all_of_it_is_on_disk(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    async with open_lantern(settings, the_book()) as lantern:
        mailroom = asyncio.create_task(lantern.mailroom.run())
        crowd = Crowd(lantern)

        await asyncio.gather(*(crowd.talk_once() for _ in range(CROWD)))

        mailroom.cancel()
        await asyncio.wait([mailroom])
        sessions = [await session_of(lantern, FIRST_CONTACT + number) for number in range(CROWD)]
    assert len(crowd.turns) == CROWD * len(WRITTEN)
    for session in sessions:
        assert session.state == "report_a_concern.more"
        assert [*session.answers][-1] == "report_a_concern.what_happened"


async def session_of(lantern, contact):
    place = await lantern.house.database.read(
        lambda tx: contacts.find_place(tx, CHANNEL, str(contact))
    )
    return place.session


async def test_the_peer_is_asked_the_same_questions():
    transport = telegram_peer.NoTransport()
    peer = telegram_peer.build_peer(transport)
    await peer.initialize()
    updates = telegram_peer.updates_for(peer.bot)
    said = []
    for _ in WRITTEN:
        await peer.process_update(next(updates))
        said.append(transport.said)
    await peer.shutdown()

    assert said == [*(question.ask for question in QUESTIONS), THANKS]
    assert peer.user_data[FIRST_CONTACT] == {each.key: each.answer for each in QUESTIONS}


async def test_a_peer_that_is_measured_takes_updates_until_the_time_is_over():
    taken = []

    async def take(update):
        taken.append(update)

    figures = await time_turns(range(10), take, seconds=0)

    assert taken == [0, 1]
    assert figures.turns_per_s > 0


def test_half_of_the_turns_are_as_fast_as_p50():
    figures = summarise([number / 1000 for number in range(1, 102)], within=2)

    assert (figures.turns_per_s, figures.p50_ms, figures.p99_ms) == (50.5, 51, 100)


def test_conversations_had_at_once_are_of_different_contacts():
    each = conversations()
    first, second = next(each), next(each)
    had = list(zip(first, second, strict=True))

    assert had[0] == ((FIRST_CONTACT, "/start"), (FIRST_CONTACT + 1, "/start"))
    assert had[-1][0] == (FIRST_CONTACT, WRITTEN[-1])
    assert had[-1][1] == (FIRST_CONTACT + 1, WRITTEN[-1])


def test_a_peer_that_is_not_installed_is_told_as_such():
    one = summarise([0.001, 0.002], within=1)
    measured = Turns(ours={50: one}, peers={"aiogram_memory": None})

    table = as_table(measured)

    assert list(table.columns[3].cells)[-1] == "not installed"
    assert as_document(measured)["peers"] == {"aiogram_memory": {"turns_per_s": None}}
