"""Messages that were changed after they were sent, such as "leav" into "leave"."""

from bot.domain.event import Said as Told
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.reply import Words
from bot.engine.understand import word_anywhere
from bot.intake.code_words import is_alone
from bot.intake.talk import Talk
from bot.intake.turns import run

WAYS_OUT = frozenset({"leave", "erase"})
"""Words of whoever may have no time to write them anew."""


def as_written_now(talk: Talk, update: Update) -> Update:
    """Return *update* as new words, if it changes the newest message into a way out or a code.

    An older message, and one that was either already, does nothing anew however it is changed.
    """
    is_newest = bool(update.message) and update.message == talk.session.newest
    if update.kind is not Kind.EDIT or not is_newest:
        return update
    is_meant = _is_to_be_done(talk, update, word_anywhere(talk.release.plan, update.text))
    return replace(update, kind=Kind.TEXT) if is_meant else update


def newest_after(talk: Talk, update: Update) -> str:
    """Return the number of the newest message that could still be changed so, ``""`` if none."""
    if update.kind is not Kind.TEXT:
        return talk.session.newest
    return "" if _is_to_be_done(talk, update, talk.word) else update.message


def _is_to_be_done(talk: Talk, update: Update, word: str) -> bool:
    return word in WAYS_OUT or is_alone(update.text, talk.house)


async def note_edit(talk: Talk, update: Update) -> None:
    """Thank for a changed message; a place that moves on the map is not spoken of each time.

    Where it was answered with the words of an emergency, the answer to those is awaited.
    """
    if talk.has_asked_where and not talk.word:
        await run(talk, Words(text=talk.kept))
    elif (update.text or update.file) and not talk.is_owned:
        await talk.say((Told(key="always.edit_seen.say"),))
