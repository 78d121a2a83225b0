"""What is said beside the answer to a reply in which more was told or asked."""

from bot.domain.event import Event
from bot.domain.session import Session
from bot.engine.reply import Reply
from bot.intake.amid import tell_beside_numbers
from bot.intake.talk import Talk
from bot.intake.warmth import warm
from bot.intake.what_follows import offer_beside_telling, tell_beside_danger


async def say_beside(talk: Talk, before: Session, reply: Reply, waiting: list[Event]) -> None:
    """Say beside what is *waiting* what else answers *reply*, written where *before* stood."""
    await offer_beside_telling(talk, before, reply, waiting)
    tell_beside_numbers(talk, before, waiting)
    await tell_beside_danger(talk, before, reply)
    warm(talk, before.state, reply, waiting)
