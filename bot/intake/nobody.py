"""Telling contacts plainly that nobody of ours can be reached, and that somebody can again."""

from bot.casework.cases import add_heard
from bot.casework.house import House
from bot.casework.posting import Letter, post
from bot.casework.speech import Voice
from bot.casework.unasked import is_safe_to_write, must_be_quiet
from bot.domain.case import ASKED, Case
from bot.domain.ids import DAY, HOUR, MINUTE, SECOND, AddressId, Instant
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.place import Place
from bot.domain.session import Heard, Session
from bot.intake.talk import Talk
from storage import cases, contacts, inbox, timers
from storage.database import Transaction
from storage.timers import Timer

KEY = "always.nobody_there.say"
AGAIN = "always.somebody_there.say"
TAKE_BACK = "take_back"
"""The timer of an address that was told; it is due as soon as somebody can be reached again."""

_AT_THE_LATEST = 30 * DAY
_LOOK_AGAIN = 5 * SECOND
_TOLD = "told_nobody"
_TOLD_FOR = HOUR
"""How long what they were told holds; then they are told again."""

_THERE_FOR = 30 * MINUTE
"""How long after their last message somebody counts as being before the screen."""


async def warn(talk: Talk, *, is_beginning: bool) -> None:
    """Tell the contact that nobody can be reached, if so: at the beginning, and if it presses.

    The words are today's, whatever release the conversation began on.
    """
    is_quiet = talk.is_called_quietly or talk.session.is_quiet
    if not talk.house.reach.is_lost or talk.is_gone or talk.is_owned or is_quiet:
        return
    shown = None if _is_hidden(talk.session) else talk.case
    case = await cases.find_case(talk.tx, shown) if shown else None
    presses = case is not None and _presses(case)
    if presses or is_beginning:
        level = case.level if case and presses else Level.NONE
        await _tell(talk.tx, talk.house, talk.place, talk.session.language, level=level)


def _is_hidden(session: Session) -> bool:
    """Whether nothing may show that there is a case, as it may where they called after leaving."""
    return session.is_quiet or (session.has_left and not session.has_called)


async def tell_those_who_wait(tx: Transaction, house: House) -> None:
    """Tell whoever waits for a worker in a pressing case, and wrote a short while ago.

    Whoever has left, used the safe word, or said that it is not safe to write, is not written to;
    nor is anybody who was asked that and has not answered.
    """
    now = house.clock()
    for case in await cases.pressing_cases(tx):
        place = await contacts.place_at(tx, case.address) if case.address else None
        if place is None or not case.may_write:
            continue
        is_there = place.where and place.spoken_at > now - _THERE_FOR
        session = place.session
        has_left = session is None or not session.step or _is_hidden(session)
        may_tell = is_there and not has_left and not place.is_owned_by_worker(now)
        if may_tell and not await _is_silenced(tx, case):
            await _tell(tx, house, place, _language(house, place), level=case.level)


async def _is_silenced(tx: Transaction, case: Case) -> bool:
    body = await cases.read_body(tx, case.id)
    return body.is_quiet or body.safe_to_reply == ASKED


async def have_taken_back(tx: Transaction, house: House) -> None:
    """Have everybody who was told that nobody can be reached told that somebody can."""
    await timers.bring_forward(tx, TAKE_BACK, due_at=house.clock())


async def forget_told(tx: Transaction, address: AddressId) -> None:
    """Forget what *address* was told: whoever writes there after that is told as anybody is."""
    await timers.stop_timer(tx, TAKE_BACK, address)
    await _forget_tries(tx, address)


async def take_back(tx: Transaction, house: House, timer: Timer) -> None:
    """Tell an address that was told, once; and from now on it may be told again.

    Whoever has left, used the safe word, or said that it is not safe to write, is not written to.
    """
    address, now = AddressId(timer.subject), house.clock()
    if house.reach.is_lost:
        await timers.set_timer(tx, TAKE_BACK, address, due_at=now + _LOOK_AGAIN)
        return
    await _forget_tries(tx, address)
    place = await contacts.place_at(tx, address)
    session = place.session if place else None
    if place is None or session is None or not session.step or await must_be_quiet(tx, place):
        return
    if place.where and not place.is_owned_by_worker(now) and await is_safe_to_write(tx, place):
        language = _language(house, place)
        await _post(tx, house, place, language, AGAIN, urgency=Urgency.REPLY)


async def _forget_tries(tx: Transaction, address: AddressId) -> None:
    for level in Level:
        await inbox.forget_tries(tx, _TOLD, _who(address, level))


def _presses(case: Case) -> bool:
    return case.owner is None and case.level <= Level.URGENT and case.closed_at is None


def _language(house: House, place: Place) -> str:
    language = place.session.language if place.session else ""
    return language if language in house.languages else house.languages[0]


async def _tell(
    tx: Transaction, house: House, place: Place, language: str, *, level: Level
) -> None:
    now = house.clock()
    who = _who(place.address, level)
    if await inbox.count_tries(tx, _TOLD, who, since=Instant(now - _TOLD_FOR)):
        return
    await inbox.note_try(tx, _TOLD, who, now=now)
    due = now + _AT_THE_LATEST
    await timers.set_timer(tx, TAKE_BACK, place.address, due_at=due, is_soon=False)
    await _post(tx, house, place, language, KEY, urgency=Urgency.SAFETY)


def _who(address: AddressId, level: Level) -> str:
    return f"{address}:{level.word}"


async def _post(
    tx: Transaction, house: House, place: Place, language: str, key: str, *, urgency: Urgency
) -> None:
    voice = Voice(house=house, release=house.releases.current, language=language, values={})
    letter = Letter(text=voice.say(key), urgency=urgency)
    now = house.clock()
    await post(tx, place, letter, now=now)
    if place.case is not None:
        await add_heard(tx, place.case, (Heard(at=now, state="", text=key),))
