"""The ladder: who is alerted next, until a named person has said "I have it"."""

from collections.abc import Sequence
from datetime import timedelta

from bot.casework.alerts import alert, alert_media, tell_owner
from bot.casework.complained import passed_over
from bot.casework.house import House
from bot.casework.phrases import ALERT, NOT_LOOKED_AT, NOT_OPENED, UNREAD_NEWS, Phrase
from bot.casework.ringing import LADDER, UNREAD, UNSEEN, is_at_work
from bot.casework.telling import LANTERN
from bot.domain.case import COMPLAINED, Case, Status
from bot.domain.ids import HOUR, CaseId
from bot.domain.level import Level
from bot.domain.worker import Worker
from bot.log import Action, record
from bot.triage.alarm import microseconds
from bot.triage.signals import level_of
from bot.watch.alarm_path import expect_taken
from bot.watch.night import night_ends
from storage import audit, cases, staff, timers
from storage.database import Transaction
from storage.sealing import UnsealError
from storage.timers import Timer

EVERYONE = "everyone"
"""The rung that also alerts outside of Lantern."""

SUPERVISORS = "supervisors"
"""The rung of those who look after a complaint about us first."""

_DOUBLED = 20
"""So often a pause is doubled at most: any is as long as it may be by then."""


async def climb(tx: Transaction, house: House, timer: Timer) -> None:
    """Alert the people of the next rung, and set the timer of the one after.

    What became an emergency after somebody had said "I have it", or was handed to them as one,
    climbs until they look at it. What is routine waits until the night is over.
    Where nobody of the rung can be reached, everybody is alerted.
    """
    case = await cases.find_case(tx, CaseId(timer.subject))
    if case.closed_at is not None or (case.owner is not None and not case.unread):
        return
    if await _waits_for_the_morning(tx, house, timer, case):
        return
    times = house.levels.of(case.level)
    rung, following = times.rung(case.rung), times.rung(case.rung + 1)
    now = house.clock()
    whom, count = await _alert_people_of(tx, house, case, rung.alert)
    await expect_taken(tx, house, case)
    status = Status.ALERTED if case.status is Status.NEW else case.status
    await cases.change(tx, case.id, rung=case.rung + 1, status=status.value)
    pause = microseconds(following.after - rung.after)
    await timers.set_timer(tx, LADDER, case.id, due_at=now + pause)
    await audit.note(
        tx, LANTERN, "alerted", case.id, at=now, rung=case.rung, to=[w.id for w in whom]
    )
    level = "info" if count else "error"
    tx.once_kept(
        record, Action.LADDER_CLIMBED, level=level, case=case.id, rung=case.rung, count=count
    )


async def _waits_for_the_morning(tx: Transaction, house: House, timer: Timer, case: Case) -> bool:
    """Whether *timer* calls at night about a routine *case*: it is put off until that is over.

    What becomes pressing meanwhile gets a timer of its own time, which is sooner.
    """
    reading = house.directory.organisation.reading_hours
    until = night_ends(house.learning.hours, reading, house.clock())
    if case.level <= Level.URGENT or until is None:
        return False
    await timers.set_timer(tx, timer.kind, timer.subject, due_at=until, version=timer.version)
    return True


async def _alert_people_of(
    tx: Transaction, house: House, case: Case, rung: str
) -> tuple[Sequence[Worker], int]:
    """Alert whose turn *rung* is; return whom, and how many addresses that were."""
    now, words = house.clock(), NOT_LOOKED_AT if case.owner else ALERT
    workers = await _who_may_have(tx, case)
    whom: Sequence[Worker] = _people_of(await _who_is_first(tx, case, rung), case, workers)
    count = await alert(tx, house, case, words=words, whom=whom, now=now)
    if not count:
        whom = await staff.all_workers(tx)
        count = await alert(tx, house, case, words=words, whom=whom, now=now)
    if rung == EVERYONE:
        await alert_media(tx, house, case, words=words)
    return whom, count


async def _who_may_have(tx: Transaction, case: Case) -> Sequence[Worker]:
    """Return the staff, but for whom a complaint in *case* may be about: it is not their turn."""
    passed = await passed_over(tx, case)
    return [one for one in await staff.all_workers(tx) if one.id not in passed]


async def _who_is_first(tx: Transaction, case: Case, rung: str) -> str:
    """Return whose turn *rung* is: who complains about a worker is to be read by a supervisor.

    Where harm is told as well, or what is kept cannot be opened, nobody is passed over.
    """
    if rung == EVERYONE or case.level is Level.EMERGENCY:
        return rung
    try:
        body = await cases.read_body(tx, case.id)
    except (UnsealError, ValueError):
        return rung
    tells_harm = level_of(body.signals) <= Level.URGENT
    return SUPERVISORS if COMPLAINED in body.answers and not tells_harm else rung


