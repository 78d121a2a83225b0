"""The outbox: order, urgency, leases, and a cost that does not grow with what was sent."""

from dataclasses import replace

from records import NOW, count, message_to, new_place
from rows import sql
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from bot.domain.ids import DAY, HOUR, SECOND, Instant
from bot.domain.message import Act, Button, Urgency
from storage import data_keys, leases, outbox, tidying
from storage.data_keys import HOUSE
from storage.statements import ready

UNTIL = NOW + 120 * SECOND
SPOIL = ready(text("UPDATE outbox SET sealed_body = :body WHERE id = :message"))


async def post(tx, *messages, now=NOW, case_id=None):
    for message in messages:
        await outbox.post(tx, message, key=HOUSE, now=now, case_id=case_id)


async def texts_due(tx, now=NOW, most=50):
    leased = await outbox.lease_due(tx, now=now, until=now + 120 * SECOND, most=most)
    return [message.text for message in leased.messages]


async def test_a_message_comes_back_as_it_was_posted(database):
    button = Button(label="Yes", data="a:1:yes", url="")
    message = message_to("r1", "hello", buttons=((button,),), is_from_person=True)

    async def work(tx):
        await post(tx, message, case_id="c1")
        [leased] = (await outbox.lease_due(tx, now=NOW, until=UNTIL)).messages
        return leased, await outbox.case_of(tx, message.id)

    assert await database.write(work) == (message, ("c1", True, Act.SAY))


async def test_what_one_recipient_gets_leaves_in_order_one_at_a_time(database):
    first, second = message_to("r1", "first"), message_to("r1", "second")

    async def work(tx):
        await post(tx, first, second)
        assert await texts_due(tx) == ["first"]
        assert await texts_due(tx) == []
        assert await outbox.finish(tx, first.id, "77", now=NOW)
        return await texts_due(tx)

    assert await database.write(work) == ["second"]


async def test_safety_leaves_before_replies_and_replies_before_alerts(database):
    async def work(tx):
        for urgency in (Urgency.REST, Urgency.ALERT, Urgency.REPLY, Urgency.SAFETY):
            await post(tx, message_to(f"r{urgency}", urgency.name, urgency=urgency))
        await post(tx, message_to("r2", "to r2 for safety", urgency=Urgency.SAFETY))
        return await texts_due(tx, most=2), await texts_due(tx, most=50)

    soon, later = await database.write(work)
    assert soon == ["SAFETY", "to r2 for safety"]
    assert later == ["ALERT", "REST"]


async def test_only_what_is_as_pressing_as_asked_is_taken(database):
    alert = message_to("r2", "alert", urgency=Urgency.SAFETY)

    async def work(tx):
        await post(tx, message_to("r1", "reply"), alert)
        leased = await outbox.lease_due(tx, now=NOW, until=UNTIL, pressing=Urgency.SAFETY)
        return leased.messages, await texts_due(tx)

    assert await database.write(work) == ((replace(alert, made_at=NOW),), ["reply"])


async def test_whether_more_waits_for_the_same_recipient_is_known(database):
    first = message_to("r1", "first")

    async def work(tx):
        await post(tx, first, message_to("r1", "second"), message_to("r2", "only"))
        return await outbox.lease_due(tx, now=NOW, until=UNTIL)

    assert (await database.write(work)).followed == {first.id}


async def test_a_lease_that_ran_out_is_taken_over(database):
    message = message_to("r1")

    async def work(tx):
        await post(tx, message)
        await texts_due(tx)
        assert await texts_due(tx, now=Instant(UNTIL - 1)) == []
        [again] = (await outbox.lease_due(tx, now=Instant(UNTIL), until=UNTIL + 1)).messages
        return again

    again = await database.write(work)
    assert (again.id, again.attempts) == (message.id, 1)


async def test_a_lantern_that_starts_takes_over_what_was_under_way(database):
    async def work(tx):
        await post(tx, message_to("r1", "first"))
        await texts_due(tx)
        await leases.release_leases(tx, await leases.lease_holders(tx))
        return await texts_due(tx)

    assert await database.write(work) == ["first"]


async def test_what_comes_after_a_postponed_message_waits_with_it(database):
    first, second = message_to("r1", "first"), message_to("r1", "second")

    async def work(tx):
        await post(tx, first, second, message_to("r2", "other"))
        assert await texts_due(tx) == ["first", "other"]
        await outbox.postpone(tx, first.id, until=NOW + HOUR)
        assert await texts_due(tx) == []
        return await texts_due(tx, now=Instant(NOW + HOUR))

    assert await database.write(work) == ["first", "other"]


