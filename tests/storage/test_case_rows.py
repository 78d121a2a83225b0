"""What is written of a case waits for the commit, and is known meanwhile as if it were written."""

import pytest
from records import NOW, count, new_place, open_case

from bot.domain.case import EntryKind, Status
from bot.domain.ids import Instant
from bot.domain.level import Level
from bot.domain.place import OwnerKind
from bot.domain.signal import Signal
from bot.domain.update import Kind, Update
from bot.domain.worker import Role
from storage import audit, case_log, case_rows, cases, contacts, data_keys, staff, timers
from storage.look_ahead import look_ahead


def update_from(address, number="1"):
    return Update(
        id=number, channel="telegram", address=address, sender=address, kind=Kind.TEXT, at=NOW
    )


async def is_written(tx, case):
    """What the rows say, and not what the transaction knows."""
    await tx.flush()
    tx.known = type(tx.known)()
    return await cases.find_case(tx, case.id), await cases.read_body(tx, case.id)


async def test_all_that_is_told_of_a_case_before_the_commit_is_in_its_row(database):
    async def work(tx):
        case = await open_case(tx, await new_place(tx), who="child")
        body = await cases.read_body(tx, case.id)
        await cases.change(tx, case.id, unread=2, may_write=False)
        await cases.save_body(tx, case.id, type(body)(who="parent"))
        await cases.change(tx, case.id, rung=1, status=Status.ALERTED.value)
        await cases.change(tx, case.id, unread=3)
        return case

    case = await database.write(work)
    found, body = await database.read(lambda tx: is_written(tx, case))
    assert (found.unread, found.rung, found.status) == (3, 1, Status.ALERTED)
    assert not found.may_write
    assert body.who == "parent"


async def test_of_changes_in_other_columns_each_is_kept_and_of_the_same_the_last(database):
    case = await database.write(opening)

    async def work(tx):
        await cases.change(tx, case.id, unread=1)
        await cases.change(tx, case.id, unread=2, rung=1)
        await cases.change(tx, case.id, unread=5)
        return await cases.find_case(tx, case.id), await is_written(tx, case)

    known, (written, _) = await database.write(work)
    assert (written.unread, written.rung) == (5, 1)
    assert known == written


async def test_of_a_new_case_the_last_change_counts_whatever_else_an_earlier_one_changed(database):
    async def work(tx):
        case = await open_case(tx, await new_place(tx), who="child")
        await cases.change(tx, case.id, unread=1, rung=1)
        await cases.change(tx, case.id, unread=2)
        return await cases.find_case(tx, case.id), await is_written(tx, case)

    known, (written, _) = await database.write(work)
    assert (written.unread, written.rung) == (2, 1)
    assert known == written


async def test_a_change_of_an_older_case_does_not_get_ahead_of_a_new_one(database):
    old = await database.write(opening)

    async def work(tx):
        body = await cases.read_body(tx, old.id)
        await cases.change(tx, old.id, rung=1)
        await cases.save_body(tx, old.id, body)
        new = await open_case(tx, await new_place(tx, "2"), number=2, code="2")
        await cases.change(tx, new.id, rung=1)
        await cases.save_body(tx, new.id, await cases.read_body(tx, new.id))
        return new

    new = await database.write(work)
    for case in (old, new):
        found, _ = await database.read(lambda tx, case=case: is_written(tx, case))
        assert found.rung == 1


async def test_a_case_that_somebody_takes_is_read_anew(database):
    case = await database.write(opening)

    async def work(tx):
        worker = await staff.add_worker(tx, "Wang", Role.WORKER, "en", now=NOW)
        await cases.find_case(tx, case.id)
        await cases.claim(tx, case.id, worker, now=NOW)
        return await cases.find_case(tx, case.id)

    found = await database.write(work)
    assert (found.owner_name, found.status) == ("Wang", Status.CLAIMED)


async def test_cases_have_numbers_and_the_audit_lines_in_order_however_many_at_once(database):
    async def work(tx):
        numbers = []
        for _ in range(2):
            place = await new_place(tx, f"{await cases.next_number(tx)}")
            number = await cases.next_number(tx)
            await open_case(tx, place, number=number, code=f"{number}")
            await audit.note(tx, "lantern", "case_opened", f"{number}", at=NOW)
            numbers.append(number)
        await audit.note(tx, "lantern", "case_raised", "1", at=NOW)
        return numbers

    await database.write(lambda tx: audit.note(tx, "lantern", "began", "", at=NOW))
    assert await database.write(work) == [1, 2]
    assert await database.read(audit.broken_at) is None
    lines = await database.read(lambda tx: audit.lines_of(tx, "1"))
    assert [line["number"] for line in lines] == [2, 4]


