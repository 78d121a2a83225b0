"""What is told at a phone on which somebody else's code was typed, once they have gone from there.

Whoever typed the code has most often moved to that phone, and goes on in their case. But a report
that is begun there later, or danger told later, may be of whoever the phone belongs to: it is a
case of its own, so that it is answered there wherever the code is typed next, and not read there.
"""

from bot.casework.claiming import lasting_for_another
from bot.domain.case import Status
from bot.domain.ids import HOUR, CaseId, Instant
from bot.domain.level import Level
from bot.domain.place import Place
from bot.domain.session import Session, with_nothing_told
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.walk import Turn
from bot.intake.detour import PRESSING
from bot.intake.hearing import risk_in
from bot.intake.talk import Talk, is_amid_a_report
from storage import cases
from storage.database import Transaction

SITTING = HOUR
"""After so long without a word, it is not known whether the phone is still in the same hands."""


async def begin_apart(talk: Talk, update: Update) -> None:
    """Part from the case of a code typed here, if *update* tells of harm and may be another's.

    What answers a worker who asked is theirs.
    """
    if not (await _may_be_anothers(talk) and update.kind is Kind.TEXT):
        return
    case = await cases.find_case(talk.tx, talk.place.case or CaseId(""))
    if case.status is Status.WAITING or is_amid_a_report(talk.session):
        return
    if talk.is_called_quietly or await risk_in(talk, update.text) in PRESSING:
        talk.session = _without_what_was_told(talk.session)
        await _part(talk)


async def begin_report_apart(talk: Talk, before: Session, turn: Turn) -> Turn:
    """Return *turn*, parted from the case of a code typed here if a report was begun in it."""
    if is_amid_a_report(before) or not is_amid_a_report(turn.session):
        return turn
    if not await _may_be_anothers(talk):
        return turn
    await _part(talk)
    begun = replace(_without_what_was_told(turn.session), trail=turn.session.trail)
    return Turn(replace(begun, apart_from=talk.session.apart_from), turn.events)


async def place_apart(tx: Transaction, place: Place, session: Session, now: Instant) -> Place:
    """Return *place* with the case that what is told there now belongs to, None if there is none.

    While a worker writes there, that is theirs.
    """
    if session.apart_from is None or session.apart_from != place.case:
        return place
    return place if place.is_owned_by_worker(now) else await _with_own_case(tx, place)


def ends_apart(session: Session) -> Session:
    """Return *session* after a conversation that ended without a case: nothing was told apart."""
    return session if session.said else replace(session, apart_from=None)


async def _may_be_anothers(talk: Talk) -> bool:
    """Whether the case here is another's whose code was typed, and they may have gone since."""
    case_id = talk.place.case
    if case_id is None or talk.session.sits_with == case_id or talk.is_owned:
        return False
    case = await cases.find_case(talk.tx, case_id)
    return case.contact != talk.place.contact


async def _part(talk: Talk) -> None:
    talk.session = replace(talk.session, apart_from=talk.place.case)
    talk.place = await _with_own_case(talk.tx, talk.place)
    talk.case = talk.place.case
    talk.values.pop("return_code", None)
    await talk.tell_code()


async def _with_own_case(tx: Transaction, place: Place) -> Place:
    """Return *place* with the newest open case of its own contact."""
    for each in reversed(await cases.open_cases_at(tx, place.address)):
        if (await cases.find_case(tx, each)).contact == place.contact:
            return replace(place, case=each)
    return replace(place, case=None)


def _without_what_was_told(session: Session) -> Session:
    return replace(
        with_nothing_told(session),
        case=None,
        answers=lasting_for_another(session.answers),
        heard=(),
        level=Level.NONE,
        comforted=Level.NONE,
        warned=(),
        code_of=None,
    )
