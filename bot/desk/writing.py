"""Writing: an answer to the contact, a note for staff."""

from bot.casework.cases import keep_quiet
from bot.casework.claiming import claim, own_conversation, speak_at
from bot.casework.gone import reach
from bot.casework.happened import what_happened
from bot.casework.house import House
from bot.casework.phrases import FROM_WORKER, NEWS
from bot.casework.posting import Letter, post
from bot.casework.ringing import LATE, ring_owner, stop_ringing
from bot.casework.speech import phrase
from bot.casework.turn_to_act import CONTACTS_TURN
from bot.desk.conditions import must_be_open
from bot.desk.reading import count_unseen
from bot.domain.case import Case, EntryKind
from bot.domain.errors import ConflictError, RefusedError
from bot.domain.ids import CaseId, Instant
from bot.domain.place import Place
from bot.domain.values import replace
from bot.domain.worker import Worker
from storage import audit, case_log, cases, contacts, inbox, outbox, timers
from storage.database import Transaction

LONGEST_ANSWER = 10_000
KEPT = "kept"
"""The state of an answer that waits until the contact comes back with their code."""


async def answer(
    tx: Transaction,
    house: House,
    worker: Worker,
    case_id: CaseId,
    *,
    text: str,
    version: int,
    seen: int | None = None,
    form: str = "",
) -> Case:
    """Send *text* to the contact. Answering a case nobody has claims it.

    Where it is not safe to write, the answer is kept for when they come back with their code.
    Whoever left, or cannot be reached any more, is not awaited: the clock goes on. So it does, and
    the alerts with it, where something is new that the owner has not read, or whoever answers, who
    was shown *seen* of the contact's messages and files. The same *text* of the same *form* is sent
    once, however often the form is.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: the text is empty or too long.
        ConflictError: the case is closed, somebody else has it, or changed it first.

    """
    case = await cases.find_case(tx, case_id)
    now = house.clock()
    if form and not await inbox.note_form(tx, f"{worker.id} {case_id} {form} {text}", now=now):
        return case
    must_be_open(case)
    _must_be_written(text, field="answer")
    unseen = await count_unseen(tx, case_id, seen)
    _must_not_be_taken(case, worker, version)
    case = case if case.owner else await _claim(tx, house, worker, case, unseen)
    place = await contacts.place_at(tx, case.address) if case.address else None
    reached = await reach(tx, case, place, await what_happened(tx, case_id))
    if place is not None and reached.can_reach:
        await _send(tx, house, worker, case_id, place, text=text.strip())
    else:
        await _keep(tx, house, worker, case, text=text.strip())
    if not (case.unread or unseen):
        await stop_ringing(tx, case_id)
        if reached.can_reach or reached.is_awaited:
            await cases.change(tx, case_id, **CONTACTS_TURN)
            await timers.stop_timer(tx, LATE, case_id)
    await audit.note(tx, worker.id, "case_answered", case_id, at=now)
    return await cases.find_case(tx, case_id)


async def _send(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, place: Place, *, text: str
) -> None:
    """Send *text* to the contact at *place*; from now on *worker* speaks there."""
    now = house.clock()
    await _write_down(tx, worker, case_id, text=text, state="", now=now)
    await post(tx, place, _letter(house, place, text), now=now, case_id=case_id)
    await _end_quiet(tx, case_id, place, now=now)
    await speak_at(tx, house, place, worker)


async def _keep(tx: Transaction, house: House, worker: Worker, case: Case, *, text: str) -> None:
    """Keep *text* for when the contact of *case* comes back with their code."""
    await _write_down(tx, worker, case.id, text=text, state=KEPT, now=house.clock())
    await own_conversation(tx, house, case, worker)


async def _write_down(
    tx: Transaction, worker: Worker, case_id: CaseId, *, text: str, state: str, now: Instant
) -> None:
    kind = EntryKind.WORKER
    entry = case_log.new_entry(kind, at=now, author=worker.name, text=text, state=state)
    await case_log.add_entry(tx, case_id, entry)


async def note(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, *, text: str
) -> Case:
    """Add *text* to the log for staff only.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: the text is empty or too long.

    """
    _must_be_written(text, field="note")
    now = house.clock()
    entry = case_log.new_entry(EntryKind.NOTE, at=now, author=worker.name, text=text.strip())
    await cases.find_case(tx, case_id)
    await case_log.add_entry(tx, case_id, entry)
    await audit.note(tx, worker.id, "case_noted", case_id, at=now)
    return await cases.find_case(tx, case_id)


async def _end_quiet(tx: Transaction, case_id: CaseId, place: Place, *, now: Instant) -> None:
    """After the safe word nothing was pushed until a worker decided; now one has."""
    await keep_quiet(tx, case_id, is_quiet=False)
    if place.session is not None and place.session.is_quiet:
        session = replace(place.session, is_quiet=False)
        await contacts.save_session(tx, place.contact, session, now=now)


def _letter(house: House, place: Place, text: str) -> Letter:
    """Return what the contact receives; where no page shows it, it says that a person writes."""
    if place.channel == outbox.PULLED:
        return Letter(text=text, is_from_person=True)
    language = place.session.language if place.session else house.languages[0]
    return Letter(text=f"{phrase(house, language, FROM_WORKER)}\n{text}", is_from_person=True)


def _must_not_be_taken(case: Case, worker: Worker, version: int) -> None:
    if case.version != version:
        text = "somebody else changed this case first; look again"
        raise ConflictError(text, by=case.owner_name)
    if case.owner not in {None, worker.id} and not worker.may_supervise:
        text = f"{case.owner_name} has this case"
        raise ConflictError(text, by=case.owner_name)


async def _claim(tx: Transaction, house: House, worker: Worker, case: Case, unseen: int) -> Case:
    """Claim *case*; what *worker* was not shown of it is new to them, and rings on."""
    claimed = await claim(tx, house, worker, case.id)
    if not unseen:
        return claimed
    await cases.change(tx, case.id, unread=unseen)
    await ring_owner(tx, house, claimed, NEWS)
    return await cases.find_case(tx, case.id)


def _must_be_written(text: str, *, field: str) -> None:
    if not text.strip():
        fault = "there is nothing written"
        raise RefusedError(fault, missing=field)
    if len(text) > LONGEST_ANSWER:
        fault = f"at most {LONGEST_ANSWER} characters at a time"
        raise RefusedError(fault, missing=field)
