"""Contacts, their places and sessions; cases, their log and files; what erasing leaves."""

import asyncio

import pytest
from records import NOW, count, message_to, new_place, open_case, opened, session_of
from rows import sql

from bot.domain.case import EntryKind
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.ids import HOUR, CaseId, Instant
from bot.domain.level import Level
from bot.domain.place import OwnerKind
from bot.domain.signal import Signal
from bot.domain.update import FileReference
from bot.domain.values import replace
from bot.domain.worker import Role
from storage import case_log, cases, contacts, data_keys, outbox, staff
from storage.sealing import UnsealError

SIGNAL = Signal(
    rule="r", category="c", level=Level.URGENT, reason="why", rules_version="1", words="it hurts"
)


async def test_a_place_is_found_again_as_it_was_left(database):
    session = session_of("it is loud")

    async def work(tx):
        place = await new_place(tx)
        await contacts.save_session(tx, place.contact, session, now=NOW)
        await contacts.save_session(tx, place.contact, session, now=NOW)
        await contacts.set_owner(tx, place.contact, OwnerKind.WORKER, "w1", NOW + HOUR)
        return place

    place = await database.write(work)
    found = await database.read(lambda tx: contacts.find_place(tx, "telegram", "1001"))
    assert (found.contact, found.where, found.session) == (place.contact, "1001", session)
    assert found.is_owned_by_worker(NOW)
    assert not found.is_owned_by_worker(Instant(NOW + HOUR))
    assert await database.read(lambda tx: contacts.place_at(tx, place.address)) == found
    assert await database.read(lambda tx: contacts.latest_place(tx, place.contact)) == found
    assert await database.read(lambda tx: contacts.find_place(tx, "telegram", "1")) is None


async def test_a_contact_whose_address_is_dead_is_not_forgotten(database):
    async def work(tx):
        place = await new_place(tx)
        await contacts.mark_dead(tx, place.address, now=NOW)
        return place, await contacts.latest_place(tx, place.contact)

    place, found = await database.write(work)
    assert found == replace(place, is_current=False, is_dead=True)

    await database.write(lambda tx: contacts.note_seen(tx, found, now=NOW))
    assert await database.read(lambda tx: contacts.latest_place(tx, place.contact)) == place


async def test_an_unreadable_session_is_mended_without_losing_who_it_is(database, where):
    async def work(tx):
        place = await new_place(tx)
        await contacts.save_session(tx, place.contact, session_of(), now=NOW)
        return place

    place = await database.write(work)
    sql(where, "UPDATE sessions SET sealed_body = ?", bytes(60))
    with pytest.raises(UnsealError):
        await database.write(lambda tx: contacts.find_place(tx, "telegram", "1001"))
    await database.write(lambda tx: contacts.mend_place(tx, "telegram", "1001"))
    found = await database.write(lambda tx: contacts.find_place(tx, "telegram", "1001"))
    assert (found.contact, found.address, found.session) == (place.contact, place.address, None)


async def test_a_place_whose_key_is_lost_is_mended_with_a_new_one(database, where, keys):
    place = await database.write(new_place)
    sql(where, "UPDATE data_keys SET wrapped = ? WHERE id = ?", b"01", place.contact)
    async with opened(where, keys) as again:
        await again.write(lambda tx: contacts.mend_place(tx, "telegram", "1001"))
        found = await again.write(lambda tx: contacts.find_place(tx, "telegram", "1001"))
    assert (found.address, found.where) == (place.address, "1001")


async def test_mending_leaves_alone_what_is_whole(database):
    async def work(tx):
        place = await new_place(tx)
        await contacts.save_session(tx, place.contact, session_of(), now=NOW)
        before = await contacts.find_place(tx, "telegram", "1001")
        await contacts.mend_place(tx, "telegram", "1001")
        await contacts.mend_place(tx, "telegram", "nobody there")
        return before, await contacts.find_place(tx, "telegram", "1001")

    before, after = await database.write(work)
    assert before == after


