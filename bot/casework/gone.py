"""Whoever chose "Leave now": on the web their page is empty and its address gone."""

from collections.abc import Sequence

from bot.casework.cases import add_status, note_news
from bot.casework.house import House
from bot.domain.case import Case, Entry, EntryKind
from bot.domain.ids import CaseId, Instant
from bot.domain.place import Place
from bot.domain.values import Value
from storage import case_log, cases, contacts
from storage.database import Transaction
from storage.outbox import PULLED

_LEFT, _CAME_BACK, _ERASED = "left", "came_back", "asked_to_erase"
_TAKEN, _SAFE_AGAIN = "phone_taken", "safety_ok"
_ERASED_ELSEWHERE = "asked_to_erase_elsewhere"
"""The phone the case has moved away from was erased: its contact is still there."""

_IN_DANGER = "danger_after_leaving"
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


async def reach(tx: Transaction, case: Case, place: Place | None) -> Reach:
    """Return how the contact of *case* at *place* can be reached.

    Where they left it is not known who has the phone, so what is written waits for the code. Whom
    the code was never told could not come back, and is written to; a worker is asked first. So is
    whoever told of danger there since: a child who is in it may not think of a code.
    """
    is_gone = await has_left(tx, case.id, place)
    if place is None:
        return Reach(has_left=is_gone, is_left_behind=False, is_awaited=True, can_reach=False)
    is_behind = await is_left_behind(tx, case.id, place)
    waits = (
        is_behind
        and await _waits_for_code(tx, case.id, place)
        and not await _told_of_danger_since(tx, case.id)
    )
    is_there = bool(place.where) and not place.is_dead
    return Reach(
        has_left=is_gone,
        is_left_behind=is_behind,
        is_awaited=not is_behind and not place.is_dead,
        can_reach=case.may_write and not waits and is_there,
    )


async def is_to_be_written_to(tx: Transaction, case: Case) -> bool:
    """Whether an answer reaches the contact, and nobody is known who may read it in their place.

    After the safe word, or where somebody seems to have taken the phone, nobody is pressed to
    write: what is decided there is what there is to do.
    """
    place = await contacts.place_at(tx, case.address) if case.address else None
    if not (await reach(tx, case, place)).can_reach:
        return False
    body = await cases.read_body(tx, case.id)
    return not body.is_quiet and not await may_be_taken(tx, case.id)


async def _waits_for_code(tx: Transaction, case_id: CaseId, place: Place) -> bool:
    return place.channel == PULLED or await knows_code(tx, case_id)


async def knows_code(tx: Transaction, case_id: CaseId) -> bool:
    """Whether the contact of the case was told their code in the chat."""
    told = await case_log.read_last(tx, case_id, EntryKind.TOLD, most=_LOOKED_AT)
    return any(_CODE_TOLD in entry.text for entry in told)


async def note_left(tx: Transaction, house: House, case_id: CaseId) -> None:
    """Have the case know that its contact chose to leave: nobody is awaited any more."""
    await add_status(tx, case_id, _LEFT, at=house.clock())
    await note_news(tx, house, case_id)


async def note_erased(tx: Transaction, house: House, case_id: CaseId, place: Place) -> None:
    """Have the case know that at *place* all was erased; if it is open and answered there, as news.

    A case that has moved to another phone is not left behind by that.
    """
    case = await cases.find_case(tx, case_id)
    is_here = case.address == place.address
    await add_status(tx, case_id, _ERASED if is_here else _ERASED_ELSEWHERE, at=house.clock())
    if is_here and case.closed_at is None:
        await note_news(tx, house, case_id)


async def note_blocked(tx: Transaction, house: House, case_id: CaseId) -> None:
    """Have the case know that its contact cannot be reached any more: nobody is awaited."""
    await add_status(tx, case_id, "blocked", at=house.clock())
    await note_news(tx, house, case_id)


async def note_danger(tx: Transaction, case: Case, place: Place, *, at: Instant) -> None:
    """Have *case* know that danger was told at *place* after they left: they may be written to."""
    is_behind = case.address == place.address and await is_left_behind(tx, case.id, place)
    if is_behind and not await _told_of_danger_since(tx, case.id):
        await add_status(tx, case.id, _IN_DANGER, at=at)


async def _told_of_danger_since(tx: Transaction, case_id: CaseId) -> bool:
    happened = [entry.text for entry in await _happened(tx, case_id)]
    moves = [move for move in happened if move in {_LEFT, _ERASED, _CAME_BACK, _IN_DANGER}]
    return moves[-1:] == [_IN_DANGER]


async def asked_to_erase(tx: Transaction, case_id: CaseId) -> bool:
    """Whether the contact asked where they are answered that all be erased, and is not back."""
    happened = [entry.text for entry in await _happened(tx, case_id)]
    moves = [move for move in happened if move in {_ERASED, _CAME_BACK}]
    return moves[-1:] == [_ERASED]


async def note_phone_taken(tx: Transaction, case_id: CaseId, *, at: Instant) -> None:
    """Have the case know that somebody else seems to have taken the phone it is answered on."""
    await add_status(tx, case_id, _TAKEN, at=at)


async def may_be_taken(tx: Transaction, case_id: CaseId) -> bool:
    """Whether somebody else seemed to have taken the phone, and may have it still.

    That ends with the code, or where a worker notes that they said it is safe to write.
    """
    happened = [entry.text for entry in await _happened(tx, case_id)]
    moves = [move for move in happened if move in {_TAKEN, _CAME_BACK, _SAFE_AGAIN}]
    return moves[-1:] == [_TAKEN]


async def has_left(tx: Transaction, case_id: CaseId, place: Place | None) -> bool:
    """Whether the contact at *place* chose to leave, and has not written or come back since."""
    if place is None or (place.session is not None and place.session.step):
        return False
    happened = await _happened(tx, case_id)
    last = [entry for entry in happened if entry.text in {_LEFT, _CAME_BACK}][-1:]
    if not last or last[0].text != _LEFT:
        return False
    came = [
        await case_log.read_last(tx, case_id, kind, most=1)
        for kind in (EntryKind.SAID, EntryKind.FILE)
    ]
    return all(entry.id <= last[0].id for newest in came for entry in newest)


async def is_left_behind(tx: Transaction, case_id: CaseId, place: Place) -> bool:
    """Whether the contact left or had all erased, and has not typed the code at *place* since.

    What they write there does not count: it may be somebody else who has the phone now.
    """
    happened = [entry.text for entry in await _happened(tx, case_id)]
    moves = [move for move in happened if move in {_LEFT, _ERASED, _CAME_BACK}]
    if all(move == _CAME_BACK for move in moves):
        return False
    case = await cases.find_case(tx, case_id)
    return moves[-1] != _CAME_BACK or case.address != place.address


async def _happened(tx: Transaction, case_id: CaseId) -> Sequence[Entry]:
    return await case_log.read_last(tx, case_id, EntryKind.STATUS, most=_LOOKED_AT)
