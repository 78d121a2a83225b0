"""Opening cases, raising them, and adding to their log."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.casework import answered
from bot.casework.answered import body_with, may_write_by, safety_in
from bot.casework.house import House
from bot.casework.new_code import new_code
from bot.casework.phrases import NEWS, RAISED
from bot.casework.ringing import LADDER, ring_owner, stop_calling, tell_news
from bot.casework.telling import LANTERN, heard_entry, in_order, said_entry
from bot.casework.turn_to_act import clocks_raised, contact_acted, due_anew, look_anew
from bot.casework.weighing import (
    Concern,
    Weighed,
    came_again,
    came_before,
    circumstances,
    weigh,
)
from bot.domain.case import Case, CaseBody, EntryKind, Status
from bot.domain.ids import AddressId, CaseId, Instant
from bot.domain.level import Level
from bot.domain.modifier import Modifier
from bot.domain.place import Place
from bot.domain.session import Heard, Said, Session
from bot.engine.walk import ADULTS, WHO
from bot.flow.words import EMERGENCY
from bot.log import Action, record
from bot.triage.modifiers import Circumstances
from storage import audit, case_log, cases, taking_back, timers
from storage.database import Transaction

SILENCE = "silence"
SAFE_TO_REPLY = answered.SAFE_TO_REPLY


async def open_or_raise(
    tx: Transaction, house: House, place: Place, session: Session, concern: Concern
) -> CaseId:
    """Open the contact's case, or raise the one that is open; levels only rise."""
    if place.case is None:
        return await _open(tx, house, place, session, concern)
    await _raise(tx, house, place.case, session, concern)
    return place.case


async def add_words(
    tx: Transaction, house: House, case_id: CaseId, said: Sequence[Said], *, kind: EntryKind
) -> None:
    """Add what was said to the log of *case_id*, word for word, and tell its owner."""
    for words in said:
        await case_log.add_entry(tx, case_id, said_entry(words, kind))
    if said and kind is EntryKind.SAID:
        await note_news(tx, house, case_id)


async def add_heard(tx: Transaction, case_id: CaseId, heard: Sequence[Heard]) -> None:
    """Add to the log what Lantern said or what was tapped; that is no news to anybody."""
    for each in heard:
        await case_log.add_entry(tx, case_id, heard_entry(each))


async def note_news(tx: Transaction, house: House, case_id: CaseId) -> None:
    """Count something new in *case_id*; its owner hears of the first since they looked."""
    case = await cases.find_case(tx, case_id)
    await cases.change(tx, case_id, unread=case.unread + 1, **contact_acted(house, case))
    await tell_news(tx, house, case, NEWS)


async def keep_answers(
    tx: Transaction, case_id: CaseId, session: Session, known: Session | None, *, now: Instant
) -> None:
    """Keep with the case what was answered in *session* and not in *known*, as it was before.

    What was answered before may belong to another case at the same phone. That it is not safe to
    write there counts for all of them, and what a worker wrote to them before *now* and has not
    arrived is taken back. Whoever takes the phone of somebody who left does not change who told.
    """
    before = await cases.read_body(tx, case_id)
    body = body_with(before, session, known)
    if body != before:
        await cases.save_body(tx, case_id, body)
    if body.safe_to_reply != before.safe_to_reply:
        may_write = may_write_by(body.safe_to_reply)
        await cases.change(tx, case_id, may_write=may_write)
        if not may_write:
            await take_back(tx, case_id, now=now)


async def take_back(tx: Transaction, case_id: CaseId, *, now: Instant) -> None:
    """Take back what a worker wrote and is not there: it is not safe, so it waits for the code.

    So are notices that nobody asked for; what Lantern replied arrives.
    """
    case = await cases.find_case(tx, case_id)
    if case.address and await taking_back.take_back_unasked(tx, case.address, case_id, before=now):
        await add_status(tx, case_id, "taken_back", at=now)


async def keep_help(tx: Transaction, case_id: CaseId, answer: str) -> None:
    """Keep with the case whether help arrived, as its contact tells it."""
    body = await cases.read_body(tx, case_id)
    await cases.save_body(tx, case_id, replace(body, help_arrived=answer))


async def keep_quiet(tx: Transaction, case_id: CaseId, *, is_quiet: bool) -> None:
    """Keep with the case whether nothing may be pushed to its contact before a worker decides."""
    body = await cases.read_body(tx, case_id)
    if body.is_quiet is not is_quiet:
        await cases.save_body(tx, case_id, replace(body, is_quiet=is_quiet))


async def add_status(
    tx: Transaction, case_id: CaseId, text: str, *, at: Instant, author: str = ""
) -> None:
    """Add to the log what happened with the case itself."""
    entry = case_log.new_entry(EntryKind.STATUS, at=at, text=text, author=author)
    await case_log.add_entry(tx, case_id, entry)


