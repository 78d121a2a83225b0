"""A contact's update becomes a turn: triaged, understood, kept and answered."""

from collections.abc import Sequence
from dataclasses import replace

from bot.casework.cases import Concern, add_words, safety_words
from bot.casework.house import House
from bot.casework.phrases import TOO_LATE
from bot.casework.posting import post_act
from bot.casework.speech import phrase
from bot.domain.case import EntryKind
from bot.domain.event import Answered, Asked, CaseRequested, Event, SessionEnded, Wanted
from bot.domain.event import Said as Told
from bot.domain.ids import MINUTE, CaseId, Instant
from bot.domain.level import Level
from bot.domain.message import Act, Urgency
from bot.domain.place import OwnerKind, Place
from bot.domain.session import Said, Session
from bot.domain.signal import Signal
from bot.domain.update import Kind, Update
from bot.engine.reply import FileSent, Outcome, Reply, Silence, Tap, Unreadable, Words
from bot.engine.turn import take_turn
from bot.engine.understand import word_anywhere
from bot.engine.walk import Turn
from bot.flow.model import SILENT
from bot.intake.deeds import do
from bot.intake.files import keep_file
from bot.intake.talk import Talk
from bot.triage.signals import find_signals, level_of
from bot.wording.language import best_language
from storage import contacts, inbox, timers
from storage.database import Transaction

SILENCE = "silence"
REMEMBERED = 200
"""How many of a contact's sayings a session keeps before there is a case."""

_READ_TOGETHER = 3
_PATIENCE = 10 * MINUTE
_WORDS_WHILE_OWNED = frozenset({"leave", "erase", "help", "language"})


async def take_from_contact(
    tx: Transaction, house: House, update: Update, *, is_followed: bool
) -> None:
    """Take in *update*; ``is_followed`` says that more from this contact waits already."""
    now = house.clock()
    place = await contacts.find_place(tx, update.channel, update.address)
    if update.kind is Kind.BLOCKED:
        await _note_blocked(tx, house, place, now)
        return
    if place is None:
        place = await contacts.make_place(tx, update.channel, update.address, now=now)
    await contacts.note_seen(tx, place, now=now)
    if update.message:
        await inbox.keep_reference(tx, place.address, update.message, now=now)
    talk = await begin_talk(tx, house, place, now=now, language=update.language)
    await _take(talk, update, is_followed=is_followed)


async def begin_talk(
    tx: Transaction, house: House, place: Place, *, now: Instant, language: str = ""
) -> Talk:
    """Return the turn of the contact at *place*, on the release their session is pinned to."""
    current = house.releases.current
    session = place.session or Session(
        release=current.id, language=best_language(language, house.languages)
    )
    if not session.state:
        session = replace(session, release=current.id)
    release = await house.releases.find(tx, session.release)
    if session.state and session.state not in release.plan.states:
        session = replace(session, state="", calls=(), trail=(), release=current.id)
    talk = Talk(
        tx=tx, house=house, release=release, place=place, session=session, now=now, case=place.case
    )
    await talk.tell_code()
    return talk


async def fall_silent(tx: Transaction, house: House, place: Place, *, step: int) -> None:
    """Do what the flow says about silence, if the contact has not moved since *step*."""
    if place.session is None or place.session.step != step or not place.session.state:
        return
    talk = await begin_talk(tx, house, place, now=house.clock())
    await _run(talk, Silence())
    await _finish(talk)


async def apologise(tx: Transaction, house: House, update: Update) -> None:
    """Give a contact whose turn failed the emergency wording, and a person their words."""
    now = house.clock()
    place = await contacts.find_place(tx, update.channel, update.address)
    if place is None:
        place = await contacts.make_place(tx, update.channel, update.address, now=now)
    talk = await begin_talk(tx, house, place, now=now, language=update.language)
    if update.text:
        await _remember(talk, update.text)
    await talk.request_case(Concern(queue="intake", level=Level.URGENT))
    await talk.say((Told(key="always.step_failed.say"),), urgency=Urgency.SAFETY)
    await contacts.save_session(tx, talk.place.contact, talk.session, now=now)


