"""Who has signed up for an activity; what they want to be called is sealed."""

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.activity import News, SignUp, Standing
from bot.domain.ids import ActivityId, ContactId, Instant, SignUpId, new_id
from storage import data_keys
from storage.database import Row, Transaction
from storage.schema import activities, sign_ups
from storage.sealing import UnsealError
from storage.statements import ready

_ADD = ready(
    insert(sign_ups).values(
        {
            name: bindparam(name)
            for name in (
                "id",
                "activity",
                "contact",
                "people",
                "status",
                "may_write",
                "news",
                "sealed_name",
                "at",
            )
        }
    )
)
_ONE = sign_ups.c.id == bindparam("sign_up")
_FIND = ready(select(sign_ups).where(_ONE))
_DROP = ready(
    delete(sign_ups).where(
        sign_ups.c.activity == bindparam("which"),
        sign_ups.c.contact == bindparam("who"),
        sign_ups.c.status == Standing.CANCELLED.value,
    )
)
_OF = ready(
    select(sign_ups).where(
        sign_ups.c.activity == bindparam("which"), sign_ups.c.contact == bindparam("who")
    )
)
_OF_ACTIVITY = ready(
    select(sign_ups)
    .where(sign_ups.c.activity == bindparam("which"))
    .order_by(sign_ups.c.at, sign_ups.c.id)
)
_OF_CONTACT = ready(
    select(sign_ups).where(sign_ups.c.contact == bindparam("who")).order_by(sign_ups.c.id)
)
_SET_STANDING = ready(update(sign_ups).where(_ONE).values(status=bindparam("standing")))
_SET_NEWS = ready(update(sign_ups).where(_ONE).values(news=bindparam("what")))
_SET_CAME = ready(update(sign_ups).where(_ONE).values(came=bindparam("count")))
_SILENCE = ready(update(sign_ups).where(sign_ups.c.contact == bindparam("who")).values(may_write=0))
_UNLINK = ready(
    update(sign_ups)
    .where(sign_ups.c.contact == bindparam("who"))
    .values(contact=None, sealed_name=None, may_write=0)
)
_OVER = select(activities.c.id).where(activities.c.starts_at < bindparam("before"))
_FORGET = ready(
    update(sign_ups)
    .where(sign_ups.c.contact.is_not(None), sign_ups.c.activity.in_(_OVER))
    .values(contact=None, sealed_name=None, may_write=0)
)


async def add(tx: Transaction, sign_up: SignUp) -> None:
    """Keep *sign_up*, which has a contact; one of theirs that was cancelled before is replaced."""
    contact = sign_up.contact or ContactId("")
    await tx.run(_DROP, which=sign_up.activity, who=contact)
    sealed = None
    if sign_up.name:
        sealed = await data_keys.seal_for(tx, contact, sign_up.id, sign_up.name)
    await tx.run(
        _ADD,
        id=sign_up.id,
        activity=sign_up.activity,
        contact=contact,
        people=sign_up.people,
        status=sign_up.standing.value,
        may_write=int(sign_up.may_write),
        news=sign_up.news.value,
        sealed_name=sealed,
        at=sign_up.at,
    )


async def find(tx: Transaction, sign_up: SignUpId) -> SignUp | None:
    """Return the sign-up with this id, if there is one."""
    row = await tx.one(_FIND, sign_up=sign_up)
    return await _sign_up(tx, row) if row else None


async def of(tx: Transaction, activity: ActivityId, contact: ContactId) -> SignUp | None:
    """Return how *contact* has signed up for *activity*, unless they cancelled it."""
    row = await tx.one(_OF, which=activity, who=contact)
    found = await _sign_up(tx, row) if row else None
    return found if found and found.standing is not Standing.CANCELLED else None


async def of_activity(tx: Transaction, activity: ActivityId) -> Sequence[SignUp]:
    """Return everybody who signed up for *activity*, in the order in which they did."""
    return [await _sign_up(tx, row) for row in await tx.all(_OF_ACTIVITY, which=activity)]


async def of_contact(tx: Transaction, contact: ContactId) -> Sequence[SignUp]:
    """Return everything that *contact* has signed up for."""
    return [await _sign_up(tx, row) for row in await tx.all(_OF_CONTACT, who=contact)]


async def set_standing(tx: Transaction, sign_up: SignUpId, standing: Standing) -> None:
    """Record where the sign-up stands now."""
    await tx.run(_SET_STANDING, sign_up=sign_up, standing=standing.value)


async def set_news(tx: Transaction, sign_up: SignUpId, news: News) -> None:
    """Record what they are to be told."""
    await tx.run(_SET_NEWS, sign_up=sign_up, what=news.value)


async def note_came(tx: Transaction, sign_up: SignUpId, count: int) -> None:
    """Record how many of the sign-up came."""
    await tx.run(_SET_CAME, sign_up=sign_up, count=count)


async def silence(tx: Transaction, contact: ContactId) -> None:
    """Write to *contact* about nothing that they have signed up for."""
    await tx.run(_SILENCE, who=contact)


async def unlink(tx: Transaction, contact: ContactId) -> None:
    """Forget that it was *contact* who signed up; only numbers remain."""
    await tx.run(_UNLINK, who=contact)


async def forget(tx: Transaction, *, before: Instant) -> None:
    """Forget who signed up for what began before *before*; only numbers remain."""
    await tx.run(_FORGET, before=before)


def new_sign_up_id() -> SignUpId:
    """Return an id for a sign-up."""
    return SignUpId(new_id())


async def _sign_up(tx: Transaction, row: Row) -> SignUp:
    contact = ContactId(row["contact"]) if row["contact"] else None
    name = ""
    if contact is not None and row["sealed_name"] is not None:
        with suppress(UnsealError):
            name = str(await data_keys.open_for(tx, contact, row["id"], row["sealed_name"]))
    return SignUp(
        id=SignUpId(row["id"]),
        activity=ActivityId(row["activity"]),
        contact=contact,
        people=row["people"],
        standing=Standing(row["status"]),
        may_write=bool(row["may_write"]),
        news=News(row["news"]),
        at=Instant(row["at"]),
        came=row["came"],
        name=name,
    )
