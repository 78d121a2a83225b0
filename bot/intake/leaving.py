"""Leaving in a hurry, and having all erased: what can be removed here is, and no case shows."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.casework.daily import end_all_daily
from bot.casework.gone import note_erased, note_left
from bot.casework.posting import post_act
from bot.domain.ids import HOUR, CaseId, Instant
from bot.domain.message import AWAY, EVERYTHING, Act
from bot.domain.place import OwnerKind
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.reply import Outcome
from bot.intake.joining import forget_sign_ups
from bot.intake.nobody import forget_told
from bot.intake.talk import Talk
from bot.log import Action, record
from storage import cases, contacts, inbox, outbox, sign_ups, timers

_DELETABLE = 47 * HOUR


async def _erase_my_data(talk: Talk, _: str) -> Outcome:
    references = await _take_back(talk)
    await end_all_daily(talk.tx, talk.place.contact)
    await forget_sign_ups(talk)
    keeps_case = await contacts.erase(talk.tx, talk.place, now=talk.now)
    await timers.stop_timer(talk.tx, "silence", talk.place.contact)
    place = talk.place = replace(talk.place, silence_at=None)
    await inbox.drop_set_aside(talk.tx, place.channel, place.where)
    theirs = await _cases_of(talk)
    for case in theirs:
        await note_erased(talk.tx, talk.house, case, place)
    if not keeps_case:
        talk.place = await contacts.make_place(talk.tx, place.channel, place.where, now=talk.now)
    await _remove(talk, EVERYTHING, references)
    _forget_conversation(talk, has_case=bool(theirs))
    await _go_on_without_worker(talk)
    talk.tx.once_kept(record, Action.DATA_ERASED)
    return Outcome(name="erased")


async def _leave_quickly(talk: Talk, _: str) -> Outcome:
    await _remove(talk, AWAY, await _take_back(talk))
    await end_all_daily(talk.tx, talk.place.contact)
    await sign_ups.silence(talk.tx, talk.place.contact)
    await talk.keep_answers()
    for case in await _open_here(talk):
        await note_left(talk.tx, talk.house, case)
    _forget_conversation(talk, has_case=bool(await _cases_of(talk)))
    await _go_on_without_worker(talk)
    talk.is_gone = talk.place.channel == outbox.PULLED
    return Outcome(name="left")


async def _go_on_without_worker(talk: Talk) -> None:
    """Have the bot speak here again: it is not known who has the phone, until a worker writes."""
    if await _open_here(talk):
        await contacts.set_owner(talk.tx, talk.place.contact, OwnerKind.BOT)


async def _open_here(talk: Talk) -> Sequence[CaseId]:
    """Return the open cases that are answered here, and none that has moved to another phone."""
    return await cases.open_cases_at(talk.tx, talk.place.address)


async def _cases_of(talk: Talk) -> Sequence[CaseId]:
    return await cases.cases_of(talk.tx, talk.place.contact, talk.place.address)


def _forget_conversation(talk: Talk, *, has_case: bool) -> None:
    """Begin anew, so that nobody who takes the phone sees that there was something.

    Until they come back with the code, nothing here shows a case that there was.
    """
    old = talk.session
    talk.session = Session(
        release=old.release,
        language=old.language,
        state=old.state,
        is_quiet=old.is_quiet,
        has_left=has_case,
    )


async def _take_back(talk: Talk) -> Sequence[str]:
    """Take back what waits for this address; return the numbers of what can be removed there.

    What an earlier leaving has not removed yet is among them.
    """
    address = talk.place.address
    waiting = await outbox.waiting_for(talk.tx, address)
    named = [number for m in waiting if m.act is Act.DELETE for number in m.references]
    since = Instant(talk.now - _DELETABLE)
    sent = await outbox.sent_references(talk.tx, address, since=since)
    received = await inbox.references(talk.tx, address, since=since)
    await outbox.drop_waiting(talk.tx, address)
    await inbox.drop_references(talk.tx, address)
    await forget_told(talk.tx, address)
    return list(dict.fromkeys([*named, *sent, *received]))


async def _remove(talk: Talk, from_page: str, references: Sequence[str]) -> None:
    """Have the channel remove the messages with these numbers; a page, what *from_page* names."""
    if talk.place.channel == outbox.PULLED:
        references = (from_page,)
    if references:
        await post_act(talk.tx, talk.place, Act.DELETE, references, now=talk.now)


LEAVING_DEEDS: Mapping[str, Callable[[Talk, str], Awaitable[Outcome]]] = {
    "erase_my_data": _erase_my_data,
    "leave_quickly": _leave_quickly,
}
