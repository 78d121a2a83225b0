"""What the engine can ask others to do, each in the transaction of its turn."""

from collections.abc import Awaitable, Callable

from bot.casework.cases import add_status, add_words, code_key, keep_help, note_news
from bot.casework.claiming import end_conversation, lasting_for_another
from bot.casework.coming_back import last_of_all, newest_open
from bot.casework.phrases import NO_WORKER_WROTE, STATUSES, WORKER_WROTE
from bot.casework.speech import phrase
from bot.casework.turn_to_act import due_anew, look_anew
from bot.directory.return_code import read_return_code
from bot.domain.case import Case, EntryKind, Status
from bot.domain.ids import NEVER
from bot.domain.level import Level
from bot.domain.place import OwnerKind
from bot.domain.session import Said, with_nothing_told
from bot.domain.values import replace
from bot.engine.reply import Outcome
from bot.guidance.question import is_question
from bot.intake.detour import lead_back
from bot.intake.guessing import has_tried_too_often, note_wrong_code
from bot.intake.guiding import find_guidance, note_not_asked, tell_answer, tell_topic
from bot.intake.hearing import over_since
from bot.intake.joining import ACTIVITY_DEEDS
from bot.intake.learning import LEARNING_DEEDS, recall_question
from bot.intake.leaving import LEAVING_DEEDS
from bot.intake.own_words import keep_own_words, own_words
from bot.intake.talk import Talk
from bot.wording.phrases import say_moment
from storage import audit, cases, contacts, taking_back, timers

Deed = Callable[[Talk, str], Awaitable[Outcome]]
_WORKER_MESSAGES = 5


async def do(talk: Talk, deed: str, argument: str) -> Outcome:
    """Do *deed* and return what came of it."""
    return await _DEEDS[deed](talk, argument)


async def _look_up_case(talk: Talk, text: str) -> Outcome:
    if await has_tried_too_often(talk):
        return Outcome(name="too_often")
    code = read_return_code(text, talk.house.directory.code_words)
    case = await cases.find_by_code(talk.tx, code_key(code)) if code else None
    if case is None:
        await note_wrong_code(talk)
        return Outcome(name="not_found")
    await talk.tx.reach_everything()
    await _come_back_to(talk, await newest_open(talk.tx, case))
    return Outcome(name="found")


async def _come_back_to(talk: Talk, case: Case) -> None:
    """From now on the case is answered here; where it came from, the bot begins anew.

    Nothing that is written there later belongs to it: nobody knows who has that phone, and what a
    worker answers arrives here. What a worker wrote before and has not arrived is read here only.
    """
    if case.address and case.address != talk.place.address:
        if case.closed_at is None:  # else what was begun there since is none of this case
            await end_conversation(talk.tx, talk.house, case)
        await taking_back.take_back(talk.tx, case.address, case.id, before=talk.now)
    if case.id != talk.case:
        await _part_from_before(talk, case)
    await cases.change(talk.tx, case.id, address=talk.place.address)
    known = replace(talk.session, case=case.id, code_of=case.id, has_left=False)
    talk.session = replace(known, sits_with=case.id, apart_from=None)
    talk.case = case.id
    if case.closed_at is None:
        talk.place = replace(talk.place, case=case.id)
    await talk.pass_on_heard()
    await add_status(talk.tx, case.id, "came_back", at=talk.now)
    await audit.note(talk.tx, "contact", "case_looked_up", case.id, at=talk.now)


async def _part_from_before(talk: Talk, case: Case) -> None:
    """Have nothing that was told here before count for *case*: it may be somebody else's.

    It stands in the case that there was; where there was none, it is read with this one, or as one
    of its own if this one is closed.
    """
    if case.closed_at is not None:
        await keep_own_words(talk)
    elif talk.case is None:
        since = talk.place.case_opened_at or NEVER
        own = tuple(own_words(talk.release.plan, talk.session, since=since))
        await add_words(talk.tx, talk.house, case.id, own[::-1], kind=EntryKind.SAID)
    answers = lasting_for_another(talk.session.answers)
    talk.session = replace(with_nothing_told(talk.session), answers=answers)


async def _tell_case(talk: Talk, _: str) -> Outcome:
    case = await _case_of(talk)
    language = talk.session.language
    talk.values["case_status"] = phrase(talk.house, language, STATUSES[case.status.value])
    talk.values["worker_messages"] = await _worker_messages(talk, case)
    return Outcome(name="told")


