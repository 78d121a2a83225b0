"""What is taken in, timers, the audit, releases, staff and their tokens."""

import pytest
from records import NOW, count, update_of
from rows import sql

from bot.domain.errors import ConflictError
from bot.domain.ids import HOUR, Instant
from bot.domain.session import Session
from bot.domain.worker import Role
from storage import audit, contacts, inbox, releases, staff, timers, tokens

LATER = Instant(NOW + HOUR)


async def test_an_update_is_taken_in_once(database):
    async def work(tx):
        return [await inbox.note(tx, update_of(number=n), now=NOW) for n in ("1", "1", "2")]

    assert await database.write(work) == [True, False, True]


async def test_an_update_set_aside_is_sealed_and_counted(database, where):
    async def work(tx):
        await inbox.put_aside(tx, "telegram", "7", b"canary words", error="KeyError", now=NOW)
        return await inbox.count_set_aside(tx)

    assert await database.write(work) == 1
    [(sealed,)] = sql(where, "SELECT sealed_update FROM set_aside")
    assert b"canary" not in sealed


async def test_what_was_set_aside_can_be_opened_and_goes_with_its_address(database):
    async def work(tx):
        for where in ("1001", "1002", ""):
            raw = f"from {where}".encode()
            await inbox.put_aside(tx, "telegram", "7", raw, error="KeyError", now=NOW, where=where)
        before = await inbox.all_set_aside(tx)
        await inbox.drop_set_aside(tx, "telegram", "1001")
        return before, [await inbox.open_set_aside(tx, aside.id) for aside in before]

    before, held = await database.write(work)
    assert {(aside.channel, aside.at, aside.error) for aside in before} == {
        ("telegram", NOW, "KeyError")
    }
    assert held == [None, b"from 1002", b"from "]


async def test_numbers_of_messages_that_came_in_are_kept_and_dropped(database):
    async def work(tx):
        for reference in ("5", "5", "6"):
            await inbox.keep_reference(tx, "r1", reference, now=NOW)
        assert await inbox.references(tx, "r1", since=NOW) == ()
        assert await inbox.references(tx, "r1", since=Instant(NOW - 1)) == ("5", "6")
        await inbox.drop_references(tx, "r1")
        return await inbox.references(tx, "r1", since=Instant(NOW - 1))

    assert await database.write(work) == ()


async def test_tries_are_counted_for_each_who_and_since_when(database):
    async def work(tx):
        for who in ("a", "a", "b"):
            await inbox.note_try(tx, "code", who, now=NOW)
        before = await inbox.count_tries(tx, "code", "a", since=Instant(NOW - 1))
        return before, await inbox.count_tries(tx, "code", "a", since=NOW)

    assert await database.write(work) == (2, 0)


async def test_what_nobody_asks_for_again_is_forgotten(database, where):
    async def work(tx):
        await inbox.note(tx, update_of(), now=NOW)
        await inbox.keep_reference(tx, "r1", "5", now=NOW)
        await inbox.note_try(tx, "code", "a", now=NOW)
        await tokens.make_token(tx, "link", None, now=NOW, lasts=1)
        await inbox.forget(tx, before=LATER, most=9)
        await tokens.forget_tokens(tx, before=LATER)

    await database.write(work)
    for table in ("inbox", "incoming", "tries", "tokens"):
        assert count(where, table) == 0


async def due(tx, now=LATER, **which):
    return [timer.subject for timer in await timers.due_timers(tx, now=now, **which)]


async def test_a_timer_set_again_replaces_the_earlier_one(database):
    async def work(tx):
        await timers.set_timer(tx, "ladder", "c1", due_at=NOW)
        await timers.set_timer(tx, "ladder", "c1", due_at=LATER + 1)
        return await due(tx), await timers.next_due(tx)

    assert await database.write(work) == ([], LATER + 1)


async def test_the_versions_of_many_timers_are_read_at_once(database):
    many = [f"c{number}" for number in range(70)]

    async def work(tx):
        for number, case in enumerate(many):
            await timers.set_timer(tx, "late", case, due_at=NOW, version=number)
        await timers.set_timer(tx, "look", "c3", due_at=NOW, version=1)
        await timers.set_timer(tx, "other", "c3", due_at=NOW)
        return await timers.versions_of(tx, ("late", "look"), [*many, "c70"])

    late = {case: {"late": number} for number, case in enumerate(many)}
    assert await database.write(work) == late | {"c3": {"late": 3, "look": 1}, "c70": {}}


async def test_a_timer_set_by_a_time_stays_where_it_is_due_earlier(database):
    async def work(tx):
        for kind, first, by in (("a", LATER, NOW), ("b", NOW, LATER), ("c", None, NOW + 1)):
            if first is not None:
                await timers.set_timer(tx, kind, "c1", due_at=first)
            if kind == "a":
                await tx.flush()
            await timers.set_timer_by(tx, kind, "c1", due_at=by)
        await timers.set_timer_by(tx, "a", "c1", due_at=LATER)
        await timers.set_timer_by(tx, "c", "c1", due_at=LATER)
        return [await timers.when_due(tx, kind, "c1") for kind in "abcd"]

    assert await database.write(work) == [NOW, NOW, NOW + 1, None]


