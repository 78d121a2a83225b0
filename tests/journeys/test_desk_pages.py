"""The desk's pages: who may enter, and that nothing typed is lost, over real HTTP."""

import re
from io import StringIO

import pytest
import structlog
from journeys.desk_house import CASE, EMERGENCY, open_house
from journeys.desk_stand_in import LONG, WU

from bot.log import start_logging


@pytest.fixture
def lines():
    """What is logged."""
    lines = StringIO()
    start_logging(level="info", stream=lines)
    yield lines
    structlog.reset_defaults()


# Signing in


async def test_looking_at_a_link_does_not_use_it_up(house):
    house.staff.links["t1"] = WU
    for _ in range(2):
        status, text, _ = await house.see("/desk/sign-in/t1")

    assert status == 200
    assert "Hello, 吴." in text


async def test_a_link_works_once(house):
    await house.sign_in()
    answer = await house.http.post(f"{house.address}/desk/sign-in/t1", headers=house.headers)

    assert answer.status == 410
    assert "no longer works" in await answer.text()


async def test_a_link_sent_with_an_alert_leads_to_its_case(house):
    house.staff.links["t1"] = WU
    answer = await house.http.post(
        f"{house.address}/desk/sign-in/t1",
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
        f"{house.address}/desk/sign-in/t1",
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


@pytest.mark.parametrize("address", ["/desk", "/desk/sign-in/used-up"])
async def test_without_a_link_that_works_it_says_who_has_a_new_one_also_without_telegram(
    house, address
):
    house.http.headers["Accept-Language"] = "en"
    _, text, _ = await house.see(address)

    assert "whoever runs Lantern" in text


async def test_signing_out_ends_the_session(house):
    await house.sign_in()
    await house.send("/desk/sign-out")

    assert (await house.see("/desk"))[0] == 401
    assert house.staff.sessions == {}


# What protects the forms


async def test_a_form_from_another_site_is_refused(house):
    await house.sign_in()
    house.headers["Origin"] = "https://elsewhere.example"
    status, text = await house.send(f"{CASE}/note", note="their own words")

    assert status == 403
    assert "their own words" not in text
    assert house.desk.cases[EMERGENCY].line.version == 7


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
async def test_a_form_that_does_not_say_where_it_comes_from_is_refused(house, headers):
    await house.sign_in()
    house.headers = headers

    assert (await house.send(f"{CASE}/claim"))[0] == 403
    assert house.desk.cases[EMERGENCY].line.owner is None


async def test_a_form_that_the_browser_calls_foreign_is_refused(house):
    await house.sign_in()
    house.headers["Sec-Fetch-Site"] = "same-site"

    assert (await house.send(f"{CASE}/claim"))[0] == 403


async def test_over_https_the_cookie_never_travels_in_the_open():
    async with open_house("https://desk.example") as house:
        answer = await house.sign_in()

    assert "; Secure" in answer.headers["Set-Cookie"]


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
    assert "frame-ancestors 'none'" in policy
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


async def test_a_choice_made_before_the_conflict_is_still_chosen(house):
    await house.sign_in()
    await house.take()
    close = {"outcome": "referred", "reason": "receipt 7731", "sure": "yes"}
    status, text = await house.send(f"{CASE}/close", version="1", **close)

    assert status == 409
    assert 'name="outcome" value="referred"' in text
    assert '<option value="referred" selected>' in (await house.send(CASE, **close))[1]


async def test_what_has_no_box_any_more_is_still_shown(house):
    await house.sign_in()
    await house.take(LONG)
    _, text = await house.send(CASE, answer="I am here now.")

    assert "There is no box for it any more" in text
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
        (f"{CASE}/release", {"version": "seven", "sure": "yes"}),
    ],
)
async def test_what_is_missing_or_not_allowed_is_one_and_the_same_page(house, address, typed):
    await house.sign_in()
    status, text = await house.send(address, **typed)

    assert status == 404
    assert "There is nothing here, or not for you" in text


@pytest.mark.parametrize(
    ("address", "typed", "said"),
    [
        (f"{CASE}/level", {"level": "enormous", "level_reason": "He hides."}, "Choose a level."),
        (f"{CASE}/close", {"outcome": "gone", "reason": "He hides."}, "Choose how the case ended."),
    ],
)
async def test_what_the_desk_refuses_comes_back_with_the_reason_and_with_what_was_typed(
    house, address, typed, said
):
    await house.sign_in(LONG)
    await house.take(LONG)
    status, text = await house.send(address, **typed, sure="yes")

    assert status == 422
    assert said in text
    assert "He hides." in text


async def test_a_level_that_there_is_not_is_refused_also_before_somebody_was_asked(house):
    await house.sign_in(LONG)
    await house.take(LONG)
    typed = {"level": "enormous", "level_reason": "He hides."}
    status, text = await house.send(f"{CASE}/level", **typed)

    assert status == 422
    assert "Choose a level." in text
    assert "He hides." in text


async def test_while_the_database_is_away_what_was_typed_is_shown_again(house, lines):
    await house.sign_in()
    await house.take()
    house.desk.is_away = True
    answer = await house.http.post(
        f"{house.address}{CASE}/answer",
        data={"csrf": house.csrf, "version": "8", "answer": "A long and careful <answer>."},
        headers=house.headers,
    )
    page = await answer.text()

    assert answer.status == 503
    assert "The desk cannot reach its records right now" in page
    assert "A long and careful &lt;answer&gt;.</textarea>" in page
    assert answer.headers["Cache-Control"] == "no-store"
    [line] = [line for line in lines.getvalue().splitlines() if "page_failed" in line]
    assert "DatabaseAwayError" in line
    assert "careful" not in line


async def test_a_page_asked_for_while_the_database_is_away_can_be_asked_for_again(house):
    await house.sign_in()
    house.desk.is_away = True
    status, page, _ = await house.see(CASE)

    assert status == 503
    assert f'href="{CASE}">Try again</a>' in page


@pytest.mark.parametrize(("case", "is_told"), [("c40", True), ("c42", False), ("c31", False)])
async def test_a_level_that_no_words_gave_is_explained(house, case, is_told):
    await house.sign_in()
    _, text, _ = await house.see(f"/desk/cases/{case}")

    assert ("The words alone did not give this level" in text) is is_told


@pytest.mark.parametrize(
    ("deed", "typed", "next_page"),
    [
        ("answer", {"answer": "I am here.", "sure": "yes"}, f"{CASE}?sent=answer#last"),
        ("note", {"note": "Called."}, f"{CASE}?sent=note#last"),
        ("level", {"level": "urgent", "level_reason": "Safe."}, f"{CASE}?sent=level_reason"),
        ("release", {"sure": "yes"}, "/desk?done=released&of=c42"),
    ],
)
async def test_the_browser_is_told_what_it_need_not_keep_any_more(house, deed, typed, next_page):
    await house.sign_in()
    await house.take()
    version = str(house.desk.cases[EMERGENCY].line.version)
    answer = await house.http.post(
        f"{house.address}{CASE}/{deed}",
        data={"csrf": house.csrf, "version": version, **typed},
        headers=house.headers,
        allow_redirects=False,
    )

    assert (answer.status, answer.headers["Location"]) == (303, next_page)
