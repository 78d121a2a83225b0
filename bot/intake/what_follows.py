"""What is asked amid a report and cannot wait: what to do, where to go, what follows if they tell.

Whoever fears what follows tells no more; so that is answered wherever they ask it. Other questions
amid what they tell keep nobody from telling on: what answers them can be read under what is said.
"""

from collections.abc import Sequence
from functools import partial

from bot.casework.cases import is_adult
from bot.domain.event import Asked, Event
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.session import Session
from bot.domain.signal import Signal
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Reply, Words
from bot.guidance.find import NOTHING, Found
from bot.guidance.left_short import is_left_short, may_be_left_short
from bot.guidance.question import only_asks
from bot.intake.asked import MAY_READ, asks_about_danger
from bot.intake.detour import OWN_VIOLENCE, PRESSING, WHO
from bot.intake.guiding import may_be_told, tell
from bot.intake.place import place_of
from bot.intake.searching import look_for
from bot.intake.talk import REPORT, Talk
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.signals import glance

WHAT_FOLLOWS = frozenset(
    {"after_a_report", "will_you_tell", "temporary_care", "police_and_family_violence"}
)
"""The topics that say what comes of telling."""

_CANNOT_WAIT = WHAT_FOLLOWS | {"safe_place_to_stay"}
"""The topics that are told at once to whoever asks for them amid a report."""

_LOOKED_AT = 10
"""Of how many of their last messages it is looked up what to do."""

_LONGEST = 60
"""Characters beyond which what was told speaks of too much to say what a question is about."""

_WHAT_TO_DO = expression(
    r"(?:那|可是|请问|现在|我|我们|该|应该|要|到底|又|能|真的|都|也|不知道|不晓得|你们?[讲说看]|您[讲说看]"
    r"|帮我想想|教我)*"
    r"(?:怎么办|咋办|咋个办|啷个办|啷个整|哪样办|咋整|怎么做|咋个整|咋做|咋弄|怎么弄|哪样整)[才好呢啊呀吧了嘛]*"
    r"|(?:(?:please|help|and|so|but|now|then|me|i dont know|tell me)\s)*"
    r"what (?:(?:do|can|should|must|shall|am|could) i (?:supposed to )?do|to do|now)(?: now| then)?"
    r"(?: please)?"
)
_HOW_TO_STOP = expression(
    r"(?:(?:and|but|so|then|ok|please|tell me) )*(?:how (?:can|do|could|should) i (?:ever |just )?"
    r"(?:stop|control|calm|keep calm|change|avoid|not (?:hit|beat|shout|lose|do))\b.{0,40}"
    r"|what (?:else )?(?:can|could|should|do) i do (?:instead|differently|about my (?:temper|anger)"
    r"|(?:so|to|not to) .{1,50}))"
    r"|(?:那|可是|我|该|要|到底|请问|以后)*(?:怎么|怎样|咋个?|如何)"
    r"(?:样|才|能|可以|做到|让|自己|去|做| )*"
    r"(?:控制|忍住|忍得住|管住|不打|不再打|不动手|不发火|不吼|改掉?|冷静).{0,12}"
)
"""How an adult who hit a child asks what helps against it."""

_IS_IT_ALLOWED = expression(
    r"(?:(?:and|but|so|then|like|wait) )*(?:(?:is|are) (?:he|she|they|it|this|that)"
    r" (?:even |really )?(?:allowed|permitted|ok|okay|legal|illegal|normal|right|against the law"
    r"|a crime|wrong)(?: (?:to|for (?:him|her|them|a teacher|parents) to))?"
    r"(?: do (?:that|this|it|so))?"
    r"(?: (?:to|with) (?:me|us|kids|children|a (?:child|kid)))?"
    r"|(?:can|may|could) (?:he|she|they) (?:just |really |even )?do (?:that|this|it|so)"
    r"(?: to (?:me|us|kids|children|a (?:child|kid)))?)"
    r"|(?:那|但是?|可是)*(?:他们?|她们?|老师|爸爸?|妈妈?|大人|家长)?(?:可以|能|有权利?|凭什么可以)"
    r"(?:这样|这么|那样|那么)(?:做|搞|对我们?|对孩子|对娃娃?)?(?:吗|嘛|么|不)"
    r"|(?:那|他们?|她们?)*(?:这样|这么做|这|那样)(?:子|做|对我)?(?:算不算|是不是|算|是)?"
    r"(?:合法|违法|犯法|犯罪|正常|对的?|允许的?)(?:的)?(?:吗|嘛|么|不)?"
)


@looks_once
def asks_what_to_do(text: str) -> bool:
    """Whether *text* only asks what to do: 怎么办, 不晓得咋个办, "what should i do now"."""
    return _WHAT_TO_DO.fullmatch(plain(text)) is not None


@looks_once
def _asks_whether_it_is_allowed(text: str) -> bool:
    """Whether *text* only asks whether what they told may be done: "is he allowed to do that"."""
    return _IS_IT_ALLOWED.fullmatch(plain(text)) is not None


