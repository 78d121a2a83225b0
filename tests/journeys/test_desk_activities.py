"""The desk's pages of activities, on a running Lantern: with a browser, and form by form."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from journeys.web_visitor import Visitor
from playwright.async_api import Browser, expect
from running import running

from bot.desk.activities import ActivityDesk
from bot.domain.ids import DAY, HOUR, MINUTE, ActivityId

pytestmark = pytest.mark.rare
"""A browser is started for each of them."""

KAILI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
async def run(tmp_path):
    async with running(tmp_path, ahead=until_daytime()) as run:
        yield run


@pytest.fixture
async def page(run, browser: Browser):
    page = await browser.new_page(locale="en-GB", viewport={"width": 390, "height": 844})
    await sign_in(run, page, "Wang Min")
    return page


@pytest.fixture
async def visitor(run):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=run.address)
        await visitor.opens()
        await visitor.hears("Who is writing?")
        await visitor.answers(
            ("2", "What would you like to do?"), ("learn", "What would you like?")
        )
        yield visitor


async def sign_in(run, page, name):
    worker = await run.add_worker(name)
    token = await run.staff.invite(worker.id)
    await page.goto(f"{run.address}/desk/sign-in/{token}")
    await page.get_by_role("button", name="Sign in").click()


async def when_it_has_begun(run, page):
    """Three days later somebody signs in again and opens the same activity."""
    activity = page.url
    run.clock.advance(3 * DAY + 5 * HOUR)
    await sign_in(run, page, "Pan Ying")
    await page.goto(activity)


def until_daytime():
    """Microseconds until it is ten in the morning in Kaili: nothing is silent then."""
    now = datetime.now(KAILI)
    ten = now.replace(hour=10, minute=0)
    return ((ten - now) % timedelta(days=1)) // timedelta(microseconds=1)


def in_days(days, hour=14):
    moment = datetime.now(KAILI) + timedelta(days=days)
    return moment.replace(hour=hour, minute=0).strftime("%Y-%m-%dT%H:%M")


async def fill(page, *, title="Parents' class", places="2", days=3):
    await page.get_by_label("Title").fill(title)
    await page.get_by_label("For whom").select_option("parents")
    await page.get_by_label("Day and time").fill(in_days(days))
    await page.get_by_label("Place", exact=True).fill("Village hall, Wanchao")
    await page.get_by_label("How many places").fill(places)
    await page.get_by_role("button", name="Keep it").click()


async def publish(page, **more):
    await page.get_by_role("link", name="Activities").click()
    await page.get_by_role("link", name="New activity").click()
    await fill(page, **more)
    await page.get_by_role("button", name="Publish").click()


async def test_a_worker_publishes_a_class_a_family_signs_up_and_attendance_is_ticked(
    run, page, visitor
):
    await page.get_by_role("link", name="Activities").click()
    await page.get_by_role("link", name="New activity").click()
    await fill(page)
    await expect(page.get_by_role("status").last).to_contain_text("kept as a draft")
    await visitor.taps("Activities near you")
    await visitor.hears("Nothing is planned at the moment.")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.locator(".done")).to_have_text("The activity is published.")

    await visitor.taps("Activities near you")
    await visitor.hears("Parents' class (for parents)")
    await visitor.answers(
        ("1", "How many of you would come?"),
        ("2", "What shall we call you there?"),
        ("Auntie Yang", "May we write to you here"),
    )
    await visitor.taps("Yes")
    await visitor.hears("You have signed up, for 2 in all.")
    await page.reload()

    await expect(page.get_by_role("row", name="Auntie Yang")).to_contain_text("2")
    await expect(page.get_by_text("Who came can be noted once it has begun")).to_be_visible()
    await expect(page.get_by_role("checkbox")).to_have_count(0)
    await when_it_has_begun(run, page)
    await page.get_by_role("checkbox").check()
    await page.get_by_label("How many came without").fill("1")
    await page.get_by_role("button", name="Keep the attendance").click()
    await expect(page.locator(".done")).to_have_text("The attendance is kept.")
    await page.get_by_role("link", name="All activities").click()
    await expect(page.locator("dl")).to_contain_text(re.compile(r"People who came, in all\s*3"))


async def test_attendance_of_what_was_put_off_meanwhile_is_refused_with_the_time(run, page):
    await publish(page)
    await when_it_has_begun(run, page)
    colleague = await run.add_worker("Long")
    desk, id_ = ActivityDesk(run.lantern.house), ActivityId(page.url.split("?")[0].split("/")[-1])
    found = await desk.find(id_)
    plan = replace(found.plan, starts_at=found.plan.starts_at + 2 * DAY)
    await desk.change(colleague, id_, plan, version=found.version)

    await page.get_by_role("button", name="Keep the attendance").click()

    refused = page.get_by_role("alert").filter(has_text="Who came can be noted once it has begun")
    await expect(refused).to_contain_text(re.compile(r"from .* on\."))


async def test_a_cancelled_class_is_asked_about_once_more_and_the_family_is_told(page, visitor):
    await publish(page)
    await visitor.taps("Activities near you")
    await visitor.answers(
        ("1", "How many of you"), ("1", "call you there?"), ("skip", "May we write to you here")
    )
    await visitor.taps("Yes")
    await visitor.hears("You have signed up")

    cancel = page.get_by_role("button", name="Cancel the activity")
    await cancel.click()
    await expect(page.get_by_role("alert")).to_contain_text("Cancel this activity?")
    assert (await page.reload()).request.method == "GET"
    await cancel.click()
    await page.get_by_role("button", name="Yes, cancel it").click()

    await expect(page.locator(".status")).to_have_text("Cancelled")
    await visitor.hears("this does not take place")


async def test_whoever_may_not_be_written_to_is_named_before_a_class_is_cancelled(page, visitor):
    await publish(page)
    await visitor.taps("Activities near you")
    await visitor.answers(
        ("1", "How many of you"), ("1", "call you there?"), ("Auntie Yang", "May we write to you")
    )
    await visitor.taps("No, do not write")
    await visitor.hears("You have signed up")

    await page.get_by_role("button", name="Cancel the activity").click()

    await expect(page.get_by_role("row", name="Auntie Yang")).to_contain_text("cannot be written")
    await expect(page.get_by_text("Lantern cannot write to 1 of those")).to_be_visible()


async def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(run, page):
    await page.goto(f"{run.address}/desk/activities/new")

    await page.evaluate("document.querySelector('main form').noValidate = true")
    await fill(page, places="0")

    await expect(page.locator("#fault-places")).to_contain_text("how many places")
    await expect(page.get_by_label("Title")).to_have_value("Parents' class")
    await expect(page).to_have_url(f"{run.address}/desk/activities/new")
    assert (await page.reload()).request.method == "GET"


async def test_a_time_that_is_over_cannot_be_published(run, page):
    await page.goto(f"{run.address}/desk/activities/new")
    await fill(page, days=-3)
    await page.get_by_role("button", name="Publish").click()

    await expect(page.locator(".fault")).to_contain_text("still to come")


async def test_an_activity_is_changed_and_what_a_colleague_changed_first_wins(run, page):
    await publish(page, title="Drawing")
    address = page.url.partition("?")[0]
    await page.get_by_role("link", name="Change").click()
    await page.get_by_label("Title").fill("Drawing together")
    colleague = await run.add_worker("Long")
    desk, id_ = ActivityDesk(run.lantern.house), ActivityId(address.rpartition("/")[2])
    found = await desk.find(id_)
    plan = replace(found.plan, title="Singing")
    await desk.change(colleague, id_, plan, version=found.version)

    await page.get_by_role("button", name="Keep it").click()

    await expect(page.get_by_role("status").last).to_contain_text("changed this activity first")
    await expect(page.locator("h1")).to_have_text("Singing")


async def test_nobody_sees_activities_without_signing_in_and_what_is_not_there_is_said(run, page):
    async with aiohttp.ClientSession() as http:
        for path in ("/desk/activities", "/desk/activities/new", "/desk/activities/x"):
            async with http.get(run.address + path) as answer:
                assert answer.status == 401
        async with http.post(f"{run.address}/desk/activities", data={}) as answer:
            assert answer.status == 403
    response = await page.goto(f"{run.address}/desk/activities/none")
    assert response.status == 404


async def test_the_pages_fit_the_smallest_telephone(run, page):
    await publish(page, title="一" * 60)
    await page.set_viewport_size({"width": 320, "height": 640})

    for path in (page.url, f"{run.address}/desk/activities", f"{run.address}/desk/activities/new"):
        await page.goto(path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_on_the_page_a_reminder_waits_until_it_is_opened(run, page, visitor):
    await publish(page, days=3)
    await visitor.taps("Activities near you")
    await visitor.answers(
        ("1", "How many of you"), ("1", "call you there?"), ("skip", "May we write to you here")
    )
    await visitor.taps("Yes")
    await visitor.hears("You have signed up")

    day_before = datetime.fromisoformat(in_days(2)).replace(tzinfo=KAILI)
    run.clock.advance(int(day_before.timestamp() * 1_000_000) - run.clock() + MINUTE)
    run.lantern.house.bell.ring("timers")

    await visitor.hears("Coming up soon:")
