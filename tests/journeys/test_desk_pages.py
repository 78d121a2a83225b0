"""The desk's pages, over real HTTP and in a real browser."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC
from gettext import NullTranslations

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import unused_port
from desk_stand_in import LONG, TELLING, WU, Bell, Desk, Staff, filled
from desk_stand_in import NOW as NIGHT
from playwright.async_api import Page, async_playwright, expect

from bot.console.console import Console, Site
from bot.domain.ids import CaseId
from bot.domain.level import Level

EMERGENCY = CaseId("c42")
CASE = "/desk/cases/c42"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class House:
    """A running desk, and a browser without pages that is signed in as one worker."""

    desk: Desk
    staff: Staff
    origin: str
    http: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=dict)

    async def sign_in(self, worker=WU) -> None:
        token = "t1"
        self.staff.links[token] = worker
        self.headers = {"Origin": self.origin, "Accept-Language": "en"}
        await self.http.post(f"{self.origin}/desk/sign-in/{token}", headers=self.headers)
        self.csrf = f"csrf-{token}"

    async def see(self, address: str) -> tuple[int, str, aiohttp.ClientResponse]:
        answer = await self.http.get(self.origin + address)
        return answer.status, await answer.text(), answer

    async def send(self, address: str, **typed: str) -> tuple[int, str]:
        typed.setdefault("csrf", self.csrf)
        typed.setdefault("version", str(self.desk.cases[EMERGENCY].line.version))
        answer = await self.http.post(
            self.origin + address, data=typed, headers=self.headers, allow_redirects=False
        )
        return answer.status, await answer.text()

    async def take(self, worker=WU) -> None:
        await self.desk.claim(worker, EMERGENCY)


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    bell = Bell()
    desk, staff = filled(bell), Staff()
    port = unused_port()
    origin = f"http://127.0.0.1:{port}"
    console = Console(
        desk=desk,
        staff=staff,
        bell=bell,
        site=Site(
            translations={"zh_CN": NullTranslations(), "en": NullTranslations()},
            now=lambda: NIGHT,
            zone=UTC,
            origin=origin,
        ),
    )
    app = web.Application()
    app.add_routes(console.routes())
    app.on_shutdown.append(console.hang_up)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        yield House(desk=desk, staff=staff, origin=origin, http=http)
    await asyncio.wait_for(runner.cleanup(), 5)


@pytest_asyncio.fixture
async def page(house: House) -> AsyncIterator[Page]:
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = await browser.new_page(locale="en-GB", viewport={"width": 390, "height": 844})
        house.staff.links["night"] = WU
        await page.goto(f"{house.origin}/desk/sign-in/night")
        await page.get_by_role("button", name="Sign in").click()
        yield page
        await browser.close()


# Signing in


async def test_looking_at_a_link_does_not_use_it_up(house):
    house.staff.links["t1"] = WU
    for _ in range(2):
        status, text, _ = await house.see("/desk/sign-in/t1")

    assert status == 200
    assert "Hello, 吴." in text


async def test_a_link_works_once(house):
    await house.sign_in()
    answer = await house.http.post(f"{house.origin}/desk/sign-in/t1", headers=house.headers)

    assert answer.status == 410
    assert "no longer works" in await answer.text()


async def test_a_link_sent_with_an_alert_leads_to_its_case(house):
    house.staff.links["t1"] = WU
    answer = await house.http.post(
        f"{house.origin}/desk/sign-in/t1",
        data={"case": "c42"},
        headers={"Origin": house.origin},
        allow_redirects=False,
    )

    assert answer.headers["Location"] == CASE
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]


async def test_a_link_never_leads_out_of_the_desk(house):
    house.staff.links["t1"] = WU
    answer = await house.http.post(
        f"{house.origin}/desk/sign-in/t1",
        data={"case": "../../elsewhere"},
        headers={"Origin": house.origin},
        allow_redirects=False,
    )

    assert answer.headers["Location"] == "/desk"


@pytest.mark.parametrize("address", ["/desk", "/desk/lines", "/desk/live", CASE])
async def test_nobody_sees_anything_without_signing_in(house, address):
    status, text, _ = await house.see(address)

    assert status == 401
    assert "L-0042" not in text


async def test_signing_out_ends_the_session(house):
    await house.sign_in()
    await house.send("/desk/sign-out")

    assert (await house.see("/desk"))[0] == 401
    assert house.staff.sessions == {}


# What protects the forms


async def test_a_form_from_another_site_is_refused(house):
    await house.sign_in()
    house.headers["Origin"] = "https://elsewhere.example"
    status, text = await house.send(f"{CASE}/note", note="from elsewhere")

    assert status == 403
    assert "from elsewhere" not in text
    assert house.desk.cases[EMERGENCY].line.version == 7


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
async def test_a_form_that_does_not_say_where_it_comes_from_is_refused(house, headers):
    await house.sign_in()
    house.headers = headers

    assert (await house.send(f"{CASE}/claim"))[0] == 403
    assert house.desk.cases[EMERGENCY].line.owner is None


async def test_a_form_of_another_session_is_refused_but_shows_what_was_typed(house):
    await house.sign_in()
    status, text = await house.send(f"{CASE}/note", csrf="csrf-old", note="seen at 02:40")

    assert status == 403
    assert "seen at 02:40" in text
    assert house.desk.cases[EMERGENCY].line.version == 7


@pytest.mark.parametrize("address", ["/desk", "/desk/lines", CASE, "/desk/cases/none"])
async def test_every_page_carries_the_strict_headers(house, address):
    await house.sign_in()
    _, text, answer = await house.see(address)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"""(src|href|action)="(https?:)?//|\sstyle=|\son\w+=""", text)


