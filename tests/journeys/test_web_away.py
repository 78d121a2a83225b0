"""A page while the database is away."""

from types import SimpleNamespace

import aiohttp
import pytest
from away import all_taken_in, is_impatient, locked, rows
from journeys.reading_desk import csrf_of, signed_in
from playwright.async_api import expect
from running import running
from web_browser import handed_over, launched, say
from web_visitor import Visitor

pytestmark = pytest.mark.long

AWAY = "Something on our side is not working"
DANGER = "This sounds dangerous"
EMERGENCY = "he is going to kill me now"


@pytest.fixture
async def run(tmp_path):
    async with running(tmp_path) as run:
        await is_impatient(run)
        yield run


async def test_a_page_shows_the_safety_words_and_goes_on_when_the_database_is_back(run):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=run.address)
        async with locked(run):
            await visitor.opens()
            told = await visitor.hears(AWAY)
            assert "110" in told["text"]
            await visitor.says(EMERGENCY)
            await visitor.hears(DANGER)
        await visitor.hears(DANGER)
        await all_taken_in(run)
        await visitor.says("at home")
        assert await visitor.leaves() == 204


async def test_the_safe_word_looks_like_nothing_special_then_as_well(run):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=run.address)
        await visitor.opens()
        await visitor.hears("I am a program")
        async with locked(run):
            await visitor.says("the lamp is on")
            told = await visitor.hears("All right, I have noted it.")
            assert "110" not in told["text"]
        await all_taken_in(run)
        assert AWAY not in "".join(message["text"] for message in visitor.shown)


async def test_a_worker_reads_in_their_language_that_nothing_could_be_sent_and_what_it_was(run):
    worker = await run.add_worker("吴", language="zh_CN")
    async with signed_in(SimpleNamespace(run=run), worker) as page:
        csrf = csrf_of(await page("/desk"))
        sent = {"csrf": csrf, "version": "1", "answer": "我在这里，你慢慢说。"}
        async with locked(run):
            told = await page("/desk/cases/c1/answer", data=sent, status=503)

    assert "数据库暂时连不上" in told
    assert "我在这里，你慢慢说。</textarea>" in told


async def test_a_page_left_while_the_database_is_away_stays_left(run):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=run.address)
        await visitor.opens()
        await visitor.hears("I am a program")
        async with locked(run):
            assert await visitor.leaves() == 204
        await all_taken_in(run)
        assert await visitor.news() == 401


async def test_a_small_phone_shows_the_words_with_numbers_that_can_be_tapped(run):
    async with launched() as browser, handed_over(browser) as phone:
        page = await phone.new_page()
        answers = page.locator("#log .bubble.bot")
        async with locked(run):
            await page.goto(run.address)
            await expect(answers.last).to_contain_text(AWAY)
            await expect(page.locator('#log a[href="tel:110"]').first).to_be_visible()
            await expect(page.locator("#away")).to_be_hidden()
            await say(page, EMERGENCY)
            await expect(answers.last).to_contain_text(DANGER)
            await expect(page.locator("#log .state").last).to_have_text("")
            assert await answers.count() == 2
        await expect(answers).not_to_have_count(2)
        await expect(page.locator("#log")).to_contain_text("Where are you")
        await all_taken_in(run)
        await say(page, "at home")
        await expect(page.locator("#log .state").last).to_have_text("")


async def test_a_page_opened_again_meanwhile_goes_on_with_its_question(run):
    posted = "SELECT count(*) FROM outbox"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=run.address)
        await visitor.opens()
        await visitor.hears("I am a program")
        before = await rows(run, posted)
        async with locked(run):
            await visitor.says("/start")
            await visitor.hears(AWAY)
        await all_taken_in(run)
        assert await rows(run, posted) == before
        await visitor.says("child")
        await visitor.hears("?")