async def _note_blocked(tx: Transaction, house: House, place: Place | None, now: Instant) -> None:
    if place is None:
        return
    await contacts.mark_dead(tx, place.address, now=now)
    if place.session:
        await fall_silent(tx, house, place, step=place.session.step)


async def _take(talk: Talk, update: Update, *, is_followed: bool) -> None:
    if update.kind is Kind.TAP:
        await _note_tap(talk, update)
    if update.text:
        await _read(talk, update)
    if update.file is not None:
        await keep_file(talk, update)
    reply = _reply(update, is_followed=is_followed)
    if update.tap.startswith("lang:"):
        await _speak_in(talk, update.tap.removeprefix("lang:"))
    elif reply is not None and not await _is_for_a_person(talk, update):
        await _run(talk, reply)
    elif update.kind is Kind.EDIT and not talk.place.is_owned_by_worker(talk.now):
        await talk.say((Told(key="always.edit_seen.say"),))
    await _finish(talk)


async def _speak_in(talk: Talk, language: str) -> None:
    """Go on in *language*, and ask the question that waits again."""
    if language not in talk.house.languages:
        return
    talk.session = replace(talk.session, language=language)
    if talk.session.state and not talk.place.is_owned_by_worker(talk.now):
        await talk.say((Asked(state=talk.session.state),))


async def _note_tap(talk: Talk, update: Update) -> None:
    """Answer the tap, so that the button stops waiting; an old button says that it is old."""
    if not update.tap_id:
        return
    step = update.tap.split(":")[1] if update.tap.startswith("a:") else str(talk.session.step)
    is_old = step != str(talk.session.step)
    notice = phrase(talk.house, talk.session.language, TOO_LATE) if is_old else ""
    await post_act(talk.tx, talk.place, Act.NOTE_TAP, (update.tap_id,), text=notice, now=talk.now)


async def _read(talk: Talk, update: Update) -> None:
    """Keep what was written, and look for signs of risk, before any state sees it."""
    earlier = [said.text for said in talk.session.said[-_READ_TOGETHER:]]
    signals = find_signals(update.text, talk.house.rules, earlier)
    if not update.text.startswith("/"):
        await _remember(talk, update.text)
    if signals:
        await _raise(talk, signals)


async def _remember(talk: Talk, text: str, state: str = "") -> None:
    said = Said(at=talk.now, state=state or talk.session.state, text=text)
    talk.session = replace(talk.session, said=(*talk.session.said, said)[-REMEMBERED:])
    if talk.case is not None:
        await add_words(talk.tx, talk.house, talk.case, (said,), kind=EntryKind.SAID)


async def _raise(talk: Talk, signals: Sequence[Signal]) -> None:
    level = level_of(signals)
    queue = "emergency" if level is Level.EMERGENCY else "intake"
    talk.session = replace(talk.session, level=min(talk.session.level, level))
    await talk.request_case(Concern(queue=queue, signals=tuple(signals)))
    key = safety_words(level, talk.session.answers)
    is_owned = talk.place.is_owned_by_worker(talk.now)
    if key and level < talk.session.comforted and not is_owned:
        await talk.say((Told(key=key),), urgency=Urgency.SAFETY)
        talk.session = replace(talk.session, comforted=level)


def _reply(update: Update, *, is_followed: bool) -> Reply | None:
    match update.kind:
        case Kind.TEXT:
            return Words(text=update.text, is_followed=is_followed) if update.text else None
        case Kind.TAP:
            return Tap(data=update.tap)
        case Kind.FILE:
            return FileSent()
        case Kind.OTHER:
            return Unreadable()
    return None


