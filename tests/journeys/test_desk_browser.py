"""The desk's pages in a real browser, on a telephone's screen."""

from dataclasses import replace

import pytest
import pytest_asyncio
from journeys.desk_house import CASE, EMERGENCY, House
from journeys.desk_stand_in import LONG, TELLING, WU
from playwright.async_api import Browser, Page, expect

from bot.domain.worker import Role, Worker

pytestmark = pytest.mark.long
"""A browser is started for each of them."""


@pytest_asyncio.fixture
async def page(house: House, browser: Browser) -> Page:
    return await _signed_in(house, browser)


async def _signed_in(house: House, browser: Browser, worker: Worker = WU, **options: bool) -> Page:
    page = await browser.new_page(locale="en-GB", viewport={"width": 390, "height": 844}, **options)
    house.staff.links["night"] = worker
    await page.goto(f"{house.origin}/desk/sign-in/night")
    await page.get_by_role("button", name="Sign in").click()
    return page


async def test_a_worker_takes_a_case_reads_it_and_answers(house, page):
    await expect(page).to_have_title("(3) Desk")
    await page.get_by_role("button", name="I have it: L-0042").click()
    await expect(page.locator("mark").first).to_have_text("用皮带")
    await expect(page.locator(".entry-said .entry-text").first).to_have_text(TELLING)

    await page.get_by_role("textbox", name="Answer").fill("I am here.")
    await page.get_by_role("button", name="Send").click()

    await expect(page.locator(".entry-worker")).to_contain_text("I am here.")
    assert house.desk.cases[EMERGENCY].entries[-1].kind == "worker"
    await expect(page.locator("#sent")).to_have_text("Your answer is sent.")
    await expect(page.locator("#answer")).to_be_focused()
    await page.reload()
    await expect(page.locator("#live")).to_have_text("Live")
    await expect(page.locator("#sent")).to_be_empty()


NAMES = """() => [...document.querySelectorAll("main button, main a, main summary")]
    .map((one) => [one, one.getAttribute("aria-labelledby")?.split(" ")])
    .map(([one, ids]) => `${(ids?.map((id) => document.getElementById(id).textContent).join(" ")
        || one.ariaLabel || one.textContent).trim()} (${one.localName})`)"""


async def test_no_two_things_to_press_have_the_same_name(house, page):
    await house.take()
    await page.goto(house.origin + CASE)

    names = await page.evaluate(NAMES)

    assert {"Go on: Hand over (button)", "Note it: What follows (button)"} <= set(names)
    assert sorted(names) == sorted(set(names))


async def test_what_others_do_shows_without_loading_the_page_again(house, page):
    await expect(page.locator("#live")).to_have_text("Live")
    await house.take(LONG)

    await expect(page.locator("#case-c42 .cell-owner")).to_have_text("龙")
    await expect(page).to_have_title("(2) Desk")


async def test_what_stays_the_same_is_not_read_out_again_and_the_keyboard_stays_where_it_is(
    house, page
):
    await expect(page.locator("#live")).to_have_text("Live")
    await page.evaluate("document.querySelector('p.alarm').isTheFirst = true")
    last = house.desk.cases["c31"]
    for count, name in enumerate(("Unclaimed 3", "Open L-0031", "L-0031"), start=7):
        link = page.get_by_role("link", name=name, exact=True)
        await link.focus()
        house.desk.cases["c31"] = replace(last, line=replace(last.line, unread=count))
        house.desk.bell.ring()
        await expect(page.locator("#case-c31 .unread")).to_have_text(f"{count} new")
        await expect(link).to_be_focused()

    assert await page.evaluate("document.querySelector('p.alarm').isTheFirst")


async def test_new_words_arrive_while_the_answer_stays_as_typed(house, page):
    await page.get_by_role("button", name="I have it: L-0042").click()
    await expect(page.locator("#live")).to_have_text("Live")
    await page.get_by_role("textbox", name="Answer").fill("half an answ")
    house.desk.hear(EMERGENCY, "他回来了")

    await expect(page.locator(".entry-said").last).to_contain_text("他回来了")
    await expect(page.get_by_role("textbox", name="Answer")).to_have_value("half an answ")
    version = page.locator("form[action$='/answer'] input[name=version]")
    await expect(version).to_have_value(str(house.desk.cases[EMERGENCY].line.version))


RECORD = """() => { window.heard = []; new MutationObserver(() => {
    window.heard.push(document.getElementById("heard").textContent);
}).observe(document.getElementById("heard"), { childList: true }); }"""


