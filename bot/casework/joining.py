"""Signing up for an activity, giving the place back, and who moves up then."""

from bot.casework.house import House
from bot.casework.notices import set_reminder, tell, untell
from bot.domain.activity import Activity, News, SignUp, Standing
from bot.domain.ids import ContactId
from bot.domain.place import Place
from bot.log import Action, record
from storage import activities, audit, sign_ups
from storage.database import Transaction

MOST_PEOPLE = 20
"""How many may come together."""

_CONTACT = "contact"


async def join(
    tx: Transaction,
    house: House,
    place: Place,
    activity: Activity,
    *,
    people: int,
    name: str,
    may_write: bool,
) -> SignUp:
    """Sign the contact at *place* up: as coming if there are places, else on the waiting list.

    A place that came free went to whoever waited first and fitted, so what is left is for anybody.
    """
    now = house.clock()
    is_coming = await activities.take(tx, activity.id, people)
    sign_up = SignUp(
        id=sign_ups.new_sign_up_id(),
        activity=activity.id,
        contact=place.contact,
        people=people,
        standing=Standing.COMING if is_coming else Standing.WAITING,
        may_write=may_write,
        news=News.NONE,
        at=now,
        came=0,
        name=name,
    )
    await sign_ups.add(tx, sign_up)
    if is_coming:
        await set_reminder(tx, house, sign_up, activity)
    await audit.note(
        tx, _CONTACT, "signed_up", activity.id, at=now, people=people, standing=sign_up.standing
    )
    tx.once_kept(record, Action.SIGNED_UP, status=sign_up.standing, count=people)
    return sign_up


async def give_up(tx: Transaction, house: House, sign_up: SignUp) -> None:
    """Take *sign_up* from the list; whoever waits first and fits moves up, and is told."""
    if sign_up.standing is Standing.CANCELLED:
        return
    await sign_ups.set_standing(tx, sign_up.id, Standing.CANCELLED)
    await untell(tx, sign_up)
    now = house.clock()
    await audit.note(
        tx, _CONTACT, "sign_up_cancelled", sign_up.activity, at=now, people=sign_up.people
    )
    if sign_up.standing is Standing.COMING:
        await activities.give_back(tx, sign_up.activity, sign_up.people)
        await move_up(tx, house, await activities.find(tx, sign_up.activity))


async def move_up(tx: Transaction, house: House, activity: Activity) -> None:
    """Give free places to those who wait, in their order; who are too many are passed over."""
    if not activity.is_open(house.clock()):
        return
    for waiting in await sign_ups.of_activity(tx, activity.id):
        if waiting.standing is not Standing.WAITING:
            continue
        if await activities.take(tx, activity.id, waiting.people):
            await sign_ups.set_standing(tx, waiting.id, Standing.COMING)
            await tell(tx, house, waiting, activity, News.MOVED_UP)
            await set_reminder(tx, house, waiting, activity)


async def forget_contact(tx: Transaction, house: House, contact: ContactId) -> None:
    """Take *contact* from every list of what is still to come, and forget who they were."""
    for sign_up in await sign_ups.of_contact(tx, contact):
        activity = await activities.find(tx, sign_up.activity)
        if activity.is_open(house.clock()):
            await give_up(tx, house, sign_up)
        await untell(tx, sign_up)
    await sign_ups.unlink(tx, contact)
