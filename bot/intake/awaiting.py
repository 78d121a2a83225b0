"""What is asked, feared or begged while a worker is awaited; silence would answer it badly.

Whoever only tells more hears once that it reaches the worker, and then nothing for a while.
"""

from bot.casework.cases import is_adult
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.engine.plain import plain
from bot.guidance.find import Found
from bot.guidance.question import wants_an_answer
from bot.intake.case_shown import shows_case
from bot.intake.pleas import BEGGING
from bot.intake.searching import look_for
from bot.intake.small_talk import kind_of
from bot.intake.talk import Talk
from bot.intake.warmth import no_secret_for
from bot.intake.what_follows import about_what_was_told, asks_what_to_do
from bot.triage.rules import FEAR, PLEA

_AFRAID, _NO_ANSWER_YET = "afraid", "no_answer_yet"
_OF_A_PROGRAM = frozenset({"a_program", "what_this_is", "when_read"})
"""What people ask a program that is also asked behind a report."""

TOLD_AGAIN = "always.told_again.say"
_TO_DIE = frozenset({"suicide", "self_harm"})

_BRIEF = 20
"""Characters within which nothing else is said."""

_WHEN_SOMEBODY_COMES = expression(
    r"(?:请问|那|到底|我还?要|要|还要|得)*(?:你们?|您|社工|有人|人)?(?:到底)?(?:要|还要|得)?(?:等)?"
    r"(?:什么时候|啥时候|几时|好久|多久|哪阵|哪哈)(?:才|能|会|可以|有|社工|人|你们?)*"
    r"(?:来|到|来看|回|回复|理|找|帮|看|看到|看见|联系|管)(?:看|找|帮|救)?(?:我们?|人|消息)?[嘛呢啊呀哦的]*"
    r"|(?:请问|那|大概|一般|还)*(?:要|得)?等(?:多久|好久|多长时间|好长时间)[嘛呢啊呀哦]*"
    r"|(?:怎么|咋个?|为什么|为啥)?(?:还是?|都|一直)?(?:没有?人|没得人|没人)(?:来)?(?:理|回|管)我们?[嘛呢啊呀哦]*"
    r"|(?:(?:and|so|but|ok) )*when (?:are|r|will|is) (?:you|u|someone|somebody|a worker|they)"
    r" (?:going to |gonna )?(?:com(?:e|ing)|here|writ(?:e|ing)(?: back)?|answer(?:ing)?)"
    r"(?: (?:to )?(?:me|us|here))?"
)
"""That they wait: 你们好久来, "when are you coming"; promised is only when somebody reads."""

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
    if talk.felt < Level.ROUTINE or (talk.felt is Level.ROUTINE and not _waits(update.text)):
        return False
    name = _answer_to(talk, update.text)
    if not name or not talk.release.plan.can_say(name):
        return False
    await talk.say((Told(key=name),), words=("menu", "leave"))
    return True


def told_again(talk: Talk) -> str:
    """Return the key of what is said to whoever tells again; of dying, that they are not alone."""
    if _TO_DIE.isdisjoint(talk.session.seen):
        return TOLD_AGAIN
    key = (
        "always.felt_suicide_adult.say"
        if is_adult(talk.session.answers)
        else "always.felt_suicide.say"
    )
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
    else:
        name = _AFRAID if FEAR in told and len(text) <= _BRIEF else ""
    return f"always.{name}.say" if name else ""


@looks_once
def _waits(text: str) -> bool:
    return _WHEN_SOMEBODY_COMES.fullmatch(plain(text)) is not None


@looks_once
def _seems_asked(text: str) -> bool:
    return _ASKS_SOMEHOW.search(plain(text)) is not None
