"""Who has something sent once a day, on both databases."""

from records import NOW, new_place, open_case

from bot.domain.level import Level
from storage import cases, contacts, subscriptions


async def subscriber(database, *series):
    async def work(tx):
        place = await new_place(tx)
        for each in series:
            await subscriptions.add(tx, place.contact, each, now=NOW)
        return place

    return await database.write(work)


async def test_each_series_is_had_once_and_moves_on_by_itself(database):
    place = await subscriber(database, "right", "right", "evening")

    async def work(tx):
        evening, right = await subscriptions.of(tx, place.contact)
        await subscriptions.move_on(tx, right, day=7)
        return evening, right

    before = await database.write(work)
    after = await database.read(lambda tx: subscriptions.of(tx, place.contact))

    assert [(each.series, each.position, each.last_day) for each in before] == [
        ("evening", 0, 0),
        ("right", 0, 0),
    ]
    assert [(each.series, each.position, each.last_day) for each in after] == [
        ("evening", 0, 0),
        ("right", 1, 7),
    ]


async def test_what_is_ended_is_gone_and_what_is_left_is_counted(database):
    place = await subscriber(database, "right", "evening")

    async def work(tx):
        first = await subscriptions.end(tx, place.contact, "right")
        return first, await subscriptions.end(tx, place.contact, "right")

    assert await database.write(work) == (True, False)
    assert await database.read(subscriptions.count) == {"evening": 1}


async def test_an_address_is_dead_until_somebody_writes_from_it_again(database):
    place = await subscriber(database)

    async def mark(tx):
        await contacts.mark_dead(tx, place.address, now=NOW)

    assert not await database.read(lambda tx: subscriptions.is_dead(tx, place.address))
    await database.write(mark)
    assert await database.read(lambda tx: subscriptions.is_dead(tx, place.address))
    again = await database.read(lambda tx: contacts.find_place(tx, place.channel, place.where))
    await database.write(lambda tx: contacts.note_seen(tx, again, now=NOW))
    assert not await database.read(lambda tx: subscriptions.is_dead(tx, place.address))


async def test_every_case_of_a_contact_is_looked_at_closed_ones_too(database):
    place = await subscriber(database)

    async def work(tx):
        case = await open_case(tx, place)
        await cases.change(tx, case.id, closed_at=NOW, may_write=0)
        return await subscriptions.case_states(tx, place.contact)

    [state] = await database.write(work)

    assert (state.level, state.is_owned, state.is_open, state.may_write) == (
        Level.URGENT,
        False,
        False,
        False,
    )
