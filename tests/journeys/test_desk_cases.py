"""The desk's pages: what a worker reads on them and does with them, over real HTTP."""

import asyncio
import re
from dataclasses import replace

import pytest
from journeys.desk_house import CASE, EMERGENCY
from journeys.desk_stand_in import LONG, WU

from bot.console.live import PULSE
from bot.console.times import length
from bot.domain.ids import HOUR, MINUTE, CaseId
from bot.domain.level import Level
from bot.domain.modifier import Modifier
from bot.domain.worker import Role

BEFORE_THE_PULSE = PULSE - 1

# Reading


async def test_the_queue_shows_each_case_once_with_word_shape_and_time(house):
    await house.sign_in()
    _, text, _ = await house.see("/desk")
    rows = re.findall(r'<tr role="row" class="case.*?</tr>', text, re.DOTALL)

    assert [re.search(r"L-\d+", row)[0] for row in rows] == ["L-0042", "L-0039", "L-0040", "L-0031"]
    assert "<polygon" in rows[0]
    assert "Emergency" in rows[0]
    assert "2 min left" in re.sub(r"\s+", " ", rows[0])
    assert "overdue by 10\N{NO-BREAK SPACE}min" in rows[1]


@pytest.mark.parametrize(
    ("show", "codes"), [("mine", ["L-0031"]), ("unclaimed", ["L-0042", "L-0040"])]
)
async def test_the_filters_leave_what_they_say(house, show, codes):
    await house.sign_in(LONG)
    await house.desk.claim(WU, CaseId("c39"))
    _, text, _ = await house.see(f"/desk?show={show}")

    assert re.findall(r'href="/desk/cases/\w+">(L-\d+)', text) == codes


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
        ("not_ok", "It is not safe to write to this phone"),
        ("", "We do not know whether it is safe to reply"),
        ("skipped", "We do not know whether it is safe to reply"),
        ("sometimes after nine", '<span class="own-words" dir="auto">after nine</span>'),
        ("ok", "The contact said that it is safe to reply"),
    ],
)
async def test_the_page_says_whether_it_is_safe_to_reply(house, safe, warning):
    await house.sign_in()
    house.desk.cases[EMERGENCY] = replace(house.desk.cases[EMERGENCY], safe_to_reply=safe)

    assert warning in (await house.see(CASE))[1]


async def test_what_was_asked_and_chosen_stands_in_words(house):
    await house.sign_in()
    _, text, _ = await house.see(CASE)

    assert "Asked: Tell us what is happening." in text
    assert '<dt>Is anyone in danger right now?</dt><dd dir="auto">Yes, right now</dd>' in text
    assert '<dt>How old are you?</dt><dd dir="auto">11</dd>' in text


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (0, "1_min"),
        (59 * MINUTE, "59_min"),
        (70 * MINUTE, "1_hr 10_min"),
        (25 * HOUR, "1_day 1_hr"),
    ],
)
def test_a_time_is_said_in_its_two_largest_units_each_on_one_line(span, words):
    assert length(span, "en") == words.replace("_", "\N{NO-BREAK SPACE}")


# Doing


async def test_a_case_can_be_taken_before_anything_is_read_as_far_down_as_a_phone_shows(house):
    await house.sign_in()
    _, text, _ = await house.see(CASE)

    assert text.index(f'action="{CASE}/claim"') < text.index('id="glance"')


async def test_nothing_is_closed_or_handed_over_without_asking_once_more(house):
    await house.sign_in()
    await house.take()
    close = {"outcome": "reported_to_police", "reason": "receipt 7731"}
    first, text = await house.send(f"{CASE}/close", **close)

    assert first == 200
    assert "Close L-0042?" in text
    assert "the contact hears that the worker has finished" in text
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


async def test_who_is_off_duty_is_marked_where_a_case_is_handed_over(house):
    await house.sign_in()
    await house.take()
    house.desk.staff = (WU, replace(LONG, is_on_duty=False), replace(LONG, name="安"))

    _, text, _ = await house.see(CASE)

    assert "龙 · Supervisor · off duty</option>" in text
    assert "安 · Supervisor</option>" in text


