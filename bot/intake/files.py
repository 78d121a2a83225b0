"""Photos, voice messages and other files: kept at full size, sealed, for a person to look at.

Of a sticker only what it stands for is kept, and only with a case that there is.
"""

from bot.casework.cases import add_words, is_adult, note_news
from bot.casework.phrases import STICKER
from bot.casework.speech import phrase
from bot.casework.weighing import Concern
from bot.domain.case import Entry, EntryKind
from bot.domain.expression import expression
from bot.domain.ids import CaseId, new_id
from bot.domain.level import Level
from bot.domain.session import Said, Session
from bot.domain.update import FileReference, Kind, Update
from bot.engine.plain import plain
from bot.engine.reply import FileSent
from bot.intake.asked import asks_about_danger
from bot.intake.detour import is_before_a_report
from bot.intake.kin_words import KIN_EN, KIN_ZH
from bot.intake.talk import Talk
from storage import case_log, outbox, timers

FETCH = "file"

_DID_THIS = expression(
    rf"(?:look (?:at )?(?:this )?|this is )?(?:what )?(?:he|she|they|{KIN_EN}|my (?:coach|boss))"
    r" (?:just |always )?(?:(?:did|done|does) (?:(?:this|that|it) )?to (?:me|us|my \w+(?: \w+)?)"
    r"|(?:hit|beat|hurt|burn(?:ed|t|s)?|cut|kick(?:ed|s)?|bit|choked|slapped) (?:me|us)"
    r"(?: (?:here|like this|again|today))?)"
    rf"|(?:你?看|这(?:就)?是|都是|这些?)*(?:被)?(?:他们?|她们?|{KIN_ZH}|老师|教练)(?:给)?(?:我)?"
    r"(?:用\w{1,4})?(?:(?:打|掐|烫|咬|抓|踢|抽)(?:我)?(?:伤|成这样|出来)?|弄(?:我)?伤)(?:的|了)"
)
"""Under a picture: who hurt somebody. "My mum did this" may be said of a drawing."""


async def keep_file(talk: Talk, update: Update) -> None:
    """Add the file of *update* to the contact's case; no machine reads it, so a person must."""
    if update.file is None:
        return
    is_edit = update.kind is Kind.EDIT
    if is_edit and talk.case and await case_log.has_file_like(talk.tx, talk.case, update.file):
        return  # only what is written beneath it was changed
    await have_a_person_look(talk)
    if talk.case is not None:
        await _add(talk, talk.case, update.file)
        await note_news(talk.tx, talk.house, talk.case)


async def have_a_person_look(talk: Talk) -> None:
    """Open a case, unless there is one, for what no machine reads."""
    if talk.case is None:
        level = Level.ROUTINE if is_adult(talk.session.answers) else Level.URGENT
        await talk.request_case(Concern(queue="intake", level=level))


def shows_harm(talk: Talk, session: Session, reply: FileSent) -> bool:
    """Whether a picture came that shows what somebody did, before danger was asked about."""
    is_asked = asks_about_danger(session.state) or not is_before_a_report(session)
    return not (is_asked or talk.word) and shows_who_did_it(reply.text)


def shows_who_did_it(caption: str) -> bool:
    """Whether *caption* says no more than who did what its picture shows: "my dad did this"."""
    return _DID_THIS.fullmatch(plain(caption)) is not None


async def keep_sign(talk: Talk, emoji: str) -> None:
    """Have whoever reads the contact's case see that a sticker or the like came; it opens none."""
    if talk.case is None:
        return
    text = phrase(talk.house, talk.session.language, STICKER, emoji=emoji).strip()
    said = Said(at=talk.wrote_at or talk.now, state=talk.session.state, text=text)
    await add_words(talk.tx, talk.house, talk.case, (said,), kind=EntryKind.SAID)


async def _add(talk: Talk, case: CaseId, file: FileReference) -> None:
    if talk.place.channel == outbox.PULLED:
        file_id = file.reference
        await case_log.adopt_file(talk.tx, case, file_id)
    else:
        file_id = await case_log.add_file(
            talk.tx, case, file, channel=talk.place.channel, at=talk.now
        )
        await timers.set_timer(talk.tx, FETCH, file_id, due_at=talk.now)
    entry = Entry(
        id=new_id(),
        at=talk.wrote_at or talk.now,
        kind=EntryKind.FILE,
        state=talk.session.state,
        text=file.kind,
        file_id=file_id,
        media_type=file.media_type,
    )
    await case_log.add_entry(talk.tx, case, entry)
