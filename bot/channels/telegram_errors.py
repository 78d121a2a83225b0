"""What a failed call means for the message: try again, or never; this one, or all of them."""

from typing import Final

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram_request import TooManyRequestsError
from bot.domain.errors import PermanentSendError, SendError, TemporarySendError

REFUSED: Final = "Telegram refuses the token: take the right one from BotFather, and start again"
NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "chat was deactivated")


def send_error(error: TelegramError) -> SendError:
    """Return *error* in our own words, which never repeat Telegram's (they may quote the text).

    A refused token counts as temporary: no message may be lost by an operator's mistake.
    """
    match error:
        case TooManyRequestsError(seconds=seconds):
            return TemporarySendError("Telegram asks for a pause", retry_after=seconds)
        case ChatMigrated(new_chat_id=number):
            text = "the group has moved to another address"
            return PermanentSendError(text, is_dead=True, moved_to=str(number))
        case Forbidden():
            return PermanentSendError("the bot may not write there any more", is_dead=True)
        case BadRequest() if is_nobody_there(error):
            return PermanentSendError("there is no such chat", is_dead=True)
        case BadRequest():
            return PermanentSendError("Telegram refuses this message", is_dead=False)
        case _:
            away = f"Telegram cannot be reached: {type(error).__name__}"
            return TemporarySendError(REFUSED if isinstance(error, InvalidToken) else away)


def is_nobody_there(error: BadRequest) -> bool:
    """Say whether nothing sent to this address will ever arrive."""
    said = error.message.lower()
    return any(words in said for words in NOBODY_THERE)


def is_old_tap(error: BadRequest) -> bool:
    """Say whether a tap can no longer be answered, which harms nobody."""
    return "query is too old" in error.message.lower()
