"""Which cases may belong to one contact: by who they are, or by where a code was typed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sqlalchemy import ColumnElement

from bot.domain.case import Case
from bot.domain.ids import CaseId
from storage.case_rows import CASES, read_case
from storage.database import Transaction
from storage.many import answered, asked, shares, size_for
from storage.schema import cases
from storage.statements import Statement, ready

_COLUMNS: Mapping[str, ColumnElement[str]] = {
    "contact": cases.c.contact,
    "address": cases.c.address,
}


async def related(tx: Transaction, found: Sequence[Case]) -> Mapping[CaseId, Sequence[Case]]:
    """Return, for each case *found*, the other cases of its contact or address, the newest first.

    Whoever has the address may be somebody else: a code can be typed on a friend's phone.
    """
    by_contact = await _by(tx, "contact", [case.contact for case in found])
    addresses = [case.address for case in found if case.address]
    by_address = await _by(tx, "address", addresses)
    shared = {}
    for case in found:
        theirs = [*by_contact[case.contact], *by_address[case.address or ""]]
        others = {other.id: other for other in theirs if other.id != case.id}
        shared[case.id] = sorted(others.values(), key=lambda other: -other.number)
    return shared


async def _by(tx: Transaction, column: str, values: Iterable[str]) -> Mapping[str, list[Case]]:
    found = defaultdict[str, list[Case]](list)
    for some in shares(sorted(set(values))):
        for row in await tx.all(_many(column, size_for(len(some))), **answered(some)):
            found[row[column]].append(read_case(row))
    return found


@cache
def _many(column: str, size: int) -> Statement:
    return ready(CASES.where(_COLUMNS[column].in_(asked(size))))