# What went wrong loses nothing


async def test_what_was_typed_survives_the_end_of_the_session(house):
    await house.sign_in()
    house.staff.sessions.clear()
    status, text = await house.send(f"{CASE}/answer", answer="I am here now.")

    assert status == 401
    assert "I am here now." in text


async def test_who_was_first_is_named_and_what_was_typed_is_kept(house):
    await house.sign_in()
    await house.take(LONG)
    status, text = await house.send(f"{CASE}/answer", version="7", answer="I am <here> now.")

    assert status == 409
    assert "龙 was first" in text
    assert "I am &lt;here&gt; now." in text


async def test_looking_again_puts_what_was_typed_back_into_its_box(house):
    await house.sign_in()
    await house.take()
    status, text = await house.send(CASE, answer="I am here now.")

    assert status == 200
    assert re.search(r'<textarea id="answer"[^>]*>I am here now\.</textarea>', text)


async def test_what_has_no_box_any_more_is_still_shown(house):
    await house.sign_in()
    await house.take(LONG)
    _, text = await house.send(CASE, answer="I am here now.")

    assert "You had written this" in text
    assert "I am here now." in text


async def test_an_empty_answer_is_not_sent(house):
    await house.sign_in()
    await house.take()
    status, text = await house.send(f"{CASE}/answer", answer="  ")

    assert status == 422
    assert "Write an answer first." in text


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/desk/cases/none/claim", {}),
        (f"{CASE}/release", {"version": "seven"}),
        (f"{CASE}/level", {"level": "enormous", "level_reason": "x"}),
        (f"{CASE}/close", {"outcome": "gone", "reason": "x", "sure": "yes"}),
    ],
)
async def test_what_is_missing_or_not_allowed_is_one_and_the_same_page(house, address, typed):
    await house.sign_in()
    status, text = await house.send(address, **typed)

    assert status == 404
    assert "There is nothing here, or not for you" in text


# Reading


async def test_the_queue_shows_each_case_once_with_word_shape_and_time(house):
    await house.sign_in()
    _, text, _ = await house.see("/desk")
    rows = re.findall(r'<tr role="row" class="case.*?</tr>', text, re.DOTALL)

    assert [re.search(r"L-\d+", row)[0] for row in rows] == ["L-0042", "L-0040", "L-0039", "L-0031"]
    assert "<polygon" in rows[0]
    assert "Emergency" in rows[0]
    assert "2 min left" in re.sub(r"\s+", " ", rows[0])
    assert "overdue by 10 min" in rows[2]


@pytest.mark.parametrize(("show", "codes"), [("mine", ["L-0031"]), ("unclaimed", ["L-0042"])])
async def test_the_filters_leave_what_they_say(house, show, codes):
    await house.sign_in(LONG)
    _, text, _ = await house.see(f"/desk?show={show}")

    assert re.findall(r'href="/desk/cases/\w+">(L-\d+)', text)[:1] == codes


async def test_the_alarm_counts_what_the_filter_hides(house):
    await house.sign_in(LONG)
    _, text, _ = await house.see("/desk/lines?show=mine")

    assert 'data-emergencies="1" data-urgent="2"' in text


