"""What is answered at once wherever it is written, before any question of ours goes on."""

from bot.domain.update import Update
from bot.intake.of_the_chat import answer_of_the_chat
from bot.intake.shame import answer_shame
from bot.intake.taken_back import answer_taking_back
from bot.intake.talk import Talk


async def answer_at_once(talk: Talk, update: Update) -> bool:
    """Answer whoever fears that it is their fault, takes it back, or asks of the chat itself."""
    return (
        await answer_shame(talk, update)
        or await answer_taking_back(talk, update)
        or await answer_of_the_chat(talk, update)
    )
