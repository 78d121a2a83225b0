"""Words whose turn fails are read for risk all the same, and a code in them stays a secret."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from bot.casework.claiming import claim
from bot.domain.case import EntryKind
from bot.domain.level import Level
from bot.domain.session import Session
from bot.engine.walk import CODE_ASKED
from bot.intake.failing import concern_of, kept_of
from bot.triage.opinion_signal import SECOND_OPINION

SORRY = "We have received what you wrote, and a person will read it"
DANGER = "he is killing my mom with a knife right now, help"
PLACES = ("he locked me in the barn on the farm, forest road", "我被关在农场的谷仓里，在马路旁边")
CODE = "ruler almond drum oven"
BROKEN = (
    "UPDATE sessions SET sealed_body = zeroblob(60)",
    "UPDATE cases SET sealed_body = zeroblob(60)",
)
"""What makes a turn fail: the session cannot be opened, or the case cannot."""


async def _fails(run, fake, statement, text):
    """What the worker reads after *text*, whose turn failed."""
    worker = await run.add_worker("Worker 1")
    child = fake.person(id=1001, language_code="en")
    await child.writes("my father beats me every day")
    await child.hears("not your fault")
    await fake.all_taken()

    def tamper():
        with closing(sqlite3.connect(run.lantern.settings.database)) as connection, connection:
            connection.execute(statement)

    await asyncio.to_thread(tamper)
    await child.writes(text)
    await child.hears(SORRY)

    async def newest():
        lines = await run.desk.queue(worker)
        is_there = "cases" not in statement or len(lines) > 1
        return is_there and max(lines, key=lambda line: line.id)

    await run.until(newest)
    return await run.desk.read(worker, (await newest()).id)


@pytest.mark.parametrize("statement", BROKEN)
async def test_danger_in_a_message_whose_turn_fails_is_an_emergency(run, fake, statement):
    case = await _fails(run, fake, statement, DANGER)

    assert case.line.level is Level.EMERGENCY
    assert case.line.queue == "emergency"


@pytest.mark.parametrize("statement", BROKEN)
async def test_a_code_in_a_message_whose_turn_fails_is_hidden(run, fake, statement):
    case = await _fails(run, fake, statement, CODE)

    said = [entry.text for entry in case.entries if entry.kind is EntryKind.SAID]
    assert "▢▢▢▢" in said
    assert not [text for text in said if "almond" in text]


@pytest.mark.parametrize(("statement", "text"), list(zip(BROKEN, PLACES, strict=True)))
async def test_where_a_child_is_reaches_the_worker_though_the_turn_fails(
    run, fake, statement, text
):
    case = await _fails(run, fake, statement, text)

    assert text in [entry.text for entry in case.entries if entry.kind is EntryKind.SAID]


async def test_what_was_not_kept_stands_in_no_line_of_the_log(run, fake, capsys):
    worker = await run.add_worker("Worker 1")
    child = fake.person(id=1001, language_code="en")
    await child.writes("my father beats me every day")
    await child.hears("not your fault")
    [line] = await run.desk.queue(worker)

    async def fail(tx):
        await claim(tx, run.lantern.house, worker, line.id)
        raise LookupError

    with pytest.raises(LookupError):
        await run.lantern.house.database.write(fail)
    before = capsys.readouterr().out
    await run.desk.claim(worker, line.id)

    assert "case_opened" in before
    assert "case_claimed" not in before
    assert "case_claimed" in capsys.readouterr().out


def test_a_part_of_a_code_is_hidden_only_where_one_was_asked_for(run):
    asked, elsewhere = (
        Session(release="r", language="en", state=state) for state in (CODE_ASKED, "")
    )
    kept = [
        kept_of(run.lantern.house, "apple something boat", at) for at in (asked, elsewhere, None)
    ]

    assert kept == ["▢▢▢▢ something ▢▢▢▢", "apple something boat", "apple something boat"]


def test_a_code_is_hidden_in_what_was_read_from_pinyin_as_well(run):
    house = run.lantern.house
    words = [house.directory.code_words[at].spellings["zh_CN"] for at in (1, 5, 9, 13)]
    told = f"wo baba tian tian da wo, kou ling shi {' '.join(words)}"

    signals = concern_of(house, told, None).signals

    read = [signal.read_as for signal in signals if signal.read_as]
    assert read
    assert not [word for word in words for text in read if word in text]


def test_a_code_is_hidden_in_what_the_second_opinion_quotes_as_well(run):
    house = run.lantern.house

    told = "when mum is out he locks the door and comes to me"
    signals = concern_of(house, f"{told}, {CODE}", None).signals

    quoted = " ".join(f"{signal.words} {signal.reason}" for signal in signals)
    assert SECOND_OPINION in [signal.rule for signal in signals]
    assert not [word for word in CODE.split() if word in quoted]


async def test_what_cannot_be_looked_at_counts_as_an_emergency(run):
    concern = concern_of(replace(run.lantern.house, rules=None), "anything", None)

    assert (concern.queue, concern.level) == ("emergency", Level.EMERGENCY)
