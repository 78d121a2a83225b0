"""Whether somebody asks us not to write to them before that is asked, whatever else they tell."""

import re
from itertools import starmap

from bot.casework.cases import SAFE_TO_REPLY, is_adult
from bot.domain.case import AT_TIMES, NOT_OK, REFUSED
from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.reply import Reply, Words
from bot.intake.case_shown import shows_case
from bot.intake.refusal_words import (
    ASKS_NOT_EN,
    ASKS_NOT_ZH,
    ASKS_TO_STOP_EN,
    AT_TIMES_ZH,
    BEHIND_EN,
    BEHIND_ZH,
    HERE_ZH,
    LEAVE_ME_ZH,
    MERE_PLEA_EN,
    MERE_PLEA_ZH,
    MERELY,
    NOTHING_SENT_EN,
    OF_YOU_ZH,
    OTHERWISE,
    QUOTES_EN,
    QUOTES_ZH,
    UNLESS,
    WANTS_NONE_OF_YOU_EN,
    YOU_MUST_NOT_EN,
)
from bot.intake.refusals_in_short import may_not_go_home, times_refused, wants_no_answer
from bot.intake.talk import REPORT, Talk

_CLAUSES = expression(r"[，,。.！!；;？?～~\s]+")
_ELSEWHERE_EN = expression(
    r" on (?:that|the other|my (?:old|other)|wechat|qq|whatsapp)\b.*?"
    r"(?<!dont )(?<!not )(?<!never )(?<!ever )(?<!or )\b(?:text|message|write(?: to)?|use|reply)"
    r"(?: me| to| on)* (?:here|this (?:one|chat))\b.*",
    re.DOTALL,
)
_QUOTED_BEHIND = expression(r" (?:he|she|they) (?:said|says|(?:told|tells) me)")
_LOOKED_AT = 20
"""How many of their last messages are looked at in the turns after a case was opened."""

_TIMES = ".safe_time"
"""How the question ends when it is safe to write to them."""

_PLEASE = ("please", "pls", "plz")


def note_refusal(talk: Talk, reply: Reply) -> Session:
    """Return the session, with a refusal where they ask not to be written to before that is asked.

    Who is asked about it later may still answer otherwise; until then it counts.
    """
    session, place = talk.session, place_of_safety(talk.session)
    if not shows_case(talk) or session.state == place:
        return session
    if place not in talk.release.plan.states:
        return session
    if _has_asked_not_to(session, place, reply):
        return replace(session, answers={**session.answers, place: REFUSED})
    return _note_times(talk, session, place, reply)


def place_of_safety(session: Session) -> str:
    """Return the place of the question whether it is safe to write to them."""
    return f"{REPORT}{'_adult' if is_adult(session.answers) else ''}{SAFE_TO_REPLY}"


def _note_times(talk: Talk, session: Session, place: str, reply: Reply) -> Session:
    """Return the session, with when nothing may be written; a no to all of it stands."""
    told, times = place.removesuffix(SAFE_TO_REPLY) + _TIMES, ""
    if isinstance(reply, Words) and not (reply.word or may_not_go_home(reply.text)):
        times = times_refused(reply.text)
    is_known = told in talk.release.plan.states
    if not times or not is_known or session.answers.get(place) in {REFUSED, NOT_OK}:
        return session
    return replace(session, answers={**session.answers, place: AT_TIMES, told: times})


def _has_asked_not_to(session: Session, place: str, reply: Reply) -> bool:
    """Whether *reply* asks so, or something before it that was said while there was no case."""
    if isinstance(reply, Words) and not reply.word:
        is_behind = not session.state and wants_no_answer(reply.text)
        if is_behind or asks_not_to(reply.text):
            return True
    return place not in session.answers and any(
        asks_not_to(said.text) for said in session.said[-_LOOKED_AT:]
    )


@looks_once
def asks_not_to(text: str) -> bool:
    """Whether *text* asks us in so many words not to write to them, whatever else it tells."""
    parts = [part for part in _CLAUSES.split(text) if part]
    if len(parts) == 1 and LEAVE_ME_ZH.fullmatch(parts[0]):
        return True
    if any(starmap(_asks_us_zh, zip(["", *parts], parts, [*parts[1:], ""], strict=False))):
        return True
    said = text.casefold().replace("'", "").replace("’", "")
    stops = ASKS_TO_STOP_EN.finditer(said)
    if any(MERELY.fullmatch(asked["rest"].rstrip()) for asked in stops):
        return True
    if any(map(_is_for_all_times, BEHIND_EN.finditer(said))):
        return True
    if any(map(_asks_for_nothing, NOTHING_SENT_EN.finditer(said))):
        return True
    asks = (ASKS_NOT_EN, YOU_MUST_NOT_EN, WANTS_NONE_OF_YOU_EN)
    return any(_asks_us(asked) for ask in asks for asked in ask.finditer(said))


@looks_once
def only_asks_not_to(text: str) -> bool:
    """Whether *text* asks so, and tells nothing else: no reason, and nobody who may see it."""
    parts = [part for part in _CLAUSES.split(text) if part]
    if parts and all(MERE_PLEA_ZH.fullmatch(part) for part in parts):
        return asks_not_to(text)
    said = text.casefold().replace("'", "").replace("’", "").strip(" .!")
    looks = (ASKS_NOT_EN, ASKS_TO_STOP_EN, YOU_MUST_NOT_EN, WANTS_NONE_OF_YOU_EN, NOTHING_SENT_EN)
    begun = (asked for look in looks for asked in look.finditer(said) if not asked.start())
    return asks_not_to(text) and any(MERE_PLEA_EN.fullmatch(asked["rest"]) for asked in begun)


def _asks_us_zh(before: str, part: str, behind: str) -> bool:
    """Whether *part*, which stands between these, is said to us, and of this chat."""
    if OF_YOU_ZH.fullmatch(part) or BEHIND_ZH.fullmatch(part):
        is_plea = True
    else:
        is_plea = bool(ASKS_NOT_ZH.fullmatch(part)) and not AT_TIMES_ZH.search(before)
    return is_plea and not (QUOTES_ZH.search(before) or HERE_ZH.fullmatch(behind))


def _asks_us(asked: re.Match[str]) -> bool:
    """Whether *asked* is said to us, and for all times."""
    begins = asked.groupdict()
    is_alone = "goes_on" in begins and not (begins["goes_on"] or asked[0].startswith(_PLEASE))
    is_quoted = not is_alone and QUOTES_EN.search(asked.string[: asked.start()])
    return not is_quoted and _is_for_all_times(asked)


def _asks_for_nothing(asked: re.Match[str]) -> bool:
    """Whether *asked*, which names nobody, is a plea or says why, and was said by nobody else."""
    rest = asked["rest"].rstrip()
    if not MERELY.fullmatch(rest) or QUOTES_EN.search(asked.string[: asked.start()]):
        return False
    is_plea = asked["pleads"] or asked["ours"] or asked["orders"] or asked["wants"]
    behind = asked.string[asked.start("rest") :]
    return bool(is_plea or (behind.strip() and MERELY.fullmatch(behind)))


def _is_for_all_times(asked: re.Match[str]) -> bool:
    """Whether *asked* names no time or other way to write, nor who has said it."""
    rest = asked["rest"]
    if _QUOTED_BEHIND.fullmatch(rest.rstrip()) or OTHERWISE.search(rest):
        return False
    return not (UNLESS.search(rest) or _ELSEWHERE_EN.match(asked.string, asked.start("rest")))