async def test_a_timer_that_was_stopped_can_be_set_by_a_later_time(database):
    async def work(tx):
        await timers.set_timer(tx, "a", "c1", due_at=NOW)
        await tx.flush()
        await timers.stop_timer(tx, "a", "c1")
        await timers.set_timer_by(tx, "a", "c1", due_at=LATER)
        await timers.set_timer_by(tx, "b", "c1", due_at=NOW)
        await timers.stop_timer(tx, "b", "c1")
        return [await timers.when_due(tx, kind, "c1") for kind in "ab"]

    assert await database.write(work) == [LATER, None]


async def test_late_timers_are_due_the_longest_overdue_first(database):
    async def work(tx):
        for subject, at in (("c2", NOW - 5), ("c1", NOW - 9), ("c3", LATER)):
            await timers.set_timer(tx, "ladder", subject, due_at=at)
        return await due(tx, now=NOW), await due(tx, most=2)

    assert await database.write(work) == (["c1", "c2"], ["c1", "c2"])


async def test_a_timer_set_anew_while_it_fires_stays(database):
    async def work(tx):
        await timers.set_timer(tx, "ladder", "c1", due_at=NOW)
        [firing] = await timers.due_timers(tx, now=NOW)
        await timers.set_timer(tx, "ladder", "c1", due_at=LATER)
        assert not await timers.finish_timer(tx, firing)
        [anew] = await timers.due_timers(tx, now=LATER)
        assert await timers.finish_timer(tx, anew)
        return await due(tx)

    assert await database.write(work) == []


async def test_a_timer_can_be_stopped_or_postponed(database):
    async def work(tx):
        await timers.set_timer(tx, "ladder", "c1", due_at=NOW)
        await timers.set_timer(tx, "ladder", "c2", due_at=NOW)
        await timers.stop_timer(tx, "ladder", "c2")
        [timer] = await timers.due_timers(tx, now=NOW)
        await timers.postpone_timer(tx, timer, due_at=LATER)
        assert await due(tx, now=NOW) == []
        [timer] = await timers.due_timers(tx, now=LATER)
        return timer.subject, timer.attempts

    assert await database.write(work) == ("c1", 1)


async def test_timers_of_one_kind_can_be_looked_at_by_themselves(database):
    async def work(tx):
        await timers.set_timer(tx, "file", "f1", due_at=NOW)
        await timers.set_timer(tx, "ladder", "c1", due_at=NOW + 1)
        next_of = [await timers.next_due(tx, only="file"), await timers.next_due(tx, but="file")]
        return await due(tx, only="file"), await due(tx, but="file"), next_of

    assert await database.write(work) == (["f1"], ["c1"], [NOW, NOW + 1])


async def test_a_clock_put_back_brings_timers_with_it(database):
    async def work(tx):
        await timers.set_timer(tx, "ladder", "c1", due_at=NOW + 60)
        await timers.shift(tx, HOUR, now=Instant(NOW - HOUR))
        return await timers.next_due(tx)

    assert await database.write(work) == NOW + 60 - HOUR


async def three_lines(tx):
    for number in range(3):
        await audit.note(tx, "w1", "case_read", f"c{number}", at=NOW, reason="duty", count=number)


async def test_the_audit_follows_line_by_line(database):
    await database.write(three_lines)
    assert await database.read(audit.broken_at) is None
    [line] = await database.read(lambda tx: audit.lines_of(tx, "c1"))
    assert (line["actor"], line["action"], line["number"]) == ("w1", "case_read", 2)


@pytest.mark.parametrize(
    ("tampering", "line"),
    [
        ("UPDATE audit SET actor = 'somebody else' WHERE number = 2", 2),
        ("UPDATE audit SET detail = '{}' WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 1", 1),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("UPDATE audit SET number = CASE number WHEN 2 THEN -3 ELSE -2 END WHERE number > 1;", 1),
    ],
)
async def test_a_line_that_was_changed_removed_or_swapped_is_found(
    database, where, tampering, line
):
    await database.write(three_lines)
    sql(where, tampering.rstrip(";"))
    sql(where, "UPDATE audit SET number = -number WHERE number < 0")
    found = await database.read(audit.broken_at)
    assert found == (2 if tampering.endswith(";") else line)


async def test_a_release_is_kept_as_it_was_first(database):
    async def work(tx):
        await releases.keep_release(tx, "r1", {"flows": "first"}, now=NOW)
        await releases.keep_release(tx, "r1", {"flows": "second"}, now=NOW)
        return await releases.find_release(tx, "r1"), await releases.find_release(tx, "r2")

    assert await database.write(work) == ({"flows": "first"}, None)


