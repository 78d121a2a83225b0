"""What is asked, feared or begged while a worker is awaited; silence would answer it badly.

Whoever only tells more hears once that it reaches the worker, and then nothing for a while.
"""

from bot.casework.cases import is_adult
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.signal import TO_DIE
from bot.domain.update import Kind, Update
from bot.engine.plain import plain
from bot.guidance.find import Found
from bot.guidance.question import wants_an_answer
from bot.intake.case_shown import shows_case
from bot.intake.cries import cry_of, is_to_be_answered
from bot.intake.pleas import BEGGING
from bot.intake.searching import look_for
from bot.intake.small_talk import kind_of
from bot.intake.talk import Talk
from bot.intake.waited_for import asks_why_nobody
from bot.intake.warmth import no_secret_for
from bot.intake.what_follows import about_what_was_told, asks_what_to_do
from bot.triage.rules import FEAR, PLEA

_AFRAID, _NO_ANSWER_YET = "afraid", "no_answer_yet"
_OF_A_PROGRAM = frozenset({"a_program", "what_this_is", "when_read"})
"""What people ask a program that is also asked behind a report."""

TOLD_AGAIN = "always.told_again.say"

_BRIEF = 20
"""Characters within which nothing else is said."""

_NOBODY_ANSWERS = expression(
    r"(?:还是?|都|一直)?(?:没有?人|没得人|没人)(?:来)?(?:理|回|管)我们?[嘛呢啊呀哦]*"
)
"""Behind a report it is said of us; amid telling it may be said of those at home."""

_ASKS_SOMEHOW = expression(
    r"(?:怎么|咋|啷个|哪样|如何|为什么|为啥|什么时候|几时|好久(?![不没了])|多久|哪里|哪儿|哪点|哪个|谁)"
    r"(?!.*[都也就])(?!.*的$)|还是.{1,4}的?$|[吗嘛么呢不]$"
    r"|^我们?(?:想|要|可以)(?:跟|和|找|换|见)"
)
"""What asks, or asks for something, wherever its words for that stand; nothing rests on it here."""


async def answer_awaiting(talk: Talk, update: Update) -> bool:
    """Say what is true to whoever begs, is afraid or asks when somebody comes; return if so."""
    if update.kind is not Kind.TEXT or talk.session.is_quiet or not shows_case(talk):
        return False
    is_told = talk.felt is Level.ROUTINE and not (_waits(update.text) or cry_of(update.text))
    if talk.felt < Level.ROUTINE or is_told:
        return False
    name = _answer_to(talk, update.text)
    if not name or not talk.release.plan.can_say(name):
        return False
    await talk.say((Told(key=name),), words=("menu", "leave"))
    return True


def told_again(talk: Talk) -> str:
    """Return the key of what is said to whoever tells again; of dying, that they are not alone."""
    if TO_DIE.isdisjoint(talk.session.seen):
        return TOLD_AGAIN
    to_whom = "_adult" if is_adult(talk.session.answers) else ""
    key = f"always.felt_suicide{to_whom}.say"
    return key if talk.release.plan.can_say(key) else TOLD_AGAIN


def asks_somehow(text: str) -> bool:
    """Whether *text* asks or begs for anything at all, also in dialect and in mid-sentence."""
    return wants_an_answer(text) or _seems_asked(text) or BEGGING.fullmatch(text) is not None


async def look_awaiting(talk: Talk, text: str) -> Found:
    """Return what answers *text*; what to do is answered from what was told."""
    if asks_what_to_do(text):
        return await about_what_was_told(talk)
    return await look_for(talk, text)


def _answer_to(talk: Talk, text: str) -> str:
    told = talk.told_beside(text)
    if PLEA in told:
        return no_secret_for(talk, text)
    if _waits(text):
        name = _NO_ANSWER_YET
    elif (kind := kind_of(text)) in _OF_A_PROGRAM:
        name = kind
    elif cry := cry_of(text):
        earlier = talk.session.said[:-1]
        name = cry if is_to_be_answered(cry, earlier, now=talk.now) else ""
    else:
        name = _AFRAID if FEAR in told and len(text) <= _BRIEF else ""
    return f"always.{name}.say" if name else ""


@looks_once
def _waits(text: str) -> bool:
    return asks_why_nobody(text) or _NOBODY_ANSWERS.fullmatch(plain(text)) is not None


@looks_once
def _seems_asked(text: str) -> bool:
    return _ASKS_SOMEHOW.search(plain(text)) is not None
