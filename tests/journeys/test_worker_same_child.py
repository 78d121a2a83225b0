"""A worker notes that two cases are about the same child; both show it, and it can be undone."""

from dataclasses import replace

import pytest
import pytest_asyncio
from journeys.lives import happened
from journeys.reading_desk import csrf_of, signed_in

from bot.desk.belonging import MOST_LINKED
from bot.domain.errors import RefusedError
from bot.domain.ids import CaseId
from storage import cases

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAME = "About the same child, a colleague noted:"


@pytest_asyncio.fixture(loop_scope="module")
async def two(town):
    """The case of a child, and that of a neighbour who is worried about it."""
    found = []
    for words in ("my dad hits me", "the boy next door is beaten every night"):
        person = town.contact()
        await person.writes(words)
        await person.hears("")
        await town.quiet()
        found.append((await town.case_of(person)).line)
    return found


async def test_both_cases_lead_to_each_other_until_it_is_taken_back(town, two):
    one, other = two
    at, beside = f"/desk/cases/{one.id}", f"/desk/cases/{other.id}"
    async with signed_in(town, town.watcher) as page:
        form = {"csrf": csrf_of(await page(at)), "version": "0"}
        linked = await page(f"{at}/link", data={**form, "other": other.code.lower()})
        seen = await page(beside)
        for shown, code, there in ((linked, other.code, beside), (seen, one.code, at)):
            assert SAME in shown
            assert f'<a href="{there}">{code}</a>' in shown
            assert f'aria-label="Not the same child as {code}"' in shown
            assert f"Noted: about the same child as {code}" in shown

        undone = await page(f"{beside}/unlink", data={**form, "other": one.code})
        assert SAME not in undone
        assert f"Taken back: about the same child as {one.code}" in undone
        assert SAME not in await page(at)
        deeds = await page(f"{at}/deeds")
    assert "Took back: about the same child as another case" in deeds


async def test_nobody_but_staff_hears_of_it_and_noting_it_twice_is_noting_it_once(town, two):
    one, other = two
    worker, phone = await town.worker("Anna")
    before = len(phone.heard)

    for code in (other.code, str(int(other.code[2:]))):
        await town.run.desk.link(worker, one.id, code)
    await town.run.desk.link(worker, other.id, one.code)
    await town.quiet()

    for case, code in ((one, other.code), (other, one.code)):
        read = await town.run.desk.read(worker, case.id)
        assert [each.code for each in read.related if each.is_linked] == [code]
        assert happened(read).count(f"linked:{code}") == 1
    assert len(phone.heard) == before


@pytest.mark.parametrize("wrong", ["L-9999", "the boy", "own"])
async def test_what_is_no_other_case_is_not_linked_and_it_is_said_why(town, two, wrong):
    one, _ = two
    at = f"/desk/cases/{one.id}"
    typed = one.code if wrong == "own" else wrong
    async with signed_in(town, town.watcher) as page:
        form = {"csrf": csrf_of(await page(at)), "version": "0", "other": typed}
        refused = await page(f"{at}/link", data=form, status=422)

    assert "Write the number of another case, such as L-0007." in refused
    assert f'value="{typed}" aria-invalid="true"' in refused


async def test_a_case_of_the_same_contact_is_still_named_as_theirs(town):
    child = await town.teller()
    await child.writes("my dad hits me")
    await town.quiet()
    one = await town.run.desk.claim(town.watcher, (await town.case_of(child)).line.id)
    await town.run.desk.read(town.watcher, one.id)
    version = (await town.run.desk.line(town.watcher, one.id)).version
    await town.run.desk.close(
        town.watcher, one.id, outcome="helped", reason="talked", version=version
    )
    await town.answers(child, ("menu", ""), ("my dad hits me", ""))
    await town.quiet()
    other = (await town.case_of(child)).line
    await town.run.desk.link(town.watcher, one.id, other.code)

    async with signed_in(town, town.watcher) as page:
        assert f"{SAME} Later case of this contact:" in await page(f"/desk/cases/{one.id}")
        assert f"{SAME} Earlier case of this contact:" in await page(f"/desk/cases/{other.id}")


async def link_with(town, case, others):
    """Have *case* be linked with so many *others* that are erased since."""
    ids = tuple(CaseId(f"erased {number}") for number in range(others))

    async def keep(tx):
        body = await cases.read_body(tx, case.id)
        await cases.save_body(tx, case.id, replace(body, linked=(*body.linked, *ids)))

    await town.run.lantern.house.database.write(keep)


async def test_what_is_linked_already_is_no_fault_where_no_more_can_be(town, two):
    one, other = two
    await link_with(town, one, MOST_LINKED - 1)
    await town.run.desk.link(town.watcher, one.id, other.code)

    await town.run.desk.link(town.watcher, one.id, other.code)

    person = town.contact()
    await person.writes("the girl upstairs is beaten")
    await town.quiet()
    third = (await town.case_of(person)).line
    with pytest.raises(RefusedError) as refused:
        await town.run.desk.link(town.watcher, one.id, third.code)
    assert refused.value.missing == "other"
