"""The alarm path: whether an alert reaches anybody, and who is told when it does not."""

from bot.casework.alerts import alert, alert_media, tell_addresses, tell_media
from bot.casework.bell import ALARM, DESK
from bot.casework.house import House
from bot.casework.phrases import ALARM_BROKEN, ALARM_BROKEN_WHY, ALARM_MENDED, ALERT
from bot.casework.ringing import AT_DESK_FOR
from bot.casework.speech import phrase
from bot.casework.telling import LANTERN
from bot.domain.alarm import Break, Reason
from bot.domain.case import Case
from bot.domain.errors import NotAllowedError
from bot.domain.ids import HOUR, MINUTE, SECOND, CaseId, Instant, new_id
from bot.domain.level import Level
from bot.intake.nobody import have_taken_back, tell_those_who_wait
from bot.log import Action, record
from bot.triage.alarm import microseconds
from bot.wording.phrases import say_moment
from storage import alarm, audit, cases, inbox, staff, timers
from storage.database import Transaction
from storage.timers import Timer

PROOF = "alarm_proof"
"""The timer of a real alert: by then somebody must have it on their phone."""

RECHECK = "alarm_recheck"
PROBE = "alarm_probe"
HOUSE = "house"
RECHECK_EVERY = 30 * SECOND
PROBE_EVERY = 10 * MINUTE


async def expect_taken(tx: Transaction, house: House, case: Case) -> None:
    """Have it looked at whether the alert about *case*, sent just now, reaches anybody.

    Where there is nobody at all whom it could reach, that is known at once.
    """
    if case.level > Level.URGENT:
        return
    now = house.clock()
    if not await is_anybody_there(tx):
        await break_path(tx, house, Reason.NOBODY)
    due = now + microseconds(house.alarm.taken_within)
    await timers.set_timer(tx, PROOF, f"{case.id}:{case.rung}", due_at=due)


async def prove(tx: Transaction, house: House, timer: Timer) -> None:
    """Look whether a real alert was taken; if not, alert everybody, and say so everywhere.

    Everybody is alerted also while the path counts as broken: some of their phones may work. Only
    what goes out again and again by itself is not doubled then.
    """
    since = Instant(timer.due_at - microseconds(house.alarm.taken_within) - 1)
    case_id, _, rung = timer.subject.partition(":")
    try:
        case = await cases.find_case(tx, CaseId(case_id))
    except NotAllowedError:
        return
    is_seen = case.closed_at is not None or (case.owner is not None and not case.unread)
    if is_seen or await is_through(tx, house, since, case=case.id):
        return
    if await alarm.find_break(tx) is not None and _comes_again(house, case, rung):
        return
    now = house.clock()
    everybody = await staff.all_workers(tx)
    await alert(tx, house, case, words=ALERT, whom=everybody, now=now)
    await alert_media(tx, house, case, words=ALERT)
    if rung.endswith("+") or not await alarm.is_taken_since(tx, since, now=now):
        await break_path(tx, house, await _why(tx))
    else:
        due = now + microseconds(house.alarm.taken_within)
        await timers.set_timer(tx, PROOF, f"{timer.subject}+", due_at=due)


def _comes_again(house: House, case: Case, rung: str) -> bool:
    """Whether it was the alert of the last rung, which the ladder repeats."""
    return int(rung.rstrip("+")) >= len(house.levels.of(case.level).ladder) - 1


async def is_anybody_there(tx: Transaction) -> bool:
    """Whether there is anybody on the staff, or a group, whom an alert could reach."""
    return bool(await staff.all_workers(tx) or await staff.staff_addresses_of(tx))


async def is_through(tx: Transaction, house: House, since: Instant, *, case: str = "") -> bool:
    """Whether an alert reached anybody after *since*.

    Where no address is linked, an open desk is all the alarm there is.
    """
    now = house.clock()
    if await alarm.is_taken_since(tx, since, now=now, case=case):
        return True
    has_addresses = bool(await staff.staff_addresses_of(tx))
    return not has_addresses and await alarm.last_at_desk(tx, now=now) > since


async def break_path(tx: Transaction, house: House, reason: Reason) -> None:
    """Record that alerts reach nobody, for *reason*; tell the staff and the contacts who wait."""
    if await alarm.find_break(tx) is not None:
        return
    now = house.clock()
    await alarm.begin_break(tx, reason, now=now)
    await audit.note(tx, LANTERN, "alarm_broken", reason.value, at=now)
    tx.once_kept(record, Action.ALARM_BROKEN, level="error", kind=reason.value)
    await _tell_staff(tx, house, Break(began_at=now, reason=reason))
    if await is_nobody_there(tx, house):
        await tell_those_who_wait(tx, house)
    await timers.set_timer(tx, RECHECK, HOUSE, due_at=now + RECHECK_EVERY)
    tx.touched.update((DESK, ALARM))


