"""Words against the bot: nobody is blocked for them, and they are answered calmly, once an hour.

Where it is asked what they would like to add to a report, they add nothing within that hour either.
"""

import re

from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.ids import HOUR
from bot.domain.level import Level
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.intake.small_talk import ADDING
from bot.intake.talk import Talk
from bot.triage.rules import INSULT
from bot.triage.signals import read_as

AGAIN_AFTER = HOUR
LONGEST = 30
"""Whoever writes more characters tells something, whatever words are in it."""

_OF_OTHERS = expression(
    r"[爸妈爹娘爷奶公婆哥姐弟妹叔姨舅伯师学他她]|[叫让说喊]我|骂"
    r"|\b(?:my|he|she|they|dad|mum|mom|says?|said|tells?|told|calls?|called|yells?|yelled)\b",
    re.IGNORECASE,
)
"""Where it stands before words that insult, somebody else has said them."""


def is_to_be_calmed(talk: Talk, update: Update) -> bool:
    """Whether *update* only insults the bot, and is no answer to the question that waits.

    Within an hour after they were answered it may be one, but not to what they would like to add.

    What is told in a report is never taken for it, nor what somebody else is said to have said
    (后妈叫我滚远点): there, others' words are told.
    """
    is_short = update.kind is Kind.TEXT and len(update.text) <= LONGEST
    is_no_answer = _is_due(talk) or talk.session.state == ADDING
    if not (is_short and is_no_answer) or talk.felt is not Level.NONE or _is_telling(talk):
        return False
    words = talk.told_beside(update.text).get(INSULT)
    if words is None:
        return False
    text = update.text if words in update.text else read_as(update.text, talk.house.rules)
    return not _OF_OTHERS.search(text.partition(words)[0])


async def calm(talk: Talk) -> None:
    """Answer calmly, once an hour, and ask the question that waits again."""
    said: list[Event] = []
    if _is_due(talk):
        talk.session = replace(talk.session, calmed_at=talk.now)
        said.append(Told(key="always.insulted.say"))
    if talk.session.state:
        said.append(Asked(state=talk.session.state))
    await talk.say(said)


def _is_due(talk: Talk) -> bool:
    return talk.now - talk.session.calmed_at >= AGAIN_AFTER


def _is_telling(talk: Talk) -> bool:
    state = talk.release.plan.states.get(talk.session.state)
    flow = talk.release.plan.flow_of(talk.session.state)
    is_report = flow is not None and flow.if_silent is not None
    return is_report and state is not None and state.expect == "text"
