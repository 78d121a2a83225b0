"""What the desk's pages show of the alarm: that it is broken, its test, and who answers."""

import asyncio
from dataclasses import replace

import pytest
from journeys.desk_house import CASE
from journeys.desk_stand_in import LONG, NO_ALARM, NOW, WU
from playwright.async_api import Browser, expect

from bot.console.live import PULSE
from bot.desk.views import AlarmLine
from bot.domain.alarm import AlarmTest, Break, Reason
from bot.domain.ids import HOUR

TESTED = replace(NO_ALARM, test=AlarmTest(id="t1", made_at=NOW, asked_by="schedule"))
BROKEN = Break(began_at=NOW - HOUR, reason=Reason.NOT_TAKEN)


async def test_every_page_says_that_alerts_reach_nobody(house):
    await house.sign_in()
    house.desk.alarm_view = replace(TESTED, broken=BROKEN)

    for path in ("/desk", CASE, "/desk/lines"):
        _, text, _ = await house.see(path)
        assert "Alerts reach nobody's phone since 13:13." in text
        assert 'data-broken="1"' in text


async def test_nothing_is_said_while_alerts_reach_people(house):
    await house.sign_in()
    house.desk.alarm_view = TESTED

    _, text, _ = await house.see("/desk")

    assert "Alerts reach nobody" not in text
    assert "It reaches me" not in text
    assert 'data-broken="0"' in text


async def test_a_worker_answers_the_test_at_the_desk(house):
    await house.sign_in()
    house.desk.alarm_view = replace(TESTED, must_answer=True)
    _, text, _ = await house.see("/desk")
    assert "It reaches me" in text

    status, _ = await house.send("/desk/alarm/t1/answer")

    assert status == 303
    assert house.desk.answered == [(WU.name, "t1")]


async def test_a_supervisor_sees_who_answers_and_a_worker_does_not(house):
    line = AlarmLine(
        name="Silent", taken_at=None, has_address=True, answered_at=None, is_silent=True
    )
    house.desk.alarm_view = replace(TESTED, lines=(line,))
    await house.sign_in()
    assert "Silent" not in (await house.see("/desk"))[1]

    await house.sign_in(LONG)
    _, text, _ = await house.see("/desk")

    assert "Silent" in text
    assert text.count('class="silent"') == 1


async def test_an_open_page_is_noted_as_somebody_at_the_desk(house):
    await house.sign_in()

    async with house.http.get(f"{house.address}/desk/live") as line:
        await line.content.readline()

    assert house.staff.at_desk == [WU.id]


class RingingList(list):
    """Something happens whenever something is added."""

    def __init__(self, bell):
        super().__init__()
        self.bell = bell

    def append(self, item):
        super().append(item)
        self.bell.ring()


async def test_what_happens_while_a_page_is_being_noted_is_told_at_once(house):
    await house.sign_in()
    house.staff.at_desk = RingingList(house.desk.bell)

    async with house.http.get(f"{house.address}/desk/live") as line, asyncio.timeout(PULSE - 1):
        events = [await line.content.readuntil(b"\n\n") for _ in range(2)]

    assert [event.partition(b"\n")[0] for event in events] == [b"event: still", b"event: changed"]


@pytest.mark.long
async def test_a_break_shows_and_counts_on_a_page_that_is_open(house, browser: Browser):
    page = await browser.new_page(locale="en-GB", viewport={"width": 320, "height": 640})
    house.staff.links["night"] = WU
    await page.goto(f"{house.origin}/desk/sign-in/night")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page).to_have_title("(3) Desk")
    await expect(page.locator("#live")).to_have_text("Live")

    house.desk.alarm_view = replace(TESTED, broken=BROKEN, must_answer=True)
    house.desk.bell.ring()

    await expect(page.locator(".alarm-broken")).to_contain_text("Stay at this page")
    await expect(page).to_have_title("(4) Desk")
    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    await page.goto(house.origin + CASE)
    await expect(page.locator(".alarm-broken")).to_be_visible()
    await expect(page.locator(".alarm-test")).to_be_hidden()
    await page.goto(f"{house.origin}/desk")
    await page.get_by_role("button", name="It reaches me").click()
    await expect(page.get_by_role("button", name="It reaches me")).to_have_count(0)
