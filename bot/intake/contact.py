"""A contact's update becomes a turn: triaged, understood, kept and answered."""

from bot.casework.cases import SILENCE, Concern
from bot.casework.house import House
from bot.casework.phrases import TOO_LATE
from bot.casework.posting import post_act
from bot.casework.speech import phrase
from bot.domain.event import Asked
from bot.domain.event import Said as Told
from bot.domain.ids import DAY, MINUTE, NEVER, Instant
from bot.domain.level import Level
from bot.domain.message import Act, Urgency
from bot.domain.place import Place
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.reply import FileSent, Reply, Silence, Tap, Unreadable, Words
from bot.engine.understand import understand, word_anywhere
from bot.flow.model import State
from bot.intake import flood
from bot.intake.beginning import begin_talk
from bot.intake.deeds import reopen
from bot.intake.files import have_a_person_look, keep_file
from bot.intake.hearing import hear, remember
from bot.intake.joining import cancel_by_tap
from bot.intake.learning import LASTING_TAPS, bring_lessons, end_by_tap, recall_question
from bot.intake.moving import CHANGED, must_ask_anew, say_what_changed
from bot.intake.nobody import warn
from bot.intake.talk import Talk
from bot.intake.turns import run
from storage import cases, contacts, inbox, timers
from storage.database import Transaction

_PATIENCE = 10 * MINUTE
_REMEMBERED_CLOSED = 30 * DAY
"""How long after closing a message still belongs to the case."""

_LANGUAGE_TAP = "lang:"
_TAPS_AT_ANY_TIME = (_LANGUAGE_TAP, *LASTING_TAPS)
_WORDS_WHILE_OWNED = frozenset({"leave", "erase", "help", "language", "unsubscribe"})


async def take_from_contact(
    tx: Transaction, house: House, update: Update, *, is_followed: bool
) -> None:
    """Take in *update*; ``is_followed`` says that more of its kind from there waits already."""
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
    talk.wrote_at = update.at if 0 < update.at < now - MINUTE else NEVER
    is_beginning = not talk.session.state and talk.case is None
    await warn(talk, is_beginning=is_beginning)
    await bring_lessons(talk, update.text)
    await _take(talk, update, is_followed=is_followed)
    await warn(talk, is_beginning=False)


async def fall_silent(tx: Transaction, house: House, place: Place, *, step: int) -> None:
    """Do what the flow says about silence, if the contact has not moved since *step*."""
    if place.session is None or place.session.step != step or not place.session.state:
        return
    talk = await begin_talk(tx, house, place, now=house.clock())
    await run(talk, Silence())
    await _finish(talk)


async def answer_all(tx: Transaction, house: House, place: Place) -> None:
    """Answer all that came at once from *place*, now that it is over."""
    if place.session is None or not flood.is_flooded(place.session):
        return
    talk = await begin_talk(tx, house, place, now=house.clock())
    await flood.answer_gathered(talk)
    await _finish(talk)


async def apologise(tx: Transaction, house: House, update: Update) -> None:
    """Give a contact whose turn failed the emergency wording, and a person their words."""
    now = house.clock()
    place = await contacts.find_place(tx, update.channel, update.address)
    if place is None:
        place = await contacts.make_place(tx, update.channel, update.address, now=now)
    talk = await begin_talk(tx, house, place, now=now, language=update.language)
    if update.text:
        await remember(talk, update.text)
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
    is_awaiting = talk.case is not None and not talk.session.state and bool(talk.session.step)
    notice = _notice(talk, update)
    if not is_awaiting and await _adds_to_closed_case(talk, update):
        is_awaiting = True
    comforted = talk.session.comforted
    await _keep(talk, update)
    talk.session = flood.count(talk.session, now=talk.now, before=talk.place.spoken_at)
    reply = _reply(talk, update, is_followed=is_followed)
    is_comforted = talk.session.comforted != comforted
    is_flood = flood.is_flooded(talk.session) and not is_comforted
    if is_flood and await flood.must_wait(talk, update, _word(talk, update)):
        await flood.gather(talk)
    elif update.tap.startswith(_TAPS_AT_ANY_TIME):
        await _take_tap_at_any_time(talk, update.tap)
    elif update.kind is Kind.EDIT:
        await _note_edit(talk, update)
    elif reply is not None and talk.is_owned and not _word(talk, update):
        await _leave_to_worker(talk, update, reply)
    elif reply is not None and is_awaiting and not _word(talk, update):
        await _pass_on(talk, update, is_followed=is_followed)
    elif must_ask_anew(talk, update, _word(talk, update)):
        await say_what_changed(talk)
    elif reply is not None:
        talk.session = replace(talk.session, is_moved=False)
        await run(talk, reply)
    if update.tap_id:
        await _note_tap(talk, update.tap_id, notice)
    await _finish(talk)


async def _adds_to_closed_case(talk: Talk, update: Update) -> bool:
    """Open the case again that was closed lately, if its contact writes outside any question.

    They were told that they can write at any time; so it must reach a person.
    """
    if talk.case is not None or talk.session.state or not talk.session.step:
        return False
    if update.kind not in {Kind.TEXT, Kind.FILE} or _word(talk, update):
        return False
    since = Instant(talk.now - _REMEMBERED_CLOSED)
    case = await cases.closed_lately(talk.tx, talk.place.contact, since=since)
    if case is None:
        return False
    await reopen(talk, case)
    return True


