"""What is written outside any question after a case was closed lately: thanks, or news."""

from bot.casework.telling import said_entry
from bot.domain.case import Case, EntryKind, Status
from bot.domain.event import Said as Told
from bot.domain.ids import DAY, CaseId, Instant
from bot.domain.level import Level
from bot.domain.session import Said
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.intake.case_shown import shows_case
from bot.intake.code_words import is_alone
from bot.intake.danger_words import DANGER_NOW
from bot.intake.deeds import reopen
from bot.intake.detour import leads_into_a_report
from bot.intake.hearing import sees_risk
from bot.intake.insults import is_to_be_calmed
from bot.intake.own_words import have_it_read, is_mere_thanks, is_told
from bot.intake.small_talk import ADDING, small_talk
from bot.intake.talk import Talk
from bot.triage.signals import READ_TOGETHER, glance
from storage import case_log, cases

CHECKING = "check_on_my_report."
"""Where they are who came back with their code."""

_REMEMBERED_CLOSED = 30 * DAY
"""How long after closing a message still belongs to the case."""

_THANKED = Told(key="always.thanked.say")


async def adds_to_closed_case(talk: Talk, update: Update, word: str) -> bool:
    """Have a person read what is written outside any question after a case was closed lately.

    They were told that they can write at any time. A case of their own is opened again. Where
    only their phone was used with somebody's code, or the case had moved to another phone, what
    they write becomes a case of its own, which is answered here.
    """
    if update.kind not in {Kind.TEXT, Kind.FILE} or word:
        return False
    if is_alone(update.text, talk.house):
        return False
    since, case = _since(talk), await _closed_lately(talk)
    if case is not None and case.address == talk.place.address:
        await reopen(talk, case)
    elif case or await cases.has_closed_at(talk.tx, talk.place.address, since=since):
        if update.kind is Kind.TEXT and not is_told(talk, update.text):
            return False
        talk.session = replace(talk.session, case=None)
        if update.kind is Kind.TEXT:
            await have_it_read(talk)
    else:
        return False
    return True


async def tells_anew(talk: Talk, *, is_added: bool) -> bool:
    """Whether they tell new harm behind a closed case, and were not asked about danger since.

    ``is_added`` says that it is the first they write since then. In danger they hear enough.
    """
    waits = talk.session.state
    is_asked_else = bool(waits) and not waits.startswith(CHECKING)
    if talk.felt is not Level.URGENT or is_asked_else or talk.word or talk.is_owned:
        return False
    if talk.case is None or not shows_case(talk) or talk.session.is_quiet:
        return False
    if not leads_into_a_report(talk, talk.kept, felt=talk.felt):
        return False
    return is_added or (await cases.find_case(talk.tx, talk.case)).status is Status.REOPENED


async def reopen_to_add(talk: Talk, update: Update) -> CaseId | None:
    """Open the closed case again to which *update* is what they want to add, before it is kept.

    Else it would make another case, with alerts of its own, and be missing from this one. If it
    is only an insult or small talk, the case stays closed, and is returned. So is harm, or that
    there is danger, which they write with the code where it was not asked what to add.
    """
    is_theirs = update.kind in {Kind.TEXT, Kind.FILE, Kind.OTHER} and not talk.word
    waits = talk.session.state
    if not waits.startswith(CHECKING) or talk.session.case is None or not is_theirs:
        return None
    case = await cases.find_case(talk.tx, talk.session.case)
    if case.closed_at is None or not (update.text or update.file is not None):
        return None
    if waits != ADDING and not await _tells_harm(talk, update.text):
        return None
    if waits == ADDING and await _adds_nothing(talk, update):
        return case.id
    await reopen(talk, case)
    return None


async def _tells_harm(talk: Talk, text: str) -> bool:
    """Whether *text* tells harm, or says that there is danger now."""
    return bool(DANGER_NOW.fullmatch(plain(text))) or await sees_risk(talk, text)


async def _adds_nothing(talk: Talk, update: Update) -> bool:
    """Whether *update* is answered in passing, and holds no sign of risk."""
    if talk.is_called_quietly or not (is_to_be_calmed(talk, update) or small_talk(talk, update)):
        return False
    return not await sees_risk(talk, update.text)


async def thanked_for(talk: Talk, update: Update, word: str) -> CaseId | None:
    """Return the closed case for which *update* is no more than thanks, a greeting or a smile.

    It stays closed, and nobody is called. In doubt it is opened again, as for any other words.
    """
    is_text = update.kind is Kind.TEXT and not word
    can_say = talk.release.plan.can_say(_THANKED.key)
    if not (is_text and can_say and is_mere_thanks(update.text)):
        return None
    earlier = [said.text for said in talk.session.said[-READ_TOGETHER:]]
    if glance(update.text, talk.house.rules, earlier).signals or talk.is_called_quietly:
        return None
    case = await _closed_lately(talk)
    return case.id if case is not None else None


async def keep_thanks(talk: Talk, case: CaseId) -> None:
    """Add what was written to the log of the closed *case*; that is no news to anybody."""
    said = Said(at=talk.wrote_at or talk.now, state="", text=talk.kept)
    await case_log.add_entry(talk.tx, case, said_entry(said, EntryKind.SAID))


async def keep_beside(talk: Talk, case: CaseId) -> None:
    """Move what was just kept to the log of the closed *case*, unless another case has it.

    Left where it is, it would make another case when they leave or fall silent.
    """
    if talk.case is None:
        await keep_thanks(talk, case)
        said = talk.session.said
        if said and said[-1].text == talk.kept:
            talk.session = replace(talk.session, said=said[:-1])


async def thank(talk: Talk, *, is_followed: bool) -> None:
    """Say that they can write at any time, without a question, unless more is coming."""
    if not is_followed:
        await talk.say((_THANKED,), words=("menu", "leave"))


async def _closed_lately(talk: Talk) -> Case | None:
    return await cases.closed_lately(talk.tx, talk.place.contact, since=_since(talk))


def _since(talk: Talk) -> Instant:
    return Instant(talk.now - _REMEMBERED_CLOSED)
