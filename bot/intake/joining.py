"""Activities in a turn."""

from collections.abc import Mapping

from bot.engine.reply import Outcome
from bot.intake.learning import Deed
from bot.intake.talk import Talk


async def _list_activities(_: Talk, __: str) -> Outcome:
    return Outcome(name="none")


ACTIVITY_DEEDS: Mapping[str, Deed] = {"list_activities": _list_activities}
