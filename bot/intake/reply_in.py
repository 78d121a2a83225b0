"""What of an update the engine is to answer."""

from bot.domain.update import Kind, Update
from bot.engine.reply import FileSent, Reply, Tap, Unreadable, Words
from bot.engine.walk import CODE_ASKED
from bot.intake.code_words import opens_a_door
from bot.intake.talk import Talk
from bot.intake.tapping import is_old, without_step


def reply_in(talk: Talk, update: Update, *, is_followed: bool) -> Reply | None:
    """Return what the engine is to answer; a button of a question that is over is not."""
    match update.kind:
        case Kind.TEXT:
            words = Words(text=_as_read(talk, update), is_followed=is_followed, word=talk.word)
            return words if update.text else None
        case Kind.TAP:
            return None if is_old(talk, update) else Tap(data=without_step(update.tap))
        case Kind.FILE:
            return None if is_followed else FileSent(text=talk.kept)
        case Kind.OTHER:
            return FileSent(text=talk.kept) if update.text else Unreadable()
    return None


def _as_read(talk: Talk, update: Update) -> str:
    """Return what was written as it may be kept; a code only where it is to be looked up."""
    is_asked = talk.session.state == CODE_ASKED
    return update.text if is_asked or opens_a_door(talk, update.text) else talk.kept
