"""Claiming: a worker says "I have it". One statement decides, so one of two has it."""

from collections.abc import Mapping

from bot.casework.alerts import tell_colleagues
from bot.casework.cases import SILENCE, add_heard, add_status
from bot.casework.complained import check_owner, tell_who_has_it
from bot.casework.gone import is_left_behind
from bot.casework.house import House
from bot.casework.posting import Letter, post
from bot.casework.ringing import stop_ringing
from bot.casework.speech import Voice
from bot.domain.case import ASKED, OK, Case
from bot.domain.errors import ConflictError
from bot.domain.ids import HOUR, MINUTE, CaseId, Instant
from bot.domain.level import Level
from bot.domain.place import OwnerKind, Place
from bot.domain.session import Heard, with_nothing_told
from bot.domain.values import replace
from bot.domain.worker import Worker
from bot.engine.walk import WHO
from bot.log import Action, record
from bot.wording.language import best_language
from storage import audit, cases, contacts, timers
from storage.database import Transaction

_ABOUT_WRITING = ("safe_to_reply", "safe_time")

STILL_THERE = 10 * MINUTE
"""Somebody who wrote so lately still holds the phone, as far as one can tell."""

LEASE = 24 * HOUR
"""How long a worker owns a conversation after they last did something in it."""


async def claim(tx: Transaction, house: House, worker: Worker, case_id: CaseId) -> Case:
    """Make *worker* the owner of the case and of its conversation.

    What comes in from now on is new to them. Claiming what one has already changes nothing. In an
    emergency so may whom a complaint may be about; supervisors hear of it.

    Raises:
        NotAllowedError: there is no such case.
        ConflictError: it is closed, or somebody else has it; ``by`` is their name.
        HadItError: they had it, and it holds a complaint that may be about them.

    """
    now = house.clock()
    case = await cases.find_case(tx, case_id)
    if case.owner == worker.id:
        return case
    if case.closed_at is not None:
        text = "the case is closed"
        raise ConflictError(text)
    had_before = case.owner is None and await check_owner(tx, worker, case)
    await _make_theirs(tx, worker, case, now=now)
    await own_conversation(tx, house, case, worker)
    await tell_contact(tx, house, case, "always.worker_has_it.say")
    waited = (now - case.opened_at) // 1000
    tx.once_kept(record, Action.CASE_CLAIMED, case=case_id, worker=worker.id, wait_ms=waited)
    claimed = await cases.find_case(tx, case_id)
    await tell_colleagues(tx, house, claimed, now=now)
    if had_before:
        await tell_who_has_it(tx, house, claimed)
    return claimed


async def _make_theirs(tx: Transaction, worker: Worker, case: Case, *, now: Instant) -> None:
    """Make *worker* the owner of *case*, with nothing new in it; what rang for it is silent.

    Raises:
        ConflictError: somebody else has it.

    """
    if not await cases.claim(tx, case.id, worker.id, now=now):
        text = f"{case.owner_name} has this case already"
        raise ConflictError(text, by=case.owner_name)
    await cases.change(tx, case.id, unread=0)
    await stop_ringing(tx, case.id)
    await add_status(tx, case.id, "claimed", at=now, author=worker.name)
    await audit.note(tx, worker.id, "case_claimed", case.id, at=now)


async def own_conversation(tx: Transaction, house: House, case: Case, worker: Worker) -> None:
    """Let *worker* speak with the contact of *case*: from now on the bot is silent.

    Where they left, and have not typed their code since, the bot goes on: whoever writes there is
    not left without an answer, and sees no sign of the case. Once a worker writes to them there,
    the conversation is theirs.
    """
    place = await contacts.place_at(tx, case.address) if case.address else None
    if place is None:
        return
    is_owned = place.is_owned_by_worker(house.clock())
    if is_owned or not await is_left_behind(tx, case, place):
        await speak_at(tx, house, place, worker)


