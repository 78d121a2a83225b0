"""The page "How it works": in a worker's language, by what is set here, a step from every page."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
import pytest_asyncio
from away import is_impatient, locked
from journeys.reading_desk import csrf_of, signed_in
from playwright.async_api import expect
from running import running, the_book

from bot.building import ALARM, LEVELS
from bot.content import content_root, directory_texts, read_content
from bot.directory.read import read_directory
from bot.domain.worker import Role
from bot.handbook.read import read_handbook
from bot.triage.alarm import read_alarm
from bot.triage.levels import read_levels

HANDBOOK = "/desk/handbook"
LINK = f'href="{HANDBOOK}"'
HINT = "Do not show this again"
HAN = re.compile(r"[一-鿿]")


@pytest_asyncio.fixture
async def town(tmp_path):
    async with running(tmp_path) as run:
        yield SimpleNamespace(run=run)


async def test_whoever_is_new_is_pointed_there_until_they_have_looked(town):
    worker = await town.run.add_worker("Wu")
    async with signed_in(town, worker) as fetch:
        assert HINT in await fetch("/desk")
        assert HINT in await fetch("/desk")
        assert "How it works" in await fetch(HANDBOOK)
        assert HINT not in await fetch("/desk")
    async with signed_in(town, worker) as fetch:
        assert HINT not in await fetch("/desk")
    async with signed_in(town, await town.run.add_worker("Long")) as fetch:
        assert HINT in await fetch("/desk")


async def test_where_nothing_can_be_written_it_is_shown_all_the_same(town):
    worker = await town.run.add_worker("Wu")
    async with signed_in(town, worker) as fetch:
        await is_impatient(town.run)
        async with locked(town.run):
            assert "How it works" in await fetch(HANDBOOK)
        assert HINT in await fetch("/desk")
        assert "How it works" in await fetch(HANDBOOK)
        assert HINT not in await fetch("/desk")


async def test_whoever_puts_the_hint_away_does_not_see_it_again(town):
    async with signed_in(town, await town.run.add_worker("Wu", language="zh_CN")) as fetch:
        page = await fetch("/desk")
        assert "不再显示" in page
        await fetch(f"{HANDBOOK}/put-away", data={}, status=403)
        after = await fetch(f"{HANDBOOK}/put-away", data={"csrf": csrf_of(page)})
        assert "不再显示" not in after
        assert LINK in after


async def test_every_page_of_the_desk_leads_there(town):
    boss = await town.run.add_worker("Boss", role=Role.SUPERVISOR)
    pages = ("", "/activities", "/activities/new", "/helplines", "/numbers", "/duty", "/find")
    async with signed_in(town, boss) as fetch:
        for page in (*pages, "/handbook"):
            assert LINK in await fetch(f"/desk{page}")
        assert LINK in await fetch("/desk/cases/nothing", status=404)


async def test_nobody_reads_it_without_signing_in(town):
    async with signed_in(town, await town.run.add_worker("Wu")) as fetch:
        page = await fetch(HANDBOOK)
        await fetch("/desk/sign-out", data={"csrf": csrf_of(page)})
        await fetch(HANDBOOK, status=401)


async def test_its_times_safe_words_and_tests_are_those_that_are_set(tmp_path, own):
    own_copy(own, "flows/triage/levels.yaml", ("after: 10 minutes", "after: 11 minutes"))
    own_copy(own, "flows/triage/alarm.yaml", ("taken_within: 2 ", "taken_within: 23 "))
    words = (("the lamp is on", "blue kite"), ("小橘灯亮了", "风筝飞了"))
    own_copy(own, "flows/directory/organisation.yaml", *words)

    english = await the_page(tmp_path, own, "en", heartbeat="mon-fri 07:15")
    chinese = await the_page(tmp_path, own, "zh_CN", heartbeat="mon-fri 07:15")

    english = english.replace("\N{NO-BREAK SPACE}", " ")
    for told in ("after 11 min", "within 23 min", "blue kite", "07:15 (Monday to Friday)"):
        assert told in english
    for told in ("11分钟后", "23分钟内", "风筝飞了", "星期一到星期五的07:15"):
        assert told in chinese
    assert "after 10 min" not in english
    assert "10分钟后" not in chinese


async def test_an_organisation_tells_it_in_its_own_words_and_says_who_reviewed_them(tmp_path, own):
    own_copy(own, "locales/en/desk/handbook.md", ("### At the desk", "### In our office"))
    own_copy(own, "flows/desk/handbook.yaml", ("by: author", "by: social_worker"))

    page = await the_page(tmp_path, own, "en")

    assert "In our office" in page
    assert "Reviewed by a social worker on 2026-11-30." in page
    assert "No social worker has reviewed" not in page


async def test_where_no_safe_word_is_set_and_no_test_goes_out_that_is_said(tmp_path, own):
    own_copy(own, "flows/directory/organisation.yaml", ("safe_words: {", "# safe_words: {"))

    page = await the_page(tmp_path, own, "en", heartbeat="off")

    assert "Your organisation has set no safe word." in page
    assert "Here no test of the alarm goes out by itself." in page


def own_copy(own, name, *changes):
    """Write Lantern's file *name* into the folder *own*, changed."""
    text = (content_root() / name).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (own / name).parent.mkdir(parents=True, exist_ok=True)
    (own / name).write_text(text, "utf-8")