async def _keep(talk: Talk, update: Update) -> None:
    """Keep all that came in, before any state sees it."""
    if update.text:
        await hear(talk, update)
    if update.file is not None:
        await keep_file(talk, update)
    elif update.kind is Kind.OTHER and update.text:
        await have_a_person_look(talk)


async def _note_edit(talk: Talk, update: Update) -> None:
    """Thank for a changed message; a place that moves on the map is not spoken of each time."""
    if update.text and not talk.is_owned:
        await talk.say((Told(key="always.edit_seen.say"),))


async def _take_tap_at_any_time(talk: Talk, tap: str) -> None:
    if tap.startswith(_LANGUAGE_TAP):
        await _speak_in(talk, tap.removeprefix(_LANGUAGE_TAP))
    elif not await end_by_tap(talk, tap):
        await cancel_by_tap(talk, tap)


async def _speak_in(talk: Talk, language: str) -> None:
    """Go on in *language*, and ask the question that waits again."""
    if language not in talk.house.languages:
        return
    talk.session = replace(talk.session, language=language)
    await talk.tell_code()
    recall_question(talk)
    if talk.session.is_moved and talk.session.state:
        await say_what_changed(talk)
    elif talk.session.state:
        await talk.say((Asked(state=talk.session.state),))


def _notice(talk: Talk, update: Update) -> str:
    """Return what is said right at a tapped button: only an old one says that it is old."""
    is_old = update.tap and _step(update.tap) and not _is_of_open_question(talk, update)
    return phrase(talk.house, talk.session.language, TOO_LATE) if is_old else ""


async def _note_tap(talk: Talk, tap_id: str, notice: str) -> None:
    """Answer the tap, so that the button stops waiting, whatever else was taken back."""
    await post_act(talk.tx, talk.place, Act.NOTE_TAP, (tap_id,), text=notice, now=talk.now)


def _step(tap: str) -> str:
    """Return the step of the question that a button belongs to, ``""`` if it works at any time."""
    kind, first, second = (*tap.split(":"), "", "")[:3]
    return first if kind == "a" else second


def _is_of_open_question(talk: Talk, update: Update) -> bool:
    is_shown = bool(talk.session.state) and not talk.session.is_moved
    return is_shown and _step(update.tap) == str(talk.session.step)


def _reply(talk: Talk, update: Update, *, is_followed: bool) -> Reply | None:
    """Return what the engine is to answer; a button of a question that is over is not."""
    match update.kind:
        case Kind.TEXT:
            return Words(text=update.text, is_followed=is_followed) if update.text else None
        case Kind.TAP:
            is_old = _step(update.tap) and not _is_of_open_question(talk, update)
            return None if is_old else Tap(data=_without_step(update.tap))
        case Kind.FILE:
            return None if is_followed else FileSent()
        case Kind.OTHER:
            return FileSent() if update.text else Unreadable()
    return None


def _word(talk: Talk, update: Update) -> str:
    word = word_anywhere(talk.release.plan, update.text)
    if update.tap.startswith("w:"):
        word = _without_step(update.tap).removeprefix("w:")
    return "" if talk.is_owned and word not in _WORDS_WHILE_OWNED else word


def _without_step(tap: str) -> str:
    return ":".join(tap.split(":")[:2]) if tap.startswith("w:") else tap


async def _leave_to_worker(talk: Talk, update: Update, reply: Reply) -> None:
    """Say nothing: a worker owns the conversation. Only what a word asked is still answered."""
    plan, session = talk.release.plan, talk.session
    state = plan.states.get(session.state)
    if state is None:
        return
    if state.flow != "always":
        await _pass_on_tap(talk, update, state)
    elif isinstance(reply, Tap) or understand(plan, state, session, update.text):
        await run(talk, reply)


async def _pass_on_tap(talk: Talk, update: Update, state: State) -> None:
    """Keep the answer of a button tapped after a worker has taken over."""
    key = update.tap.split(":")[-1] if update.tap.startswith("a:") else ""
    if key in state.answers:
        await remember(talk, talk.voice.say(f"{state.place}.answers.{key}"), state.place)


async def _pass_on(talk: Talk, update: Update, *, is_followed: bool) -> None:
    """Say that it reaches the worker who is awaited: once, and again after a long pause."""
    is_kept = update.kind is Kind.FILE or (update.kind is Kind.OTHER and update.text)
    if is_kept:
        await talk.say((Told(key="always.file_kept.say"),))
    elif not is_followed and not _knows_it_is_passed_on(talk):
        first = (CHANGED,) if talk.session.is_moved else ()
        await talk.say((*first, Told(key="always.passed_on.say")), words=("menu", "leave"))
        talk.session = replace(talk.session, is_passed_on=True, is_moved=False)


def _knows_it_is_passed_on(talk: Talk) -> bool:
    return talk.session.is_passed_on and talk.now - talk.place.spoken_at < _PATIENCE


async def _finish(talk: Talk) -> None:
    await talk.keep_answers()
    contact, session = talk.place.contact, talk.session
    await contacts.save_session(talk.tx, contact, session, now=talk.now)
    bottom = session.calls[0] if session.calls else session.state
    flow = talk.release.plan.flow_of(bottom)
    if session.state and flow and flow.if_silent:
        due = talk.now + int(flow.if_silent.after.total_seconds() * 1_000_000)
        await timers.set_timer(
            talk.tx, SILENCE, contact, due_at=due, version=session.step, is_soon=False
        )
    else:
        await timers.stop_timer(talk.tx, SILENCE, contact)