async def test_a_release_is_dropped_or_forgotten_only_when_nobody_waits_in_it(database):
    async def work(tx):
        for release, now in (("r1", NOW), ("r2", NOW), ("r3", LATER)):
            await releases.keep_release(tx, release, {}, now=now)
        for where, state in (("1", "school.who"), ("2", "")):
            place = await contacts.make_place(tx, "telegram", where, now=NOW)
            session = Session(release="r1", language="en", state=state)
            await contacts.save_session(tx, place.contact, session, now=NOW)
        found = await releases.open_on(tx, "r1", most=5)
        further = await releases.open_on(tx, "r1", after=found[-1], most=5)
        counts = dict(await releases.count_open(tx))
        dropped = await releases.drop_release(tx, "r1"), await releases.drop_release(tx, "r3")
        forgotten = await releases.forget(tx, before=Instant(NOW + 1), current="r4")
        left = [each.id for each in await releases.all_releases(tx)]
        return len(found), further, counts, dropped, forgotten, left

    assert await database.write(work) == (1, [], {"r1": 1}, (False, True), 1, ["r1"])


async def add(tx, name="Worker 1", role=Role.WORKER):
    return await staff.add_worker(tx, name, role, "en", now=NOW)


async def test_two_workers_cannot_have_one_name_but_one_can_come_back(database):
    async def work(tx):
        worker = await add(tx)
        with pytest.raises(ConflictError):
            await add(tx)
        await staff.remove_worker(tx, worker, now=NOW)
        assert await staff.find_worker(tx, worker) is None
        assert await staff.worker_named(tx, "Worker 1") is None
        assert await add(tx, role=Role.SUPERVISOR) == worker
        return (await staff.worker_named(tx, "Worker 1")).role, len(await staff.all_workers(tx))

    assert await database.write(work) == (Role.SUPERVISOR, 1)


async def test_an_address_of_the_staff_moves_and_becomes_one_with_what_was_linked_there(database):
    async def work(tx):
        for where in ("-500", "-100500"):
            await staff.link_address(tx, "telegram", where, None, now=NOW)
        old = (await staff.staff_addresses_of(tx))[0]
        assert not await staff.move_address(tx, "nobody's", "-100500")
        assert await staff.move_address(tx, old.id, "-100500")
        return old, await staff.staff_addresses_of(tx)

    old, moved = await database.write(work)
    assert [(address.id, address.where) for address in moved] == [(old.id, "-100500")]


async def test_somebody_who_comes_back_is_on_duty(database):
    async def work(tx):
        await staff.remove_worker(tx, await add(tx), now=NOW)
        return await staff.find_worker(tx, await add(tx))

    assert (await database.write(work)).is_on_duty


async def test_a_worker_is_found_at_their_address_until_they_leave(database):
    async def work(tx):
        worker = await add(tx)
        await staff.link_address(tx, "telegram", "2001", worker, now=NOW)
        [address] = await staff.staff_addresses_of(tx)
        assert (address.where, address.worker) == ("2001", worker)
        assert (await staff.worker_at(tx, "telegram", "2001")).id == worker
        assert await staff.worker_at(tx, "telegram", "2002") is None
        await staff.mark_dead(tx, address.id, now=NOW)
        assert await staff.staff_addresses_of(tx) == []
        await staff.link_address(tx, "telegram", "2001", worker, now=NOW)
        assert len(await staff.staff_addresses_of(tx)) == 1
        await staff.remove_worker(tx, worker, now=NOW)
        return await staff.staff_addresses_of(tx)

    assert await database.write(work) == []


async def test_a_staff_address_that_cannot_be_opened_silences_no_other(database, where):
    async def work(tx):
        await staff.link_address(tx, "telegram", "2001", None, now=NOW)
        await staff.link_address(tx, "telegram", "2002", None, now=NOW)

    await database.write(work)
    [(first,)] = sql(where, "SELECT min(id) FROM staff_addresses")
    sql(where, "UPDATE staff_addresses SET sealed_address = ? WHERE id = ?", b"0", first)
    found = await database.read(staff.staff_addresses_of)
    assert [address.where for address in found] == ["2002"]


async def test_duty_can_be_taken_and_left(database):
    async def work(tx):
        worker = await add(tx)
        await staff.set_duty(tx, worker, is_on_duty=False)
        return (await staff.find_worker(tx, worker)).is_on_duty

    assert await database.write(work) is False


async def test_a_token_is_good_until_it_ends_or_is_dropped_and_only_for_its_kind(
    file_database, path
):
    async def work(tx):
        worker = await add(tx)
        token = await tokens.make_token(tx, "session", worker, now=NOW, lasts=10)
        found = [
            await tokens.find_token(tx, "session", token, now=NOW),
            await tokens.find_token(tx, "link", token, now=NOW),
            await tokens.find_token(tx, "session", token, now=Instant(NOW + 10)),
        ]
        await tokens.extend_token(tx, "session", token, now=NOW, until=NOW + 20)
        found.append(await tokens.find_token(tx, "session", token, now=Instant(NOW + 10)))
        await tokens.drop_token(tx, "session", token)
        found.append(await tokens.find_token(tx, "session", token, now=NOW))
        return worker, token, found

    worker, token, found = await file_database.write(work)
    nobody = (False, None)
    assert found == [(True, worker), nobody, nobody, (True, worker), nobody]
    assert token.encode() not in path.read_bytes()
