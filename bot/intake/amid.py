"""Amid an emergency, a sign of another kind of danger hears one line for just that, and its number.

So is whoever cannot telephone answered. The words of the emergency are not said again, what waits
is asked again in few words, and none of it is taken for the place where they are. Only what a firm
rule saw chooses a line: the second opinion alone never says that somebody swallowed something.
"""

import re
from collections.abc import Iterator, Sequence

from bot.casework.cases import is_adult
from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.ids import HOUR
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.session import Session
from bot.domain.signal import TO_DIE, Signal
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Reply, Words
from bot.intake.aside import PARTS, only_asks
from bot.intake.asked_in_trouble import asks_whether_to_call_police
from bot.intake.place import ASKED_WHERE, is_surely_a_place, place_of
from bot.intake.talk import Talk
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.rules import (
    AT_HAND,
    AT_THE_DOOR,
    CANNOT_CALL,
    LED_AWAY,
    NO_BREATH,
    SWALLOWED,
    WEAPON,
)
from bot.triage.signals import find_signals

_HURT, _WISH, _THREAT = "hurt", "wish", "threat"
_KINDS = (NO_BREATH, SWALLOWED, _HURT, WEAPON, AT_THE_DOOR, AT_HAND, _WISH, LED_AWAY, _THREAT)
"""Of several kinds in one text the first that was not answered yet is."""

_THREATENS = "threat_to_others"
_BY_OTHERS = expression(r"(?:s?hes?|they|someone|somebody|a man)\b|[他她]|有人|别人", re.IGNORECASE)
"""How what a rule saw begins where it is somebody else who threatens."""

_MEDICAL = frozenset({NO_BREATH, SWALLOWED})
_ILL, _CALL_FOR_ILL = "medical_emergency", "cannot_call_ill"
_WITH_ILL = frozenset({_ILL, "neglect"})
"""What is seen where a child is alone with somebody who lies there."""

_BY_SOMEBODY = expression(
    r"(?:打(?!雷|鼾|呼噜|嗝|针|滚|翻|扫|工|牌|游戏|不通|不了|不出|(?:了|过|个)*(?:\d|电话|急救))"
    r"|[揍踢踹捶扇掐砍捅勒]|推(?!车|着))"
    r"|\b(?:hit(?:s|ting)?(?! (?:his|her|their|my) )|beats|beaten|beat (?:him|her|me|us|my|up)"
    r"|push\w*|shov\w*|kick\w*|punch\w*|stab\w*|attack\w*|strangl\w*|slap\w*|threw)\b"
)
"""That somebody did it; who comes then may be that one."""

_CALLED_BEFORE = "cannot_call_again"
_LATELY = 6
"""Of how many of their last messages it is looked up whether they can telephone."""

_WITH_WORKER = Told(key="always.amid_with_worker.say")

_NAMES_A_PLACE = expression(
    r"\b(?:in|on|at|near|behind) (?:the|my|our|his|her|a|school|home)\b(?! (?:\w+ )?(?:door|arm"
    r"|head|hand|leg|face|mind|chat|phone|neck|wrist|knife))"
    r"|在[^，。,. ]{0,8}(?:里|家|上|边|外面|学校|校|村|楼|路|街|房间|厕所|屋)",
    re.IGNORECASE,
)


def note_kind(talk: Talk, text: str, signals: Sequence[Signal]) -> None:
    """Note which kind of danger *text* tells of that was not answered in this conversation yet."""
    talk.newly = ""
    if not (signals or talk.told_beside(text)):
        return
    kinds = set(_kinds_in(talk, text, signals)) or set(_threats_in(signals))
    new = (kind for kind in _KINDS if kind in kinds and kind not in talk.session.warned)
    talk.newly = next(new, "")


def _kinds_in(talk: Talk, text: str, signals: Sequence[Signal]) -> Iterator[str]:
    told = talk.told_beside(text)
    yield from told
    for signal in signals:
        if signal.rule == SECOND_OPINION:
            continue
        if signal.category in TO_DIE:
            yield _WISH
        elif signal.category == _ILL and not _MEDICAL & told.keys():
            yield _HURT


def _threats_in(signals: Sequence[Signal]) -> Iterator[str]:
    """Yield the kind of a threat to somebody else, which is answered where nothing else is.

    Whoever tells of another's ("he has a knife") is not spoken to as if it were their own.
    """
    threats = [signal for signal in signals if signal.category == _THREATENS]
    if any(each.rule != SECOND_OPINION and not _BY_OTHERS.match(each.words) for each in threats):
        yield _THREAT


def is_line_due(talk: Talk) -> bool:
    """Whether a line is said, not the words of an emergency: those were heard, and it waits."""
    is_heard = talk.session.comforted is Level.EMERGENCY
    return bool(talk.newly and talk.session.state and is_heard)