async def test_words_are_shown_unaltered_and_can_do_nothing(house):
    await house.sign_in()
    _, text, _ = await house.see(CASE)

    assert "又打我了，<mark>用皮带</mark>。我<mark>不敢回家</mark>。\n奶奶" in text
    assert "&lt;b&gt;别告诉&lt;/b&gt;" in text
    assert "<script>document" not in text


async def test_a_file_that_could_run_can_only_be_saved(house):
    await house.sign_in()
    _, _, answer = await house.see(f"{CASE}/files/f2")

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("safe", "warning"),
    [
        ("no", "It is not safe to write to this phone"),
        ("", "We do not know whether it is safe to reply"),
        ("after nine, never call", "after nine, never call"),
        ("yes", "The contact said that it is safe to reply"),
    ],
)
async def test_the_page_says_whether_it_is_safe_to_reply(house, safe, warning):
    await house.sign_in()
    house.desk.cases[EMERGENCY] = replace(house.desk.cases[EMERGENCY], safe_to_reply=safe)

    assert warning in (await house.see(CASE))[1]


# Doing


async def test_nothing_is_closed_or_handed_over_without_asking_once_more(house):
    await house.sign_in()
    await house.take()
    close = {"outcome": "reported_to_police", "reason": "receipt 7731"}
    first, text = await house.send(f"{CASE}/close", **close)

    assert first == 200
    assert "Close L-0042?" in text
    assert house.desk.cases[EMERGENCY].line.status == "claimed"
    assert (await house.send(f"{CASE}/close", **close, sure="yes"))[0] == 303
    assert house.desk.cases[EMERGENCY].line.status == "closed"


async def test_a_case_is_handed_over_with_what_the_next_must_know(house):
    await house.sign_in()
    await house.take()
    await house.send(f"{CASE}/hand-over", to=LONG.id, summary="promised: 8 am", sure="yes")

    case = house.desk.cases[EMERGENCY]
    assert case.line.owner == LONG.id
    assert case.entries[-1].text == "promised: 8 am"


async def test_the_level_changes_only_with_a_reason(house):
    await house.sign_in()
    await house.take()

    assert (await house.send(f"{CASE}/level", level="urgent", level_reason=""))[0] == 422
    assert (await house.send(f"{CASE}/level", level="urgent", level_reason="with aunt"))[0] == 303
    assert house.desk.cases[EMERGENCY].line.level == Level.URGENT


async def test_a_case_goes_back_and_a_closed_one_opens_again(house):
    await house.sign_in()
    await house.take()
    await house.send(f"{CASE}/release")
    assert house.desk.cases[EMERGENCY].line.owner is None

    await house.take()
    line = house.desk.cases[EMERGENCY].line
    await house.desk.close(WU, EMERGENCY, outcome="helped", reason="x", version=line.version)
    await house.send(f"{CASE}/reopen")
    assert house.desk.cases[EMERGENCY].line.status == "reopened"


# In a browser


async def test_a_worker_takes_a_case_reads_it_and_answers(house, page):
    await expect(page).to_have_title("(3) Desk")
    await page.get_by_role("button", name="I have L-0042").click()
    await expect(page.locator("mark").first).to_have_text("用皮带")
    await expect(page.locator(".entry-said .entry-text").first).to_have_text(TELLING)

    await page.get_by_label("Answer", exact=True).fill("I am here.")
    await page.get_by_role("button", name="Go on").first.click()
    await page.get_by_role("button", name="Yes, send it").click()

    await expect(page.locator(".entry-worker")).to_contain_text("I am here.")
    assert house.desk.cases[EMERGENCY].entries[-1].kind == "worker"


async def test_what_others_do_shows_without_loading_the_page_again(house, page):
    await expect(page.locator("#live")).to_have_text("Live")
    await house.take(LONG)

    await expect(page.locator("#case-c42 .cell-owner")).to_have_text("龙")
    await expect(page).to_have_title("(2) Desk")


async def test_new_words_arrive_while_the_answer_stays_as_typed(house, page):
    await page.get_by_role("button", name="I have L-0042").click()
    await expect(page.locator("#live")).to_have_text("Live")
    await page.get_by_label("Answer", exact=True).fill("half an answ")
    house.desk.hear(EMERGENCY, "他回来了")

    await expect(page.locator(".entry-said").last).to_contain_text("他回来了")
    await expect(page.get_by_label("Answer", exact=True)).to_have_value("half an answ")
    version = page.locator("form[action$='/answer'] input[name=version]")
    await expect(version).to_have_value(str(house.desk.cases[EMERGENCY].line.version))


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
