"""The safe word calls a person without a sign of it, on Telegram and on the web page."""

import aiohttp
import pytest
from journeys.at_once import at_once
from journeys.lives import happened, level_of, open_town, said
from journeys.test_contact_code import told
from journeys.web_visitor import Visitor
from running import running

from bot.building import read_book
from bot.console.cases import asks_before
from bot.domain.ids import MINUTE
from bot.domain.level import Level
from bot.intake.nobody import tell_those_who_wait
from bot.watch.alarm_path import RECHECK
from storage import cases, timers

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTED = "All right, I have noted it."
TELLING = ("110", "120", "12356", "danger", "worker", "help", "safe", "危险", "社工", "安全")


def tells(text):
    return [word for word in TELLING if word in text.lower()]


@at_once(
    "text",
    ["the lamp is on", "The lamp is ON!", "小橘灯亮了", "小橘燈亮了。", "妈妈你看，小 橘 灯 亮了"],
)
async def test_it_works_at_any_turn_and_looks_like_nothing_special(town, text):
    child = await town.teller()

    await child.writes(text)
    answer = await child.hears(NOTED)
    await town.hears_nothing(child)

    assert tells(answer.text) == []
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert case.is_quiet
    assert "safe_word" in happened(case)
    assert text in said(case)


async def test_it_works_as_the_very_first_message(town):
    child = town.contact("zh-hans")

    await child.writes("小橘灯亮了")

    assert tells((await child.hears("好的，记下了")).text) == []
    await town.hears_nothing(child)
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_other_words_of_danger_beside_it_are_kept_and_not_spoken_of(town):
    child = await town.child()

    await child.writes("the lamp is on, he has a knife")
    await child.hears(NOTED)
    await town.hears_nothing(child)

    assert (await town.case_of(child)).signals


async def test_the_conversation_goes_on_where_it_was(town):
    child = await town.teller()
    await town.answers(child, ("the lamp is on", NOTED))

    await town.answers(child, ("It is loud", "write on"))


async def test_an_alert_leaves_and_claiming_says_nothing_until_the_worker_writes(town):
    worker, phone = await town.worker("Li Na")
    child = await town.child()
    await town.answers(child, ("the lamp is on", NOTED))
    await phone.hears("Emergency")

    await phone.taps("I have it")
    await town.quiet()
    await town.hears_nothing(child)

    case = await town.case_of(child)
    assert case.is_quiet
    await town.run.desk.answer(
        worker, case.line.id, "Would you like to hear a story?", version=case.line.version
    )
    await child.hears("a story")
    assert not (await town.case_of(child)).is_quiet


async def test_giving_it_back_says_nothing_either(town):
    worker, _ = await town.worker("Wu")
    child = await town.child()
    await town.answers(child, ("the lamp is on", NOTED))
    case = await town.case_of(child)
    line = await town.run.desk.claim(worker, case.line.id)

    await town.run.desk.release(worker, line.id, version=line.version)

    await town.hears_nothing(child)


async def test_where_a_worker_speaks_already_the_bot_stays_silent(town):
    worker, phone = await town.worker("Zhao")
    child = await town.child()
    await town.answers(child, ("my dad hits me", "not your fault"))
    case = await town.case_of(child)
    await town.run.desk.claim(worker, case.line.id)
    await child.hears("A social worker is reading")

    await child.writes("the lamp is on")
    await phone.hears("more pressing")
    await town.hears_nothing(child)

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_nobody_reachable_is_not_told_after_it(tmp_path):
    async with open_town(tmp_path) as town:
        untold = await town.child()
        await town.alarm_breaks()
        people = [town.contact("en"), await _before(town), untold]
        for person in people:
            await town.answers(person, ("the lamp is on", NOTED))
        town.later(MINUTE)
        await town.run.until(lambda: _is_looked_at_again(town))
        for person in people:
            await town.hears_nothing(person)