async def test_the_level_changes_only_with_a_reason(house):
    await house.sign_in()
    await house.take()

    assert (await house.send(f"{CASE}/level", level="urgent", level_reason=""))[0] == 422
    assert (await house.send(f"{CASE}/level", level="urgent", level_reason="with aunt"))[0] == 303
    assert house.desk.cases[EMERGENCY].line.level == Level.URGENT


async def test_a_case_goes_back_only_when_asked_once_more_and_a_closed_one_opens_again(house):
    await house.sign_in()
    await house.take()
    first, text = await house.send(f"{CASE}/release")
    assert first == 200
    assert "Give L-0042 back to the queue?" in text
    assert "another worker will go on" in text
    assert house.desk.cases[EMERGENCY].line.owner == WU.id
    await house.send(f"{CASE}/release", sure="yes")
    assert house.desk.cases[EMERGENCY].line.owner is None

    await house.take()
    line = house.desk.cases[EMERGENCY].line
    await house.desk.close(WU, EMERGENCY, outcome="helped", reason="x", version=line.version)
    await house.send(f"{CASE}/reopen")
    assert house.desk.cases[EMERGENCY].line.status == "reopened"


@pytest.mark.parametrize(("role", "refused"), [(Role.WORKER, 7), (Role.SUPERVISOR, 0)])
async def test_how_a_case_cannot_be_closed_by_oneself_is_not_offered(house, role, refused):
    worker = replace(WU, role=role)
    await house.sign_in(worker)
    await house.take(worker)

    _, page, _ = await house.see(CASE)

    assert page.count("only by a supervisor") == refused
    assert '<option value="reported_to_police">Reported to the police</option>' in page


async def test_closing_is_not_confirmed_over_words_that_came_in_meanwhile(house):
    await house.sign_in()
    await house.take()
    await house.see(CASE)
    house.desk.hear(EMERGENCY, "he is back")

    status, page = await house.send(f"{CASE}/close", outcome="helped", reason="all is well")

    assert status == 409
    assert "all is well" in page
    assert house.desk.cases[EMERGENCY].line.unread == 1


async def test_the_server_stops_at_once_although_pages_are_live(house):
    await house.sign_in()
    live = await house.http.get(f"{house.address}/desk/live")
    assert await live.content.readline() == b"event: still\n"

    await asyncio.wait_for(house.stop(), BEFORE_THE_PULSE)
    live.close()


def reply_box(page):
    return page.split('id="reply"')[1].split("</form>")[0]


async def test_whoever_is_silent_for_long_is_answered_only_after_asking_once_more(house):
    await house.sign_in()
    await house.take()
    assert "Go on</button>" not in reply_box((await house.see(CASE))[1])

    case = house.desk.cases[EMERGENCY]
    old = tuple(replace(entry, at=entry.at - HOUR) for entry in case.entries)
    house.desk.cases[EMERGENCY] = replace(case, entries=old)
    assert "Go on</button>" in reply_box((await house.see(CASE))[1])

    _, text = await house.send(f"{CASE}/answer", answer="Hello")
    assert "Is it safe to write now?" in text
    assert "九点以后" in text
    assert len(house.desk.cases[EMERGENCY].entries) == len(old)


async def test_a_pressing_case_is_not_closed_by_a_worker_without_a_report(house):
    await house.sign_in()
    await house.take()
    status, text = await house.send(f"{CASE}/close", outcome="helped", reason="better now")

    assert status == 422
    assert "closes only as reported to the police" in text
    assert "better now</textarea>" in text


async def test_only_a_supervisor_is_offered_a_lower_level(house):
    await house.sign_in()
    await house.take()
    assert 'name="level" value="urgent"' not in (await house.see(CASE))[1]

    house.desk.cases[EMERGENCY] = replace(
        house.desk.cases[EMERGENCY],
        line=replace(house.desk.cases[EMERGENCY].line, owner=LONG.id),
    )
    await house.sign_in(LONG)
    assert 'name="level" value="urgent"' in (await house.see(CASE))[1]