async def test_new_words_are_said_once_to_whoever_only_listens(house, page):
    await page.get_by_role("button", name="I have it: L-0042").click()
    await expect(page.locator("#live")).to_have_text("Live")
    await page.evaluate(RECORD)
    await page.evaluate("document.querySelector('.entry').isTheFirst = true")
    house.desk.hear(EMERGENCY, "他回来了")
    await expect(page.locator(".entry-said").last).to_contain_text("他回来了")
    case = house.desk.cases[EMERGENCY]
    house.desk.cases[EMERGENCY] = replace(case, is_quiet=True)
    house.desk.hear(EMERGENCY, "我怕")
    await expect(page.locator("#quiet")).to_be_visible()

    said = "The contact, word for word:"
    assert await page.evaluate("window.heard") == [f"{said} 他回来了", f"{said} 我怕"]
    assert await page.evaluate("document.querySelector('.entry').isTheFirst")
    await expect(page.locator("#heard")).to_have_attribute("role", "status")


async def test_a_safe_word_that_comes_while_the_answer_is_typed_stands_over_it_at_once(house, page):
    await page.get_by_role("button", name="I have it: L-0042").click()
    await expect(page.locator("#live")).to_have_text("Live")
    box = page.get_by_role("textbox", name="Answer")
    await box.fill("Does he still hit you?")
    await expect(page.locator("#quiet")).to_have_count(0)
    case = house.desk.cases[EMERGENCY]
    house.desk.cases[EMERGENCY] = replace(case, is_quiet=True)
    house.desk.hear(EMERGENCY, "the lamp is on")

    await expect(page.locator("#quiet")).to_be_visible()
    await expect(box).to_have_value("Does he still hit you?")
    await page.locator("#reply").get_by_role("button", name="Go on").click()
    await expect(page.get_by_role("heading", name="Is it safe to write now?")).to_be_visible()


async def alone(house, page):
    """Take the case, and leave its page open for ten minutes."""
    await page.clock.install()
    await page.goto(house.origin + CASE)
    await page.get_by_role("button", name="I have it").click()
    await expect(page.locator("#live")).to_have_text("Live")
    await page.clock.fast_forward("10:00")
    await expect(page.locator("#live")).to_have_text("Live")


async def test_a_page_with_nobody_before_it_reads_no_new_words_until_a_hand_asks_for_them(
    house, page
):
    await alone(house, page)
    stayed = list(house.staff.stayed)
    house.desk.hear(EMERGENCY, "他回来了")

    await expect(page.locator("#news")).to_be_visible()
    await expect(page.locator("#log")).not_to_contain_text("他回来了")
    assert house.desk.cases[EMERGENCY].line.unread == 1
    assert house.staff.stayed == stayed

    await page.locator("#news").get_by_role("button", name="Show it").click()
    await expect(page.locator("#log")).to_contain_text("他回来了")
    assert house.desk.cases[EMERGENCY].line.unread == 0
    await expect(page.locator("#news")).to_be_hidden()


@pytest.mark.parametrize("hand", ["key", "pointer", "wheel"])
async def test_whoever_moves_a_hand_again_is_shown_what_is_new_at_once(house, page, hand):
    await alone(house, page)
    house.desk.hear(EMERGENCY, "他回来了")
    await expect(page.locator("#news")).to_be_visible()

    match hand:
        case "key":
            await page.keyboard.press("Shift")
        case "pointer":
            await page.mouse.move(50, 60)
        case "wheel":
            await page.mouse.wheel(0, 50)
            await page.wait_for_function("scrollY > 0")
    house.desk.hear(EMERGENCY, "我怕")

    await expect(page.locator("#log")).to_contain_text("我怕")
    assert house.desk.cases[EMERGENCY].line.unread == 0


async def test_a_photo_is_fetched_only_when_somebody_asks_for_it(house, page):
    await page.goto(house.origin + CASE)
    await expect(page.locator("#live")).to_have_text("Live")
    assert house.desk.opened == []

    await page.get_by_role("link", name="Show the photo").click()
    await expect(page.locator(".file img")).to_be_visible()
    assert house.desk.opened == ["f1"]


async def test_the_page_says_that_it_no_longer_rings_when_the_session_ends(house, page):
    await expect(page.locator("#live")).to_have_text("Live")
    house.staff.sessions.clear()
    house.desk.bell.ring()

    await expect(page.locator("#live")).to_contain_text("This page no longer rings")


async def test_the_page_says_that_it_is_not_live_when_the_line_is_cut(page):
    await expect(page.locator("#live")).to_have_text("Live")
    await page.context.set_offline(True)

    await expect(page.locator("#live")).to_contain_text("Not live since")


async def test_a_page_without_cases_counts_and_names_what_is_pressing_too(house, page):
    await page.goto(house.origin + "/desk/cases/none")
    await expect(page.locator("#live")).to_have_text("Live")
    await expect(page).to_have_title("(3) Desk")
    await expect(
        page.get_by_role("link", name="3 pressing cases that nobody has yet (emergencies: 1)")
    ).to_be_visible()

    await house.take(LONG)
    await expect(page).to_have_title("(2) Desk")
    await page.get_by_role("link", name="2 pressing cases").click()

    await expect(page.get_by_role("heading", name="Cases")).to_be_visible()
    await expect(page.locator("#pressing")).to_be_hidden()


