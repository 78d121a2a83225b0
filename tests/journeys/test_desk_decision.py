"""At the desk it is noted what was decided; what nobody has decided in time stands out."""

import re

import pytest
from journeys.lives import happened
from journeys.reading_desk import csrf_of, signed_in

from bot.domain.ids import DAY

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def a_case(town):
    """A case that the watcher, a supervisor, has and has answered."""
    person = town.contact()
    await person.writes("my dad hits me")
    await person.hears("")
    await town.quiet()
    line = (await town.case_of(person)).line
    await town.run.desk.claim(town.watcher, line.id)
    await town.run.desk.read(town.watcher, line.id)
    line = await town.run.desk.line(town.watcher, line.id)
    line = await town.run.desk.answer(town.watcher, line.id, "Hi", version=line.version)
    await person.hears("Hi")
    return person, line


async def test_a_decision_is_noted_with_a_day_and_stands_in_the_log(town):
    person, line = await a_case(town)
    at = f"/desk/cases/{line.id}"
    async with signed_in(town, town.watcher) as page:
        form = {"csrf": csrf_of(await page(at)), "version": str(line.version)}
        fields = {"decision": "reported", "decision_reason": "Police, receipt 12", "again": "7"}
        shown = await page(f"{at}/decide", data={**form, **fields})
        assert "Decided: Reported to the police or another authority" in shown
        assert "look again within 7 days" in shown
        assert "<dt>Decided by Watcher</dt>" in shown
        assert shown.count("Police, receipt 12") == 2
        assert re.search(r"Look again</dt><dd>\s*<time[^>]*>6\sdays 23\shr left", shown)
        deeds = await page(f"{at}/deeds")
    assert "Noted what was decided" in deeds
    assert "decided:reported:7: Police, receipt 12" in happened(await town.case_of(person))
    await town.hears_nothing(person)


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ("decision", "Choose what follows."),
        ("decision_reason", "Write what was decided and why."),
        ("again", "Choose when to look at the case again"),
    ],
)
async def test_a_form_that_lacks_something_keeps_the_rest(town, lacks, says):
    _, line = await a_case(town)
    at = f"/desk/cases/{line.id}"
    fields = {"decision": "goes_on", "decision_reason": "We visit on Monday", "again": "14"}
    async with signed_in(town, town.watcher) as page:
        form = {"csrf": csrf_of(await page(at)), "version": str(line.version)}
        shown = await page(f"{at}/decide", data={**form, **fields, lacks: ""}, status=422)
    assert "Nothing was done." in shown
    assert says in shown
    assert ("We visit on Monday" in shown) is (lacks != "decision_reason")
    assert ('<option value="14" selected' in shown) is (lacks != "again")
    assert ('value="goes_on" required checked' in shown) is (lacks != "decision")


async def test_a_day_that_is_none_is_refused(town):
    _, line = await a_case(town)
    at = f"/desk/cases/{line.id}"
    async with signed_in(town, town.watcher) as page:
        form = {"csrf": csrf_of(await page(at)), "version": str(line.version)}
        fields = {"decision": "goes_on", "decision_reason": "We visit", "again": "365"}
        shown = await page(f"{at}/decide", data={**form, **fields}, status=422)
    assert "Choose when to look at the case again" in shown


async def test_what_is_not_decided_in_time_stands_out_in_the_queue(town):
    _, line = await a_case(town)
    async with signed_in(town, town.watcher) as page:
        assert "decision or next look overdue" not in row_of(await page("/desk?show=mine"), line)
    town.later(DAY + DAY // 24)
    async with signed_in(town, town.watcher) as page:
        assert "decision or next look overdue" in row_of(await page("/desk?show=mine"), line)
        shown = await page(f"/desk/cases/{line.id}")
        assert re.search(r"Decide what follows</dt><dd>\s*<b[^>]*>overdue by 1\shr", shown)


async def test_nobody_else_is_offered_the_form(town):
    _, line = await a_case(town)
    worker, _ = await town.worker("Decides nothing")
    async with signed_in(town, worker) as page:
        shown = await page(f"/desk/cases/{line.id}")
    assert f'action="/desk/cases/{line.id}/note"' in shown
    assert "/decide" not in shown


def row_of(page, line):
    """The row of *line* in the queue."""
    return re.search(rf'<tr[^>]*id="case-{line.id}".*?</tr>', page, re.DOTALL)[0]


async def test_that_thanks_need_no_answer_is_offered_while_a_clock_runs(town):
    person, line = await a_case(town)
    offer = "What they wrote last needs no answer"
    at = f"/desk/cases/{line.id}"
    async with signed_in(town, town.watcher) as page:
        assert offer not in await page(at)
        await person.writes("ok thank you")
        await town.quiet()
        shown = await page(at)
        assert offer in shown
        form = {"csrf": csrf_of(shown), "version": str(line.version), "no_answer": "yes"}
        fields = {"decision": "goes_on", "decision_reason": "We visit", "again": "3"}
        noted = await page(f"{at}/decide", data={**form, **fields})
    assert "Noted: what they wrote last needs no answer" in noted
    assert "no clock runs" in noted
    assert offer not in noted
