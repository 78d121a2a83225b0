"""Words against the bot: nobody is blocked for them, and they are answered calmly, once an hour."""

from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.ids import HOUR
from bot.domain.level import Level
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.intake.talk import Talk
from bot.triage.rules import INSULT

AGAIN_AFTER = HOUR
LONGEST = 30
"""Whoever writes more characters tells something, whatever words are in it."""


def is_to_be_calmed(talk: Talk, update: Update) -> bool:
    """Whether *update* only insults the bot, and was not answered so within the hour.

    What is told in a report is never taken for it: there, others' words are told as well.
    """
    is_short = update.kind is Kind.TEXT and len(update.text) <= LONGEST
    is_due = talk.now - talk.session.calmed_at >= AGAIN_AFTER
    if not (is_short and is_due) or talk.felt is not Level.NONE or _is_telling(talk):
        return False
    return INSULT in talk.told_beside(update.text)


async def calm(talk: Talk) -> None:
    """Answer calmly, and ask the question that waits again."""
    talk.session = replace(talk.session, calmed_at=talk.now)
    said: list[Event] = [Told(key="always.insulted.say")]
    if talk.session.state:
        said.append(Asked(state=talk.session.state))
    await talk.say(said)


def _is_telling(talk: Talk) -> bool:
    state = talk.release.plan.states.get(talk.session.state)
    flow = talk.release.plan.flow_of(talk.session.state)
    is_report = flow is not None and flow.if_silent is not None
    return is_report and state is not None and state.expect == "text"