async def test_the_page_of_a_case_names_what_else_is_pressing(house, page):
    await page.get_by_role("button", name="I have it: L-0042").click()
    await expect(page.locator("#live")).to_have_text("Live")
    house.desk.bell.ring()

    await expect(page.locator("#pressing")).to_have_text("2 pressing cases that nobody has yet")


async def test_the_sound_is_on_only_after_it_was_turned_on(page):
    sound = page.locator("#sound")
    await expect(sound).to_have_attribute("aria-pressed", "false")
    await sound.click()

    await expect(sound).to_have_attribute("aria-pressed", "true")


async def test_the_page_breaks_none_of_its_own_rules(house, page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    await page.goto(house.origin + CASE)
    await expect(page.locator("#live")).to_have_text("Live")

    assert said == []
    assert await page.title() == "(3) L-0042 · Desk"


async def test_everything_works_without_scripts(house, browser):
    page = await _signed_in(house, browser, java_script_enabled=False)
    await page.get_by_role("button", name="I have it: L-0042").click()
    await page.get_by_role("textbox", name="Note for colleagues").fill("called the station")
    await page.get_by_role("button", name="Add the note").click()

    await expect(page.locator(".entry-note").last).to_contain_text("called the station")


async def begun(house, page, *, text="half an answ"):
    """Take the case, and begin an answer to it."""
    if house.desk.cases[EMERGENCY].line.owner is None:
        await house.take()
    await page.goto(house.origin + CASE)
    box = page.get_by_role("textbox", name="Answer")
    await box.fill(text)
    return box


async def kept(page):
    return await page.evaluate(
        "Object.keys(sessionStorage).filter(key => key.startsWith('draft '))"
    )


async def test_what_is_half_written_is_there_again_wherever_one_went_meanwhile(house, page):
    box = await begun(house, page)
    await page.get_by_text("Hand over", exact=True).click()
    summary = page.get_by_role("textbox", name="What they must know")
    await summary.fill("He hides.")

    await page.reload()
    await expect(box).to_have_value("half an answ")
    await expect(summary).to_be_visible()
    await page.get_by_role("link", name="All cases").click()
    await page.get_by_role("link", name="L-0040").first.click()
    await expect(page.get_by_role("textbox", name="Note for colleagues")).to_have_value("")
    await page.goto(house.origin + CASE)
    await page.locator("#more summary").click()
    await page.get_by_role("button", name="中文").click()
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")

    await expect(page.locator("#answer")).to_have_value("half an answ")
    await expect(page.locator("#summary")).to_have_value("He hides.")


async def test_what_was_sent_is_kept_no_longer_and_what_was_refused_is(house, page):
    box = await begun(house, page)
    await page.get_by_role("textbox", name="Note for colleagues").fill("called the station")
    house.desk.is_away = True
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("heading", name="cannot reach its records")).to_be_visible()
    house.desk.is_away = False
    await page.goto(house.origin + CASE)
    await expect(box).to_have_value("half an answ")

    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".entry-worker")).to_contain_text("half an answ")
    assert page.url == f"{house.origin}{CASE}#last"
    await expect(box).to_have_value("")
    assert await kept(page) == ["draft c42 note"]
    await house.desk.release(WU, EMERGENCY, version=house.desk.cases[EMERGENCY].line.version)
    await page.goto(f"{house.origin}/desk?done=released&of=c42")
    await expect(page).to_have_url(f"{house.origin}/desk?done=released")
    assert await kept(page) == []


async def test_nothing_half_written_is_left_for_whoever_sits_down_next(house, page):
    asked, answers = [], [False, True]

    async def answer(dialog):
        asked.append(dialog.message)
        await (dialog.accept() if answers.pop(0) else dialog.dismiss())

    page.on("dialog", answer)
    box = await begun(house, page)
    out = page.get_by_role("button", name="Sign out")
    await page.locator("#more summary").click()
    await out.click()
    await expect(box).to_have_value("half an answ")
    await out.click()
    await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert len(asked) == 2
    assert "would be gone" in asked[0]
    assert await kept(page) == []

    await page.evaluate("sessionStorage.setItem('draft c42 answer', 'of somebody else')")
    await page.evaluate("sessionStorage.setItem('whose drafts', 'w-long')")
    house.staff.links["again"] = WU
    await page.goto(f"{house.origin}/desk/sign-in/again")
    await page.get_by_role("button", name="Sign in").click()
    await page.goto(house.origin + CASE)
    await expect(box).to_have_value("")


