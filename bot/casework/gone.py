"""Whoever chose "Leave now": on the web their page is empty and its address gone."""

from collections.abc import Sequence

from bot.casework.cases import add_status, note_news
from bot.casework.house import House
from bot.domain.case import Entry, EntryKind
from bot.domain.ids import CaseId
from bot.domain.place import Place
from storage import case_log, cases
from storage.database import Transaction
from storage.outbox import PULLED

_LEFT, _CAME_BACK, _ERASED = "left", "came_back", "asked_to_erase"
_LOOKED_AT = 500


async def note_left(tx: Transaction, house: House, case_id: CaseId) -> None:
    """Have the case know that its contact chose to leave: nobody is awaited any more."""
    await add_status(tx, case_id, _LEFT, at=house.clock())
    await note_news(tx, house, case_id)


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


def may_reach(place: Place | None, *, is_gone: bool) -> bool:
    """Whether what is written reaches *place*; a page that was left shows nothing any more."""
    return place is not None and bool(place.where) and not (is_gone and place.channel == PULLED)
