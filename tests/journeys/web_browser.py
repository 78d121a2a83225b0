"""A real browser on a small phone, and the hands that hold it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fake_telegram import WITHIN
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

expect.set_options(timeout=WITHIN * 1000)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def launched(*flags: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*FLAGS, *flags]
        )
        yield chromium
        await chromium.close()


@asynccontextmanager
async def handed_over(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Hand over a small phone that nothing was ever opened on."""
    context = await browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True, locale="en"
    )
    yield context
    await context.close()


async def open_chat(phone: BrowserContext, address: str) -> Page:
    """Come from another page, open the chat, and wait for its question."""
    page = await phone.new_page()
    await page.clock.install()
    await page.goto(f"{address}/before")
    await page.goto(address)
    await expect(page.locator("#answers button")).to_have_count(3)
    return page


async def say(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.locator("#send").click()


async def press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)