def many(house, level, count, *, first=1000):
    """Put *count* more cases of *level* on the desk."""
    pattern = house.desk.cases[CaseId("c40")]
    for number in range(first, first + count):
        line = replace(pattern.line, id=CaseId(f"c{number}"), code=f"L-{number}", level=level)
        house.desk.cases[line.id] = replace(pattern, line=line)


async def test_of_a_long_queue_the_most_pressing_are_shown_and_more_when_asked_for(house):
    await house.sign_in()
    many(house, Level.ROUTINE, 150)
    _, text, _ = await house.see("/desk")
    assert text.count('<tr role="row" class="case') == 100
    assert "The 100 most pressing are shown." in text
    assert "<b>154</b>" in text
    assert re.search("L-0042.*L-0039", text, re.DOTALL)

    more = re.search(r'class="button" href="(/desk\?[^"]*most=[^"]*)"', text)[1]
    _, text, _ = await house.see(more.replace("&amp;", "&"))
    assert text.count('<tr role="row" class="case') == 154
    assert "Show more" not in text


async def test_no_emergency_is_left_out_of_the_queue_however_many_there_are(house):
    await house.sign_in()
    many(house, Level.EMERGENCY, 120)
    many(house, Level.ROUTINE, 30, first=2000)
    _, text, _ = await house.see("/desk")
    assert text.count('class="case case-emergency') == 121
    assert "The 121 most pressing are shown." in text


async def test_of_many_closed_cases_the_last_are_shown_and_more_when_asked_for(house):
    await house.sign_in()
    many(house, Level.ROUTINE, 150)
    for id_, case in house.desk.cases.items():
        house.desk.cases[id_] = replace(case, line=replace(case.line, is_closed=True))
    assert "The 100 closed last are shown." in (await house.see("/desk?show=closed"))[1]
    assert "Show more" not in (await house.see("/desk?show=closed&most=154"))[1]


@pytest.mark.parametrize("asked", ["-5", "0", "x", "9" * 40, "٣٠٠", ""])
async def test_an_address_that_asks_for_nonsense_shows_the_usual_number(house, asked):
    await house.sign_in()
    many(house, Level.ROUTINE, 150)
    status, text, _ = await house.see(f"/desk?most={asked}")
    assert (status, text.count('<tr role="row" class="case')) == (200, 100)


async def test_of_a_long_log_the_newest_is_shown_and_what_is_earlier_when_asked_for(house):
    await house.sign_in()
    first = len(house.desk.cases[EMERGENCY].entries)
    for number in range(300):
        house.desk.write(EMERGENCY, "said", f"word {number}.")
    _, text, _ = await house.see(CASE)
    assert text.count('<li class="entry ') == 200
    assert "word 299." in text
    assert "word 99." not in text
    assert f"{100 + first} earlier entries are not shown." in text

    earlier = re.search(r'href="(/desk/cases/c42\?log=\d+)"', text)[1]
    _, text, _ = await house.see(earlier)
    assert text.count('<li class="entry ') == 300 + first
    assert "not shown" not in text


async def test_the_words_that_raised_a_signal_are_shown_however_long_ago_they_were_written(house):
    await house.sign_in()
    for number in range(300):
        house.desk.write(EMERGENCY, "told", f"word {number}.")
    _, text, _ = await house.see(CASE)
    assert "用皮带" not in re.search('<ol class="log".*?</ol>', text, re.DOTALL)[0]
    assert '<q class="own-words" dir="auto">用皮带</q>' in text


async def test_closed_cases_can_be_found_again(house):
    await house.sign_in()
    await house.take()
    line = house.desk.cases[EMERGENCY].line
    await house.desk.close(WU, EMERGENCY, outcome="helped", reason="x", version=line.version)

    assert "L-0042" not in (await house.see("/desk"))[1]
    listed = (await house.see("/desk?show=closed"))[1]
    assert "L-0042" in listed
    for heading in ("Closed at", "How it ended", "Who had it"):
        assert f'role="columnheader">{heading}</th>' in listed
    assert '<td role="cell" class="cell-left">Helped</td>' in listed
    assert "Waiting since" not in listed
    head = re.search(
        '<section class="card head".*?</section>', (await house.see(CASE))[1], re.DOTALL
    )[0]
    assert "<dt>How it ended</dt><dd>Helped</dd>" in head
    assert "Closed: Helped · x" in " ".join((await house.see(CASE))[1].split())


