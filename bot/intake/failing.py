"""A contact whose turn failed hears where help is; a person gets their words, read for risk."""

from bot.casework.house import House
from bot.casework.weighing import Concern
from bot.directory.hiding import hide_codes
from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.session import Session
from bot.domain.update import Update
from bot.engine.walk import CODE_ASKED
from bot.intake.beginning import begin_talk
from bot.intake.hearing import remember, without_code
from bot.intake.quiet import answer_quietly, call_quietly, is_safe_word
from bot.log import Action, record
from bot.triage.signals import glance, level_of
from storage import contacts
from storage.database import Transaction


async def apologise(tx: Transaction, house: House, update: Update) -> None:
    """Give a contact whose turn failed the emergency wording, and a person their words."""
    now = house.clock()
    place = await contacts.find_place(tx, update.channel, update.address)
    if place is None:
        place = await contacts.make_place(tx, update.channel, update.address, now=now)
    talk = await begin_talk(tx, house, place, now=now, language=update.language)
    if update.text:
        await remember(talk, kept_of(house, update.text, place.session))
    if is_safe_word(house, update.text):
        await call_quietly(talk, ())
        await answer_quietly(talk)
    else:
        await talk.request_case(concern_of(house, update.text, place.session))
        await talk.say((Told(key="always.step_failed.say"),), urgency=Urgency.SAFETY)
    await contacts.save_session(tx, talk.place.contact, talk.session, now=now)


def kept_of(house: House, text: str, session: Session | None) -> str:
    """Return *text* as it may be kept: what has the form of a return code is hidden.

    A part of one is hidden only where *session*, if it can be read, stands at the question for
    a code: everywhere else "in the barn on the farm" is where a child is.
    """
    is_asked = session is not None and session.state == CODE_ASKED
    return hide_codes(text, house.directory.code_words, is_asked=is_asked)


def concern_of(house: House, text: str, session: Session | None) -> Concern:
    """Return why somebody is to read *text*, whose turn failed in *session*: at least urgent.

    It is looked at once more. If just that is what fails, it counts as an emergency.
    """
    try:
        seen = glance(text, house.rules).signals if text else ()
    except Exception as error:  # noqa: BLE001 - whatever it is, a person reads it at once
        record(Action.TURN_FAILED, level="error", error=error)
        return Concern(queue="emergency", level=Level.EMERGENCY)
    kept = kept_of(house, text, session)
    signals = tuple(seen if kept == text else (without_code(house, each, kept) for each in seen))
    queue = "emergency" if level_of(signals) is Level.EMERGENCY else "intake"
    return Concern(queue=queue, level=Level.URGENT, signals=signals)