async def test_what_is_half_written_goes_when_the_session_ends(house, page):
    box = await begun(house, page)
    await expect(page.locator("#live")).to_have_text("Live")
    assert await kept(page) == ["draft c42 answer"]
    house.staff.sessions.clear()
    house.desk.bell.ring()

    await expect(page.locator("#live")).to_contain_text("This page no longer rings")
    assert await kept(page) == []
    await box.press("x")
    assert await kept(page) == []


async def test_the_language_is_changed_where_one_is_and_stays(house, page):
    await page.goto(house.origin + CASE)
    await page.locator("#more summary").click()
    await page.get_by_role("button", name="中文").click()

    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert page.url == house.origin + CASE
    await page.goto(house.origin + "/desk")
    await page.locator("#more summary").click()
    await expect(page.get_by_role("button", name="English")).to_be_visible()


async def test_back_leads_from_what_was_done_to_where_one_was_and_asks_nothing(house, page):
    await house.take(LONG)
    case = house.desk.cases[EMERGENCY]
    house.desk.cases[EMERGENCY] = replace(case, line=replace(case.line, may_take_over=True))
    await page.goto(f"{house.origin}/desk?show=all")
    await page.get_by_role("button", name="I take it over: L-0042").click()
    await page.get_by_role("button", name="Yes, I take it").click()
    await expect(page.locator("#code")).to_have_text("L-0042")
    await page.go_back()
    await expect(page.get_by_role("heading", name="Cases")).to_be_visible()

    await page.goto(house.origin + CASE)
    await page.locator(".deeds summary", has_text="Give it back").click()
    await page.locator("form[action$='/release'] button").click()
    await page.get_by_role("button", name="Back, nothing happens").click()
    await expect(page).to_have_url(house.origin + CASE)
    await page.reload()
    await page.locator(".deeds summary", has_text="Give it back").click()
    await page.locator("form[action$='/release'] button").click()
    await page.get_by_role("button", name="Yes, give it back").click()
    await expect(page.get_by_role("heading", name="Cases")).to_be_visible()
    await page.go_back()
    await expect(page.locator("#code")).to_have_text("L-0042")


TOP = """() => [...document.querySelectorAll(".top a, .top button, .top summary")]
    .filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect())
    .map((each) => [each.top, each.width, each.height])"""


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", [Role.WORKER, Role.SUPERVISOR])
async def test_the_top_takes_two_rows_of_a_telephone_and_a_thumb_hits_all_of_it(
    house, browser, language, role
):
    page = await _signed_in(house, browser, replace(WU, language=language, role=role))
    await expect(page.locator("#live")).to_have_class("live is-on")

    targets = await page.evaluate(TOP)
    assert len({round(top / 22) for top, *_ in targets}) == 2
    await page.locator("#more summary").click()
    targets = await page.evaluate(TOP)
    assert all(min(width, height) >= 44 for _, width, height in targets)
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await expect(page.locator(".in-menu", has_text=WU.name)).to_be_visible()


async def test_on_a_wide_screen_all_of_the_top_stands_there(page):
    await page.set_viewport_size({"width": 1180, "height": 820})

    await expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    await expect(page.get_by_role("link", name="How it works")).to_be_visible()
    await expect(page.locator("#more summary")).to_be_hidden()


OFF_CENTRE = """() => [...document.querySelectorAll("#decide .choice")]
    .map((each) => [each, each.firstElementChild].map((one) => one.getBoundingClientRect()))
    .map(([all, dot]) => Math.abs(all.top + all.height / 2 - dot.top - dot.height / 2))"""


async def test_a_circle_to_choose_stands_beside_its_words_and_not_below(house, page):
    await house.take()
    await page.goto(house.origin + CASE)

    off = await page.evaluate(OFF_CENTRE)

    assert len(off) > 2
    assert max(off) < 0.6


async def test_nothing_is_wider_than_the_smallest_telephone(house, page):
    await page.set_viewport_size({"width": 320, "height": 640})
    waiting = house.desk.cases[EMERGENCY]
    line = replace(waiting.line, id="c9", status="waiting", owner=LONG.id, owner_name="龙")
    house.desk.cases["c9"] = replace(waiting, line=line)
    for path in ("/desk", CASE):
        await page.goto(house.origin + path)
        assert await page.evaluate("document.documentElement.scrollWidth") == 320


async def test_what_rings_stays_in_sight_and_takes_little_of_a_telephone(house, page):
    await page.goto(house.origin + CASE)
    await expect(page.locator("#live")).to_have_text("Live")
    await page.evaluate("scrollTo(0, 900)")

    await expect(page.locator("#sound")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Sign out")).not_to_be_in_viewport()
    covered = "document.elementFromPoint(195, 64).closest('.top') === null"
    assert await page.evaluate(covered)
