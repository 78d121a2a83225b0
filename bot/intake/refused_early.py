"""Whether somebody asks us not to write to them before that is asked, whatever else they tell."""

import re
from itertools import pairwise

from bot.casework.cases import SAFE_TO_REPLY, is_adult
from bot.domain.case import REFUSED
from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.reply import Reply, Words
from bot.intake.case_shown import shows_case
from bot.intake.safe_reply import UNLESS
from bot.intake.talk import REPORT, Talk

_CLAUSES = expression(r"[，,。.！!；;？?～~\s]+")
_BEGS_ZH = r"(?:请|求求?你们?|拜托你?们?|你们?|您|千万|一定|真的|所以|但是?|还有|麻烦|也)*"
_NOT_ZH = r"(?:不要|别|莫|不能|不可以|不许|不准)(?:再|在这里)?"
_NEWS_ZH = r"(?:消息|短信|信息|微信|东西)"
_ASKS_NOT_ZH = expression(
    rf"{_BEGS_ZH}{_NOT_ZH}(?:(?:给我|跟我|向我)(?:发|回|写)(?:任何)?{_NEWS_ZH}?"
    rf"|(?:发|回|写){_NEWS_ZH}?给我|(?:联系|回复)我)(?:了|啊|哈|哦|嘛|好吗|好不好)*"
)
_ASKS_NOT_EN = expression(
    r"(?:^|[.!?;]\s*|(?P<goes_on>,)\s*|(?<!said )(?<!him )(?<!her )(?<!them )(?<!you )"
    r"\b(?:please|pls|plz|and|but|so|also)\s+)(?:dont|do not|never) (?:ever )?"
    r"(?:write|text|message|contact|reply|send)(?: (?:back|to))* (?:me|anything to me)\b"
    r"(?P<rest>[^.,!?;]*)"
)
_LOOKED_AT = 20
"""How many of their last messages are looked at in the turns after a case was opened."""

_PLEASE = ("please", "pls", "plz")

_QUOTES_ZH = expression(
    r"(?:[说讲叫让喊求]|[跟和对][他她]们?[说讲]过|(?:告诉|回|叫)过?[他她]们?)[:：]?$"
)
_QUOTES_EN = expression(
    r"\b(?:said|says?|told|tells?|asked|asks|texted|wrote|replied)"
    r"(?: (?:to )?(?:him|her|them|that))*[\s,:]*$"
)
"""How that ends which stands before what was said to somebody else, or by them.

Behind "I told my teacher" or 我求他 it may be said to us.
"""


def note_refusal(talk: Talk, reply: Reply) -> Session:
    """Return the session, with a refusal where they ask not to be written to before that is asked.

    Who is asked about it later may still answer otherwise; until then it counts.
    """
    session = talk.session
    flow = f"{REPORT}_adult" if is_adult(session.answers) else REPORT
    place = f"{flow}{SAFE_TO_REPLY}"
    if not shows_case(talk) or session.state == place:
        return session
    if place not in talk.release.plan.states or not _has_asked_not_to(session, place, reply):
        return session
    return replace(session, answers={**session.answers, place: REFUSED})


def _has_asked_not_to(session: Session, place: str, reply: Reply) -> bool:
    """Whether *reply* asks so, or something before it that was said while there was no case."""
    if isinstance(reply, Words) and not reply.word and asks_not_to(reply.text):
        return True
    return place not in session.answers and any(
        asks_not_to(said.text) for said in session.said[-_LOOKED_AT:]
    )


@looks_once
def asks_not_to(text: str) -> bool:
    """Whether *text* asks us in so many words not to write to them, whatever else it tells."""
    parts = [part for part in _CLAUSES.split(text) if part]
    for before, part in pairwise(["", *parts]):
        if _ASKS_NOT_ZH.fullmatch(part) and not _QUOTES_ZH.search(before):
            return True
    said = text.casefold().replace("'", "").replace("’", "")
    return any(map(_asks_us, _ASKS_NOT_EN.finditer(said)))


def _asks_us(asked: re.Match[str]) -> bool:
    """Whether *asked* is said to us, and for all times."""
    goes_on = asked["goes_on"] or asked[0].startswith(_PLEASE)
    is_quoted = goes_on and _QUOTES_EN.search(asked.string[: asked.start()])
    return not (is_quoted or UNLESS.search(asked["rest"]))