async def offer_beside_telling(
    talk: Talk, before: Session, reply: Reply, waiting: list[Event]
) -> None:
    """Offer to read what is sure to answer *reply*, which only asks, where more is awaited.

    It is told all the same, and stays owed an answer behind the report until it was read.
    """
    if not isinstance(reply, Words) or reply.word or talk.offered or talk.is_owned:
        return
    asked = Asked(state=talk.session.state)
    if asked not in waiting or not (before.state.startswith(REPORT) and _tells_on(talk)):
        return
    if _asks_whether_it_is_allowed(reply.text):
        found = await about_what_was_told(talk, may_ask=False)
    elif only_asks(reply.text):
        found = await look_for(talk, reply.text)
    else:
        return
    if found.is_sure and found.best:
        talk.offered = found.best[:1]
        waiting.insert(waiting.index(asked), MAY_READ)


async def tell_beside_danger(talk: Talk, before: Session, reply: Reply) -> None:
    """Tell what answers *reply*, written where it was asked who writes, before danger is asked.

    Whoever told of harm first and then asks where to go, or whether that is allowed, would read no
    answer before they had answered us.
    """
    is_asked = before.state == WHO and asks_about_danger(talk.session.state)
    if not (is_asked and isinstance(reply, Words)) or talk.felt in PRESSING or talk.offered:
        return
    if talk.case is None or not only_asks(reply.text):
        return
    if asks_what_to_do(reply.text) or _asks_whether_it_is_allowed(reply.text):
        found = await about_what_was_told(talk, may_ask=False)
    else:
        found = await look_with_what_was_told(talk, reply.text)
    if found.is_sure and found.best:
        talk.session = replace(talk.session, owed="", is_owed_amid=False)
        talk.topic = found.best[0]
        await tell(talk)


def _tells_on(talk: Talk) -> bool:
    """Whether a report waits for more in their own words, and nobody is in danger."""
    state = talk.session.state
    is_more = state.startswith(REPORT) and "text" in talk.release.plan.states[state].then
    return is_more and not place_of(state)


async def look_amid(talk: Talk, words: Words) -> Found:
    """Return the topic that answers what *words* ask amid a report; none if that may wait.

    What to do is answered from what they told; where they are in danger, that has other words.
    """
    state = talk.session.state
    if words.word or not state.startswith(REPORT) or place_of(state):
        return NOTHING
    if asks_what_to_do(words.text):
        return await about_what_was_told(talk)
    if temper := how_to_stop(talk, words.text):
        return Found(best=temper, is_sure=True)
    return await _about_what_follows(talk, words.text)


async def _about_what_follows(talk: Talk, text: str) -> Found:
    if not only_asks(text):
        return NOTHING
    found = await look_for(talk, text)
    return found if _cannot_wait(found) else NOTHING


def _cannot_wait(found: Found) -> bool:
    return found.is_sure and bool(found.best) and found.best[0] in _CANNOT_WAIT


async def about_what_was_told(talk: Talk, *, may_ask: bool = True) -> Found:
    """Return the topic about the harm that was told last; what only asks counts if it *may_ask*."""
    told = [said.text for said in talk.session.said[-_LOOKED_AT - 1 : -1]]
    for text in reversed(told):
        if not may_ask and only_asks(text):
            continue
        found = await look_for(talk, text)
        if found.is_sure and found.best and may_be_told(talk, text, found.best[0]):
            return Found(best=found.best[:1], is_sure=True)
        if temper := _about_own_temper(talk, text):
            return Found(best=temper, is_sure=True)
    return NOTHING


async def look_with_what_was_told(talk: Talk, question: str) -> Found:
    """Return what answers *question*, read with what they told if it is left short.

    The harm that was told last comes before everything else that was. Where to go and what comes of
    telling are answered as they are asked.
    """
    found = await look_for(talk, question)
    if _cannot_wait(found):
        return found
    if not may_be_left_short(question) or (found.is_sure and not is_left_short(question)):
        return found
    harm = await about_what_was_told(talk)
    if harm.best and is_left_short(question):
        return harm
    told = [said.text for said in talk.session.said[-_LOOKED_AT - 1 : -1]]
    for text in reversed(told):
        if len(text) <= _LONGEST and not may_be_left_short(text):
            together = await look_for(talk, f"{text} {question}")
            if together.is_sure:
                return together
    return found


def how_to_stop(talk: Talk, text: str) -> tuple[str, ...]:
    """Return the topic for an adult who told of their own violence and asks what helps against it.

    None if *text* asks something else or tells of danger, or they told of none.
    """
    if talk.felt is Level.EMERGENCY or not _HOW_TO_STOP.fullmatch(plain(text)):
        return ()
    told = (said.text for said in talk.session.said[-_LOOKED_AT:])
    return next((found for found in map(partial(_about_own_temper, talk), told) if found), ())


def _about_own_temper(talk: Talk, text: str) -> tuple[str, ...]:
    """Return the topic for an adult who tells in *text* of their own violence; none for others."""
    if not is_adult(talk.session.answers):
        return ()
    words = talk.house.follow.after(glance(text, talk.house.rules).signals, is_adult=True)
    return words.covers[:1] if words is not None and OWN_VIOLENCE in words.adult else ()


async def asks_what_follows(talk: Talk, text: str, signals: Sequence[Signal]) -> bool:
    """Whether *text* only asks what follows if they tell, and only the second opinion sees more.

    With a case, nothing new is told by it.
    """
    is_only_read = all(signal.rule == SECOND_OPINION for signal in signals)
    if talk.case is None or not is_only_read:
        return False
    return bool((await _about_what_follows(talk, text)).best)
