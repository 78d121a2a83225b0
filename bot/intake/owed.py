"""A question that something more pressing came before is answered later.

Nobody is kept in a report for it, and nothing old is spoken of.
"""

import re
from collections.abc import Sequence

from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.ids import HOUR, Instant
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.reply import Reply, Words
from bot.engine.turn import take_turn
from bot.engine.understand import understand
from bot.engine.walk import Turn, walk
from bot.flow.model import OTHER
from bot.guidance.clauses import own_sentences
from bot.guidance.question import is_question, only_calls
from bot.guidance.writer import only_says_who, says_who_they_are
from bot.intake.about_us import about_us
from bot.intake.aside import offer_aside
from bot.intake.asked_in_trouble import is_of_trouble
from bot.intake.detour import (
    FIND,
    PRESSING,
    WHO,
    leads_into_a_report,
    start_report,
)
from bot.intake.guiding import says_nothing_to_find, tell_found
from bot.intake.hearing import raise_for
from bot.intake.leafing import section_named
from bot.intake.of_the_chat import asked_by_them
from bot.intake.one_word import read_word_before
from bot.intake.outside import asks_from_outside
from bot.intake.own_words import is_told
from bot.intake.refused_early import asks_not_to
from bot.intake.searching import look_for
from bot.intake.small_talk import kind_of
from bot.intake.talk import Talk, is_amid_a_report

YOU_ASKED = Told(key="always.you_asked.say")
_ASKED_AT = "rights.choose_topic"
_MENUS = frozenset({"welcome.child_menu", "welcome.adult_menu"})
_FIRST = frozenset({"", WHO})
"""Where nothing was asked yet but who they are; a page is greeted before anything is written."""

_AMENDS = expression(
    r"^(?:oh|oops|sorry|no|actually|对不起|不好意思|哦|不对|不是)[ ,，.。!！]+", re.IGNORECASE
)
"""What is said first by whoever corrects themselves."""

_WORDS = expression(r"[\u4e00-\u9fff]|[a-z']+")
_I_AM = expression(r"\bi['’]?m\b", re.IGNORECASE)
_LEAST_TOLD = 3
"""Of fewer characters or different words nothing is told: "hm hm"."""

_MENU = "menu"
_OVER = frozenset({"reported"})
"""How a conversation ends behind which something else may still be said: to stop means silence."""

_HOLDS_FOR = HOUR
"""After so long without a word somebody else may be holding the phone."""


def note_question(talk: Talk, before: Session, reply: Reply) -> None:
    """Keep for later what was written where it could not be answered.

    That is a question amid a report, and whatever says more than a greeting before they said who
    they are. Nothing is looked for yet.
    """
    if not isinstance(reply, Words) or reply.word or _is_kept(talk):
        return
    is_first = before.state in _FIRST and talk.session.state in {WHO, *_MENUS}
    is_amid = is_amid_a_report(before) and is_amid_a_report(talk.session)
    if not (is_first or is_amid) or about_us(reply.text):
        return
    if talk.felt not in PRESSING and asks_not_to(reply.text):
        return  # that is kept, and no page answers it
    if is_amid and talk.session.answers.get(before.state, reply.text) != reply.text:
        return  # they chose an answer in words
    is_owed = is_question(reply.text)
    if is_first and not is_owed:
        is_named = talk.felt in PRESSING or bool(section_named(talk, reply.text))
        may_be = talk.session.state == WHO and not only_calls(reply.text)
        is_owed = is_named or may_be or _tells(talk, reply.text, at=before.state)
    if is_owed:
        talk.session = replace(talk.session, owed=reply.text, is_owed_amid=is_amid)


def _tells(talk: Talk, text: str, *, at: str = "") -> bool:
    """Whether *text*, written first of all, at *at*, tells something besides who writes."""
    text = _I_AM.sub("i am", _AMENDS.sub("", text))
    if len(set(_WORDS.findall(text.casefold()))) < _LEAST_TOLD:
        return False
    if only_says_who(text) or says_nothing_to_find(text):
        return False
    if at == WHO and says_who_they_are(text) and sum(map(len, own_sentences(text))) == 1:
        return False
    return is_told(talk, text, at=at)


def _is_kept(talk: Talk) -> bool:
    """Whether something is owed that what they write now may not take the place of."""
    owed, session = talk.session.owed, talk.session
    return bool(owed) and (session.is_owed_amid or session.level in PRESSING or is_question(owed))


