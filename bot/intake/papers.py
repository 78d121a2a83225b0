"""Who asks how a hukou is moved, or for a card or insurance, is told whom to ask.

No page of ours answers it, and the rules differ from place to place. What a page does answer, such
as a child without any papers, is answered by that.
"""

import re

from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.gap import GapKind
from bot.domain.values import replace
from bot.engine.walk import Turn, walk
from bot.intake.guiding import collect
from bot.intake.searching import look_with_before
from bot.intake.talk import Talk

_WHOM = Told(key="always.whom_for_papers.say")
_NEXT = "rights.what_next"
_LONGEST = 60
"""Characters beyond which a text tells more than what is asked."""

_PAPERS = expression(
    r"身份证|社保卡|医保(?:卡|费)?|新农合|居住证|户口(?:怎么)?(?:迁|转|挂|分户)|(?:迁|转|分)(?:移|走|出)?户口?|户籍迁"
    r"|\b(?:id|identity) cards?\b|\bhukou\b|\b(?:health|medical) insurance\b|\bresidence permit\b",
    re.IGNORECASE,
)
_ASKS = expression(
    r"怎么|咋|如何|哪里|在哪|几岁|多大|多久|多少|什么|啥|能不能|可以|要不要|吗|办理|补办"
    r"|\b(?:how|where|when|what|which|can|does|do|is|at what)\b",
    re.IGNORECASE,
)


async def point_to_office(talk: Talk, text: str) -> Turn | None:
    """Say whom to ask if *text* asks for papers and no page is sure to answer it; else None."""
    plan = talk.release.plan
    is_sayable = plan.can_say(_WHOM.key) and _NEXT in plan.states
    if not (is_sayable and _asks_for_papers(text)) or (await look_with_before(talk, text)).is_sure:
        return None
    await collect(talk, text, GapKind.UNANSWERED)
    turn = walk(plan, replace(talk.session, question=text), _NEXT, talk.now)
    return replace(turn, events=(_WHOM, *turn.events))


def _asks_for_papers(text: str) -> bool:
    is_short = len(text) <= _LONGEST
    return is_short and bool(_PAPERS.search(text)) and bool(_ASKS.search(text))
