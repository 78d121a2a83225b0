"""A contact's update becomes a turn: triaged, understood, kept and answered."""

from typing import NamedTuple

from bot.casework.gone import note_blocked
from bot.casework.house import House
from bot.domain.event import Said as Told
from bot.domain.ids import MINUTE, NEVER, CaseId, Instant
from bot.domain.place import Place
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.reply import Reply, Silence, Tap, Words
from bot.engine.understand import word_anywhere
from bot.intake import flood
from bot.intake.about_us import complains, note_complaint, tell_of_complaint
from bot.intake.after_closing import (
    adds_to_closed_case,
    keep_beside,
    keep_thanks,
    reopen_to_add,
    tells_anew,
    thank,
    thanked_for,
)
from bot.intake.apart import begin_apart
from bot.intake.at_once import answer_at_once
from bot.intake.beginning import begin_talk
from bot.intake.calling import wants_a_person
from bot.intake.danger_again import call_for_danger, take_danger_written
from bot.intake.door import has_a_code, is_code
from bot.intake.edits import as_written_now, newest_after, note_edit
from bot.intake.few_words import cries_for_help
from bot.intake.files import have_a_person_look, keep_file, keep_sign
from bot.intake.goodbye import answer_goodbye, is_goodbye
from bot.intake.hearing import hear
from bot.intake.insults import calm, is_to_be_calmed
from bot.intake.interrupted import is_interrupted, say_put_it_away
from bot.intake.learning import bring_lessons
from bot.intake.mere_label import says_no_more
from bot.intake.moving import must_ask_anew, say_what_changed
from bot.intake.nobody import warn
from bot.intake.off_the_door import leaves_the_door
from bot.intake.other_language import offer_language, say_what_is_unread, speak_as_written
from bot.intake.own_words import keep_own_words
from bot.intake.quiet import MORE_HELP, answer_quietly, is_safe_word
from bot.intake.reply_in import reply_in
from bot.intake.safe_reply import refuses_where_asked
from bot.intake.silence import mind_silence, note_silence
from bot.intake.small_talk import answer_small_talk, small_talk
from bot.intake.somebody_else import answer_somebody_else, mind_who_holds_it
from bot.intake.speaking import leave_language_question, speak_as_asked
from bot.intake.talk import NOT_IT, TOPIC_TAP, Talk
from bot.intake.tapping import (
    TAPS_AT_ANY_TIME,
    danger_of,
    note_tap,
    notice_of,
    renewed,
    says_danger_anew,
    take_tap_at_any_time,
    without_step,
)
from bot.intake.to_worker import is_back_with_worker, leave_to_worker, pass_on
from bot.intake.turns import run
from bot.intake.who import note_who
from storage import cases, contacts, inbox
from storage.database import Transaction

_LEAVE = "leave"
_WORDS_WHILE_OWNED = frozenset(
    {_LEAVE, "erase", "help", "language", "unsubscribe", NOT_IT, MORE_HELP}
)


class _Came(NamedTuple):
    """How an update came: with more behind it, to an awaited worker, just answered for safety.

    ``closed`` is the case, closed lately, for which it is no more than thanks.
    """

    is_followed: bool
    is_awaiting: bool
    is_comforted: bool
    closed: CaseId | None


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
    talk.session = replace(talk.session, late_by=now - (talk.wrote_at or now))
    talk.is_called_quietly = is_safe_word(house, update.text)
    update = as_written_now(talk, renewed(talk, update))
    talk.word = _find_word(talk, update)
    speak_as_written(talk, update)
    leave_language_question(talk, update)
    if house.reach.is_lost:
        is_known = talk.case is not None and not talk.session.has_left
        await warn(talk, is_beginning=not (talk.session.state or is_known))
    await bring_lessons(talk, update.text)
    await begin_apart(talk, update)
    await _take(talk, update, is_followed=is_followed)
    if house.reach.is_lost:
        await warn(talk, is_beginning=False)


async def fall_silent(tx: Transaction, house: House, place: Place) -> None:
    """Do what the flow says about silence, if a question waits; what was written is kept."""
    if place.session is None:
        return
    talk = await begin_talk(tx, house, place, now=house.clock())
    if talk.session.state:
        await run(talk, Silence())
    await note_silence(talk)
    await _finish(talk)


async def answer_all(tx: Transaction, house: House, place: Place) -> None:
    """Answer all that came at once from *place*, now that it is over."""
    if place.session is None or not flood.is_flooded(place.session):
        return
    talk = await begin_talk(tx, house, place, now=house.clock())
    await flood.answer_gathered(talk)
    await _finish(talk)


async def _note_blocked(tx: Transaction, house: House, place: Place | None, now: Instant) -> None:
    """Have every case that is answered there know it; one that moved elsewhere still arrives."""
    if place is None:
        return
    await contacts.mark_dead(tx, place.address, now=now)
    answered_there = [] if place.is_dead else await cases.open_cases_at(tx, place.address)
    for case in answered_there:
        await note_blocked(tx, house, case)
    await fall_silent(tx, house, place)


