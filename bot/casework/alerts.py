"""Alerts: level, queue, code and how long it waits; never what somebody wrote."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from bot.casework.house import House
from bot.casework.phrases import (
    A_MOMENT,
    ALARM_TEST,
    ALERT,
    ALERT_OF_ITS_QUEUE,
    DEAD_GROUP,
    HANDED,
    I_HAVE_IT,
    IT_REACHES_ME,
    LEVELS,
    MARKS,
    NEWS,
    OPEN,
    TAKEN,
    Phrase,
)
from bot.casework.posting import post_to_staff
from bot.casework.speech import phrase
from bot.casework.turn_to_act import since
from bot.domain.case import Case, Status
from bot.domain.ids import HOUR, MINUTE, Instant, MessageId, WorkerId
from bot.domain.level import Level
from bot.domain.message import Button, Urgency
from bot.domain.worker import StaffAddress, Worker
from bot.wording.language import best_language
from bot.wording.phrases import say_duration
from storage import inbox, staff
from storage.alerted import alerted_about
from storage.database import Transaction

ALIVE = "alive"
"""The button of a test of the alarm; behind the colon stands the test."""

MEDIA = "apprise"
"""The channel of the ways outside of Lantern."""


async def alert(
    tx: Transaction,
    house: House,
    case: Case,
    *,
    words: Phrase,
    whom: Sequence[Worker],
    now: Instant,
) -> int:
    """Alert *whom*, and every group, about *case*; return how many addresses that is."""
    wanted = {worker.id: worker.language for worker in whom}
    addresses = await staff.staff_addresses_of(tx)
    count = 0
    for address in addresses:
        if address.worker is None or address.worker in wanted:
            language = wanted.get(address.worker or WorkerId(""), "")
            await _send(tx, house, case, words, address, language=language, now=now)
            count += 1
    return count


async def tell_owner(
    tx: Transaction, house: House, case: Case, *, now: Instant, words: Phrase = NEWS
) -> int:
    """Tell the owner of *case* that there is something new; return how many addresses that is."""
    return await _tell(tx, house, case, words, whom=case.owner, now=now)


async def tell_former_owner(
    tx: Transaction, house: House, case: Case, owner: WorkerId, *, now: Instant
) -> None:
    """Tell *owner*, who had *case*, who has it now."""
    await _tell(tx, house, case, TAKEN, whom=owner, now=now)


async def tell_supervisors(
    tx: Transaction, house: House, case: Case, words: Phrase, *, now: Instant
) -> int:
    """Tell the supervisors about *case*: no group, and not whoever has it, if there are others.

    Return how many addresses that is.
    """
    workers = [worker for worker in await staff.all_workers(tx) if worker.may_supervise]
    addresses = await staff.staff_addresses_of(tx)
    for chosen in ([one for one in workers if one.id != case.owner], workers):
        languages = {one.id: one.language for one in chosen}
        reached = [address for address in addresses if address.worker in languages]
        for address in reached:
            language = languages[address.worker or WorkerId("")]
            await _send(tx, house, case, words, address, language=language, now=now)
        if reached:
            return len(reached)
    return 0


async def _tell(
    tx: Transaction,
    house: House,
    case: Case,
    words: Phrase,
    *,
    whom: WorkerId | None,
    now: Instant,
) -> int:
    worker = await staff.find_worker(tx, whom) if whom else None
    count = 0
    for address in await staff.staff_addresses_of(tx):
        if worker is not None and address.worker == worker.id:
            await _send(tx, house, case, words, address, language=worker.language, now=now)
            count += 1
    return count


async def tell_colleagues(
    tx: Transaction, house: House, case: Case, *, now: Instant, former: WorkerId | None = None
) -> None:
    """Tell everybody who was alerted about *case*, and its *former* owner, who has it now."""
    languages = {worker.id: worker.language for worker in await staff.all_workers(tx)}
    alerted = await alerted_about(tx, case.id)
    for address in await staff.staff_addresses_of(tx):
        is_theirs = former is not None and address.worker == former
        if (is_theirs or address.id in alerted) and address.worker != case.owner:
            language = languages.get(address.worker or WorkerId(""), house.languages[0])
            await _send(tx, house, case, TAKEN, address, language=language, now=now)


async def send_test(
    tx: Transaction, house: House, test: str, *, now: Instant
) -> list[tuple[StaffAddress, MessageId]]:
    """Send the alert of the alarm's test *test* to every address, as an emergency's leaves.

    Returns each address with the message that goes there.
    """
    languages = {worker.id: worker.language for worker in await staff.all_workers(tx)}
    sent = []
    for address in await staff.staff_addresses_of(tx):
        language = best_language(languages.get(address.worker or WorkerId(""), ""), house.languages)
        button = Button(label=phrase(house, language, IT_REACHES_ME), data=f"{ALIVE}:{test}")
        text = phrase(house, language, ALARM_TEST)
        urgency = Urgency.SAFETY
        message = await post_to_staff(
            tx, address, text, urgency=urgency, buttons=(button,), now=now
        )
        sent.append((address, message))
    return sent


async def tell_addresses(
    tx: Transaction,
    house: House,
    texts: Mapping[str, str],
    *,
    now: Instant,
    but: Collection[str] = (),
    only: Collection[WorkerId] | None = None,
) -> None:
    """Tell staff about Lantern itself, each in their language, *but* not on those channels.

    With *only*, just those workers; without, everybody, and the groups.
    """
    languages = {worker.id: worker.language for worker in await staff.all_workers(tx)}
    for address in await staff.staff_addresses_of(tx):
        is_wanted = only is None or address.worker in only
        if is_wanted and address.channel not in but:
            given = languages.get(address.worker or WorkerId(""), "")
            text = texts[best_language(given, house.languages)]
            await post_to_staff(tx, address, text, urgency=Urgency.ALERT, now=now)


async def note_dead(tx: Transaction, house: House, address: str, *, now: Instant) -> None:
    """Record that nothing sent to the staff address *address* arrives.

    Supervisors hear of it where that was a group's: nobody else would miss its alerts.
    """
    groups = [each.id for each in await staff.staff_addresses_of(tx) if each.worker is None]
    await staff.mark_dead(tx, address, now=now)
    if address in groups:
        texts = _in_each_language(house, DEAD_GROUP)
        bosses = [worker.id for worker in await staff.all_workers(tx) if worker.may_supervise]
        await tell_addresses(tx, house, texts, now=now, only=bosses)


def _in_each_language(house: House, words: Phrase) -> Mapping[str, str]:
    return {language: phrase(house, language, words) for language in house.languages}


async def tell_media(
    tx: Transaction, house: House, text: str, *, now: Instant, case_id: str | None = None
) -> None:
    """Tell *text*, which holds nothing a contact wrote, on every way outside of Lantern."""
    for number in range(house.media):
        address = StaffAddress(
            id=f"{MEDIA}-{number}", channel=MEDIA, where=str(number), worker=None
        )
        await post_to_staff(tx, address, text, urgency=Urgency.ALERT, now=now, case_id=case_id)


async def alert_media(tx: Transaction, house: House, case: Case, *, words: Phrase) -> None:
    """Tell of *case* on every way outside of Lantern, as the last rung does."""
    now, language = house.clock(), house.languages[0]
    text = _said(house, case, words, language, now)
    await tell_media(tx, house, text, now=now, case_id=case.id)


async def tell_everybody(tx: Transaction, house: House, words: Phrase, *, now: Instant) -> None:
    """Tell the whole staff something about Lantern itself, at most once an hour."""
    if await inbox.count_tries(tx, "told", words.text, since=Instant(now - HOUR)):
        return
    await inbox.note_try(tx, "told", words.text, now=now)
    await tell_addresses(tx, house, _in_each_language(house, words), now=now)


def _urgency_of(level: Level) -> Urgency:
    """Return how soon an alert about a case of *level* leaves."""
    return Urgency.SAFETY if level is Level.EMERGENCY else Urgency.ALERT


async def _send(
    tx: Transaction,
    house: House,
    case: Case,
    words: Phrase,
    address: StaffAddress,
    *,
    language: str,
    now: Instant,
) -> None:
    language = best_language(language, house.languages)
    text = _said(house, case, words, language, now)
    await post_to_staff(
        tx,
        address,
        text,
        urgency=_urgency_of(case.level),
        buttons=_buttons(house, case, words, language),
        now=now,
        case_id=case.id,
    )


def _said(house: House, case: Case, words: Phrase, language: str, now: Instant) -> str:
    """Return *words* about *case*; a queue that is called as the level is does not say it again."""
    values = _values(house, case, language, now)
    is_said = words == ALERT and values["queue"] == values["level"]
    return phrase(house, language, ALERT_OF_ITS_QUEUE if is_said else words, **values)


def _values(house: House, case: Case, language: str, now: Instant) -> dict[str, str]:
    queue = house.directory.queues.get(case.queue)
    began = since(house, case) if case.status is Status.REOPENED else case.opened_at
    waited = timedelta(minutes=max(0, (now - began) // MINUTE))
    wait = say_duration(waited, language=language)
    return {
        "mark": MARKS.get(case.level.word, ""),
        "level": phrase(house, language, LEVELS[case.level.word]),
        "code": case.code,
        "queue": queue.names[language] if queue else case.queue,
        "wait": wait if waited else phrase(house, language, A_MOMENT),
        "owner": case.owner_name,
    }


def _buttons(house: House, case: Case, words: Phrase, language: str) -> tuple[Button, ...]:
    have = Button(label=phrase(house, language, I_HAVE_IT), data=f"have:{case.id}")
    label = phrase(house, language, OPEN)
    is_public = house.address.startswith("https://")
    url = f"{house.address}/desk/cases/{case.id}" if is_public else ""
    opening = Button(label=label, data="" if url else f"open:{case.id}", url=url)
    return (opening,) if case.owner or words in {NEWS, HANDED} else (have, opening)