async def remind(tx: Transaction, house: House, timer: Timer) -> None:
    """Tell the owner again, and the supervisors, that something new has not been read in time.

    So is what a case holds that was claimed on a phone and not opened since. What is routine waits
    until the night is over.
    """
    case = await cases.find_case(tx, CaseId(timer.subject))
    is_unread = case.unread or timer.kind == UNSEEN
    if case.owner is None or case.closed_at is not None or not is_unread:
        return
    if await _waits_for_the_morning(tx, house, timer, case):
        return
    is_unseen = timer.kind == UNSEEN
    if not (is_unseen and await timers.version_of(tx, UNREAD, case.id)):  # called for that already
        await call(tx, house, case, NOT_OPENED if is_unseen else UNREAD_NEWS)
    pause = house.levels.of(case.level).repeat_every
    await call_again(tx, house, timer, pause, at_most=HOUR)
    tx.touched.add("desk")


async def call_again(
    tx: Transaction, house: House, timer: Timer, pause: timedelta, *, at_most: int
) -> None:
    """Have *timer*, whose version counts how often it was due, call again: first after *pause*.

    Each time after twice as long, up to *at_most*, if that is longer than the first: what rings
    every few minutes all night is switched off, and then nothing rings.
    """
    first = microseconds(pause)
    longest = max(first, at_most)
    due = house.clock() + min(first << min(timer.version, _DOUBLED), longest)
    version = timer.version + 1
    await timers.set_timer(tx, timer.kind, timer.subject, due_at=due, version=version)


async def call(
    tx: Transaction, house: House, case: Case, words: Phrase, *, alone: bool = False
) -> None:
    """Tell *words* to the owner of *case* and to the supervisors; if they can, the owner *alone*.

    Where the owner is the only supervisor, colleagues are told instead. Where none of them can be
    reached, everybody is told, and if that is nobody, outside of Lantern.
    An owner who is off duty and has no desk open is told, and does not count; about a routine case
    they are not told where somebody on duty is.
    """
    now = house.clock()
    is_there = await is_at_work(tx, case, now)
    others = [worker for worker in await staff.all_workers(tx) if worker.id != case.owner]
    bosses = [worker for worker in others if worker.may_supervise] or others
    is_for_others = not is_there and case.level > Level.URGENT
    whom = await _with_who_is_on_duty(tx, case, bosses, others) if is_for_others else bosses
    count = 0
    if not (is_for_others and await _is_one_on_duty_reached(tx, whom)):
        told = await tell_owner(tx, house, case, words=words, now=now)
        count = told if is_there else 0
    if not (alone and count):
        count += await alert(tx, house, case, words=words, whom=whom, now=now)
    level = "info" if count else "error"
    if not count:
        count = await alert(tx, house, case, words=words, whom=others, now=now)
    if not count:
        await alert_media(tx, house, case, words=words)
    tx.once_kept(record, Action.LADDER_CLIMBED, level=level, case=case.id, count=count)


async def _with_who_is_on_duty(
    tx: Transaction, case: Case, bosses: Sequence[Worker], others: Sequence[Worker]
) -> Sequence[Worker]:
    """Return *bosses*, and where none of them is on duty, those of the *others* who are."""
    if any(worker.is_on_duty for worker in bosses):
        return bosses
    passed = await passed_over(tx, case)
    known = {worker.id for worker in bosses} | passed
    return [*bosses, *(one for one in others if one.is_on_duty and one.id not in known)]


async def _is_one_on_duty_reached(tx: Transaction, whom: Sequence[Worker]) -> bool:
    reached = {address.worker for address in await staff.staff_addresses_of(tx)}
    return any(worker.is_on_duty and worker.id in reached for worker in whom)


def _people_of(rung: str, case: Case, workers: Sequence[Worker]) -> list[Worker]:
    """Return whom *rung* alerts about *case*; if that is nobody, everybody.

    Its owner, who does not look, is nobody's turn on the rota; the timer of what is unread calls
    them again.
    """
    on_duty = [worker for worker in workers if worker.is_on_duty and worker.id != case.owner]
    ordinary = [worker for worker in on_duty if not worker.may_supervise] or on_duty
    match rung:
        case "on_duty":
            chosen = _on_rota(ordinary, case.number)
        case "next":
            chosen = _on_rota(ordinary, case.number + case.rung)
        case "supervisors":
            chosen = [worker for worker in workers if worker.may_supervise]
        case _:
            chosen = list(workers)
    return chosen or list(workers)


def _on_rota(workers: Sequence[Worker], turn: int) -> list[Worker]:
    return [workers[turn % len(workers)]] if workers else []
