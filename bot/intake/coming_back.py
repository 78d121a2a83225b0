"""Whoever typed their code: from then on their case is answered there, and only there."""

from bot.casework.cases import add_status, add_words
from bot.casework.claiming import end_conversation, lasting_for_another
from bot.domain.case import Case, EntryKind
from bot.domain.ids import NEVER, CaseId
from bot.domain.values import replace
from bot.intake.own_words import own_words
from bot.intake.talk import Talk
from storage import audit, cases, taking_back


async def come_back_to(talk: Talk, case: Case) -> None:
    """From now on the case is answered here; where it came from, the bot begins anew.

    Nothing that is written there later belongs to it: nobody knows who has that phone, and what a
    worker answers arrives here. What a worker wrote before and has not arrived is read here only.
    """
    if case.address and case.address != talk.place.address:
        if case.closed_at is None:  # else what was begun there since is none of this case
            await end_conversation(talk.tx, talk.house, case)
        await taking_back.take_back(talk.tx, case.address, case.id, before=talk.now)
    if case.id != talk.case:
        await _part_from_before(talk, case.id)
    await cases.change(talk.tx, case.id, address=talk.place.address)
    talk.session = replace(talk.session, case=case.id, code_of=case.id, has_left=False)
    talk.case = case.id
    if case.closed_at is None:
        talk.place = replace(talk.place, case=case.id)
    await talk.pass_on_heard()
    await add_status(talk.tx, case.id, "came_back", at=talk.now)
    await audit.note(talk.tx, "contact", "case_looked_up", case.id, at=talk.now)


async def _part_from_before(talk: Talk, case_id: CaseId) -> None:
    """Have nothing that was told here before count for the case: it may be somebody else's.

    It stands in the case that there was; where there was none, it is read with this one.
    """
    session, since = talk.session, talk.place.case_opened_at or NEVER
    if talk.case is None:
        own = tuple(own_words(talk.release.plan, session, since=since))
        await add_words(talk.tx, talk.house, case_id, own[::-1], kind=EntryKind.SAID)
    talk.session = replace(
        session,
        trail=(),
        answers=lasting_for_another(session.answers),
        said=(),
        told={},
        risky_at=(),
        is_last_risky=False,
        has_gone_silent=False,
    )