async def the_page(folder, own, language, *, heartbeat="08:30"):
    """The page as a worker reads it where the organisation's folder is *own*."""
    content = read_content(own)
    directory = read_directory(directory_texts(content))
    book = replace(
        the_book(),
        directory=directory,
        handbook=read_handbook(content.texts, directory),
        levels=read_levels(content.text(LEVELS), LEVELS),
        alarm=read_alarm(content.text(ALARM), ALARM),
    )
    async with running(folder, book=book, LANTERN_HEARTBEAT=heartbeat) as run:
        worker = await run.add_worker(f"Reader {language}", language=language)
        async with signed_in(SimpleNamespace(run=run), worker) as fetch:
            return await fetch(HANDBOOK)


@pytest.mark.rare
@pytest.mark.parametrize(
    ("language", "title", "review", "other"),
    [
        ("zh_CN", "怎么用", "还没有社工审阅过", "English"),
        ("en", "How it works", "No social worker has reviewed these words yet", "中文"),
    ],
)
async def test_it_is_read_in_a_browser_on_a_telephone_a_computer_and_paper(  # noqa: PLR0917
    town, browser, language, title, review, other
):
    worker = await town.run.add_worker("Wu", language=language, role=Role.SUPERVISOR)
    token = await town.run.staff.invite(worker.id)
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    problems = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    await page.goto(f"{town.run.address}/desk/sign-in/{token}")
    await page.locator("form button.primary").click()
    await page.locator(".welcome a").click()

    await expect(page.locator("h1")).to_have_text(title)
    await expect(page.locator(".reviewed")).to_contain_text(review)
    contents = page.locator(".contents a")
    sections = page.locator("section.handbook")
    assert await contents.count() == await sections.count() > 15
    for place in range(await contents.count()):
        address = await contents.nth(place).get_attribute("href")
        await expect(page.locator(address).locator("h2")).to_have_text(
            await contents.nth(place).inner_text()
        )
    await contents.last.click()
    await expect(sections.last.locator("h2")).to_be_in_viewport()
    text = await page.locator("main").inner_text()
    assert not re.findall(r"\{\w+\}|\*\*|level_|_within", text)
    if language == "en":
        assert not HAN.search(text.replace("小橘灯亮了", ""))
    else:
        assert not re.findall(r"[A-Za-z]{3,} [a-z]{3,}", text.replace("the lamp is on", ""))
    for width in (320, 390, 1280):
        await page.set_viewport_size({"width": width, "height": 844})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await page.emulate_media(media="print")
    await expect(page.locator("section.handbook").first).to_be_visible()
    await expect(page.locator("nav").first).to_be_hidden()
    await expect(page.get_by_text("小橘灯亮了")).to_be_hidden()
    await expect(page.locator(".print-only")).to_be_visible()
    await page.emulate_media(media="screen")
    await page.get_by_role("button", name=other).click()
    await expect(page.locator("h1")).not_to_have_text(title)
    assert page.url.endswith(HANDBOOK)
    assert problems == []
