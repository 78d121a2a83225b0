"""A turn begins: where the contact is, on which flows, and with which case."""

from bot.casework.house import House
from bot.domain.ids import HOUR, CaseId, Instant
from bot.domain.level import Level
from bot.domain.place import Place
from bot.domain.session import Session
from bot.domain.values import replace
from bot.intake.apart import SITTING, place_apart
from bot.intake.learning import recall_question
from bot.intake.moving import carry_on, have_it_read
from bot.intake.talk import Talk
from bot.wording.language import best_language
from storage import cases
from storage.database import Transaction

_COMFORT_LASTS = 12 * HOUR


async def begin_talk(
    tx: Transaction, house: House, place: Place, *, now: Instant, language: str = ""
) -> Talk:
    """Return the turn of the contact at *place*, on the release their session is pinned to.

    Where that cannot go on, it goes on where its question has moved to. If nothing is like it,
    they begin anew, and a person reads what they had told.
    """
    before = _spoken(house, place, now, language)
    current = house.releases.current
    found = await house.releases.find(tx, before.release) if before.state else current
    session = carry_on(before, found, house.releases)
    release = found if session.release == found.id else current
    place = await place_apart(tx, place, session, now)
    if session.case is not None and session.case != place.case:
        place = replace(place, case=await _open_case(tx, place, session.case, now))
    talk = Talk(
        tx=tx, house=house, release=release, place=place, session=session, now=now, case=place.case
    )
    if talk.case is not None:
        await talk.tell_code()
    recall_question(talk)
    if session is not before:
        await have_it_read(talk, before)
    return talk


def _spoken(house: House, place: Place, now: Instant, language: str) -> Session:
    """Return the session of *place*, or a new one, in a language that is offered."""
    session = place.session or Session(release=house.releases.current.id, language="")
    if session.language not in house.languages:
        session = replace(session, language=best_language(language, house.languages))
    is_comforted = session.comforted is not Level.NONE or bool(session.warned)
    if is_comforted and now - session.comforted_at > _COMFORT_LASTS:
        session = replace(session, comforted=Level.NONE, warned=())
    if now - place.spoken_at > _COMFORT_LASTS:
        session = replace(session, level=Level.NONE, may_correct=False)
    if now - place.spoken_at > SITTING:
        session = replace(session, topics_told=(), sits_with=None)
    if (
        now - place.spoken_at <= _COMFORT_LASTS
        and place.case is None
        and session.level is not Level.NONE
    ):
        session = replace(session, level=Level.NONE)  # whoever judged that has closed the case
    return session


async def _open_case(
    tx: Transaction, place: Place, came_back_to: CaseId, now: Instant
) -> CaseId | None:
    """Return the open case here: first that of a worker who writes here, then this one."""
    if place.case is not None and place.is_owned_by_worker(now):
        return place.case
    case = await cases.find_case(tx, came_back_to)
    is_open_here = case.closed_at is None and case.address == place.address
    return case.id if is_open_here else place.case