async def test_erasing_without_a_case_leaves_nothing(database, where):
    async def work(tx):
        place = await new_place(tx)
        await contacts.save_session(tx, place.contact, session_of(), now=NOW)
        await outbox.post(tx, message_to(place.address), key=place.contact, now=NOW)
        return await contacts.erase(tx, place, now=NOW)

    assert not await database.write(work)
    for table in ("contacts", "addresses", "sessions", "outbox"):
        assert count(where, table) == 0


async def test_erasing_with_a_case_keeps_the_case_and_the_address_under_a_new_key(database, where):
    async def work(tx):
        place = await new_place(tx)
        await contacts.save_session(tx, place.contact, session_of(), now=NOW)
        case = await open_case(tx, place, answers={"where": "at home"})
        return place, case, sql(where, "SELECT 1")

    place, case, _ = await database.write(work)
    [(old,)] = sql(where, "SELECT sealed_body FROM sessions")
    assert await database.write(lambda tx: contacts.erase(tx, place, now=NOW))
    found = await database.read(lambda tx: contacts.find_place(tx, "telegram", "1001"))
    assert (found.where, found.session, found.case) == ("1001", None, case.id)
    body = await database.read(lambda tx: cases.read_body(tx, case.id))
    assert body.answers == {"where": "at home"}
    with pytest.raises(UnsealError):
        await database.read(lambda tx: data_keys.open_for(tx, place.contact, "session", old))


async def test_erasing_works_at_an_address_that_came_back_to_the_case_of_another(database):
    async def work(tx):
        first, second = await new_place(tx, "1001"), await new_place(tx, "1002")
        case = await open_case(tx, first)
        await cases.change(tx, case.id, address=second.address)
        keeps = await contacts.erase(tx, second, now=NOW)
        return keeps, case, await contacts.find_place(tx, "telegram", "1002")

    keeps, case, found = await database.write(work)
    assert keeps
    assert (found.case, found.where) == (case.id, "1002")


async def test_a_key_made_in_a_transaction_that_failed_is_not_remembered(database, where, keys):
    place = await database.write(new_place)

    async def erase_and_fail(tx):
        await open_case(tx, place)
        await contacts.erase(tx, place, now=NOW)
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(erase_and_fail)
    await database.write(
        lambda tx: contacts.save_session(tx, place.contact, session_of("after"), now=NOW)
    )
    async with opened(where, keys) as again:
        found = await again.read(lambda tx: contacts.find_place(tx, "telegram", "1001"))
    assert found.session == session_of("after")


async def test_a_reader_goes_on_with_the_new_key_after_an_erasure(database):
    place = await database.write(new_place)
    await database.write(lambda tx: open_case(tx, place))
    before = await database.read(lambda tx: contacts.place_at(tx, place.address))
    await database.write(lambda tx: contacts.erase(tx, place, now=NOW))
    after = await database.read(lambda tx: contacts.place_at(tx, place.address))
    assert (before.where, after.where) == ("1001", "1001")


async def test_a_case_is_found_by_id_and_by_code_with_what_it_keeps_sealed(database):
    async def work(tx):
        place = await new_place(tx)
        assert await cases.next_number(tx) == 1
        case = await open_case(tx, place, code="7-7-7-7", signals=(SIGNAL,))
        assert (await cases.find_by_code(tx, "7-7-7-7")).id == case.id
        assert await cases.find_by_code(tx, "7-7-7-8") is None
        assert await cases.next_number(tx) == 2
        body = await cases.read_body(tx, case.id)
        await cases.save_body(tx, case.id, body)
        return await cases.read_body(tx, case.id), await cases.count_open(tx)

    body, counts = await database.write(work)
    assert body.signals == (SIGNAL,)
    assert counts == {Level.URGENT: (1, 1)}


