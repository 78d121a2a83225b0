"""Two answers that are asked about once more, in plainer words, before they count.

"Not really" says no to danger, but not firmly: taken for a no it could leave a child alone, and
taken for danger it would call people out for whoever is safe, and frighten them into silence. So it
is asked again whether somebody could be hurt soon. Whoever stays unsure is taken to be in danger.

"I don't know" about whether it is safe to write mostly means that the question was not clear.
Whoever does not know it then either is not written to.
"""

import re

from bot.casework.cases import SAFE_TO_REPLY
from bot.domain.event import Asked
from bot.domain.session import Session
from bot.engine.plain import plain
from bot.engine.reply import Words
from bot.engine.walk import Turn
from bot.intake.asked import asks_about_danger
from bot.intake.few_words import is_unknown
from bot.intake.talk import Talk

_SURE = "always.sure_of_it.say"
_WHO_SEES = "always.who_sees_it.say"

_MILD_NO = re.compile(
    r"(?:(?:no|nah|nope|well|um+|hm+|i mean|like|idk) )*"
    r"not (?:really|rly|exactly|that much|so much)"
    r"(?: (?:no|though|now|right now|rn|atm|at the moment|tbh|in danger))*"
    r"|(?:也|其实|应该)?(?:不算|不太算|算不上|谈不上|不至于|不怎么)(?:危险|有危险)?[吧啊呀了的]*"
)


def ask_once_more(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Ask the question that waits in plainer words, if *reply* is one of these answers to it.

    None if it is not, or if the question was answered like that before.
    """
    wording = "" if reply.word else _plainer(session.state, reply.text)
    if not wording or wording.removesuffix(".say") not in talk.release.plan.states:
        return None
    before = [said for said in session.said[:-1] if said.state == session.state]
    if any(_plainer(session.state, said.text) for said in before):
        return None
    return Turn(session, (Asked(state=session.state, wording=wording),))


def is_asked_once_more(state: str, text: str) -> bool:
    """Whether *text* is one of these answers to the question of *state*, and so nothing else."""
    return bool(_plainer(state, text))


def _plainer(state: str, text: str) -> str:
    if asks_about_danger(state) and is_mild_no(text):
        return _SURE
    return _WHO_SEES if state.endswith(SAFE_TO_REPLY) and is_unknown(text) else ""


def is_mild_no(text: str) -> bool:
    """Whether *text* says no, but not firmly, and nothing else."""
    return _MILD_NO.fullmatch(plain(text)) is not None