async def test_a_page_left_open_does_not_prolong_the_session(house):
    await house.sign_in()
    await house.see("/desk/lines")
    assert house.staff.stayed == []

    await house.see("/desk")
    assert house.staff.stayed == ["s-t1"]


async def test_a_page_that_is_live_hears_at_once_that_its_session_is_over(house):
    await house.sign_in()
    live = await house.http.get(f"{house.address}/desk/live")
    house.staff.sessions.clear()
    house.desk.bell.ring()

    assert b"event: ended" in await live.content.read()


async def test_a_live_line_ends_without_a_word_of_the_session_while_the_database_is_away(house):
    await house.sign_in()
    live = await house.http.get(f"{house.address}/desk/live")
    assert await live.content.readline() == b"event: still\n"
    house.staff.is_away = True
    house.desk.bell.ring()

    assert await asyncio.wait_for(live.content.read(), BEFORE_THE_PULSE) == b"data: .\n\n"


# Why it is so pressing, and what must not be done


async def test_what_raised_the_level_stands_there_in_the_workers_language(house):
    modifier = Modifier(
        id="left_behind",
        reason="en: The parents are away.\nzh_CN: 爸妈在外地。",
        words="在广东打工",
    )
    house.desk.cases[CaseId("c42")] = replace(
        house.desk.cases[CaseId("c42")], modifiers=(modifier,)
    )
    await house.sign_in()
    _, text, _ = await house.see(CASE)

    assert "One level more, because:" in text
    assert "The parents are away." in text
    assert "在广东打工" in text


async def test_after_the_safe_word_the_worker_is_warned_and_asked_before_anything_leaves(house):
    case = house.desk.cases[CaseId("c31")]
    house.desk.cases[CaseId("c31")] = replace(case, is_quiet=True)
    await house.sign_in(LONG)
    _, text, _ = await house.see("/desk/cases/c31")

    assert "Safe word used" in text
    assert "Go on</button>" in reply_box(text)


async def test_a_safe_word_newer_than_the_page_is_asked_about_before_the_answer(house):
    await house.sign_in()
    await house.take()
    await house.see(CASE)
    case = house.desk.cases[EMERGENCY]
    house.desk.cases[EMERGENCY] = replace(case, is_quiet=True)

    _, text = await house.send(f"{CASE}/answer", answer="Does he still hit you?")

    assert "Is it safe to write now?" in text
    assert "Safe word used" in text
    assert house.desk.cases[EMERGENCY].entries == case.entries
    status, _ = await house.send(f"{CASE}/answer", **hidden_in(text))
    assert status == 303
    assert house.desk.cases[EMERGENCY].entries[-1].text == "Does he still hit you?"


@pytest.mark.parametrize("what", ["is_quiet", "has_left", "may_be_another", "may_be_taken"])
async def test_what_came_after_the_question_was_asked_is_asked_about_again(house, what):
    await house.sign_in()
    await house.take()
    case = house.desk.cases[EMERGENCY]
    old = tuple(replace(entry, at=entry.at - HOUR) for entry in case.entries)
    house.desk.cases[EMERGENCY] = replace(case, entries=old)
    _, asked = await house.send(f"{CASE}/answer", answer="Hello")
    house.desk.cases[EMERGENCY] = replace(case, entries=old, **{what: True})

    _, again = await house.send(f"{CASE}/answer", **hidden_in(asked))

    assert "Is it safe to write now?" in again
    assert house.desk.cases[EMERGENCY].entries == old
    assert (await house.send(f"{CASE}/answer", **hidden_in(again)))[0] == 303


def hidden_in(page):
    form = page.split('<form method="post" action="/desk/cases/c42/answer">')[1].split("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


async def test_without_either_there_is_no_word_of_them(house):
    await house.sign_in()
    _, text, _ = await house.see(CASE)

    assert "One level more" not in text
    assert "Safe word" not in text