def is_adult(answers: Mapping[str, str]) -> bool:
    """Whether they said that they are an adult."""
    return answers.get(WHO) in ADULTS


async def _open(
    tx: Transaction, house: House, place: Place, session: Session, concern: Concern
) -> CaseId:
    now = house.clock()
    code = new_code(house)
    came = came_before(house, place, concern)
    known = circumstances(house, session, concern.signals, came_before=came)
    weighed = weigh(house.directory.queues, house.modifiers, concern, known)
    said = [words for words in session.said if words.text]
    case = await _new_case(
        tx, house, place, session, queue=concern.queue, level=weighed.level, unread=len(said)
    )
    seen = CaseBody(code=code, signals=concern.signals, modifiers=weighed.modifiers)
    body = body_with(seen, session, None)
    await cases.add_case(tx, case, body, code=code_key(code))
    for entry in in_order(said, session.heard):
        await case_log.add_entry(tx, case.id, entry)
    await timers.set_timer(tx, LADDER, case.id, due_at=now, version=0)
    await audit.note(
        tx, LANTERN, "case_opened", case.id, at=now, level=case.level.word, queue=case.queue
    )
    tx.once_kept(
        record, Action.CASE_OPENED, case=case.id, case_level=case.level.word, queue=case.queue
    )
    if (anothers := session.apart_from) is not None:
        await add_status(tx, anothers, "told_apart", at=now)
        await note_news(tx, house, anothers)
    return case.id


async def _new_case(
    tx: Transaction,
    house: House,
    place: Place,
    session: Session,
    *,
    queue: str,
    level: Level,
    unread: int,
) -> Case:
    return Case(
        id=cases.new_case_id(),
        number=await cases.next_number(tx),
        contact=place.contact,
        address=AddressId(place.address),
        queue=queue_for(queue, level),
        level=level,
        status=Status.NEW,
        owner=None,
        owner_name="",
        opened_at=house.clock(),
        due_at=due_anew(house, level),
        look_by=look_anew(house, level),
        acknowledged_at=None,
        closed_at=None,
        outcome="",
        rung=0,
        unread=max(1, unread),
        may_write=may_write_by(safety_in(session)),
        version=0,
    )


def queue_for(queue: str, level: Level) -> str:
    """Return where a case of *level* waits: an emergency always waits with the emergencies."""
    return EMERGENCY if level is Level.EMERGENCY else queue


def code_key(code: Sequence[int]) -> str:
    """Return the return code in the form under which it is found."""
    return "-".join(str(index) for index in code)


async def _raise(
    tx: Transaction, house: House, case_id: CaseId, session: Session, concern: Concern
) -> None:
    case = await cases.find_case(tx, case_id)
    body = await cases.read_body(tx, case_id)
    seen = (*body.signals, *concern.signals)
    weighed = _weigh_again(house, session, case, body, concern)
    added = _new_ones(body.modifiers, weighed.modifiers)
    if concern.signals or added:
        modifiers = (*body.modifiers, *added)
        await cases.save_body(tx, case_id, replace(body, signals=seen, modifiers=modifiers))
    if weighed.level < case.level:
        await _make_more_pressing(tx, house, case, weighed.level)
    elif case.owner and concern.queue == EMERGENCY:
        await ring_owner(tx, house, case, NEWS)


def _weigh_again(
    house: House, session: Session, case: Case, body: CaseBody, concern: Concern
) -> Weighed:
    """Weigh all that is known; once a supervisor has judged that, only what was seen now."""
    known = Circumstances(signals=concern.signals)
    if not body.is_settled:
        signals = (*body.signals, *concern.signals)
        known = circumstances(house, session, signals, came_before=came_again(case))
    return weigh(house.directory.queues, house.modifiers, concern, known)


def _new_ones(known: Sequence[Modifier], found: Sequence[Modifier]) -> tuple[Modifier, ...]:
    names = {modifier.id for modifier in known}
    return tuple(modifier for modifier in found if modifier.id not in names)


async def _make_more_pressing(tx: Transaction, house: House, case: Case, level: Level) -> None:
    now = house.clock()
    queue, clocks = queue_for(case.queue, level), clocks_raised(house, case, level)
    await cases.change(tx, case.id, level=level.value, queue=queue, rung=0, **clocks)
    await stop_calling(tx, case.id)
    await audit.note(tx, LANTERN, "case_raised", case.id, at=now, level=level.word)
    tx.once_kept(record, Action.CASE_RAISED, case=case.id, case_level=level.word)
    if case.owner:
        await ring_owner(tx, house, replace(case, level=level, queue=queue), RAISED)
    else:
        await timers.set_timer(tx, LADDER, case.id, due_at=now, version=0)