async def _take(talk: Talk, update: Update, *, is_followed: bool) -> None:
    is_awaiting = talk.case is not None and not talk.session.state and bool(talk.session.step)
    notice = notice_of(talk, update)
    is_between = talk.case is None and not talk.session.state and bool(talk.session.step)
    closed = await thanked_for(talk, update, _word(talk)) if is_between else None
    is_added = is_between and not closed and await adds_to_closed_case(talk, update, _word(talk))
    is_back = await is_back_with_worker(talk, update) or await leaves_the_door(talk, update)
    is_awaiting = is_awaiting or is_added or is_back
    comforted, newest = talk.session.comforted, newest_after(talk, update)
    talk.session = replace(talk.session, is_last_risky=False, has_gone_silent=False, newest=newest)
    await mind_who_holds_it(talk, update)
    if update.kind is Kind.TEXT:
        note_who(talk, update.text)
        note_complaint(talk, update.text)
    known, beside = talk.case, await reopen_to_add(talk, update)
    is_added = is_added or talk.case != known
    await _keep(talk, update)
    talk.is_anew = await tells_anew(talk, is_added=is_added)
    if closed is not None:
        await keep_thanks(talk, closed)
    if beside is not None:
        await keep_beside(talk, beside)
    if talk.word == _LEAVE:
        await keep_own_words(talk, is_leaving=True)
    if talk.is_called_quietly:
        await answer_quietly(talk)
    elif not await speak_as_asked(talk, update):
        came = _Came(is_followed, is_awaiting, talk.session.comforted != comforted, closed)
        await offer_language(talk, update)
        await say_what_is_unread(talk, update)
        await _answer(talk, update, came)
    if update.tap_id:
        await note_tap(talk, update.tap_id, notice)
    await _finish(talk)


async def _answer(talk: Talk, update: Update, came: _Came) -> None:
    """Answer what was kept, unless that waits for all that comes at once."""
    talk.session = flood.count(talk.session, now=talk.now, before=talk.place.spoken_at)
    reply = reply_in(talk, update, is_followed=came.is_followed)
    word = _word(talk)
    is_flood = flood.is_flooded(talk.session) and not came.is_comforted
    if is_flood and await flood.must_wait(talk, update, word):
        await flood.gather(talk)
    elif await _take_tap(talk, update):
        return
    elif update.kind is Kind.EDIT:
        await note_edit(talk, update)
    elif talk.is_owned and wants_a_person(update.tap):
        await talk.say((Told(key="always.worker_has_it.say"),))
    elif reply is not None and talk.is_owned and not word:
        await leave_to_worker(talk, update, reply)
    elif await answer_somebody_else(talk, update) or await _answer_parting(talk, update, came):
        return
    elif reply is not None and came.is_awaiting and not (word or _is_of_use(talk, reply)):
        await pass_on(talk, update, is_followed=came.is_followed)
    elif came.closed is not None:
        await thank(talk, is_followed=came.is_followed)
    elif word or not await _answer_in_passing(talk, update):
        await _go_on(talk, update, reply)


async def _take_tap(talk: Talk, update: Update) -> bool:
    """Do what a button, or a yes to danger, means that counts whatever waits; return if so."""
    if update.tap.startswith(TAPS_AT_ANY_TIME):
        await take_tap_at_any_time(talk, update.tap)
        return True
    if says_danger_anew(talk, update):
        await call_for_danger(talk, danger_of(talk, update.tap))
        return True
    return await take_danger_written(talk, update)


async def _answer_parting(talk: Talk, update: Update, came: _Came) -> bool:
    """Answer whoever must break off, asks whether it is their fault, or says goodbye."""
    if says_no_more(talk, update.text):
        return False
    if is_interrupted(talk, update):
        await say_put_it_away(talk)
    elif await answer_at_once(talk, update):
        return True
    elif came.closed is not None or not is_goodbye(talk, update):
        return False
    elif not await answer_goodbye(talk, is_awaiting=came.is_awaiting):
        await pass_on(talk, update, is_followed=came.is_followed)
    return True


async def _answer_in_passing(talk: Talk, update: Update) -> bool:
    """Answer an insult or small talk, which the question that waits has nothing to do with."""
    if says_no_more(talk, update.text):
        return False
    if is_to_be_calmed(talk, update):
        await calm(talk)
        return True
    kind = small_talk(talk, update)
    return bool(kind) and await answer_small_talk(talk, kind)


async def _go_on(talk: Talk, update: Update, reply: Reply | None) -> None:
    if must_ask_anew(talk, update, _word(talk)):
        await say_what_changed(talk)
    elif reply is not None:
        if talk.session.is_moved:
            talk.session = replace(talk.session, is_moved=False)
        await run(talk, reply)


def _is_of_use(talk: Talk, reply: Reply) -> bool:
    """Whether *reply* means something also where no question waits: a code, or a topic's button.

    So does what was just answered with the words of an emergency, which ask something.
    """
    if talk.has_asked_where or (isinstance(reply, Words) and complains(talk, reply.text)):
        return True
    if talk.is_anew or has_a_code(talk, reply):
        return True
    return is_code(talk, reply) or (isinstance(reply, Tap) and reply.data.startswith(TOPIC_TAP))


async def _keep(talk: Talk, update: Update) -> None:
    """Keep all that came in, before any state sees it."""
    if update.text:
        await hear(talk, update)
    if update.file is not None:
        await keep_file(talk, update)
    elif update.kind is Kind.OTHER and update.text:
        await have_a_person_look(talk)
    elif update.kind is Kind.OTHER:
        await keep_sign(talk, update.emoji)


def _find_word(talk: Talk, update: Update) -> str:
    if update.tap.startswith("w:"):
        return without_step(update.tap).removeprefix("w:")
    is_more = cries_for_help(talk, update.text) or refuses_where_asked(talk, update.text)
    return "" if is_more or not update.text else word_anywhere(talk.release.plan, update.text)


def _word(talk: Talk) -> str:
    """Return the word they used, unless a worker owns the conversation and it must wait."""
    may_wait = bool(talk.word) and talk.word not in _WORDS_WHILE_OWNED
    return "" if may_wait and talk.is_owned else talk.word


async def _finish(talk: Talk) -> None:
    await tell_of_complaint(talk)
    await talk.keep_answers()
    contact, session = talk.place.contact, talk.session
    await contacts.save_session(talk.tx, contact, session, now=talk.now)
    await mind_silence(talk, since=talk.now)
