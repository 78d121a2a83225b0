"""Coming to a question anew: what is said before it may have to be found out first."""

from bot.casework.speech import MOMENTARY
from bot.flow.model import State
from bot.intake.talk import Talk


def way_into(talk: Talk, place: str) -> str:
    """Return where to begin so that all that is said at *place* is filled in.

    That is the deed that leads there, such as to look up how a case stands. Where all is filled in
    anyway, or no deed leads there, it is *place* itself.
    """
    plan, voice = talk.release.plan, talk.voice
    known = talk.values.keys() | MOMENTARY.keys()
    known |= talk.house.placeholders[talk.session.language].keys()
    missing = (voice.holds(f"{place}.say") | voice.holds(f"{place}.ask")) - known
    if not missing:
        return place
    ways = (state.place for state in plan.states.values() if state.do and _leads(state, place))
    return next(ways, place)


def _leads(deed: State, place: str) -> bool:
    """Whether *deed*, of the same flow, goes on at *place*."""
    flow, _, name = place.rpartition(".")
    return deed.flow == flow and name in deed.then.values()