async def test_safety_does_not_wait_behind_a_postponed_reply(database):
    reply = message_to("r1", "reply")

    async def work(tx):
        await post(tx, reply)
        await texts_due(tx)
        await outbox.postpone(tx, reply.id, until=NOW + HOUR)
        await post(tx, message_to("r1", "safety", urgency=Urgency.SAFETY))
        return await texts_due(tx)

    assert await database.write(work) == ["safety"]


async def test_a_message_given_up_lets_the_next_one_through(database):
    first = message_to("r1", "first")

    async def work(tx):
        await post(tx, first, message_to("r1", "second"))
        await texts_due(tx)
        await outbox.fail(tx, first.id, now=NOW)
        return await texts_due(tx)

    assert await database.write(work) == ["second"]


async def test_a_message_that_cannot_be_opened_holds_back_nobody(database, where):
    first = message_to("r1", "first")
    await database.write(lambda tx: post(tx, first, message_to("r1", "second")))
    sql(where, "UPDATE outbox SET sealed_body = ? WHERE id = ?", b"0", first.id)
    leased = await database.write(lambda tx: outbox.lease_due(tx, now=NOW, until=UNTIL))
    assert (leased.messages, [lost.id for lost in leased.unreadable]) == ((), [first.id])
    assert await database.write(texts_due) == []
    await database.write(lambda tx: outbox.fail(tx, first.id, now=NOW))
    assert await database.write(texts_due) == ["second"]


async def test_a_message_in_a_form_that_is_not_known_holds_back_nobody(database):
    first, page = message_to("r1", "first"), message_to("p1", channel="web")

    async def work(tx):
        for message in (first, page):
            await post(tx, message)
            body = await data_keys.seal_bytes_for(tx, HOUSE, "outbox", b"[]")
            await tx.run(SPOIL, body=body, message=message.id)
        await post(tx, message_to("r1", "second"), message_to("p1", "new", channel="web"))
        leased = await outbox.lease_due(tx, now=NOW, until=UNTIL)
        assert (leased.messages, [lost.id for lost in leased.unreadable]) == ((), [first.id])
        await outbox.fail(tx, first.id, now=NOW)
        return await texts_due(tx), [m.text for m in await outbox.waiting_for(tx, page.recipient)]

    assert await database.write(work) == (["second"], ["new"])


async def test_what_a_page_comes_for_is_not_sent_but_waits_until_it_has_come(database):
    first = message_to("r1", "first", channel="web")

    async def work(tx):
        await post(tx, first, message_to("r1", "second", channel="web"))
        assert await texts_due(tx) == []
        assert [m.text for m in await outbox.waiting_for(tx, "r1")] == ["first", "second"]
        await outbox.note_received(tx, "r1", [first.id], now=NOW)
        [latest] = await outbox.latest_for(tx, "r1", most=1)
        return [m.text for m in await outbox.waiting_for(tx, "r1")], latest.text

    assert await database.write(work) == (["second"], "second")


async def test_that_a_page_has_one_message_says_nothing_of_an_older_one(database):
    behind = message_to("r1", "of a clock that is behind", channel="web")
    shown = message_to("r1", "shown", channel="web")

    async def work(tx):
        await post(tx, shown, behind)
        await outbox.note_received(tx, "r1", [shown.id], now=NOW)
        return [m.text for m in await outbox.waiting_for(tx, "r1")]

    assert behind.id < shown.id
    assert await database.write(work) == ["of a clock that is behind"]


async def test_what_waits_can_be_taken_back_and_what_was_sent_can_be_named(database):
    sent, waiting = message_to("r1"), message_to("r1")

    async def work(tx):
        await post(tx, sent, waiting)
        await outbox.finish(tx, sent.id, "77", now=NOW)
        assert await outbox.sent_references(tx, "r1", since=Instant(NOW - 1)) == ("77",)
        assert await outbox.is_waiting(tx, waiting.id)
        await outbox.drop_waiting(tx, "r1")
        assert not await outbox.is_waiting(tx, waiting.id)
        assert not await outbox.finish(tx, waiting.id, "78", now=NOW)
        return await outbox.sent_references(tx, "r1", since=Instant(NOW - 1))

    assert await database.write(work) == ()


