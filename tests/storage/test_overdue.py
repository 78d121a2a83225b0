"""What lies is found by what stands in the case, on either kind of database."""

import time

from older import older_database
from records import NOW, new_place, open_case
from rows import sql

from bot.domain.case import NOT_DUE
from bot.domain.ids import DAY, Instant
from bot.domain.worker import Role
from storage import cases, overdue, staff, timers
from storage.upgrade import upgrade

LATER = Instant(NOW + DAY)
CASE = """
INSERT INTO cases
    (id, number, contact, queue, status, opened_at, due_at, closed_at, found_by, sealed_body)
    VALUES (?, ?, 'c', 'intake', 'new', 0, 0, ?, ?, x'00')
"""
HOW = (overdue.unanswered, overdue.not_looked_at)


async def lying(database, *, now=LATER, kind="late"):
    """The numbers of the cases that lie, in an answer and in a decision."""
    found = []
    for look in HOW:
        rows = await database.read(lambda tx, look=look: look(tx, now=now, but=kind))
        found.append([case.number for case in rows])
    return found


async def owned(tx, number, *, look_by=NOW, **changes):
    """A case that somebody has, due at once, with *changes*."""
    place = await new_place(tx, where=str(number))
    case = await open_case(tx, place, number=number, code=str(number))
    anna = await staff.add_worker(tx, f"Anna {number}", Role.WORKER, "en", now=NOW)
    await cases.claim(tx, case.id, anna, now=NOW)
    await cases.change(tx, case.id, look_by=look_by, **changes)
    return case


async def test_only_an_open_case_that_somebody_has_and_that_is_due_lies(database):
    async def work(tx):
        await owned(tx, 1)
        await owned(tx, 2, look_by=Instant(LATER + 1), due_at=Instant(LATER + 1))
        await owned(tx, 3, look_by=NOT_DUE, due_at=NOT_DUE)
        await owned(tx, 4, closed_at=NOW)
        await owned(tx, 5, owner=None)

    await database.write(work)
    assert await lying(database) == [[1], [1]]
    assert await lying(database, now=Instant(LATER + 2)) == [[1, 2], [1, 2]]


async def test_the_most_pressing_comes_first_and_what_calls_already_is_left_out(database):
    async def work(tx):
        for number, level in ((1, 3), (2, 1), (3, 2)):
            case = await owned(tx, number, level=level)
        await timers.set_timer(tx, "late", case.id, due_at=LATER)

    await database.write(work)
    assert await lying(database) == [[2, 1], [2, 1]]
    assert await lying(database, kind="look") == [[2, 3, 1], [2, 3, 1]]


def test_what_was_open_before_has_three_days_from_the_upgrade_on(tmp_path):
    path = older_database(tmp_path / "lantern.sqlite3")
    sql(path, "INSERT INTO contacts (id, created_at, seen_at) VALUES ('c', 0, 0)")
    for number, closed_at in ((1, None), (2, 5)):
        sql(path, CASE, str(number), number, closed_at, bytes([number]))
    before = time.time() * 1_000_000
    upgrade(path)
    known = dict(sql(path, "SELECT id, look_by FROM cases"))
    assert known["2"] == NOT_DUE
    assert 0 <= known["1"] - 3 * DAY - before < DAY
