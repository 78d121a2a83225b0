"""Reading at once what a batch of updates will ask for one by one."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from sqlalchemy import bindparam, select

from bot.domain.ids import CaseId
from bot.domain.place import Place
from bot.domain.update import Update
from storage import case_rows, staff
from storage.ahead import Ahead
from storage.database import Transaction
from storage.many import answered, asked, shares, size_for
from storage.places import WherePlaces
from storage.schema import inbox
from storage.statements import Statement, ready


async def look_ahead(tx: Transaction, updates: Sequence[Update]) -> None:
    """Read for *tx* which of *updates* are known, whose they are, and who is staff."""
    wanted = list(dict.fromkeys((update.channel, update.address) for update in updates))
    which = WherePlaces(tx, wanted)
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
        for some in shares(ids):
            channels.append(channel)
            questions.append((_seen(size_for(len(some))), {"channel": channel, **answered(some)}))
    return channels, questions


@cache
def _seen(size: int) -> Statement:
    of_channel = inbox.c.channel == bindparam("channel")
    return ready(select(inbox.c.update_id).where(of_channel, inbox.c.update_id.in_(asked(size))))
