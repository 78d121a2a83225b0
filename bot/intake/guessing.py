"""Guessing return codes is slow, wherever they are typed, and the staff hear of much of it."""

from bot.casework.alerts import tell_everybody
from bot.casework.phrases import MANY_CODES
from bot.domain.ids import HOUR, Instant
from bot.intake.talk import Talk
from storage import inbox

CODE_TRIES = 5
"""How many wrong return codes an address may try in an hour."""

ALARMING_TRIES = 50
"""At this many wrong return codes in an hour, the staff are told."""

ALL_CODE_TRIES = 1000
"""How many wrong return codes may be tried in an hour altogether."""

_EVERYBODY = "everybody"


async def note_wrong_code(talk: Talk) -> None:
    """Count a code that is nobody's."""
    for who in (talk.place.address, _EVERYBODY):
        await inbox.note_try(talk.tx, "code", who, now=talk.now)
    since = Instant(talk.now - HOUR)
    if await inbox.count_tries(talk.tx, "code", _EVERYBODY, since=since) == ALARMING_TRIES:
        await tell_everybody(talk.tx, talk.house, MANY_CODES, now=talk.now)


async def has_tried_too_often(talk: Talk) -> bool:
    """Whether so many wrong codes came from here, or from all together, that none is looked up."""
    is_past_all = await _tries(talk, _EVERYBODY) >= ALL_CODE_TRIES
    return is_past_all or await tried_too_often_here(talk)


async def tried_too_often_here(talk: Talk) -> bool:
    """Whether so many wrong codes came from this address that none is looked up."""
    return await _tries(talk, talk.place.address) >= CODE_TRIES


async def _tries(talk: Talk, who: str) -> int:
    return await inbox.count_tries(talk.tx, "code", who, since=Instant(talk.now - HOUR))
