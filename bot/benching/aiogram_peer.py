"""The same conversation with aiogram, whose package need not be installed."""

from collections.abc import Awaitable, Callable, Iterator
from itertools import chain, count

from aiogram import Bot, Dispatcher
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import SendMessage
from aiogram.types import Message, Update

from bot.benching.conversation import QUESTIONS, THANKS, conversations
from bot.benching.figures import Figures, time_turns

TOKEN = "1:none"  # noqa: S105 - no token, since nothing is sent
_Handle = Callable[[Message, FSMContext], Awaitable[None]]


async def measure_in_memory(*, seconds: float) -> Figures:
    """Return the figures with everything kept in memory, lost when the process ends."""
    bot = Bot(TOKEN, session=NoTransport())
    peer = build_peer()

    async def take(update: Update) -> None:
        await peer.feed_update(bot, update)

    return await time_turns(updates_for(bot), take, seconds=seconds)


class NoTransport:
    """Sends nothing, and keeps what was said last."""

    def __init__(self) -> None:
        self.said = ""

    async def __call__(self, _: Bot, method: SendMessage, **__: object) -> None:
        """Return at once."""
        self.said = method.text


def build_peer() -> Dispatcher:
    """Return a bot that has the conversation and keeps it in memory."""
    peer = Dispatcher(storage=MemoryStorage())
    peer.message.register(_greet, CommandStart())
    for number, question in enumerate(QUESTIONS):
        peer.message.register(_answer(number), StateFilter(question.key))
    return peer


async def _greet(message: Message, state: FSMContext) -> None:
    await state.set_state(QUESTIONS[0].key)
    await message.answer(QUESTIONS[0].ask)


def _answer(number: int) -> _Handle:
    key = QUESTIONS[number].key
    then = QUESTIONS[number + 1] if number + 1 < len(QUESTIONS) else None

    async def answer(message: Message, state: FSMContext) -> None:
        await state.update_data({key: message.text})
        await state.set_state(then.key if then else None)
        await message.answer(then.ask if then else THANKS)

    return answer


def updates_for(bot: Bot) -> Iterator[Update]:
    """Yield what the contacts write, as *bot* would get it, without end."""
    numbers = count(1)
    for contact, text in chain.from_iterable(conversations()):
        yield _update(bot, next(numbers), contact, text)


def _update(bot: Bot, number: int, contact: int, text: str) -> Update:
    message = {
        "message_id": number,
        "date": number,
        "chat": {"id": contact, "type": "private"},
        "from": {"id": contact, "is_bot": False, "first_name": "somebody"},
        "text": text,
    }
    return Update.model_validate({"update_id": number, "message": message}, context={"bot": bot})
