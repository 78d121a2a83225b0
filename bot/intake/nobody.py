"""Telling contacts plainly that nobody of ours can be reached, and which numbers to call."""

from bot.casework.house import House
from bot.casework.posting import Letter, post
from bot.casework.speech import Voice
from bot.domain.case import Case
from bot.domain.ids import HOUR, MINUTE, Instant
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.place import Place
from bot.intake.talk import Talk
from storage import cases, contacts, inbox
from storage.database import Transaction

KEY = "always.nobody_there.say"
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
    case = await cases.find_case(talk.tx, talk.case) if talk.case else None
    presses = case is not None and _presses(case)
    if presses or is_beginning:
        level = case.level if case and presses else Level.NONE
        await _tell(talk.tx, talk.house, talk.place, talk.session.language, level=level)


async def tell_those_who_wait(tx: Transaction, house: House) -> None:
    """Tell whoever waits for a worker in a pressing case, and wrote a short while ago.

    Whoever has left, used the safe word, or said that it is not safe to write, is not written to.
    """
    now = house.clock()
    for case in await cases.pressing_cases(tx):
        place = await contacts.place_at(tx, case.address) if case.address else None
        if place is None or not case.may_write:
            continue
        is_there = place.where and place.spoken_at > now - _THERE_FOR
        session = place.session
        has_left = session is None or not session.step or session.is_quiet
        if is_there and not has_left and not place.is_owned_by_worker(now):
            await _tell(tx, house, place, _language(house, place), level=case.level)


def _presses(case: Case) -> bool:
    return case.owner is None and case.level <= Level.URGENT and case.closed_at is None


def _language(house: House, place: Place) -> str:
    language = place.session.language if place.session else ""
    return language if language in house.languages else house.languages[0]


async def _tell(
    tx: Transaction, house: House, place: Place, language: str, *, level: Level
) -> None:
    now = house.clock()
    who = f"{place.address}:{level.word}"
    if await inbox.count_tries(tx, _TOLD, who, since=Instant(now - _TOLD_FOR)):
        return
    await inbox.note_try(tx, _TOLD, who, now=now)
    voice = Voice(house=house, release=house.releases.current, language=language, values={})
    letter = Letter(text=voice.say(KEY), urgency=Urgency.SAFETY)
    await post(tx, place, letter, now=now)