async def _is_looked_at_again(town):
    """Whether the alarm was looked at again since the clock was put forward."""
    now = town.run.clock()
    return not await town.run.lantern.house.database.read(
        lambda tx: timers.due_timers(tx, now=now, only=RECHECK)
    )


async def test_nor_is_the_phone_on_which_the_code_was_typed_since(town):
    child, code, _ = await told(town)
    other = await town.child()
    await town.answers(child, ("the lamp is on", NOTED))
    await town.answers(other, ("I have a code", "What is your code?"), (code, "worker"))
    await town.quiet()
    heard = len(other.heard)

    house = town.run.lantern.house
    await house.database.write(lambda tx: tell_those_who_wait(tx, house))
    await town.quiet()

    assert not any("none of our workers" in text for text in other.heard[heard:])


async def _before(town):
    child = town.contact("en")
    await child.writes("/start")
    await child.hears("none of our workers")
    await child.hears("Who is writing?")
    await town.quiet()
    return child


async def test_it_works_on_the_page_just_the_same(town):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=town.run.address)
        await visitor.opens()
        await visitor.answers(("1", "What would you like to do?"))
        shown = len(visitor.shown)

        await visitor.says("the lamp is on")
        answer = await visitor.hears(NOTED)

        assert tells(answer["text"]) == []
        assert len(visitor.shown) == shown + 1
        [line, *_] = await town.run.desk.queue(town.watcher)
        case = await town.run.desk.read(town.watcher, max(await _ids(town)))
        assert case.is_quiet
        assert case.channel == "web"
        assert line.level is Level.EMERGENCY


async def _ids(town):
    return [line.id for line in await town.run.desk.queue(town.watcher)]


@pytest.mark.parametrize(
    ("language", "word", "more", "safe_word"),
    [
        ("en", "help", "More help", "the lamp is on"),
        ("zh-hans", "帮助", "更多帮助", "小橘灯亮了"),
    ],
)
async def test_more_help_tells_of_it_in_neutral_words(town, language, word, more, safe_word):
    child = town.contact(language)
    await child.writes("/start")
    await child.hears("110")
    await child.writes(word)
    helped = await child.hears("12356")
    assert safe_word not in helped.text
    await child.taps(more)

    text = (await child.hears(safe_word)).text

    [paragraph] = [part for part in text.split("\n\n") if safe_word in part]
    assert tells(paragraph) == []


@pytest.mark.rare
async def test_an_organisation_may_have_none(tmp_path):
    own = tmp_path / "own/flows/directory"
    own.mkdir(parents=True)
    text = read_book().content.texts["flows/directory/organisation.yaml"]
    (own / "organisation.yaml").write_text(text[: text.index("safe_words:")], encoding="utf-8")
    book = read_book(tmp_path / "own")
    async with running(tmp_path, book=book) as run, _page(run) as http:
        visitor = Visitor(http=http, address=run.address)
        await visitor.opens()
        await visitor.answers(("1", "What would you like to do?"))
        await visitor.says("help")
        assert "lamp" not in (await visitor.hears("I am a program"))["text"]

        await visitor.says("the lamp is on")
        await visitor.hears("")

        assert await run.lantern.house.database.read(cases.open_cases) == []


def _page(_run):
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def test_a_worker_who_opens_the_case_is_asked_before_anything_is_sent(town):
    child = await town.child()
    await town.answers(child, ("the lamp is on", NOTED))
    case = await town.case_of(child)

    assert asks_before(case, town.run.clock())


async def test_afterwards_nothing_in_the_chat_shows_that_somebody_was_called(town):
    child = town.contact("en")
    await town.answers(child, ("/start", "Who is writing?"), ("stop", "We have stopped"))
    await town.answers(child, ("the lamp is on", NOTED))

    answer = await town.answers(child, ("my diary", ""))
    assert tells(answer) == []

    child = await town.child()
    await town.answers(child, ("the lamp is on", NOTED))
    text = await town.answers(child, ("zzz qqq xxx", ""))
    assert "passed on" not in text
    assert "A social worker will read" not in await town.answers(child, ("stop", "We have stopped"))
