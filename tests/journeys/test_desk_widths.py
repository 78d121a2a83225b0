"""No page of the desk is wider than its window, from the smallest telephone to a computer."""

from collections.abc import Iterator

import pytest
from journeys.lives import open_town
from playwright.async_api import Browser, Page

from bot.desk.activities import ActivityDesk
from bot.domain.activity import Audience, Plan
from bot.domain.ids import DAY, HOUR
from bot.domain.worker import Role

pytestmark = pytest.mark.rare
"""A browser is started for it."""

WIDTHS = (320, 360, 390, 430, 600, 768, 831, 832, 840, 960, 1023, 1024, 1180, 1280)
LANGUAGES = {"en": "Wilhelmina Oppenheimer", "zh_CN": "欧阳菲菲"}
LONG = "he hits me with a belt and i bled and i hid in the closet " + "x" * 90
OPEN_ALL = (
    "() => document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
)
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && !each.closest(".wide-table, .unseen, .skip"))
    .map((each) => [each.getBoundingClientRect(), each])
    .filter(([box]) => box.right > innerWidth + 1 || box.left < -1)
    .map(([box, each]) => `${each.tagName}.${each.className} ${box.left}-${box.right}`)
    .slice(0, 3)"""
COVERED = """() => [...document.querySelectorAll(".case, .head-line")].flatMap((row) => {
    const said = ".level, .cell-code a, .cell-code small, .left, .status, h1";
    const words = [...row.querySelectorAll(said)]
        .filter((each) => each.checkVisibility()).flatMap((each) => [...each.getClientRects()]);
    return words.filter((one) => words.some((two) => one !== two && one.left < two.right - 1
        && two.left < one.right - 1 && one.top < two.bottom - 1 && two.top < one.bottom - 1))
        .map((box) => `${row.id || row.className} ${box.left}-${box.right}`);
}).slice(0, 3)"""
ROWS_ABOVE = """() => {
    const parts = document.querySelectorAll(".top :is(a, button, summary):not(.pressing)");
    const boxes = [...parts].filter((each) => each.checkVisibility())
        .map((each) => each.getBoundingClientRect()).sort((a, b) => a.top - b.top);
    let rows = 0, end = -1;
    for (const box of boxes) if (box.top + box.height / 2 > end) { rows += 1; end = box.bottom; }
    return rows; }"""


async def test_no_page_is_wider_than_its_window_and_the_top_takes_two_rows(tmp_path, browser):
    async with open_town(tmp_path) as town:
        case = await left_lying(town)
        activity = await planned(town)
        found = []
        for language, name in LANGUAGES.items():
            worker = await town.run.add_worker(name, role=Role.SUPERVISOR, language=language)
            page = await signs_in(browser, town.run, worker)
            for path in pages_of(case, activity):
                found += await too_wide(page, f"{town.run.address}{path}")

    assert found == []


async def left_lying(town):
    """A case that its owner lets lie until others are called, beside some that nobody has yet."""
    for words in (LONG, "i want to die", "talk to a person", "my dad hits me"):
        person = town.contact()
        await person.writes(words)
        await person.hears("")
        if words == "i want to die":
            await answered(town, person)
    await town.quiet()
    case = (await town.case_of(person)).line.id
    owner = await town.run.add_worker("Annemarie Schwarzenbach-Fischer")
    await town.run.desk.claim(owner, case)
    await town.run.desk.read(owner, case)
    for time in (50 * HOUR, HOUR, HOUR):
        town.later(time)
        await town.run.lantern.watch.look()
        await town.quiet()
    assert (await town.run.desk.line(town.watcher, case)).may_take_over
    return case


async def answered(town, person):
    """An emergency that waits for its contact: few levels and states have longer words."""
    await town.quiet()
    line = (await town.case_of(person)).line
    taken = await town.run.desk.claim(town.watcher, line.id)
    await town.run.desk.answer(town.watcher, line.id, "I am here.", version=taken.version)


async def planned(town):
    """An activity with the longest names that it can have."""
    plan = Plan(
        audience=Audience.CHILDREN,
        title="x" * 60,
        venue="x" * 120,
        details="x" * 300,
        starts_at=town.run.clock() + 3 * DAY,
        places=2,
    )
    return await ActivityDesk(town.run.lantern.house).make(town.watcher, plan)


async def signs_in(browser: Browser, run, worker) -> Page:
    page = await browser.new_page()
    token = await run.staff.invite(worker.id)
    await page.goto(f"{run.address}/desk/sign-in/{token}")
    await page.locator("form button.primary").click()
    return page


def pages_of(case, activity) -> Iterator[str]:
    """Every page that has an address of its own."""
    yield from ("/desk", "/desk?show=unclaimed", "/desk?show=mine", "/desk?show=closed")
    yield from (f"/desk/cases/{case}", f"/desk/cases/{case}/deeds", "/desk/find", "/desk/duty")
    yield from ("/desk/numbers", "/desk/numbers?by=month", "/desk/handbook", "/desk/helplines")
    yield from ("/desk/activities", "/desk/activities/new", f"/desk/activities/{activity}")
    yield from (f"/desk/activities/{activity}/edit", "/desk/nothing", "/desk/sign-in/used-up")


async def too_wide(page: Page, address: str) -> list[str]:
    """What at *address* is wider than the window, or takes more than two rows at the top."""
    found = []
    await page.set_viewport_size({"width": WIDTHS[0], "height": 700})
    await page.goto(address)
    await page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 700})
        wide = await page.evaluate("document.documentElement.scrollWidth")
        parts = await page.evaluate(TOO_WIDE)
        if wide > width or parts:
            found.append(f"{width}: {wide} {page.url} {parts}")
        if covered := await page.evaluate(COVERED):
            found.append(f"{width}: words lie over each other at {page.url} {covered}")
        if (rows := await page.evaluate(ROWS_ABOVE)) > 2:
            found.append(f"{width}: {rows} rows above {page.url}")
    return found
