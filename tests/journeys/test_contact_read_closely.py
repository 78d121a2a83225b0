"""What only shows when a whole message is read: it is read closely, in the same turn."""

import asyncio
from dataclasses import replace
from io import StringIO

import pytest
import structlog
from journeys.lives import level_of, open_town, said
from running import the_book

from bot.doctor.close_reading import check_close_reading
from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.log import start_logging
from bot.once import once
from bot.readiness import make_ready
from bot.triage.close import FIRST_KIND, CloseReading, damaged, proving
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.rules import with_close_reading
from bot.triage.signals import find_signals
from bot.web_exchange import make_exchange

TELLING = "we were on the bus and then he got off where i get off"
HARMLESS = "he made me drink my orange juice at the picnic, best day"


class Reader:
    """A network that knows one text that tells of a risk, and takes all else for harmless."""

    def answer(self, texts):
        kinds = [0.0] * len(the_book().rules.closely.kinds)
        return [[9.0 if TELLING in text else -9.0, -9.0, -9.0, *kinds] for text in texts]

    def telling(self, text, _question=0):
        return (text[-15:],)


class Broken:
    """A network that was loaded and then fails, as it may in a fault nobody thought of."""

    def __init__(self, error):
        self.error = error

    def answer(self, _texts):
        raise self.error

    def telling(self, _text, _question=0):
        raise self.error


BULLIED = "the boys in my class hit me every day"
DAY = {
    "en": "we had a maths test today. lunch was noodles with egg. then we played football until it "
    "rained. our class came first in the relay race. tonight there is a cartoon on. ",
    "zh-hans": "今天数学考试我考了八十分。中午食堂吃的是番茄鸡蛋面。下午我们打了一会儿篮球。"
    "接力赛我们班拿了第一名。晚上电视里有我喜欢的动画片。",
}
NEGLECT = "Every child needs food"
AMID = {
    "en": ("he checks if i am asleep and then he lies down next to me", "It is not your fault"),
    "zh-hans": ("他们每天拿走我的饭钱，还在厕所推我", "这不是你的错"),
}


@pytest.fixture
def lines():
    """What is logged."""
    lines = StringIO()
    start_logging(level="info", stream=lines)
    yield lines
    structlog.reset_defaults()


def book_with(network):
    """The book of every test, but what is read closely is read by *network*, and all is."""
    book = the_book()
    known = book.rules.closely
    mix = replace(known.mix, doubt=-100.0, quick=0.0, close=1.0, bias=0.0, sure=2.0)
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


@pytest.mark.parametrize(
    "error", [ValueError(BULLIED), KeyError("proj2"), RuntimeError(BULLIED), MemoryError()]
)
async def test_whatever_fails_in_a_close_reading_costs_no_signal_and_is_counted(
    tmp_path, lines, error
):
    async with open_town(tmp_path, book=book_with(lambda: Broken(error))) as town:
        child = await town.child()
        await child.writes(BULLIED)
        await child.hears("It is not your fault")
        assert level_of(await town.case_of(child)) is Level.URGENT
        metrics = town.run.lantern.house.metrics.render().decode()
        assert "lantern_close_readings_failed_total 1.0" in metrics
    assert "close_reading_failed" in lines.getvalue()
    assert "in my class" not in lines.getvalue()


@pytest.mark.parametrize("error", [ImportError(), ValueError(), EOFError(), RuntimeError()])
async def test_whatever_fails_in_loading_it_stops_neither_start_nor_turn(tmp_path, lines, error):
    def load():
        raise error

    async with open_town(tmp_path, book=book_with(once(proving(load)))) as town:
        house = town.run.lantern.house
        readying = asyncio.create_task(make_ready(house))
        child = await town.child()
        await child.writes(BULLIED)
        await child.hears("It is not your fault")
        assert level_of(await town.case_of(child)) is Level.URGENT
        assert not readying.done()
        readying.cancel()
        assert "lantern_close_readings_failed_total 1.0" in house.metrics.render().decode()
    assert "close_reading_left_out" in lines.getvalue()
    assert "close_reading_failed" not in lines.getvalue()


@pytest.mark.parametrize("language", AMID)
async def test_the_same_words_behind_five_harmless_sentences_are_seen(tmp_path, language):
    told, heard = AMID[language]
    async with open_town(tmp_path) as town:
        for text in (told, DAY[language] + told):
            child = await town.child(language)
            await child.writes(text)
            await child.hears(heard)
            case = await town.case_of(child)
            assert level_of(case) is Level.URGENT
            [signal] = [s for s in case.signals if s.rule == SECOND_OPINION]
            assert told in signal.words
        harmless = await town.child(language)
        await harmless.writes(DAY[language])
        assert await town.case_of(harmless) is None


@pytest.mark.parametrize(
    ("language", "told", "hears"),
    [
        ("zh-hans", "今天又是我一个人吃饭", "社工会看到"),
        ("zh-hans", "期中考砸了，我真的学到十一点，好难受，不想说话", "能说出来就好。社工会看到"),
        (
            "en",
            "the house is so quiet since my brother moved out and i eat alone again",
            "Thank you for telling. A social worker reads this.",
        ),
    ],
)
async def test_a_small_worry_is_read_by_a_person_in_their_time(tmp_path, language, told, hears):
    async with open_town(tmp_path) as town:
        child = await town.child(language)
        await child.writes(told)
        await child.hears(hears)
        [signal] = (await town.case_of(child)).signals
        assert (signal.rule, signal.level) == (SECOND_OPINION, Level.ROUTINE)


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


async def test_no_limit_of_the_web_page_holds_up_what_is_in_doubt(tmp_path):
    async with open_town(tmp_path) as town:
        lantern = town.run.lantern
        exchange = make_exchange(lantern.house, lantern.mailroom.take, lantern.mailroom.away)
        assert find_signals(TELLING, lantern.house.rules) == ()
        assert exchange.is_pressing(TELLING)
        assert exchange.is_pressing(BULLIED)
        assert not exchange.is_pressing("good morning")
        assert not exchange.is_pressing("你好")


@pytest.mark.parametrize(("sure", "kind"), [(9.0, "neglect"), (0.5, "distress")])
async def test_advice_for_one_kind_of_harm_is_given_only_where_it_is_sure_of_it(
    tmp_path, sure, kind
):
    class Sure(Reader):
        def answer(self, texts):
            kinds = the_book().rules.closely.kinds
            said = [sure if kind == "neglect" else -9.0 for kind in kinds]
            return [[*each[:FIRST_KIND], *said] for each in super().answer(texts)]

    async with open_town(tmp_path, book=book_with(Sure)) as town:
        child = await town.teller(danger="no")
        await child.writes(TELLING)
        heard = (await child.hears("It is not your fault")).text
        assert (NEGLECT in heard) is (kind == "neglect")
        case = await town.case_of(child)
        assert [s.category for s in case.signals if s.rule == SECOND_OPINION] == [kind]