async def test_a_closed_case_and_one_answered_here_are_among_a_contact_s_cases(database):
    async def work(tx):
        place, other = await new_place(tx), await new_place(tx, "1002")
        own = await open_case(tx, place)
        theirs = await open_case(tx, other, number=2, code="2")
        await cases.change(tx, own.id, closed_at=NOW, outcome="helped")
        await cases.change(tx, theirs.id, address=place.address)
        found = await cases.cases_of(tx, place.contact, place.address)
        return found, [own.id, theirs.id]

    found, both = await database.write(work)
    assert found == both


async def test_there_is_no_such_case_is_said_the_same_way_everywhere(database):
    for work in (cases.find_case, cases.read_body):
        with pytest.raises(NotAllowedError):
            await database.read(lambda tx, work=work: work(tx, CaseId("none")))


async def test_of_fifty_who_claim_at_once_exactly_one_has_it(database):
    async def prepare(tx):
        case = await open_case(tx, await new_place(tx))
        names = [f"Worker {n}" for n in range(50)]
        return case, [await staff.add_worker(tx, n, Role.WORKER, "en", now=NOW) for n in names]

    case, workers = await database.write(prepare)
    claims = (
        database.write(lambda tx, worker=worker: cases.claim(tx, case.id, worker, now=NOW))
        for worker in workers
    )
    won = await asyncio.gather(*claims)
    assert won.count(True) == 1
    found = await database.read(lambda tx: cases.find_case(tx, case.id))
    assert found.owner == workers[won.index(True)]
    assert found.acknowledged_at == NOW


async def test_what_somebody_decided_since_makes_an_older_page_stale(database):
    async def work(tx):
        case = await open_case(tx, await new_place(tx))
        await cases.change(tx, case.id, unread=3)
        await cases.change(tx, case.id, version=case.version, level=Level.EMERGENCY.value)
        with pytest.raises(ConflictError):
            await cases.change(tx, case.id, version=case.version, outcome="helped")
        with pytest.raises(ValueError, match="not a column"):
            await cases.change(tx, case.id, found_by=b"")
        return await cases.find_case(tx, case.id)

    found = await database.write(work)
    assert (found.level, found.outcome, found.unread) == (Level.EMERGENCY, "", 3)


async def test_closed_cases_leave_the_queue_and_the_most_pressing_leads_it(database):
    async def work(tx):
        place = await new_place(tx)
        first, second, third = [
            await open_case(tx, place, number=n, code=f"{n}") for n in (1, 2, 3)
        ]
        await cases.change(tx, second.id, level=Level.EMERGENCY.value)
        await cases.change(tx, first.id, closed_at=NOW, outcome="helped")
        queue = [case.number for case in await cases.open_cases(tx)]
        return queue, [case.number for case in await cases.closed_cases(tx)], third.code

    assert await database.write(work) == ([2, 3], [1], "L-0003")


async def test_a_long_queue_is_cut_where_its_reader_says_but_counted_whole(database):
    async def work(tx):
        place = await new_place(tx)
        mine = await staff.add_worker(tx, "Wu", Role.WORKER, "en", now=NOW)
        made = [await open_case(tx, place, number=n, code=f"{n}") for n in range(1, 6)]
        levels = [Level.ROUTINE] * 3 + [Level.URGENT, Level.EMERGENCY]
        for case, level in zip(made, levels, strict=True):
            await cases.change(tx, case.id, level=level.value)
        await cases.claim(tx, made[1].id, mine, now=NOW)
        await cases.change(tx, made[0].id, closed_at=NOW, outcome="helped")
        found = (
            await cases.open_cases(tx, most=2),
            await cases.free_cases(tx, most=9),
            await cases.cases_owned_by(tx, mine, most=9),
            await cases.pressing_cases(tx),
        )
        shares = await cases.count_shares(tx, mine)
        return [[case.number for case in each] for each in found], shares

    found, shares = await database.write(work)
    assert found == [[5, 4], [5, 4, 3], [2], [5, 4]]
    assert shares == (4, 3, 1)


