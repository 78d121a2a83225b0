"""The web chat in a real browser: what a family sees on a phone, and what stays behind."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from web_talk import Talk, served

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
async def address(talk: Talk) -> AsyncIterator[str]:
    async with served(talk) as url:
        yield url


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        await chromium.close()


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True, locale="en"
    )
    yield context
    await context.close()


@pytest.fixture
async def page(phone: BrowserContext, address: str) -> Page:
    return await open_chat(phone, address)


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


async def test_a_tap_is_answered_and_only_the_last_question_has_buttons(talk, page):
    await page.get_by_role("button", name="I am not sure").click()

    assert await talk.has_heard("a:1:unsure")
    await expect(page.locator(".me p")).to_have_text("I am not sure")
    await expect(page.locator(".bot p").last).to_contain_text("in danger right now")
    await expect(page.locator("#answers button")).to_have_count(3)


async def test_own_words_are_shown_as_mine_and_arrive_word_for_word(talk, page):
    await say(page, "叔叔喝了酒 <b>&\n我不敢回家")

    assert await talk.has_heard("叔叔喝了酒 <b>&\n我不敢回家")
    await expect(page.locator(".me p")).to_have_text("叔叔喝了酒 <b>&\n我不敢回家")
    await expect(page.locator(".me .state")).to_be_empty()


async def test_a_very_long_text_goes_in_parts_and_nothing_of_it_is_lost(talk, page):
    text = "痛" * 19_999 + "😢" + "苦" * 5

    await say(page, text)

    assert await talk.has_heard("痛" * 19_999, "😢" + "苦" * 5)


async def test_a_phone_number_can_be_called_with_one_touch(page):
    await expect(page.locator(".bot a")).to_have_attribute("href", "tel:110")


async def test_a_worker_is_told_from_the_bot_and_nothing_of_the_bot_talks_over_them(talk, page):
    await talk.worker_says("I am reading what you wrote.")

    await expect(page.locator(".person")).to_contain_text("A worker")
    await expect(page.locator("#answers button")).to_have_count(0)


async def test_what_is_written_without_a_line_is_marked_and_sent_in_order_once_it_is_back(
    talk, phone, page
):
    await phone.set_offline(True)
    await say(page, "first")
    await say(page, "second")

    await expect(page.locator(".state").first).to_contain_text("Not sent yet")
    await expect(page.locator("#away")).to_contain_text("110 Police")

    await phone.set_offline(False)
    assert await talk.has_heard("first", "second")
    await expect(page.locator(".state").last).to_be_empty()
    await expect(page.locator("#away")).to_be_hidden()


async def test_an_answer_lost_on_the_way_makes_the_page_send_again_and_counts_once(talk, page):
    talk.loses_answers = True
    await say(page, "only once")
    await expect(page.locator(".me .state")).to_contain_text("Not sent yet")

    await page.clock.run_for(3_000)

    await expect(page.locator(".me .state")).to_be_empty()
    assert await talk.has_heard("only once")


async def test_the_red_button_is_the_first_thing_a_keyboard_reaches(page):
    await press(page, "Tab")
    await expect(page.locator("#leave")).to_be_focused()

    await press(page, "Enter")

    await page.wait_for_url("**/neutral")


async def test_the_red_button_takes_everything_away(talk, phone, page, address):
    await say(page, "my secret")
    assert await talk.has_heard("my secret")

    await page.locator("#leave").click()

    await page.wait_for_url("**/neutral")
    assert await talk.has_heard("my secret", "w:leave")
    assert await phone.cookies() == []
    await page.go_back()
    assert page.url == f"{address}/before"


async def test_the_page_is_blank_before_anything_else_happens(page):
    seen: list[list[str]] = []
    await page.expose_function("report", lambda what: seen.append(what))
    await page.evaluate(
        "navigator.sendBeacon = () => report([document.body.innerText, document.title])"
    )

    await page.locator("#leave").click()

    await page.wait_for_url("**/neutral")
    assert seen == [["", "New tab"]]


async def test_shift_three_times_leaves_and_says_so_after_each_press(talk, page):
    await press(page, "Shift")
    await expect(page.locator("#presses")).to_contain_text("2 more times")
    await press(page, "Shift")
    await expect(page.locator("#presses")).to_contain_text("1 more time")
    await press(page, "Shift")

    await page.wait_for_url("**/neutral")
    assert await talk.has_heard("w:leave")


async def test_capital_letters_slow_presses_and_escape_do_not_leave(page):
    await page.locator("#text").focus()
    await press(page, "Shift+A", "Shift+B", "Shift+C", "Escape", "Escape", "Escape")
    await expect(page.locator("#text")).to_have_value("ABC")
    await expect(page.locator("#presses")).to_be_empty()

    await press(page, "Shift", "Shift")
    await page.clock.run_for(6_000)
    await press(page, "Shift")

    await expect(page.locator("#presses")).to_contain_text("2 more times")


async def test_leaving_works_without_a_line(phone, page):
    await say(page, "my secret")
    await phone.set_offline(True)

    await page.locator("#leave").click()

    await expect(page.locator("body")).not_to_contain_text("secret")
    await expect(page.locator(".bubble")).to_have_count(0)


@pytest.mark.parametrize("script", ["chat.js", "leave.js"])
async def test_leaving_works_when_a_script_never_arrived(phone, address, script):
    await phone.route(f"**/{script}", lambda route: route.abort())
    page = await phone.new_page()
    await page.goto(address)

    await page.locator("#leave").click()

    await page.wait_for_url("**/neutral")


async def test_words_that_wait_go_along_when_somebody_leaves(talk, page):
    talk.is_away = True
    await say(page, "please help")
    await expect(page.locator(".me .state")).to_contain_text("Not sent yet")
    talk.is_away = False

    await page.locator("#leave").click()

    assert await talk.has_heard("please help", "w:leave")


async def test_who_comes_back_after_leaving_is_somebody_new(talk, page, address):
    await page.locator("#leave").click()
    await page.wait_for_url("**/neutral")

    await page.goto(address)

    await expect(page.locator(".bubble")).to_have_count(1)
    assert talk.updates[0].address != talk.updates[-1].address


async def test_a_reload_shows_the_last_question_and_nothing_that_was_said(talk, page):
    await say(page, "my secret")
    await expect(page.locator(".bubble")).to_have_count(4)

    await page.reload()

    await expect(page.locator(".bubble")).to_have_count(1)
    await expect(page.locator("#answers button")).to_have_count(3)
    await expect(page.locator("body")).not_to_contain_text("secret")
    assert await talk.has_heard("my secret")


async def test_a_page_that_nobody_touches_is_cleared_and_can_go_on(talk, page):
    await say(page, "my secret")
    await expect(page.locator(".bubble")).to_have_count(4)
    await page.locator("#text").fill("half a secret")

    await page.clock.run_for(9 * 60_000)
    await expect(page.locator(".bubble")).to_have_count(4)
    await page.clock.run_for(2 * 60_000)

    await expect(page.locator(".bubble")).to_have_count(0)
    await expect(page.locator("#text")).to_have_value("")
    await talk.worker_says("I am here.")
    await page.get_by_role("button", name="Go on").click()
    await expect(page.locator(".person")).to_contain_text("I am here.")
    await expect(page.locator("body")).not_to_contain_text("secret")


async def test_the_browser_keeps_nothing(phone, page):
    await say(page, "my secret")

    kept = await page.evaluate(
        "[localStorage.length, sessionStorage.length, document.cookie, Notification.permission]"
    )
    cookies = await phone.cookies()

    assert kept[:3] == [0, 0, ""]
    assert kept[3] != "granted"
    assert [(cookie["name"], cookie["expires"]) for cookie in cookies] == [("m", -1)]


async def test_another_language_changes_every_word_and_keeps_what_is_being_written(talk, page):
    await page.locator("#text").fill("half a sentence")

    await page.locator("[data-language=zh_CN]").click()

    await expect(page.locator("#send")).to_have_text("SEND")
    await expect(page.locator("#leave")).to_have_text("LEAVE NOW")
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    await expect(page.locator("#text")).to_have_value("half a sentence")
    assert await talk.has_heard("lang:zh_CN")
    await say(page, "你好")
    assert await talk.has_heard("lang:zh_CN", "你好")
    assert talk.updates[-1].language == "zh_CN"


@pytest.mark.parametrize(("label", "tap"), [("Help", "w:help"), ("Talk to a person", "w:person")])
async def test_help_and_a_person_are_always_one_touch_away(talk, page, label, tap):
    await page.get_by_role("button", name=label).click()

    assert await talk.has_heard(tap)


async def test_a_photo_is_sent_whole(talk, page):
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"picture" * 1_000}

    await page.locator("#photo").set_input_files(photo)

    assert await talk.has_heard("")
    assert talk.files == [b"picture" * 1_000]


async def test_a_photo_too_large_is_said_to_be_before_it_is_sent(talk, page):
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"x" * (20 * 1024 * 1024 + 1)}

    await page.locator("#photo").set_input_files(photo)

    await expect(page.locator("#notice")).to_contain_text("too large")
    assert talk.files == []


async def test_without_scripts_the_page_names_the_numbers_to_call(browser, address):
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()

    await page.goto(address)

    await expect(page.locator("a[href='tel:12345']").first).to_be_visible()
    await expect(page.locator("#write")).to_be_hidden()
    await context.close()


@pytest.mark.parametrize("path", ["/", "/leaving"])
async def test_what_the_red_button_does_and_cannot_do_is_explained(phone, address, path):
    page = await phone.new_page()
    await page.goto(address + path)
    if path == "/":
        await page.get_by_role("link", name="What the red button does").click()

    await expect(page.get_by_text("does not clear the history")).to_be_visible()
    await expect(page.get_by_text("does not stop a program that watches")).to_be_visible()
    await expect(page.locator("#leave")).to_be_visible()


async def test_everything_to_touch_is_large_enough_and_nothing_sticks_out(page):
    sizes = await page.evaluate(
        """[...document.querySelectorAll('button, textarea, nav a, #leave, .button')]
           .map(e => e.getBoundingClientRect()).filter(r => r.width)
           .map(r => Math.min(r.width, r.height))"""
    )
    width = await page.evaluate("document.documentElement.scrollWidth")

    assert min(sizes) >= 44
    assert width == 360
