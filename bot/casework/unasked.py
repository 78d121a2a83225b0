"""Whether a contact may be written to of Lantern's own accord."""

from collections.abc import Mapping

from bot.domain.case import OK
from bot.domain.ids import ContactId, Instant
from bot.domain.level import Level
from bot.domain.place import OwnerKind, Place
from storage import cases, contacts, subscriptions
from storage.database import Transaction
from storage.sealing import UnsealError

_QUESTION = ".safe_to_reply"


async def place_of(tx: Transaction, contact: ContactId) -> Place | None:
    """Return where *contact* is; None if they are nowhere, or it cannot be opened any more."""
    try:
        return await contacts.latest_place(tx, contact)
    except UnsealError:
        return None


async def is_safe_to_write(tx: Transaction, place: Place) -> bool:
    """Whether the contact at *place* never said that it is unsafe, or safe only at some times.

    What they said in any case counts, in one that is closed as well.
    """
    if place.session is not None and not _says_safe(place.session.answers):
        return False
    for case in await subscriptions.case_states(tx, place.contact):
        if not case.may_write:
            return False
        body = await cases.read_body(tx, case.id)
        if body.safe_to_reply and body.safe_to_reply.split()[0] != OK:
            return False
    return True


async def must_be_quiet(tx: Transaction, place: Place) -> bool:
    """Whether the contact at *place* used the safe word, and no worker has decided since.

    A worker does so by writing to them, or by closing the case.
    """
    if place.session is not None and place.session.is_quiet:
        return True
    states = await subscriptions.case_states(tx, place.contact)
    bodies = [await cases.read_body(tx, case.id) for case in states if case.is_open]
    return any(body.is_quiet for body in bodies)


async def is_undisturbed(tx: Transaction, place: Place, *, now: Instant) -> bool:
    """Whether nothing graver is going on: no pressing case, nobody awaited, no worker writing.

    Nor may the safe word have been used.
    """
    if place.is_owned_by_worker(now) or place.owner_kind is OwnerKind.QUEUE:
        return False
    if await must_be_quiet(tx, place):
        return False
    states = await subscriptions.case_states(tx, place.contact)
    return not any(
        case.is_open and (case.is_owned or case.level <= Level.URGENT) for case in states
    )


def _says_safe(answers: Mapping[str, str]) -> bool:
    said = [answer for state, answer in answers.items() if state.endswith(_QUESTION)]
    return all(answer == OK for answer in said)
