"""Whether a contact can be reached: they may have left, had all erased, or lost the phone."""

from bot.casework.cases import add_status, note_news
from bot.casework.happened import (
    ERASED,
    ERASED_ELSEWHERE,
    IN_DANGER,
    LEFT,
    TAKEN,
    Happened,
    what_happened,
)
from bot.casework.house import House
from bot.domain.case import Case, EntryKind
from bot.domain.ids import CaseId, Instant
from bot.domain.place import Place
from bot.domain.values import Value
from storage import case_log, cases, contacts
from storage.database import Transaction
from storage.outbox import PULLED

_LOOKED_AT = 500
_CODE_TOLD = '"return_code"'
"""What stands in the log, among what was filled in, where the code was told."""


class Reach(Value, frozen=True, kw_only=True):
    """Whether what a worker writes reaches the contact of a case.

    ``has_left`` says that they chose to leave and nobody has written there since,
    ``is_left_behind`` that they left or had all erased, and the code was not typed there since,
    ``is_awaited`` that they can be expected to act once they were answered.
    """

    has_left: bool
    is_left_behind: bool
    is_awaited: bool
    can_reach: bool


async def reach(tx: Transaction, case: Case, place: Place | None, happened: Happened) -> Reach:
    """Return how the contact of *case* at *place* can be reached, after all that *happened*.

    Where they left it is not known who has the phone, so what is written waits for the code. Whom
    the code was never told could not come back, and is written to; a worker is asked first. So is
    whoever told of danger there since: a child who is in it may not think of a code.
    """
    if place is None:
        return Reach(has_left=False, is_left_behind=False, is_awaited=True, can_reach=False)
    is_behind = happened.is_left_behind(case, place)
    waits = (
        is_behind
        and not happened.has_told_of_danger
        and (place.channel == PULLED or await knows_code(tx, case.id))
    )
    is_there = bool(place.where) and not place.is_dead
    return Reach(
        has_left=await _has_left(tx, case.id, place, happened),
        is_left_behind=is_behind,
        is_awaited=not is_behind and not place.is_dead,
        can_reach=case.may_write and not waits and is_there,
    )


async def _has_left(tx: Transaction, case_id: CaseId, place: Place, happened: Happened) -> bool:
    """Whether the contact at *place* chose to leave, and has not written or come back since."""
    if happened.leaving is None or (place.session is not None and place.session.step):
        return False
    came = [
        await case_log.read_last(tx, case_id, kind, most=1)
        for kind in (EntryKind.SAID, EntryKind.FILE)
    ]
    return all(entry.id <= happened.leaving.id for newest in came for entry in newest)


async def is_to_be_written_to(tx: Transaction, case: Case) -> bool:
    """Whether an answer reaches the contact, and nobody is known who may read it in their place.

    After the safe word, or where somebody seems to have taken the phone, nobody is pressed to
    write: what is decided there is what there is to do.
    """
    place = await contacts.place_at(tx, case.address) if case.address else None
    happened = await what_happened(tx, case.id)
    if happened.may_be_taken or not (await reach(tx, case, place, happened)).can_reach:
        return False
    return not (await cases.read_body(tx, case.id)).is_quiet


async def knows_code(tx: Transaction, case_id: CaseId) -> bool:
    """Whether the contact of the case was told their code in the chat."""
    told = await case_log.read_last(tx, case_id, EntryKind.TOLD, most=_LOOKED_AT)
    return any(_CODE_TOLD in entry.text for entry in told)


async def note_left(tx: Transaction, house: House, case_id: CaseId) -> None:
    """Have the case know that its contact chose to leave: nobody is awaited any more."""
    await add_status(tx, case_id, LEFT, at=house.clock())
    await note_news(tx, house, case_id)


async def note_erased(tx: Transaction, house: House, case_id: CaseId, place: Place) -> None:
    """Have the case know that at *place* all was erased; if it is open and answered there, as news.

    A case that has moved to another phone is not left behind by that.
    """
    case = await cases.find_case(tx, case_id)
    is_here = case.address == place.address
    await add_status(tx, case_id, ERASED if is_here else ERASED_ELSEWHERE, at=house.clock())
    if is_here and case.closed_at is None:
        await note_news(tx, house, case_id)


async def note_blocked(tx: Transaction, house: House, case_id: CaseId) -> None:
    """Have the case know that its contact cannot be reached any more: nobody is awaited."""
    await add_status(tx, case_id, "blocked", at=house.clock())
    await note_news(tx, house, case_id)


async def note_danger(tx: Transaction, case: Case, place: Place, *, at: Instant) -> None:
    """Have *case* know that danger was told at *place* after they left: they may be written to."""
    happened = await what_happened(tx, case.id)
    is_behind = case.address == place.address and happened.is_left_behind(case, place)
    if is_behind and not happened.has_told_of_danger:
        await add_status(tx, case.id, IN_DANGER, at=at)


async def note_phone_taken(tx: Transaction, case_id: CaseId, *, at: Instant) -> None:
    """Have the case know that somebody else seems to have taken the phone it is answered on."""
    await add_status(tx, case_id, TAKEN, at=at)


async def is_left_behind(tx: Transaction, case: Case, place: Place) -> bool:
    """Whether the contact left or had all erased, and has not typed the code at *place* since."""
    return (await what_happened(tx, case.id)).is_left_behind(case, place)
