"""A page in a full crowd: what is grave, or calls a person, passes the words that must wait."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, BrowserContext, Page, Response, expect
from running import Running, running
from web_browser import handed_over, say

from bot.channels.web_limits import ENTRIES, NEWCOMERS
from bot.domain.ids import new_id

pytestmark = pytest.mark.long

LINE = {"X-Forwarded-For": "198.51.100.7"}
TROUBLE = "my father beats me every day"


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path) as run:
        yield run


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    async with handed_over(browser) as phone:
        yield phone


@pytest.fixture
async def page(run: Running, phone: BrowserContext) -> Page:
    """The page of one newcomer too many on their line."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        for _ in range(NEWCOMERS.much):
            entry = {"id": new_id(), "lang": "en"}
            headers = {"Origin": run.address, **LINE}
            async with http.post(f"{run.address}/chat/open", json=entry, headers=headers) as answer:
                assert answer.status == 200
    await phone.set_extra_http_headers(LINE)
    page = await phone.new_page()
    await page.goto(run.address)
    await expect(page.locator(".bubble.bot")).to_contain_text("Very many people")
    return page


async def test_what_is_grave_passes_a_greeting_that_must_wait_and_the_greeting_follows(run, page):
    worker = await run.add_worker("Worker 1")
    await say(page, "good morning")
    state = page.locator(".me .state")
    await expect(state).to_contain_text("Not sent yet: very many people are here")
    await expect(state).to_contain_text("call: 110")
    await say(page, "the bus is late today")
    await expect(state.first).to_contain_text("Sending")
    await expect(state.last).to_contain_text("call: 110")

    await say(page, TROUBLE)

    assert await run.until(lambda: run.desk.queue(worker))
    for number in range(3):
        await expect(state.nth(number)).to_be_empty()


async def test_whoever_taps_for_a_person_is_heard_at_once(run, page):
    worker = await run.add_worker("Worker 1")
    await say(page, "good morning")
    await expect(page.locator(".me .state")).to_contain_text("Not sent yet")

    await page.get_by_role("button", name="Talk to a person").click()

    await expect(page.locator(".me .state").last).to_be_empty()
    await expect(page.locator(".me .state").first).to_be_empty()
    assert await run.until(lambda: run.desk.queue(worker))


async def test_help_is_never_too_much(page):
    await page.get_by_role("button", name="Help", exact=True).click()

    await expect(page.locator(".me .state")).to_be_empty()
    await expect(page.locator(".bubble.bot").last).to_contain_text("110")


async def test_what_waited_goes_before_what_is_written_later_once_there_is_room(run, phone):
    page = await phone.new_page()
    taken = []

    def note(answer: Response) -> None:
        if answer.status == 204:
            taken.append(answer.request.post_data_json.get("text"))

    await page.goto(run.address)
    await expect(page.locator("#answers button").first).to_be_visible()
    for number in range(ENTRIES.much):
        entry = {"id": new_id(), "text": f"goal {number}"}
        await phone.request.post(
            f"{run.address}/chat/say", data=entry, headers={"Origin": run.address}
        )
    page.on("response", note)
    await say(page, "the bus was late")
    await expect(page.locator(".me .state")).to_contain_text("That was a lot at once")
    run.clock.advance(ENTRIES.within)

    await say(page, "it was cold")

    await expect(page.locator(".me .state").last).to_be_empty()
    await expect(page.locator(".me .state").first).to_be_empty()
    assert taken == ["the bus was late", "it was cold"]