async def recheck(tx: Transaction, house: House, _: Timer) -> None:
    """Look whether alerts reach people again; until they do, probe and remind."""
    broken, now = await alarm.find_break(tx), house.clock()
    if broken is None:
        if not await is_anybody_there(tx):
            await break_path(tx, house, Reason.NOBODY)
        return
    if await _is_over(tx, house, broken):
        await _mend(tx, house, broken)
        return
    await timers.set_timer(tx, RECHECK, HOUSE, due_at=now + RECHECK_EVERY)
    if not await inbox.count_tries(tx, RECHECK, HOUSE, since=Instant(now - HOUR)):
        await _tell_staff(tx, house, broken)
    if await is_nobody_there(tx, house):
        await tell_those_who_wait(tx, house)
    else:
        await have_taken_back(tx, house)
    if await _may_probe(tx, house):
        await timers.set_timer(tx, PROBE, new_id(), due_at=now)


async def is_nobody_there(tx: Transaction, house: House) -> bool:
    """Whether contacts must hear that nobody can be reached: no alert arrives, no desk is open."""
    if await alarm.find_break(tx) is None:
        return False
    now = house.clock()
    return await alarm.last_at_desk(tx, now=now) < now - AT_DESK_FOR


async def _why(tx: Transaction) -> Reason:
    return Reason.NOT_TAKEN if await staff.staff_addresses_of(tx) else Reason.NOBODY


async def _is_over(tx: Transaction, house: House, broken: Break) -> bool:
    if broken.reason is Reason.NOT_ANSWERED:
        return await alarm.last_sign_of_life(tx) > broken.began_at
    return await is_through(tx, house, broken.began_at)


async def _stuck(tx: Transaction, house: House) -> frozenset[str]:
    before = house.clock() - microseconds(house.alarm.taken_within)
    return await alarm.stuck_channels(tx, before=before)


async def _may_probe(tx: Transaction, house: House) -> bool:
    """Whether a test may show that a phone can be reached again: not while one waits anyway."""
    now = house.clock()
    last = await alarm.latest_test(tx, asked_by=PROBE)
    if last is not None and last.made_at > now - PROBE_EVERY:
        return False
    has_addresses = bool(await staff.staff_addresses_of(tx))
    return has_addresses and not await _stuck(tx, house)


async def _tell_staff(tx: Transaction, house: House, broken: Break) -> None:
    """Tell staff on every way on which nothing is stuck, and outside of Lantern."""
    now = house.clock()
    await inbox.note_try(tx, RECHECK, HOUSE, now=now)
    waiting = await cases.pressing_cases(tx)
    texts = {
        language: phrase(
            house,
            language,
            ALARM_BROKEN,
            why=_reason_in_words(house, broken, language),
            count=len(waiting),
            address=f"{house.address}/desk",
        )
        for language in house.languages
    }
    await tell_addresses(tx, house, texts, now=now, but=await _stuck(tx, house))
    await tell_media(tx, house, texts[house.languages[0]], now=now)


def _reason_in_words(house: House, broken: Break, language: str) -> str:
    time = _moment(house, broken.began_at, language)
    return phrase(house, language, ALARM_BROKEN_WHY[broken.reason.value], time=time)


async def _mend(tx: Transaction, house: House, broken: Break) -> None:
    now = house.clock()
    await alarm.end_break(tx, now=now)
    await audit.note(tx, LANTERN, "alarm_mended", broken.reason.value, at=now)
    tx.once_kept(record, Action.ALARM_MENDED, kind=broken.reason.value)
    await have_taken_back(tx, house)
    texts = {
        language: phrase(
            house,
            language,
            ALARM_MENDED,
            since=_moment(house, broken.began_at, language),
            until=_moment(house, now, language),
            address=f"{house.address}/desk",
        )
        for language in house.languages
    }
    await tell_addresses(tx, house, texts, now=now)
    await tell_media(tx, house, texts[house.languages[0]], now=now)
    tx.touched.update((DESK, ALARM))


def _moment(house: House, at: Instant, language: str) -> str:
    zone = house.directory.organisation.reading_hours.zone
    return say_moment(at, language=language, zone=zone)
