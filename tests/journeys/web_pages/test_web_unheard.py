"""Leaving the web chat when nobody can hear of it: it is heard before anything else goes on."""

import pytest
from playwright.async_api import expect
from web_browser import say

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.long]


@pytest.mark.long
@pytest.mark.parametrize("opens", ["a new page", "the page beside it"])
async def test_who_left_without_a_line_has_left_as_soon_as_it_is_back(
    talk, phone, page, address, opens
):
    await say(page, "my secret")
    assert await talk.has_heard("my secret")
    beside = await phone.new_page()
    if opens == "the page beside it":
        await beside.goto(address)
        await expect(beside.locator(".bubble")).to_have_count(1)
    await phone.set_offline(True)
    await page.locator("#leave").click()
    await expect(page.locator(".bubble")).to_have_count(0)
    await talk.worker_says("Is he at home?")
    await phone.set_offline(False)

    if opens == "a new page":
        await beside.goto(address)

    assert await talk.has_heard("my secret", "w:leave", "/start")
    await expect(beside.locator("#answers button")).to_have_count(3)
    await expect(beside.locator(".bubble")).to_have_count(1)
    await expect(beside.locator("body")).not_to_contain_text("at home")
    left, begun = talk.updates[-2:]
    assert left.address == talk.updates[0].address != begun.address
    assert [cookie["name"] for cookie in await phone.cookies()] == ["m"]


async def test_who_left_while_nothing_could_be_kept_has_left_when_it_can_again(talk, page, address):
    await say(page, "my secret")
    assert await talk.has_heard("my secret")
    await expect(page.locator(".me .state")).to_have_text("")  # it is not sent again with the leave
    talk.is_away = True
    await page.locator("#leave").click()
    await page.wait_for_url("**/neutral")
    assert await talk.has_refused("w:leave")
    talk.is_away = False

    await page.goto(address)

    assert await talk.has_heard("my secret", "w:leave", "/start")
    await expect(page.locator(".bubble")).to_have_count(1)
    assert talk.updates[-2].address == talk.updates[0].address != talk.updates[-1].address


async def test_of_more_than_can_go_along_the_first_words_do_and_that_somebody_left(talk, page):
    talk.is_away = True
    for number in range(4):
        await say(page, f"{number} " + "痛" * 9_000)
    await expect(page.locator(".me .state").first).to_contain_text("Not sent yet")
    talk.is_away = False

    await page.locator("#leave").click()

    await page.wait_for_url("**/neutral")
    assert await talk.has_left()
    assert [text[:2] for text in talk.heard] == ["/s", "0 ", "1 ", "w:"]
