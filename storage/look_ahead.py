"""Reading at once what a batch of updates will ask for one by one."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import bindparam, select

from bot.domain.ids import CaseId
from bot.domain.place import Place
from bot.domain.update import Update
from storage import case_rows, contacts, staff
from storage.ahead import Ahead
from storage.database import Transaction
from storage.schema import inbox
from storage.statements import Statement, ready

_AT_ONCE = 64
_SEEN = ready(
    select(inbox.c.update_id).where(
        inbox.c.channel == bindparam("channel"),
        inbox.c.update_id.in_([bindparam(f"u{number}") for number in range(_AT_ONCE)]),
    )
)


async def look_ahead(tx: Transaction, updates: Sequence[Update]) -> None:
    """Read for *tx* which of *updates* are known, whose they are, and who is staff."""
    wanted = list(dict.fromkeys((update.channel, update.address) for update in updates))
    which = contacts.WherePlaces(tx, wanted)
    channels, seen = _which_were_seen(updates)
    places, workers, *known = await tx.together([which.question, (staff.BY_ANY_ADDRESS, {}), *seen])
    tx.ahead = Ahead(
        asked=frozenset((update.channel, update.id) for update in updates),
        seen={
            (channel, row["update_id"])
            for channel, rows in zip(channels, known, strict=True)
            for row in rows
        },
        staff=staff.workers_by_address(workers),
    )
    for address, place in (await which.open(tx, places)).items():
        tx.ahead.places[address] = place
        if place is not None:
            tx.ahead.addresses[place.contact] = address
    await case_rows.recall(tx, _cases_at(tx.ahead.places.values()))


def _cases_at(places: Iterable[Place | None]) -> Iterator[CaseId]:
    """Yield the open cases of those at *places*, and those that they came back to."""
    for place in places:
        if place is not None and place.case is not None:
            yield place.case
        if place is not None and place.session is not None and place.session.case is not None:
            yield place.session.case


def _which_were_seen(
    updates: Sequence[Update],
) -> tuple[list[str], list[tuple[Statement, dict[str, str]]]]:
    """Return what asks for the known ones of *updates*, and the channel that each asks about."""
    channels, questions = [], []
    for channel in {update.channel for update in updates}:
        ids = [update.id for update in updates if update.channel == channel]
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            padded = some + some[:1] * (_AT_ONCE - len(some))
            names = {f"u{number}": id_ for number, id_ in enumerate(padded)}
            channels.append(channel)
            questions.append((_SEEN, {"channel": channel, **names}))
    return channels, questions