async def test_what_fails_later_leaves_neither_a_number_nor_a_line(database, where):
    async def failing(tx):
        await open_case(tx, await new_place(tx), number=await cases.next_number(tx))
        await audit.note(tx, "lantern", "case_opened", "1", at=NOW)
        await case_log.add_entry(
            tx, "no such case", case_log.new_entry(EntryKind.NOTE, at=NOW, text="x")
        )

    with pytest.raises(Exception, match=r"(?i)foreign key|destroyed"):
        await database.write(failing)
    assert (count(where, "cases"), count(where, "audit")) == (0, 0)
    assert await database.write(cases.next_number) == 1


async def test_a_batch_has_the_cases_of_those_who_write_at_hand(database):
    case = await database.write(opening)

    async def work(tx):
        await look_ahead(tx, [update_from("1001")])
        return dict(tx.known.cases), await cases.read_body(tx, case.id)

    known, body = await database.write(work)
    assert (list(known), body.who) == ([case.id], "child")


async def test_more_cases_than_are_asked_for_at_once_are_recalled(database):
    async def work(tx):
        return [
            await open_case(tx, await new_place(tx, f"{n}"), number=n, code=f"{n}")
            for n in range(1, 71)
        ]

    made = await database.write(work)

    async def recalled(tx):
        await case_rows.recall(tx, [case.id for case in made])
        return tx.known.cases

    assert len(made) == 70
    assert (await database.write(recalled)).keys() == {case.id for case in made}


async def test_the_next_of_a_batch_knows_whose_case_was_opened_and_who_speaks(database):
    async def work(tx):
        await look_ahead(tx, [update_from("1001")])
        place = await new_place(tx)
        case = await open_case(tx, place)
        await contacts.set_owner(tx, place.contact, OwnerKind.WORKER, "w", NOW + 1)
        remembered = await contacts.find_place(tx, "telegram", "1001")
        tx.ahead = None
        return case, remembered, await contacts.find_place(tx, "telegram", "1001")

    case, remembered, read = await database.write(work)
    assert remembered == read
    assert (read.case, read.case_opened_at, read.owner) == (case.id, case.opened_at, "w")


async def test_a_case_that_is_closed_in_a_batch_is_nobodys_open_case_any_more(database):
    case = await database.write(opening)

    async def work(tx):
        await look_ahead(tx, [update_from("1001")])
        await cases.change(tx, case.id, closed_at=Instant(NOW + 1), outcome="helped")
        return await contacts.find_place(tx, "telegram", "1001")

    found = await database.write(work)
    assert (found.case, found.case_opened_at) == (None, NOW)


async def test_a_body_kept_by_an_older_lantern_is_read(database):
    signal = {"rule": "r", "category": "c", "level": 2, "reason": "", "rules_version": "1"}
    kept = {"code": [1, 2], "answers": {"a": "b"}, "signals": [{**signal, "words": "w"}]}

    async def work(tx):
        case = await open_case(tx, await new_place(tx))
        tx.known.bodies.clear()
        tx.known.sealed[case.id] = await data_keys.seal_for(tx, case.id, "case", kept)
        return await cases.read_body(tx, case.id)

    body = await database.write(work)
    assert (body.code, body.answers) == ((1, 2), {"a": "b"})
    assert [type(signal) for signal in body.signals] == [Signal]


async def opening(tx):
    return await open_case(tx, await new_place(tx), who="child")


async def test_what_is_unread_calls_its_owner_and_once_the_ladder_climbs_everybody(database):
    async def work(tx):
        ann, bo = [await staff.add_worker(tx, name, Role.WORKER, "en", now=NOW) for name in "ab"]
        case = await open_case(tx, await new_place(tx))
        found = [await calls(tx, ann, bo)]
        await cases.claim(tx, case.id, ann, now=NOW)
        found.append(await calls(tx, ann, bo))
        await cases.change(tx, case.id, unread=1, rung=2)
        found.append(await calls(tx, ann, bo))
        await timers.set_timer(tx, "ladder", case.id, due_at=NOW)
        return [*found, await calls(tx, ann, bo)]

    async def calls(tx, *workers):
        await tx.flush()
        return [
            (await cases.count_calling(tx, worker, ladder="ladder")).get(Level.URGENT)
            for worker in workers
        ]

    assert await database.write(work) == [
        [(1, 0), (1, 0)],
        [(0, 0), (0, 0)],
        [(0, 1), (0, 0)],
        [(0, 1), (0, 1)],
    ]
