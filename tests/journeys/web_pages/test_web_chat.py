"""The web chat in a real browser: what a family sees and does on a phone."""

import os
import time

import pytest
from playwright.async_api import Route, expect
from web_browser import handed_over, launched, open_chat, press, say

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.long]


async def test_a_tap_is_answered_and_only_the_last_question_has_buttons(talk, page):
    await page.get_by_role("button", name="I am not sure").click()

    assert await talk.has_heard("a:1:unsure")
    await expect(page.locator(".me p")).to_have_text("I am not sure")
    await expect(page.locator(".bot p").last).to_contain_text("in danger right now")
    await expect(page.locator("#answers button")).to_have_count(3)


async def test_a_question_cannot_be_answered_twice_while_the_answer_is_on_its_way(talk, page):
    talk.is_away = True

    await page.get_by_role("button", name="I am not sure").click()

    await expect(page.locator(".me")).to_have_count(1)
    await expect(page.locator("#answers button")).to_have_count(0)


async def test_a_double_tap_does_not_answer_the_question_that_comes_in_between(talk, page):
    await page.clock.pause_at(time.time() + 60)
    answer = page.get_by_role("button", name="I am not sure")
    tap = {"detail": 1, "clientX": 180, "clientY": 500}

    await answer.dispatch_event("click", tap)
    await expect(page.locator(".bot")).to_have_count(3)
    await answer.dispatch_event("click", tap)
    await say(page, "later")

    assert await talk.has_heard("a:1:unsure", "later")


async def test_own_words_are_shown_as_mine_and_arrive_word_for_word(talk, page):
    await say(page, "叔叔喝了酒 <b>&\n我不敢回家")

    assert await talk.has_heard("叔叔喝了酒 <b>&\n我不敢回家")
    await expect(page.locator(".me p")).to_have_text("叔叔喝了酒 <b>&\n我不敢回家")
    await expect(page.locator(".me .state")).to_be_empty()


async def test_after_a_long_answer_the_question_and_its_buttons_are_seen(talk, page):
    talk.thanks = "It is not your fault. " * 60

    await say(page, "my dad hits me")

    await expect(page.locator(".bubble")).to_have_count(4)
    await expect(page.locator(".bot").last).to_be_in_viewport(ratio=1)
    for name in ("Yes, right now", "I am not sure"):
        await expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


async def test_of_a_short_answer_the_beginning_is_seen(talk, page):
    talk.thanks = "It is not your fault. " * 6

    await say(page, "my dad hits me")

    await expect(page.locator(".bubble")).to_have_count(4)
    await expect(page.locator(".bot").nth(1)).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("button", name="I am not sure")).to_be_in_viewport(ratio=1)


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


async def test_the_numbers_and_the_way_out_come_with_the_page_itself(phone, address):
    await phone.route("**/chat/**", lambda route: route.abort())
    page = await phone.new_page()
    await page.goto(address)

    seen = await page.evaluate(
        """["#loading", "#leave"].map((one) => getComputedStyle(document.querySelector(one)))
            .map((one) => `${one.visibility} ${one.backgroundColor}`)"""
    )
    assert seen == ["visible rgb(255, 244, 220)", "visible rgb(179, 38, 30)"]
    await expect(page.locator("#loading a[href='tel:110']")).to_be_in_viewport(ratio=1)
    await press(page, "Shift", "Shift", "Shift")
    await page.wait_for_url("**/neutral")


async def test_a_phone_that_refuses_cookies_is_told_so_and_asks_no_more(talk, phone, address):
    async def without_cookie(route: Route) -> None:
        headers = {"content-type": "application/json"}
        await route.fulfill(status=200, headers=headers, body='{"messages": []}')

    await phone.route("**/chat/open", without_cookie)
    page = await phone.new_page()
    await page.goto(address)

    await expect(page.locator("#blocked")).to_contain_text("allow cookies")
    assert talk.updates == []


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


async def test_a_photo_too_large_is_said_to_be_before_it_is_sent(talk, page, tmp_path):
    photo = tmp_path / "a.jpg"
    photo.touch()
    os.truncate(photo, 20 * 1024 * 1024 + 1)

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


async def test_everything_to_touch_is_large_enough_and_nothing_sticks_out(page):
    sizes = await page.evaluate(
        """[...document.querySelectorAll('button, textarea, nav a, #leave, .button')]
           .map(e => e.getBoundingClientRect()).filter(r => r.width)
           .map(r => Math.min(r.width, r.height))"""
    )
    width = await page.evaluate("document.documentElement.scrollWidth")

    assert min(sizes) >= 44
    assert width == 360


async def test_the_reply_to_a_long_message_is_in_sight(page):
    await say(page, "he shouts and throws things, every evening again. " * 60)

    await expect(page.locator(".bot").last).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("button", name="I am not sure")).to_be_in_viewport(ratio=1)


async def test_a_long_reply_is_read_from_its_first_word(talk, page):
    await say(page, "hello")
    await expect(page.locator(".bot")).to_have_count(3)

    await talk.worker_says("I am reading what you wrote. " * 200)

    top = await page.locator(".person").evaluate(
        """e => e.getBoundingClientRect().top
             - document.getElementById('scroll').getBoundingClientRect().top"""
    )
    assert 0 <= top < 40


async def test_an_address_at_which_there_is_nothing_leads_to_the_chat_and_names_the_numbers(
    phone, address
):
    page = await phone.new_page()
    answer = await page.goto(f"{address}/chat/hepl")

    assert answer.status == 404
    await expect(page.locator("a[href='tel:110']")).to_be_visible()
    await expect(page.locator("#leave")).to_be_visible()
    await page.get_by_role("link", name="To the messages").click()
    await expect(page.locator("#answers button")).to_have_count(3)


LARGE = "--blink-settings=defaultFontSize=32"
"""Letters twice as large, as somebody sets them who sees badly."""


async def test_with_letters_twice_as_large_half_of_the_phone_is_left_for_what_was_said(address):
    async with launched(LARGE) as browser, handed_over(browser) as phone:
        page = await open_chat(phone, address)
        await page.set_viewport_size({"width": 320, "height": 568})
        said = await page.evaluate("document.getElementById('scroll').clientHeight")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        letters = "parseFloat(getComputedStyle(document.querySelector('.bot p')).fontSize)"

        assert said >= 568 / 2
        assert wide == 320
        assert await page.evaluate(letters) == 36
        for button in await page.locator(".leave, footer button").all():
            if await button.is_visible():
                await expect(button).to_be_in_viewport(ratio=1)
                assert (await button.bounding_box())["height"] >= 44


async def test_on_a_page_that_is_shown_twice_as_large_there_is_room_to_write(page):
    await page.set_viewport_size({"width": 180, "height": 320})

    assert (await page.locator("#text").bounding_box())["width"] >= 150
    for button in ("#send", "#leave", "#photo-label"):
        await expect(page.locator(button)).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollWidth") == 180