async def speak_at(tx: Transaction, house: House, place: Place, worker: Worker) -> None:
    """Let *worker*, and not the bot, speak at *place* from now on."""
    until = house.clock() + LEASE
    await contacts.set_owner(tx, place.contact, OwnerKind.WORKER, worker.id, until)


async def free_conversation(tx: Transaction, case: Case, kind: OwnerKind) -> None:
    """Hand the conversation of *case* back to the bot or a queue, unless another case holds it."""
    place = await contacts.place_at(tx, case.address) if case.address else None
    queue = case.queue if kind is OwnerKind.QUEUE else ""
    for contact in {case.contact, place.contact if place else case.contact}:
        if not await cases.is_owned_elsewhere(tx, contact, case.id):
            await contacts.set_owner(tx, contact, kind, queue)


async def end_conversation(tx: Transaction, house: House, case: Case) -> None:
    """Hand the conversation back to the bot where *case* is answered; no question is open there.

    Nothing that was answered there may count for a next case.
    """
    await free_conversation(tx, case, OwnerKind.BOT)
    place = await contacts.place_at(tx, case.address) if case.address else None
    if place is not None:
        await _end_session(tx, house, place)


async def _end_session(tx: Transaction, house: House, place: Place) -> None:
    if place.session is not None:
        ended = replace(
            with_nothing_told(place.session),
            case=None,
            state="",
            calls=(),
            offered=(),
            answers=_lasting(place.session.answers),
            heard=(),
            comforted=Level.NONE,
            is_passed_on=False,
            is_quiet=False,
        )
        await contacts.save_session(tx, place.contact, ended, now=house.clock())
        await timers.stop_timer(tx, SILENCE, place.contact)


def _lasting(answers: Mapping[str, str]) -> dict[str, str]:
    """Return what of *answers* holds for a next case too: who writes, and if writing is safe.

    All else was said about this case, and stands in it.
    """
    return {
        place: answer
        for place, answer in answers.items()
        if place == WHO or place.rpartition(".")[2] in _ABOUT_WRITING
    }


def lasting_for_another(answers: Mapping[str, str]) -> dict[str, str]:
    """Return what of *answers* holds for another's case on the same phone too.

    That is who writes, and that writing there is not safe; that it is safe was said of their own.
    """
    lasting = _lasting(answers)
    return {place: answer for place, answer in lasting.items() if answer != OK}


async def tell_contact(tx: Transaction, house: House, case: Case, key: str) -> None:
    """Say the wording *key* to the contact of *case*, if that is safe.

    They did not choose this moment, so it must be safe at any: they said so, or are writing
    just now. Whoever left in a hurry, had everything erased, or used the safe word, hears nothing,
    and nor does whoever writes there since, until the code was typed there.
    """
    place = await contacts.place_at(tx, case.address) if case.address else None
    if (
        place is None
        or place.session is None
        or not await is_safe_now(tx, case, place, now=house.clock())
    ):
        return
    release = await house.releases.find(tx, place.session.release)
    language = best_language(place.session.language, house.languages)
    voice = Voice(house=house, release=release, language=language, values={})
    now = house.clock()
    letter = Letter(text=voice.say(key), is_unasked=True)
    await post(tx, place, letter, now=now, case_id=case.id)
    await add_heard(tx, case.id, (Heard(at=now, state="", text=key),))


async def is_safe_now(tx: Transaction, case: Case, place: Place, *, now: Instant) -> bool:
    """Whether a notice may go out: they said so, or have not been asked yet and are still there.

    Whoever was asked and has not answered, or only in words that were not understood, is not safe.
    """
    session = place.session
    if session is None or not session.step or session.hides_case or not case.may_write:
        return False
    if await is_left_behind(tx, case, place):
        return False
    body = await cases.read_body(tx, case.id)
    is_here = now - place.spoken_at < STILL_THERE
    if body.is_quiet or body.safe_to_reply == ASKED:
        return False
    return is_here or body.safe_to_reply == OK