async def _is_for_a_person(talk: Talk, update: Update) -> bool:
    """Whether a person owns the conversation, so that Lantern has nothing to say."""
    if _word(talk, update):
        return False
    if talk.place.is_owned_by_worker(talk.now):
        await _pass_on_tap(talk, update)
        return True
    if talk.place.owner_kind is OwnerKind.QUEUE and not talk.session.state and talk.case:
        if talk.now - talk.place.spoken_at > _PATIENCE or update.kind is not Kind.TEXT:
            await talk.say((Told(key="always.passed_on.say"),))
        return True
    return False


def _word(talk: Talk, update: Update) -> str:
    word = word_anywhere(talk.release.plan, update.text)
    if update.tap.startswith("w:"):
        word = update.tap.removeprefix("w:")
    is_owned = talk.place.is_owned_by_worker(talk.now)
    return "" if is_owned and word not in _WORDS_WHILE_OWNED else word


async def _pass_on_tap(talk: Talk, update: Update) -> None:
    """Keep the answer of a button tapped after a worker has taken over."""
    key = update.tap.split(":")[-1] if update.tap.startswith("a:") else ""
    state = talk.release.plan.states.get(talk.session.state)
    if state and key in state.answers:
        label = talk.voice.say(f"{state.place}.answers.{key}")
        await _remember(talk, label, state.place)


async def _run(talk: Talk, reply: Reply) -> None:
    """Take the turn, doing what it asks for until it waits for the contact again."""
    state = talk.session.state
    waiting: list[Event] = []
    turn = take_turn(talk.release.plan, replace(talk.session, case=_case(talk)), reply, talk.now)
    while True:
        talk.session = turn.session
        wanted = await _apply(talk, turn, waiting, is_tap=isinstance(reply, Tap))
        if wanted is None:
            break
        if wanted.deed == "tell_topic":
            await talk.say(waiting)
            waiting.clear()
        outcome: Outcome = await do(talk, wanted.deed, wanted.argument)
        turn = take_turn(talk.release.plan, talk.session, outcome, talk.now)
    if not (isinstance(reply, Silence) and state):
        await talk.say(waiting)


def _case(talk: Talk) -> CaseId | None:
    return talk.session.case or talk.case


async def _apply(talk: Talk, turn: Turn, waiting: list[Event], *, is_tap: bool) -> Wanted | None:
    for event in turn.events:
        match event:
            case CaseRequested(queue=queue):
                await _request(talk, queue)
            case Answered(state=state, answer=answer) if is_tap:
                await _remember_tap(talk, state, answer)
            case Wanted():
                return event
            case SessionEnded(how=how):
                await _end(talk, how)
        waiting.append(event)
    return None


async def _request(talk: Talk, queue: str) -> None:
    await talk.request_case(Concern(queue=queue))
    if queue == "emergency":
        talk.session = replace(talk.session, comforted=Level.EMERGENCY)


async def _remember_tap(talk: Talk, state: str, answer: str) -> None:
    if state.startswith(("always.", "welcome.", "rights.")):
        return
    label = talk.voice.say(f"{state}.answers.{answer}") or answer
    await _remember(talk, label, state)


async def _end(talk: Talk, how: str) -> None:
    """Forget what was said in a conversation that ended without a case."""
    await talk.keep_answers()
    talk.session = replace(talk.session, case=None)
    if talk.case is None and how != SILENT:
        talk.session = replace(talk.session, said=())


async def _finish(talk: Talk) -> None:
    await talk.keep_answers()
    contact, session = talk.place.contact, talk.session
    await contacts.save_session(talk.tx, contact, session, now=talk.now)
    bottom = session.calls[0] if session.calls else session.state
    flow = talk.release.plan.flow_of(bottom)
    if session.state and flow and flow.if_silent:
        due = talk.now + int(flow.if_silent.after.total_seconds() * 1_000_000)
        await timers.set_timer(talk.tx, SILENCE, contact, due_at=due, version=session.step)
    else:
        await timers.stop_timer(talk.tx, SILENCE, contact)