def drop_old(session: Session, now: Instant) -> Session:
    """Return *session* without what was asked too long ago to speak of it, or is over anyway."""
    if not (session.owed or session.interrupted):
        return session
    if now - session.asked_at > _HOLDS_FOR:
        return _without(session)
    is_over = session.interrupted and not is_amid_a_report(session)
    return replace(session, interrupted="") if is_over else session


def _without(session: Session) -> Session:
    return replace(session, owed="", is_owed_amid=False, interrupted="")


def drop_unless_over(session: Session, how: str) -> Session:
    """Return *session*, whose conversation ended as *how*, with what is still to be answered."""
    return replace(session, interrupted="") if how in _OVER else _without(session)


def is_due(talk: Talk, how: str = "") -> bool:
    """Whether what they asked is to be answered now: the report ended as *how*, or a menu waits.

    Whoever asks for the menu gets it, and asks again.
    """
    if not talk.session.owed or talk.is_gone or talk.is_owned:
        return False
    if talk.word == _MENU:
        talk.session = _without(talk.session)
        return False
    return how in _OVER or talk.session.state in _MENUS


async def answer_owed(talk: Talk, waiting: list[Event], *, how: str) -> Turn | None:
    """Go on with what had to wait, as if it were written now; None if nothing fits.

    Behind a report only what is a question counts. What was written amid a report, perhaps in
    answer to it, must be sure to be answered. What they asked or told first of all is answered in
    any case: that there is no answer is said, too, and whoever told hears that they may go on.
    """
    question, is_amid = talk.session.owed, talk.session.is_owed_amid
    if how not in _OVER and (signals := read_word_before(talk, question)):
        await raise_for(talk, signals)
    has_ended, level = how in _OVER, talk.session.level
    talk.session = _without(talk.session)
    if has_ended and not is_question(question):
        return None
    if not has_ended and (line := _line_for(talk, question)):
        waiting[:] = _before_the_question(waiting, line)
        return None
    if not has_ended and (chosen := _chosen(talk, question)):
        waiting[:] = [event for event in waiting if not isinstance(event, Asked)]
        return chosen
    is_section = bool(section_named(talk, question))
    found = await look_for(talk, question)
    if not has_ended and leads_into_a_report(talk, question, felt=level):
        waiting[:] = [event for event in waiting if not isinstance(event, Asked)]
        is_told = await tell_found(talk, question, found, waiting)
        if not is_told:
            offer_aside(talk, question, found, waiting)
        return start_report(talk, talk.session, "in_danger", question, is_answered=is_told)
    is_first = not is_amid and (is_question(question) or _tells(talk, question))
    if not (is_section or is_first or found.is_sure):
        return None
    if has_ended:
        waiting.append(YOU_ASKED)
    else:
        waiting[:] = [event for event in waiting if not isinstance(event, Asked)]
    talk.is_answering = True
    return _search(talk, talk.session, question, at=talk.session.state or _ASKED_AT)


def _line_for(talk: Talk, text: str) -> str:
    """Return the state of ``always`` that answers what *text*, their first words, asks of us."""
    kind = asked_by_them(talk, text) or asks_from_outside(text) or kind_of(text)
    can_say = talk.release.plan.can_say(f"always.{kind}.say")
    return kind if can_say and not is_of_trouble(kind) else ""


def _before_the_question(waiting: Sequence[Event], line: str) -> Sequence[Event]:
    """Return *waiting* with the words of *line* right before what is asked."""
    at = next((n for n, event in enumerate(waiting) if isinstance(event, Asked)), len(waiting))
    return (*waiting[:at], Told(key=f"always.{line}.say"), *waiting[at:])


def _chosen(talk: Talk, text: str) -> Turn | None:
    """Take the turn of whoever had named a way of the menu that waits: 我有口令."""
    plan, session = talk.release.plan, talk.session
    understood = understand(plan, plan.states[session.state], session, text)
    if session.state not in _MENUS or understood is None or understood[0] == OTHER:
        return None
    return take_turn(plan, session, Words(text=text, word=""), talk.now)


def _search(talk: Talk, session: Session, question: str, *, at: str) -> Turn:
    trail = (*session.trail, at) if session.state else ()
    answers = {**session.answers, at: question}
    asked = replace(session, answers=answers, answered=at, calls=(), trail=trail)
    return walk(talk.release.plan, asked, FIND, talk.now)
