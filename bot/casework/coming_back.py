"""Where a code leads: to the open case of its contact, with what was written in earlier ones.

Only cases of the very same contact count: a phone at which a code was typed may be a friend's.
"""

from collections.abc import Sequence
from contextlib import suppress

from bot.domain.case import Case, Entry, EntryKind
from storage import case_log
from storage.database import Transaction
from storage.related import related
from storage.sealing import UnsealError


async def newest_open(tx: Transaction, case: Case) -> Case:
    """Return the newest open case of the contact of *case* if that one is closed, else *case*."""
    if case.closed_at is None:
        return case
    return next((each for each in await _others(tx, case) if each.closed_at is None), case)


async def last_of_all(
    tx: Transaction, case: Case, kind: EntryKind, *, most: int
) -> Sequence[Entry]:
    """Return the *most* newest entries of *kind* in all cases of the contact of *case*.

    What cannot be opened any more is left out, but for *case* itself.
    """
    found = [*await case_log.read_last(tx, case.id, kind, most=most)]
    for other in await _others(tx, case):
        with suppress(UnsealError, ValueError):
            found += await case_log.read_last(tx, other.id, kind, most=most)
    return sorted(found, key=lambda entry: (entry.at, entry.id))[-most:]


async def _others(tx: Transaction, case: Case) -> Sequence[Case]:
    others = (await related(tx, [case]))[case.id]
    return [other for other in others if other.contact == case.contact]
