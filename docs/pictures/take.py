#!/usr/bin/env python3
"""Makes the pictures of the documentation from a demo of its own: python docs/pictures/take.py.

Every picture is what a browser really shows. The people and what they write are made up.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from bot.app import Lantern, open_lantern, run
from bot.building import read_book
from bot.demo import Demo, prepare_demo
from bot.desk.staff import Staff
from bot.domain.ids import WorkerId
from bot.domain.worker import Role
from bot.log import start_logging
from storage import staff
from storage.database import Transaction

PICTURES = Path(__file__).parent
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1180, "height": 820}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NEWCOMERS = {
    "zh_CN": ("值班社工", Role.WORKER, "zh_CN"),
    "en": ("Worker on duty", Role.WORKER, "en"),
}
_WHILE = 0.7
"""Seconds in which the next part of an answer comes, if there is one."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


async def main() -> None:
    """Start a demo, live through a few conversations, and keep what is seen."""
    start_logging(level="critical")
    with tempfile.TemporaryDirectory() as folder:
        settings = prepare_demo(Path(folder), is_fresh=False)
        async with (
            open_lantern(settings, read_book()) as lantern,
            _running(lantern) as address,
            _browser() as browser,
        ):
            await _take_chats(browser, address)
            await _take_desk(browser, lantern, address, language="zh_CN")
            await _take_desk(browser, lantern, address, language="en")


@asynccontextmanager
async def _running(lantern: Lantern) -> AsyncIterator[str]:
    started: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def note(address: str) -> None:
        await Demo(lantern.house).open()
        started.set_result(f"http://{address}")

    task = asyncio.create_task(run(lantern, is_started=note))
    yield await started
    task.cancel()
    await asyncio.wait([task])


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        await browser.close()


async def _take_chats(browser: Browser, address: str) -> None:
    await _take_first_words(browser, address)
    await _take_a_child_tells(browser, address)
    await _take_a_question(browser, address)
    await _take_a_teacher_reports(browser, address)


async def _take_first_words(browser: Browser, address: str) -> None:
    page = await _phone(browser, address, "zh-CN")
    await _keep(page, "chat-hello-zh")


async def _take_a_child_tells(browser: Browser, address: str) -> None:
    page = await _phone(browser, address, "zh-CN")
    await _tap(page, "我是小孩或青少年", "说说发生了什么", "我不确定")
    await _keep(page, "chat-danger-zh")
    await _say(page, "在家里，青石小学后面那栋楼")
    await _tap(page, "好，我接着说", "我自己")
    await _say(page, "我爸喝了酒就打我，今天又在砸东西，我躲在房间里")
    await _keep(page, "chat-tells-zh")


async def _take_a_question(browser: Browser, address: str) -> None:
    page = await _phone(browser, address, "zh-CN")
    await _tap(page, "我是家长或照看孩子的人")
    await _say(page, "孩子不写作业怎么办")
    await _keep(page, "chat-rights-zh")


async def _take_a_teacher_reports(browser: Browser, address: str) -> None:
    page = await _phone(browser, address, "en-GB")
    await _tap(page, "I am another adult", "Report a concern", "No, not right now")
    await _tap(page, "A pupil or a child in my care")
    await _say(page, "A girl in my class came with bruises on her arms again today.")
    await _keep(page, "chat-adult-en")
    await _tap(page, "That is all")


async def _phone(browser: Browser, address: str, locale: str) -> Page:
    phone = await browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale=locale, reduced_motion="reduce"
    )
    page = await phone.new_page()
    await page.goto(address)
    await expect(page.locator("#answers button")).not_to_have_count(0)
    return page


async def _tap(page: Page, *labels: str) -> None:
    for label in labels:
        async with _answered(page):
            await page.locator("#answers").get_by_text(label, exact=True).click()


async def _say(page: Page, text: str) -> None:
    async with _answered(page):
        await page.locator("#text").fill(text)
        await page.locator("#send").click()


@asynccontextmanager
async def _answered(page: Page) -> AsyncIterator[None]:
    """Wait until Lantern has said something new and offers answers."""
    said = page.locator(".bubble.bot")
    before = await _count_all(said)
    yield
    await expect(said.nth(before)).to_be_visible()
    await expect(page.locator("#answers button")).not_to_have_count(0)


async def _count_all(bubbles: Locator) -> int:
    """Return how many there are once no more come: one answer may be several."""
    before, now = -1, await bubbles.count()
    while before != now:
        await asyncio.sleep(_WHILE)
        before, now = now, await bubbles.count()
    return now


async def _take_desk(browser: Browser, lantern: Lantern, address: str, *, language: str) -> None:
    """Sign in as a new worker who reads *language*, and open the case told in it."""
    link = await _invite(lantern, *NEWCOMERS[language])
    short = language.partition("_")[0]
    desk = await browser.new_context(viewport=DESKTOP, locale=language.replace("_", "-"))
    page = await desk.new_page()
    await page.goto(f"{address}/desk/sign-in/{link}")
    await page.locator("form button.primary").click()
    cases = page.locator("#lines .cell-code a")
    await expect(cases).not_to_have_count(0)
    await page.locator(".welcome button").click()
    await expect(page.locator(".welcome")).to_have_count(0)
    await _keep(page, f"desk-queue-{short}")
    await (cases.first if short == "zh" else cases.last).click()
    await _claim_if_free(page)
    await page.evaluate("window.scrollTo(0, 0)")
    await _keep(page, f"desk-case-{short}")
    await page.goto(f"{address}/desk/handbook")
    await _keep(page, f"desk-handbook-{short}")


async def _invite(lantern: Lantern, name: str, role: Role, language: str) -> str:
    async def add(tx: Transaction) -> WorkerId:
        return await staff.add_worker(tx, name, role, language, now=lantern.house.clock())

    return await Staff(lantern.house).invite(await lantern.house.database.write(add))


async def _claim_if_free(page: Page) -> None:
    claim = page.locator("#head form button.primary")
    if await claim.count():
        await claim.click()
        await expect(page.locator("#answer")).to_be_visible()


async def _keep(page: Page, name: str) -> None:
    await page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
