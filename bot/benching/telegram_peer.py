"""The same conversation with python-telegram-bot's ConversationHandler."""

import tempfile
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from telegram import Bot, Chat, Message, MessageEntity, Update, User
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    ExtBot,
    MessageHandler,
    PersistenceInput,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest, RequestData

from bot.benching.conversation import QUESTIONS, START, THANKS, conversations
from bot.benching.figures import Figures, time_turns

TALK = "report"
TOKEN = "1:none"  # noqa: S105 - no token, since nothing is sent
ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"bench","username":"bench_bot"}}'
SENT = b'{"ok":true,"result":{"message_id":1,"date":0,"chat":{"id":1,"type":"private"}}}'
Peer = Application[Any, Any, Any, Any, Any, Any]
_Handle = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, int]]


async def measure_in_memory(*, seconds: float) -> Figures:
    """Return the figures with everything kept in memory, lost when the process ends."""
    peer = build_peer(NoTransport())
    await peer.initialize()
    figures = await time_turns(updates_for(peer.bot), peer.process_update, seconds=seconds)
    await peer.shutdown()
    return figures


async def measure_pickled(*, contacts: int, seconds: float) -> Figures:
    """Return the figures with everything written to its file each turn.

    The file holds what *contacts* earlier ones answered; it is written, but not forced to disk.
    """
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as folder:
        persistence = PicklePersistence(
            Path(folder) / "peer.pickle",
            store_data=PersistenceInput(bot_data=False, chat_data=False, callback_data=False),
            on_flush=True,
        )
        await fill(persistence, contacts)
        peer = build_peer(NoTransport(), persistence)
        await peer.initialize()

        async def take(update: Update) -> None:
            await peer.process_update(update)
            await peer.update_persistence()
            await persistence.flush()

        figures = await time_turns(updates_for(peer.bot), take, seconds=seconds)
        await peer.shutdown()
        return figures


class NoTransport(BaseRequest):
    """Sends nothing, says that it was sent, and keeps what was said last."""

    def __init__(self) -> None:
        self.said = ""

    @property
    def read_timeout(self) -> float | None:
        """How long to wait for an answer: there is always one."""
        return None

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        """Return what Telegram would."""
        del method
        if url.endswith("getMe"):
            return 200, ME
        self.said = str(request_data.parameters["text"]) if request_data else ""
        return 200, SENT


def build_peer(
    transport: NoTransport, persistence: PicklePersistence[Any, Any, Any] | None = None
) -> Peer:
    """Return a bot that has the conversation; without *persistence* it keeps it in memory."""
    builder = ApplicationBuilder().bot(ExtBot(TOKEN, request=transport)).updater(None)
    peer: Peer = builder.persistence(persistence).build() if persistence else builder.build()
    add_conversation(peer, is_kept=persistence is not None)
    return peer


def add_conversation(peer: Peer, *, is_kept: bool) -> None:
    """Have *peer* ask the questions; where everybody is, is kept with the rest if *is_kept*."""
    after = (*range(1, len(QUESTIONS)), ConversationHandler.END)
    peer.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler(START.removeprefix("/"), _greet)],
            states={
                state: [MessageHandler(filters.TEXT & ~filters.COMMAND, _answer(state, then))]
                for state, then in enumerate(after)
            },
            fallbacks=[],
            name=TALK,
            persistent=is_kept,
        )
    )


async def _greet(update: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
    if update.message:
        await update.message.reply_text(QUESTIONS[0].ask)
    return 0


def _answer(state: int, then: int) -> _Handle:
    key = QUESTIONS[state].key
    says = THANKS if then == ConversationHandler.END else QUESTIONS[then].ask

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        if update.message and context.user_data is not None:
            context.user_data[key] = update.message.text
            await update.message.reply_text(says)
        return then

    return answer


async def fill(persistence: PicklePersistence[Any, Any, Any], contacts: int) -> None:
    """Write to the file of *persistence* what so many *contacts* answered."""
    await persistence.get_user_data()
    answers = {question.key: question.answer for question in QUESTIONS}
    for contact in range(contacts):
        await persistence.update_user_data(contact, dict(answers))
    await persistence.flush()


def updates_for(bot: Bot) -> Iterator[Update]:
    """Yield what the contacts write, as *bot* would get it, without end."""
    numbers = count(1)
    for contact, text in chain.from_iterable(conversations()):
        yield _update(bot, next(numbers), contact, text)


def _update(bot: Bot, number: int, contact: int, text: str) -> Update:
    command = MessageEntity(MessageEntity.BOT_COMMAND, 0, len(text))
    message = Message(
        number,
        datetime.now(UTC),
        Chat(contact, Chat.PRIVATE),
        from_user=User(contact, "somebody", is_bot=False),
        text=text,
        entities=[command] if text == START else [],
    )
    message.set_bot(bot)
    update = Update(number, message=message)
    update.set_bot(bot)
    return update
