"""Who is off duty, and how long: a worker says it, or a supervisor of a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.casework.alerts import tell_addresses
from bot.casework.duty import OFF_DUTY, go_off_duty, go_on_duty
from bot.casework.house import House
from bot.casework.phrases import OFF_DUTY_NOTED, ON_DUTY_NOTED
from bot.casework.speech import phrase
from bot.desk.conditions import must_supervise
from bot.domain.case import Case
from bot.domain.errors import NotAllowedError, RefusedError
from bot.domain.ids import HOUR, Instant, WorkerId
from bot.domain.worker import Worker
from bot.wording.phrases import say_moment
from storage import audit, cases, staff, timers
from storage.database import Transaction

HOURS_OFF = (8, 12, 16, 24, 72, 168, 336)
"""For how many hours a worker can say that they are off duty; then they are on it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Whether a worker is on duty, *until* when they are not, and what depends on them.

    *until* is None if they are, or if only a person ends it. *others* is how many colleagues are
    on duty, *cases* how many open cases the worker has.
    """

    is_on: bool
    until: Instant | None
    others: int
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody on the staff as a supervisor sees them, with their open *cases*.

    *until* is None if they are on duty, or if only a person ends it.
    """

    worker: Worker
    until: Instant | None
    cases: Sequence[Case]


async def look(tx: Transaction, worker: Worker) -> Duty:
    """Return how it stands with the duty of *worker*."""
    everybody = await staff.all_workers(tx)
    _, _, mine = await cases.count_shares(tx, worker.id)
    return Duty(
        is_on=any(one.is_on_duty for one in everybody if one.id == worker.id),
        until=await timers.when_due(tx, OFF_DUTY, worker.id),
        others=sum(one.is_on_duty for one in everybody if one.id != worker.id),
        cases=mine,
    )


async def colleagues(tx: Transaction, worker: Worker) -> tuple[Colleague, ...]:
    """Return everybody else on the staff; nobody for whoever is no supervisor."""
    if not worker.may_supervise:
        return ()
    return tuple(
        [
            Colleague(
                worker=one,
                until=await timers.when_due(tx, OFF_DUTY, one.id),
                cases=await cases.cases_owned_by(tx, one.id),
            )
            for one in await staff.all_workers(tx)
            if one.id != worker.id
        ]
    )


async def go_off(
    tx: Transaction, house: House, worker: Worker, *, hours: int, whom: WorkerId | None = None
) -> None:
    """Take *worker*, or *whom* they supervise, off duty for so many *hours*.

    Another is told, and may be on duty again at any time. Their cases stay theirs.

    Raises:
        RefusedError: that cannot be chosen.
        NotAllowedError: it is somebody else, and *worker* is no supervisor, or nobody is that.

    """
    if hours not in HOURS_OFF:
        text = "choose until when"
        raise RefusedError(text, missing="hours")
    one = await _whose(tx, worker, whom)
    now = house.clock()
    until = Instant(now + hours * HOUR)
    await go_off_duty(tx, one.id, until=until)
    await audit.note(tx, worker.id, "duty_set", one.id, at=now, on=False, hours=hours)
    if one.id != worker.id:
        await _tell(tx, house, one, worker, until=until)


async def come_on(
    tx: Transaction, house: House, worker: Worker, *, whom: WorkerId | None = None
) -> None:
    """Put *worker*, or *whom* they supervise, on duty again.

    Raises:
        NotAllowedError: it is somebody else, and *worker* is no supervisor, or nobody is that.

    """
    one = await _whose(tx, worker, whom)
    await go_on_duty(tx, one.id)
    await audit.note(tx, worker.id, "duty_set", one.id, at=house.clock(), on=True)
    if one.id != worker.id:
        await _tell(tx, house, one, worker, until=None)


async def _whose(tx: Transaction, worker: Worker, whom: WorkerId | None) -> Worker:
    if whom is None or whom == worker.id:
        return worker
    must_supervise(worker)
    found = await staff.find_worker(tx, whom)
    if found is None:
        text = "there is nobody like that on the staff"
        raise NotAllowedError(text)
    return found


async def _tell(
    tx: Transaction, house: House, one: Worker, by: Worker, *, until: Instant | None
) -> None:
    """Tell *one* what *by* has noted of them."""
    zone = house.directory.organisation.reading_hours.zone
    words = ON_DUTY_NOTED if until is None else OFF_DUTY_NOTED
    texts = {}
    for language in house.languages:
        time = "" if until is None else say_moment(until, language=language, zone=zone)
        texts[language] = phrase(house, language, words, name=by.name, time=time)
    await tell_addresses(tx, house, texts, now=house.clock(), only=[one.id])