async def test_of_a_log_the_newest_is_read_or_the_newest_of_a_kind(database):
    async def work(tx):
        case = await open_case(tx, await new_place(tx))
        for kind, text in (("said", "a"), ("worker", "b"), ("said", "c"), ("worker", "d")):
            entry = case_log.new_entry(EntryKind(kind), at=NOW, text=text)
            await case_log.add_entry(tx, case.id, entry)
        newest = await case_log.read_log(tx, case.id, most=3)
        said = await case_log.read_last(tx, case.id, EntryKind.SAID, most=9)
        last = await case_log.read_last(tx, case.id, EntryKind.WORKER, most=1)
        count = await case_log.count_entries(tx, case.id)
        return ["".join(entry.text for entry in each) for each in (newest, said, last)], count

    assert await database.write(work) == (["bcd", "ac", "d"], 4)


async def test_a_log_is_read_in_the_order_in_which_it_was_written(database):
    async def work(tx):
        case = await open_case(tx, await new_place(tx))
        for text in ("first", "second"):
            entry = case_log.new_entry(EntryKind.SAID, at=NOW, text=text, state="tell.words")
            await case_log.add_entry(tx, case.id, entry)
        return await case_log.read_log(tx, case.id)

    assert [entry.text for entry in await database.write(work)] == ["first", "second"]


async def test_a_file_is_kept_at_full_size_or_given_up(database):
    reference = FileReference(kind="photo", media_type="image/jpeg", size=9, reference="FILE1")

    async def work(tx):
        case = await open_case(tx, await new_place(tx))
        ids = [
            await case_log.add_file(tx, case.id, reference, channel="telegram", at=NOW)
            for _ in range(2)
        ]
        kept, lost = [await case_log.find_file(tx, file_id) for file_id in ids]
        await case_log.keep_content(tx, kept, b"content")
        await case_log.give_up_file(tx, lost, now=NOW)
        return [await case_log.find_file(tx, file_id) for file_id in ids]

    kept, lost = await database.write(work)
    assert (kept.content, kept.reference) == (b"content", "FILE1")
    assert lost.content is None


async def test_whatever_a_phone_says_of_a_file_every_database_takes_it(database, where):
    reference = FileReference(
        kind="video",
        media_type="video/mp4\0; codecs=" + "x" * 130,
        size=3_000_000_000,
        reference="FILE1",
    )

    async def work(tx):
        case = await open_case(tx, await new_place(tx))
        file_id = await case_log.add_file(tx, case.id, reference, channel="telegram", at=NOW)
        other = replace(reference, kind="audio")
        found = [await case_log.has_file_like(tx, case.id, file) for file in (reference, other)]
        return await case_log.find_file(tx, file_id), found

    kept, found = await database.write(work)
    assert found == [True, False]
    assert kept.reference == "FILE1"
    assert sql(where, "SELECT size FROM files") == [(2**31 - 1,)]
    assert kept.media_type.startswith("video/mp4; codecs=x")
    assert len(kept.media_type) == 128


async def test_a_staged_file_comes_to_one_case_only_and_is_forgotten_without_one(database):
    async def work(tx):
        case = await open_case(tx, await new_place(tx))
        taken, left = [
            await case_log.stage_file(tx, b"content", "image/png", channel="web", at=NOW)
            for _ in range(2)
        ]
        await case_log.adopt_file(tx, case.id, taken)
        with pytest.raises(NotAllowedError):
            await case_log.adopt_file(tx, case.id, taken)
        await case_log.forget_staged(tx, before=Instant(NOW + 1))
        with pytest.raises(NotAllowedError):
            await case_log.find_file(tx, left)
        return await case_log.find_file(tx, taken)

    assert (await database.write(work)).content == b"content"


async def test_a_known_contact_may_stand_before_a_new_one_in_a_batch(database):
    known = await database.write(new_place)

    async def work(tx):
        await contacts.save_session(tx, known.contact, session_of(), now=NOW)
        new = await contacts.make_place(tx, "telegram", "another", now=NOW)
        await contacts.save_session(tx, new.contact, session_of(), now=NOW)
        return new

    new = await database.write(work)

    found = await database.read(lambda tx: contacts.place_at(tx, new.address))
    assert found.session == session_of()