async def say_line(talk: Talk, text: str, signals: Sequence[Signal]) -> None:
    """Say the line that is due, if any; what was answered in full words just now counts as said."""
    kind, talk.newly = talk.newly, ""
    if talk.is_called_quietly or talk.session.is_quiet:
        return
    if talk.is_owned:
        await _warn_beside_the_worker(talk, kind, signals)
        return
    if talk.session.comforted is not Level.EMERGENCY or talk.word:
        return
    if kind:
        talk.session = replace(talk.session, warned=(*talk.session.warned, kind))
    if kind and not talk.has_comforted:
        await _say(talk, kind)
    elif CANNOT_CALL in talk.told_beside(text) and not asks_whether_to_call_police(text):
        await _say(talk, _cannot_call(talk))


def tell_beside_numbers(talk: Talk, before: Session, waiting: list[Event]) -> None:
    """Have whoever wrote lately that they cannot telephone hear the line for it, once.

    That is where they answered, after *before*, that there is danger: *waiting* holds the numbers.
    """
    emergency = Level.EMERGENCY
    if talk.session.comforted is not emergency or before.comforted is emergency:
        return
    said = (each.text for each in talk.session.said[-_LATELY:] if talk.now - each.at < HOUR)
    is_told = any(CANNOT_CALL in talk.told_beside(text) for text in said)
    if CANNOT_CALL in talk.session.warned or talk.is_owned or not is_told:
        return
    talk.session = replace(talk.session, warned=(*talk.session.warned, CANNOT_CALL))
    at = next((n for n, event in enumerate(waiting) if isinstance(event, Asked)), len(waiting))
    line = _CALL_FOR_ILL if is_only_ill(talk) else CANNOT_CALL
    waiting.insert(at, Told(key=f"always.amid_{line}.say"))


def _cannot_call(talk: Talk) -> str:
    """Return the line for whoever cannot telephone; they hear a shorter one from then on."""
    if CANNOT_CALL in talk.session.warned:
        return _CALLED_BEFORE
    talk.session = replace(talk.session, warned=(*talk.session.warned, CANNOT_CALL))
    return _CALL_FOR_ILL if is_only_ill(talk) else CANNOT_CALL


def is_only_ill(talk: Talk) -> bool:
    """Whether somebody lies ill or hurt, and nothing is told of whoever did it."""
    if _ILL not in talk.session.seen or not _WITH_ILL.issuperset(talk.session.seen):
        return False
    return not any(_BY_SOMEBODY.search(plain(said.text)) for said in talk.session.said)


async def _say(talk: Talk, kind: str) -> None:
    talk.newly, talk.has_comforted = kind, True
    await talk.say((Told(key=f"always.amid_{kind}.say"),), urgency=Urgency.SAFETY)


async def _warn_beside_the_worker(talk: Talk, kind: str, signals: Sequence[Signal]) -> None:
    """Say whom to call where danger rises anew while a worker has the talk: once in an hour."""
    firm = [signal for signal in signals if signal.rule != SECOND_OPINION]
    is_firm = any(signal.level is Level.EMERGENCY for signal in firm) or kind not in {"", _WISH}
    is_due = talk.now - talk.session.warned_at >= HOUR
    if talk.felt is Level.EMERGENCY and is_firm and is_due:
        await say_beside_the_worker(talk)


async def say_beside_the_worker(talk: Talk) -> None:
    """Say whom to call, but not where that would show a case which they hid."""
    if not talk.session.hides_case:
        talk.session = replace(talk.session, warned_at=talk.now)
        await talk.say((_WITH_WORKER,), urgency=Urgency.SAFETY)


async def ask_briefly(talk: Talk, reply: Reply) -> bool:
    """Ask again in few words what waits, behind a line that was said; return whether it did.

    Only where the place was asked for, or more was awaited behind it, and *reply* names no place.
    """
    state = talk.session.state
    is_asked = bool(talk.newly and place_of(state)) and not talk.has_asked_where
    if not is_asked or not isinstance(reply, Words) or may_name_a_place(talk, reply.text):
        return False
    brief = "amid_more"
    if state.endswith(ASKED_WHERE):
        brief = "amid_where_adult" if is_adult(talk.session.answers) else "amid_where"
    await talk.say((Asked(state=state, wording=f"always.{brief}.say"),))
    return True


def may_name_a_place(talk: Talk, text: str) -> bool:
    """Whether part of *text* is neither danger nor a question, or it says where something is."""
    if is_surely_a_place(text) or _NAMES_A_PLACE.search(text):
        return True
    parts = [part for part in PARTS.split(text) if part.strip()]
    return not all(_is_no_place(talk, part) for part in parts)


def _is_no_place(talk: Talk, part: str) -> bool:
    is_told = bool(talk.told_beside(part)) or only_asks(part)
    return is_told or bool(find_signals(part, talk.house.rules))
