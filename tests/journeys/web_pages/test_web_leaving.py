"""Leaving the web chat in a hurry, on a phone that is not one's own: what stays behind."""

import pytest
from playwright.async_api import expect
from web_browser import press, say

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.long]


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


async def test_to_type_that_one_leaves_is_as_good_as_the_red_button(talk, phone, page):
    await say(page, "leave")
    await talk.removes("away")

    await page.wait_for_url("**/neutral")
    assert await phone.cookies() == []


async def test_what_was_erased_is_gone_from_the_page(talk, page):
    await say(page, "my secret")
    await expect(page.locator(".bubble")).to_have_count(4)

    await talk.removes("*")

    await expect(page.locator(".bubble")).to_have_count(0)


async def test_the_page_is_blank_before_anything_else_happens(page):
    seen: list[list[str]] = []

    def report(what: list[str]) -> None:
        seen.append(what)

    await page.expose_function("report", report)
    await page.evaluate(
        "void (navigator.sendBeacon = () => report([document.body.innerText, document.title]))"
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

    await press(page, "Shift", "Shift", "x", "Shift")
    await expect(page.locator("#presses")).to_contain_text("2 more times")

    await press(page, "Shift")
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


async def test_a_cleared_page_says_that_something_waits_and_not_what(talk, page):
    await page.clock.run_for(11 * 60_000)
    panel = page.locator("#idle")
    await expect(panel.get_by_role("link", name="110")).to_have_attribute("href", "tel:110")
    await expect(page.locator("#news")).to_be_hidden()
    await expect(panel).not_to_contain_text("Police")

    await talk.worker_says("I am here.")
    await talk.worker_says("Are you safe?")

    await expect(page.locator("#news")).to_be_visible()
    await expect(page.locator("#news")).to_have_text("There is something new here.")
    await expect(page.locator("body")).not_to_contain_text("I am here.")
    await page.get_by_role("button", name="Go on").click()
    await expect(page.locator(".person")).to_have_count(2)
    await expect(page.locator(".person p").first).to_have_text("I am here.")
    await expect(page.locator(".person p").last).to_have_text("Are you safe?")
    await expect(panel).to_be_hidden()


async def test_the_way_back_stands_only_on_the_page_that_something_was_sent_from(talk, page):
    talk.way_back = "lamp river apple moon"
    way_back = page.locator("#way-back")
    await expect(way_back).to_be_hidden()

    await say(page, "please help")
    await expect(way_back).to_contain_text("lamp river apple moon")
    await page.reload()
    await expect(page.locator(".bubble")).to_have_count(1)
    await expect(page.locator("body")).not_to_contain_text("lamp")
    await say(page, "please help")
    await expect(way_back).to_contain_text("lamp")
    await page.clock.run_for(11 * 60_000)

    await expect(page.locator("body")).not_to_contain_text("lamp")


async def test_whoever_waits_for_a_worker_has_longer(talk, page):
    talk.is_awaiting = True
    await say(page, "please help")
    await expect(page.locator(".bubble")).to_have_count(4)

    await page.clock.run_for(29 * 60_000)
    await expect(page.locator(".bubble")).to_have_count(4)
    await page.clock.run_for(2 * 60_000)

    await expect(page.locator(".bubble")).to_have_count(0)


async def test_words_that_wait_are_sent_even_when_the_page_was_cleared(talk, page):
    talk.is_away = True
    await say(page, "please help")
    await expect(page.locator(".me .state")).to_contain_text("Not sent yet")
    await page.clock.run_for(11 * 60_000)
    await expect(page.locator(".bubble")).to_have_count(0)

    talk.is_away = False
    await page.clock.run_for(60_000)

    assert await talk.has_heard("please help")
    await expect(page.locator(".bubble")).to_have_count(0)


async def test_leaving_in_one_window_clears_the_other(talk, phone, page, address):
    await say(page, "my secret")
    assert await talk.has_heard("my secret")
    other = await phone.new_page()
    await other.goto(address)
    await other.locator("#leave").click()
    await other.wait_for_url("**/neutral")

    await expect(page.locator(".bubble")).to_have_count(1)
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


@pytest.mark.parametrize("path", ["/", "/leaving"])
async def test_what_the_red_button_does_and_cannot_do_is_explained(phone, address, path):
    page = await phone.new_page()
    await page.goto(address + path)
    if path == "/":
        await page.get_by_role("link", name="What the red button does").click()

    await expect(page.get_by_text("does not clear the history")).to_be_visible()
    await expect(page.get_by_text("does not stop a program that watches")).to_be_visible()
    await expect(page.locator("#leave")).to_be_visible()


async def test_nothing_of_the_page_goes_wrong_behind_somebody_who_leaves(phone, page):
    faults = []
    page.on("pageerror", lambda error: faults.append(error.message))
    await phone.route("**/neutral", lambda route: route.fulfill(status=204))

    await page.evaluate("document.getElementById('leave').click()")
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    await page.evaluate("window.dispatchEvent(new Event('online'))")
    await page.clock.run_for(20 * 60 * 1000)

    assert await page.evaluate("document.body.innerHTML") == ""
    assert faults == []