async def test_what_was_delivered_or_given_up_is_forgotten_in_time(database, where):
    sent, failed, waiting = (message_to(f"r{n}", act=Act.SAY) for n in range(3))

    async def work(tx):
        await post(tx, sent, failed, waiting)
        await outbox.finish(tx, sent.id, "1", now=NOW)
        await outbox.fail(tx, failed.id, now=NOW)
        await tidying.forget(tx, before=NOW)
        assert await outbox.latest_for(tx, "r0", most=1)
        await tidying.forget(tx, before=Instant(NOW + 1))

    await database.write(work)
    assert sql(where, "SELECT id FROM outbox") == [(waiting.id,)]


async def test_what_is_over_is_forgotten_in_small_steps(database, where):
    sent = [message_to(f"r{n}") for n in range(5)]

    async def work(tx):
        await post(tx, *sent)
        for message in sent:
            await outbox.finish(tx, message.id, "1", now=NOW)

    await database.write(work)
    left = []
    for _ in range(3):
        more = await database.write(lambda tx: tidying.forget(tx, before=Instant(NOW + 1), most=2))
        left.append((count(where, "outbox"), more))
    assert left == [(3, True), (1, True), (0, False)]


async def test_what_a_page_has_not_come_for_is_kept_however_old_and_counted_nowhere(database):
    async def work(tx):
        await post(tx, message_to("r1", "please call me", channel="web", is_from_person=True))
        assert await outbox.count_waiting(tx) == {}
        await tidying.forget(tx, before=Instant(NOW + 365 * DAY))
        return [message.text for message in await outbox.waiting_for(tx, "r1")]

    assert await database.write(work) == ["please call me"]


async def test_how_many_wait_and_since_when_is_known(database):
    async def work(tx):
        await post(tx, message_to("r1"), message_to("r2"))
        await post(tx, message_to("r3", urgency=Urgency.ALERT), now=Instant(NOW + 5))
        return await outbox.count_waiting(tx)

    assert await database.write(work) == {Urgency.REPLY: (2, NOW), Urgency.ALERT: (1, NOW + 5)}


async def test_a_clock_put_back_brings_what_waits_with_it(database):
    async def work(tx):
        await post(tx, message_to("r1", "posted before the clock was put back"))
        back = Instant(NOW - HOUR)
        assert await texts_due(tx, now=back) == []
        await outbox.shift(tx, HOUR, now=back)
        return await texts_due(tx, now=back)

    assert len(await database.write(work)) == 1


async def test_what_was_sent_long_ago_does_not_slow_down_what_is_next(file_database):
    database = file_database
    sent = [{"id": f"{n:032}", "to": f"r{n % 3000}"} for n in range(20_000)]
    await database.write(lambda tx: post(tx, *(message_to(f"r{n}") for n in range(5))))
    plans = {}

    async def fill(tx):
        insert = (
            "INSERT INTO outbox (id, channel, recipient, key, urgency, act, sealed_body, made_at,"
            " due_at, sent_at) VALUES (:id, 'telegram', :to, 'house', 2, 'say', x'00', 1, 1, 1)"
        )
        await tx.many(ready(text(insert)), sent)

    async def explain(tx):
        for name in ("DUE", "_COUNTS", "_WAITING", "_SENT", "_RECEIVED"):
            statement = getattr(outbox, name)
            values = dict.fromkeys(("now", "most", "to", "since", "up_to", "pressing"), 1)
            spelt = statement.source.compile(dialect=sqlite.dialect(paramstyle="named"))
            explaining = ready(text(f"EXPLAIN QUERY PLAN {spelt}"))
            rows = await tx.all(explaining, **{**spelt.params, **values})
            plans[name] = [row[3] for row in rows]

    await database.write(fill)
    await database.read(explain)
    scans = [step for steps in plans.values() for step in steps if step == "SCAN outbox"]
    assert scans == []
    assert len(await database.write(texts_due)) == 5


async def test_every_place_keeps_its_own_order(database):
    async def work(tx):
        places = [await new_place(tx, str(n)) for n in range(3)]
        for number in range(3):
            for place in places:
                await post(tx, message_to(place.address, f"{place.where}: {number}"))
        heard = []
        while leased := (await outbox.lease_due(tx, now=NOW, until=UNTIL)).messages:
            for message in leased:
                heard.append(message.text)
                await outbox.finish(tx, message.id, "1", now=NOW)
        return heard

    heard = await database.write(work)
    for place in range(3):
        own = [words for words in heard if words.startswith(f"{place}:")]
        assert own == [f"{place}: {number}" for number in range(3)]
