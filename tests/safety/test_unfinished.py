"""However a talk breaks off in which danger was said, a case is there with what was said."""

from collections.abc import Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
import pytest
import pytest_asyncio
from fake_telegram import GENEROUS, FakeTelegram, Person
from journeys.lives import Town, open_town
from journeys.web_visitor import Visitor
from process import Machine
from running import running

from bot.domain.case import EntryKind
from bot.domain.errors import ConflictError
from bot.domain.ids import MINUTE, SECOND
from bot.domain.level import Level
from bot.domain.worker import Role
from bot.housing import wall_clock
from storage import case_log, cases, contacts

pytestmark = pytest.mark.long

SILENCE = 31 * MINUTE
OVER = "It is erased"


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What is said, after which steps, and how pressing the case must be at least."""

    way: Sequence[tuple[str, str]] = ()
    words: Sequence[str] = ()
    tap: str = ""
    level: Level

    @property
    def kept(self):
        return [self.tap] if self.tap else list(self.words)


ASKED_DANGER = (("1", "What would you like to do?"), ("1", "in danger right now?"))
ASKED_ADULT = (("2", "What would you like to do?"), ("1", "in danger right now?"))
ASKED_TOPIC = (ASKED_DANGER[0], ("2", ""))
ASKED_WHAT = (*ASKED_DANGER, ("3", "Who needs help?"), ("1", "in your own words"))
SAYINGS = {
    "danger by tap": Saying(way=ASKED_DANGER, tap="Yes, right now", level=Level.EMERGENCY),
    "not sure by tap": Saying(way=ASKED_DANGER, tap="I am not sure", level=Level.EMERGENCY),
    "danger by tap of a parent": Saying(
        way=ASKED_ADULT, tap="Yes, right now", level=Level.EMERGENCY
    ),
    "danger in words": Saying(
        way=ASKED_DANGER[:1], words=("he has a knife and wants to kill me",), level=Level.EMERGENCY
    ),
    "an urgent signal": Saying(way=ASKED_WHAT, words=("my father beats me",), level=Level.URGENT),
    "several weak signals": Saying(
        way=ASKED_WHAT,
        words=("nobody likes me", "I cry every night", "I can't sleep"),
        level=Level.URGENT,
    ),
    "an urgent signal in a question": Saying(
        way=ASKED_TOPIC, words=("my father beats me, is that allowed",), level=Level.URGENT
    ),
    "weak signals before any question": Saying(
        words=("nobody likes me", "I cry every night"), level=Level.ROUTINE
    ),
}


@dataclass(kw_only=True)
class Scene:
    """Somebody who talks with Lantern, on Telegram or on the page, and the town around them."""

    town: Town
    contact: "Person | Visitor"
    http: aiohttp.ClientSession | None = None
    began: int = field(default=0)

    @property
    def is_web(self):
        return isinstance(self.contact, Visitor)

    async def writes(self, text):
        await (self.contact.says(text) if self.is_web else self.contact.writes(text))

    async def hears(self, text):
        shown = await self.contact.hears(text)
        return shown["text"] if self.is_web else shown.text

    async def answers(self, *steps):
        for written, expected in steps:
            await self.writes(written)
            await self.hears(expected)

    async def begins(self):
        if self.is_web:
            await self.contact.opens()
        else:
            await self.writes("/start")
        await self.hears("Who is writing?")

    async def says(self, saying):
        await self.answers(*saying.way)
        self.began = wall_clock() - SECOND
        if saying.tap:
            await self.contact.taps(saying.tap)
        for words in saying.words:
            await self.writes(words)

    async def is_asked(self):
        """Wait until what was said last is answered."""
        await self.town.quiet()
        if self.is_web:
            await self.hears("")

    async def skips_to(self, question):
        """Skip one question after the other up to *question*, and that one too."""
        for _ in range(20):
            await self.writes("skip")
            if question in await self.hears(""):
                break
        await self.writes("skip")
        await self.town.quiet()

    async def stays_silent(self):
        await self.town.quiet()
        self.town.later(SILENCE)


async def silence(scene):
    await scene.stays_silent()


async def blocked(scene):
    await scene.contact.blocks()


async def gone_when_answered(scene):
    """The account is gone when Lantern answers, and nobody told it so: 403."""
    scene.contact.disappears()
    await scene.stays_silent()


async def quick_exit(scene):
    if scene.is_web:
        await scene.contact.leaves()
    else:
        await scene.writes("leave")


async def stop(scene):
    await scene.writes("/stop")


async def erase(scene):
    await scene.answers(("erase", "Shall we erase"), ("1", OVER))


async def changed_language(scene):
    await scene.answers(("language", "Please choose a language"), ("1", "中文"))
    await scene.stays_silent()


async def page_closed(scene):
    await scene.http.close()
    await scene.stays_silent()


async def age_refused(scene):
    await scene.skips_to("How old")
    await scene.stays_silent()


async def skipped(scene):
    await scene.writes("skip")
    await scene.stays_silent()


async def went_to_the_menu(scene):
    await scene.writes("menu")
    await scene.stays_silent()


ON_BOTH = (silence, quick_exit, stop, erase, changed_language, skipped, went_to_the_menu)
ENDINGS = [
    *(("telegram", ending) for ending in (*ON_BOTH, blocked, gone_when_answered)),
    *(("web", ending) for ending in (*ON_BOTH, page_closed)),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory):
    async with open_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def phone(town):
    """The phone of a worker, who is called whenever there is a case."""
    _, phone = await town.worker("Worker 1")
    return phone


async def new_case(scene, saying, phone):
    """What a worker who was called finds: every word with its time. They close it behind them."""
    town, desk = scene.town, scene.town.run.desk

    async def open_cases():
        return await desk.queue(town.watcher)

    [line] = await town.run.until(open_cases)
    await phone.hears(line.code)  # whoever claims it before that calls nobody any more
    case = await desk.read(town.watcher, line.id)
    now = town.run.lantern.house.clock()
    told = [entry for entry in case.entries if entry.text in saying.kept]
    assert [entry.text for entry in told] == saying.kept
    assert all(scene.began <= entry.at <= now for entry in told)
    assert line.level <= saying.level
    await desk.claim(town.watcher, line.id)

    async def closed():
        version = (await desk.read(town.watcher, line.id)).line.version
        closing = {"outcome": "helped", "reason": "They are safe.", "version": version}
        with suppress(ConflictError):  # that nothing arrives there may be found out meanwhile
            return await desk.close(town.watcher, line.id, **closing)

    return await town.run.until(closed)


@asynccontextmanager
async def somebody(town, channel):
    """Somebody new, on Telegram or with the page open."""
    if channel == "telegram":
        yield Scene(town=town, contact=town.contact())
        return
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Scene(town=town, contact=Visitor(http=http, address=town.run.address), http=http)


async def play(scene, saying, ending, phone):
    await scene.begins()
    await scene.says(saying)
    await scene.is_asked()
    await ending(scene)
    await new_case(scene, saying, phone)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("said_so", SAYINGS)
@pytest.mark.parametrize(
    ("channel", "ending"), ENDINGS, ids=[f"{where}-{how.__name__}" for where, how in ENDINGS]
)
async def test_a_case_is_there_with_what_was_said(town, phone, channel, ending, said_so):
    async with somebody(town, channel) as scene:
        await play(scene, SAYINGS[said_so], ending, phone)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("said_so", ["danger by tap", "an urgent signal", "several weak signals"])
@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_whoever_does_not_say_their_age_is_heard_all_the_same(town, phone, channel, said_so):
    async with somebody(town, channel) as scene:
        await play(scene, SAYINGS[said_so], age_refused, phone)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("channel", "ending"),
    [each for each in ENDINGS if each[1] is not erase],
    ids=[f"{where}-{how.__name__}" for where, how in ENDINGS if how is not erase],
)
async def test_a_report_in_words_that_no_rule_knows_is_read_by_a_person(
    town, phone, channel, ending
):
    saying = Saying(way=ASKED_WHAT, words=("the canary sings in the cellar",), level=Level.URGENT)
    async with somebody(town, channel) as scene:
        await play(scene, saying, ending, phone)


async def test_killed_right_after_something_was_said_lantern_has_a_case_when_it_is_back(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        worker = fake.person(id=2001)
        await machine.add_worker(worker)
        process = await machine.start()
        people = {}
        for number, (name, saying) in enumerate(SAYINGS.items(), 3001):
            people[name] = child = fake.person(id=number, language_code="en")
            await child.writes("/start")
            await child.hears("Who is writing?")
            for written, expected in saying.way:
                await child.writes(written)
                await child.hears(expected)
        for name, saying in SAYINGS.items():
            if saying.tap:
                await people[name].taps(saying.tap)
            for words in saying.words:
                await people[name].writes(words)
        await process.kill()
        process = await machine.start()
        await machine.everything_is_sent(process)
        assert await process.stop() == 0

        for name, saying in SAYINGS.items():
            kept, level = await kept_of(machine, people[name])
            assert (name, kept[-len(saying.kept) :]) == (name, saying.kept)
            assert level <= saying.level
        numbers = [number for (number,) in machine.rows("SELECT number FROM cases")]
        assert len(numbers) == len(SAYINGS)
        assert all(any(f"L-{n:04d}" in text for text in worker.heard) for n in numbers)


async def kept_of(machine, person):
    """What is kept of what *person* said, and the level of their case."""

    async def work(tx):
        place = await contacts.find_place(tx, "telegram", str(person.id))
        log = await case_log.read_log(tx, place.case)
        told = [entry.text for entry in log if entry.kind is EntryKind.SAID]
        return told, (await cases.find_case(tx, place.case)).level

    async with machine.database() as database:
        return await database.read(work)


async def test_what_the_page_was_told_was_kept_is_in_a_case_after_a_kill(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        process = await machine.start()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            visitor = Visitor(http=http, address=process.address)
            await visitor.opens()
            await visitor.hears("Who is writing?")
            await visitor.says("he has a knife and wants to kill me")
            await process.kill()

        assert machine.rows("SELECT level FROM cases") == [(Level.EMERGENCY.value,)]
        assert machine.rows("SELECT count(*) FROM entries WHERE kind = 'said'") == [(1,)]


async def test_silence_that_passed_while_lantern_was_down_is_noticed_when_it_is_back(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        async with running(tmp_path, fake) as run:
            watcher = await run.add_worker("Watcher", role=Role.SUPERVISOR)
            scene = Scene(
                town=Town(fake=fake, run=run, watcher=watcher),
                contact=fake.person(id=1001, language_code="en"),
            )
            await scene.begins()
            await scene.answers(*ASKED_WHAT, ("the canary sings in the cellar", "You can write on"))
        async with running(tmp_path, fake, ahead=SILENCE) as run:
            town = Town(fake=fake, run=run, watcher=watcher)

            async def open_cases():
                return await town.run.desk.queue(watcher)

            [line] = await town.run.until(open_cases)
            case = await town.run.desk.read(watcher, line.id)
            assert "the canary sings in the cellar" in [entry.text for entry in case.entries]
            await town.hears_nothing(scene.contact)
