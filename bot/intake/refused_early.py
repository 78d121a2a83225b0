"""Whether somebody asks us not to write to them before that is asked, whatever else they tell."""

import re
from itertools import starmap

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
_NEWS_ZH = r"(?:消息|短信|信息|微信|东西)"
_END_ZH = r"(?:了|啊|哈|哦|嘛|好吗|好不好)*"


def _asks_zh(not_to: str) -> str:
    return (
        rf"{_BEGS_ZH}{not_to}(?:再|在这里)?(?:(?:给我|跟我|向我)(?:发|回|写)(?:任何)?{_NEWS_ZH}?"
        rf"|(?:发|回|写){_NEWS_ZH}?给我|(?:联系|回复)我|回我{_NEWS_ZH}?"
        rf"|(?:往|朝)这里(?:发|写)(?:任何)?{_NEWS_ZH}?){_END_ZH}"
    )


_ASKS_NOT_ZH = expression(_asks_zh("(?:不要|别|莫|不能|不可以|不许|不准)"))
_LEAVE_ME_ZH = expression(rf"{_BEGS_ZH}(?:不要|别|莫)(?:再来?找|再?来?打扰)我{_END_ZH}")
"""It may be said to somebody else as well, and counts only where it is all that they write.

Who ran away, or wants to die, may ask not to be looked for: 别来找我 is no word about writing.
"""

_HERE_ZH = expression(
    rf"(?:就|可以|要|请|只|你们?)*在这[里儿](?:给我)?(?:发|回|写|联系)(?:{_NEWS_ZH}|给?我|就|好|行|可以|吧)*"
)
"""Behind 别给我发微信 it says that another way is meant."""

_TOLD_ZH = (
    r"(?:(?:打|揍|踢|踹|捶|扇|抽|掐|烫|摸|亲|碰|咬|砍|强奸|强暴|性侵|猥亵|欺负|伤害|虐待)(?:了|过)?"
    r"(?:我们?|我?(?:妈妈?|弟弟?|妹妹?|哥哥?|姐姐?))(?:了|过|啊|的|很疼|好疼|很痛|好痛)*"
    r"|(?:会|能|要|天天|经常)(?:看|查|翻)(?:到|见|我?的?手机|消息)?|(?:看|查|翻)我?的?手机)"
)
"""Harm, or who would read it. Behind 他骂我 and 他威胁我 may stand what they were told."""

_BEHIND_ZH = expression(rf".*?{_TOLD_ZH}{_asks_zh('(?:不要|别|莫)')}")
_NEWS_EN = "(?:any |more )*(?:messages?|texts?|anything)"
_NOT_EN = (
    r"(?:dont|do not|never) (?:ever )?(?:(?:(?:call|text|write|message) or )?"
    r"(?:write|text|message|contact|reply)(?: (?:back|to))* (?:me|anything to me)"
    rf"|send (?:me {_NEWS_EN}|{_NEWS_EN} to me)|reply(?: back| to this)*(?=\s*(?:[.,!?;]|$)))\b"
)
_REST_EN = "(?P<rest>[^.,!?;]*)"
_PLEASE_EN = "(?:(?:please|pls|plz) )?"
_ASKS_NOT_EN = expression(
    r"(?:^|[.!?;]\s*|(?P<goes_on>,)\s*|(?<!said )(?<!him )(?<!her )(?<!them )(?<!you )"
    rf"\b(?:please|pls|plz|and|but|so|also)\s+){_NOT_EN}{_REST_EN}"
)
_STOP_EN = r"stop (?:texting|writing|messaging|contacting)(?: to)? me\b"
_ASKS_TO_STOP_EN = expression(rf"(?:^|[.!?;]\s*){_PLEASE_EN}{_STOP_EN}{_REST_EN}")
_SEES_EN = (
    r"(?:reads?|checks?|sees?|looks at|looks through|takes|has) my (?:phone|messages|texts|chats)"
    r"|(?:will|would|might|could|can) (?:see|read|find) (?:it|this|them|out)|will see"
)
_TOLD_EN = (
    r"\b(?:(?:hits?|beats?|hurts?|kick(?:s|ed)|punche[sd]|slap(?:s|ped)|chok(?:es|ed)"
    r"|burn(?:s|ed|t)|touch(?:es|ed)|kiss(?:es|ed)|rape[sd]|abuse[sd])"
    r" (?:me|us|my (?:mum|mom|mother|brother|sister))(?: (?:again|too|a lot|so much"
    r"|every (?:day|night)|yesterday|today|last night|at home|sometimes|all the time))*"
    rf"|{_SEES_EN})"
)
_BEHIND_EN = expression(rf"{_TOLD_EN}\s+{_PLEASE_EN}(?:{_NOT_EN}|{_STOP_EN}){_REST_EN}")
_MERELY = expression(
    r"(?: (?:please|pls|plz|now|here|ok|okay|any ?more|again|thanks|thank you))*"
    rf"|.*\b(?:{_SEES_EN}).*"
)
"""What may follow a plea to stop, which may be said to somebody else as well."""

_OTHERWISE = expression(
    r"\bin (?:the (?:morning|afternoon|evening)s?|class|lessons|english|chinese)\b"
    r"|^ through my (?!phone)"
)
"""What names a time, a language or somebody, so that we may write in another way."""

_ELSEWHERE_EN = expression(
    r" on (?:that|the other|my (?:old|other)|wechat|qq|whatsapp)\b.*?"
    r"(?<!dont )(?<!not )(?<!never )(?<!ever )(?<!or )\b(?:text|message|write(?: to)?|use|reply)"
    r"(?: me| to| on)* (?:here|this (?:one|chat))\b.*",
    re.DOTALL,
)
_QUOTED_BEHIND = expression(r" (?:he|she|they) (?:said|says|(?:told|tells) me)")
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
    if len(parts) == 1 and _LEAVE_ME_ZH.fullmatch(parts[0]):
        return True
    if any(starmap(_asks_us_zh, zip(["", *parts], parts, [*parts[1:], ""], strict=False))):
        return True
    said = text.casefold().replace("'", "").replace("’", "")
    stops = _ASKS_TO_STOP_EN.finditer(said)
    if any(_MERELY.fullmatch(asked["rest"].rstrip()) for asked in stops):
        return True
    if any(map(_is_for_all_times, _BEHIND_EN.finditer(said))):
        return True
    return any(map(_asks_us, _ASKS_NOT_EN.finditer(said)))


def _asks_us_zh(before: str, part: str, behind: str) -> bool:
    """Whether *part*, which stands between these, is said to us, and of this chat."""
    is_plea = _ASKS_NOT_ZH.fullmatch(part) or _BEHIND_ZH.fullmatch(part)
    return bool(is_plea) and not (_QUOTES_ZH.search(before) or _HERE_ZH.fullmatch(behind))


def _asks_us(asked: re.Match[str]) -> bool:
    """Whether *asked* is said to us, and for all times."""
    goes_on = asked["goes_on"] or asked[0].startswith(_PLEASE)
    is_quoted = goes_on and _QUOTES_EN.search(asked.string[: asked.start()])
    return not is_quoted and _is_for_all_times(asked)


def _is_for_all_times(asked: re.Match[str]) -> bool:
    """Whether *asked* names no time or other way to write, nor who has said it."""
    rest = asked["rest"]
    if _QUOTED_BEHIND.fullmatch(rest.rstrip()) or _OTHERWISE.search(rest):
        return False
    return not (UNLESS.search(rest) or _ELSEWHERE_EN.match(asked.string, asked.start("rest")))
