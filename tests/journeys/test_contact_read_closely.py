"""What only shows when a whole message is read: it is read closely, in the same turn."""

from dataclasses import replace

import pytest
from journeys.lives import level_of, open_town, said
from running import the_book

from bot.doctor.close_reading import check_close_reading
from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.triage.close import CloseReading, damaged
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.rules import with_close_reading

TELLING = "we were on the bus and then he got off where i get off"
HARMLESS = "he made me drink my orange juice at the picnic, best day"


class Reader:
    """A network that knows one text that tells of a risk, and takes all else for harmless."""

    def answer(self, texts):
        kinds = [0.0] * len(the_book().rules.closely.kinds)
        return [[9.0 if TELLING in text else -9.0, -9.0, *kinds] for text in texts]

    def telling(self, text):
        return (text[-15:],)


def book_with(network):
    """The book of every test, but what is read closely is read by *network*, and all is."""
    book = the_book()
    known = book.rules.closely
    mix = replace(known.mix, doubt=-100.0, quick=0.0, close=1.0, bias=0.0, since=1.0, sure=2.0)
    reading = CloseReading(version="test", mix=mix, kinds=known.kinds, network=network)
    rules = replace(book.rules, closely=None)
    return replace(book, rules=with_close_reading(rules, reading))


def nothing():
    """What is there instead of a network whose file is damaged."""
    raise FlowError([damaged("flows/triage/close.npz")])


async def test_what_no_word_tells_is_seen_by_reading_all_of_it(tmp_path):
    async with open_town(tmp_path, book=book_with(Reader)) as town:
        child = await town.teller(danger="no")
        await child.writes(TELLING)
        await child.hears("It is not your fault")
        case = await town.case_of(child)
        assert TELLING in said(case)
        assert level_of(case) is Level.URGENT
        [signal] = [s for s in case.signals if s.rule == SECOND_OPINION]
        assert "where i get off" in signal.reason


async def test_where_it_cannot_be_read_what_was_seen_at_once_counts(tmp_path):
    async with open_town(tmp_path, book=book_with(nothing)) as town:
        child = await town.child()
        await child.writes("the boys in my class hit me every day")
        await child.hears("It is not your fault")
        assert level_of(await town.case_of(child)) is Level.URGENT


async def test_what_a_weak_rule_takes_for_harm_calls_nobody_if_the_whole_is_harmless(tmp_path):
    async with open_town(tmp_path, book=book_with(Reader)) as town:
        child = await town.child()
        await child.writes(HARMLESS)
        await town.quiet()
        case = await town.case_of(child)
        assert [signal.level for signal in case.signals] == [Level.ROUTINE]


@pytest.mark.parametrize("text", ["please help me", "救命", "救救我"])
async def test_a_bare_call_for_help_is_never_in_doubt(tmp_path, text):
    async with open_town(tmp_path, book=book_with(Reader)) as town:
        child = await town.child()
        await child.writes(text)
        await town.quiet()
        assert level_of(await town.case_of(child)) is Level.EMERGENCY


def test_the_doctor_says_whether_it_reads_and_what_to_do():
    assert check_close_reading(the_book()).is_well
    for network in (nothing, None):
        book = book_with(network)
        if network is None:
            book = replace(book, rules=replace(book.rules, closely=None))
        check = check_close_reading(book)
        assert not check.is_well
        assert "lantern triage train" in check.advice