async def _worker_messages(talk: Talk, case: Case) -> str:
    house, language = talk.house, talk.session.language
    zone = house.directory.organisation.reading_hours.zone
    written = await last_of_all(talk.tx, case, EntryKind.WORKER, most=_WORKER_MESSAGES)
    if not written:
        return phrase(house, language, NO_WORKER_WROTE)
    lines = []
    for entry in written:
        when = say_moment(entry.at, language=language, zone=zone)
        lines += [phrase(house, language, WORKER_WROTE, when=when), entry.text]
    return "\n".join(lines)


async def _add_to_case(talk: Talk, text: str) -> Outcome:
    case = await _case_of(talk)
    if case.closed_at is not None:
        await reopen(talk, case)
        said = Said(at=talk.now, state=talk.session.state, text=text)
        await add_words(talk.tx, talk.house, case.id, (said,), kind=EntryKind.SAID)
    return Outcome(name="added")


async def reopen(talk: Talk, case: Case) -> None:
    """Open the closed *case* again: something is to be added here. The alerts begin anew."""
    await cases.change(
        talk.tx,
        case.id,
        status=Status.REOPENED.value,
        due_at=due_anew(talk.house, case.level),
        look_by=look_anew(talk.house, case.level),
        look_chosen=0,
        address=talk.place.address,
        closed_at=None,
        outcome=None,
        owner=None,
        acknowledged_at=None,
        acknowledged_by=None,
        rung=0,
    )
    await timers.set_timer(talk.tx, "ladder", case.id, due_at=talk.now)
    await add_status(talk.tx, case.id, "reopened_by_contact", at=talk.now)
    talk.place = replace(talk.place, case=case.id)
    talk.case = case.id
    await talk.pass_on_heard()


async def _note_help_arrived(talk: Talk, answer: str) -> Outcome:
    case = await _case_of(talk)
    await keep_help(talk.tx, case.id, answer)
    await add_status(talk.tx, case.id, f"help_{answer}", at=talk.now)
    if answer != "came" and case.closed_at is not None:
        await reopen(talk, case)
    await note_news(talk.tx, talk.house, case.id)
    return Outcome(name="noted")


async def _case_of(talk: Talk) -> Case:
    """Return the case the contact came back to, or their own."""
    case = talk.session.case or talk.case or talk.place.case
    if case is None:
        text = "this contact has no case"
        raise LookupError(text)
    return await cases.find_case(talk.tx, case)


async def _note_not_meant(talk: Talk, _: str) -> Outcome:
    """Have the worker see that it was not meant as it was taken; the case is not lowered for it."""
    asked = talk.session.owed if is_question(talk.session.owed) else ""
    corrected = replace(talk.session, may_correct=False, level=Level.NONE, owed=asked)
    talk.session = replace(corrected, told_since=over_since(talk))
    await lead_back(talk)
    if talk.case is None:
        return Outcome(name="nothing")
    await add_status(talk.tx, talk.case, "not_meant", at=talk.now)
    await note_news(talk.tx, talk.house, talk.case)
    return Outcome(name="noted")


async def _call_a_person(talk: Talk, _: str) -> Outcome:
    await contacts.set_owner(talk.tx, talk.place.contact, OwnerKind.QUEUE, "person")
    if talk.case is not None:
        await note_news(talk.tx, talk.house, talk.case)
    return Outcome(name="called")


async def _change_language(talk: Talk, language: str) -> Outcome:
    if language in talk.house.languages:
        talk.session = replace(talk.session, language=language)
    await talk.tell_code()
    recall_question(talk)
    return Outcome(name="changed")


_DEEDS: dict[str, Deed] = {
    "find_guidance": find_guidance,
    "tell_topic": tell_topic,
    "tell_answer": tell_answer,
    "note_not_asked": note_not_asked,
    "look_up_case": _look_up_case,
    "tell_case": _tell_case,
    "add_to_case": _add_to_case,
    "note_help_arrived": _note_help_arrived,
    "note_not_meant": _note_not_meant,
    "call_a_person": _call_a_person,
    "change_language": _change_language,
    **LEAVING_DEEDS,
    **LEARNING_DEEDS,
    **ACTIVITY_DEEDS,
}
