"""Answers that are asked about once more, in plainer words, before they count.

"Not really" says no to danger, but not firmly: taken for a no it could leave a child alone, and
taken for danger it would call people out for whoever is safe, and frighten them into silence. So it
is asked again whether somebody could be hurt soon. Whoever stays unsure is taken to be in danger.
Whoever asks what danger means is asked again, too, and so is whoever says that somebody is not
there: "he is at work", 没有 他上班去了. Said the second time, "no, he is at work" is a no.

"I don't know" about whether it is safe to write mostly means that the question was not clear.
Whoever does not know it then either is not written to. "Its mums phone" says as little. "Please
don't call me" is about the telephone, so it is asked again about writing. A bare "yes" to how they
can be called leaves no number.

Whoever asks what is still to be asked, or how long it takes, hears that and is asked again. "Home"
says where, not when it is safe to write. An age chooses none of the topics that are offered.
"""

import re

from bot.casework.cases import SAFE_TO_REPLY
from bot.domain.event import Asked
from bot.domain.expression import expression
from bot.domain.session import Session
from bot.engine.plain import plain
from bot.engine.reply import Words
from bot.engine.understand import understand
from bot.engine.walk import Turn
from bot.flow.model import OTHER
from bot.guidance.writer_age import only_says_age
from bot.intake.asked import OTHERWISE_FROM, asks_about_danger
from bot.intake.few_words import (
    is_unknown,
    says_only_where,
    says_who_else_sees,
    says_who_is_away,
)
from bot.intake.talk import Talk

_SURE = "always.sure_of_it.say"
_WHO_SEES = "always.who_sees_it.say"
_ONLY_WRITING = "always.only_writing.say"
_WHICH_NUMBER = "always.which_number.say"
_WHAT_MORE = "always.what_more.say"
_WHICH_TIMES = "always.which_times.say"

_REACH, _OFFER, _TIMES = ".reach_you", ".a_few_more", ".safe_time"
_TOPICS = frozenset({"rights.which", "rights.told"})
"""Where topics may be offered."""

_MILD_NO = expression(
    r"(?:(?:no|nah|nope|well|um+|hm+|i mean|like|idk) )*"
    r"not (?:really|rly|exactly|that much|so much)"
    r"(?: (?:no|though|now|right now|rn|atm|at the moment|tbh|in danger))*"
    r"|(?:也|其实|应该)?(?:不算|不太算|算不上|谈不上|不至于|不怎么)(?:危险|有危险)?[吧啊呀了的]*"
)
_WHAT_IS_MEANT = expression(
    r"(?:(?:sorry|um+|hm+|but|and|like|ok|wait|hey) )*"
    r"(?:what (?:do|does|did) (?:you|u|it|this|that|danger|in danger|being in danger) mean"
    r"(?: (?:by |with |when you say )?(?:danger|in danger|that|this|anyone))?"
    r"|what(?:s| is| counts as| kind of| type of)? (?:danger|in danger|meant)"
    r"|(?:i )?(?:dont|do not|didnt|cant) (?:really )?(?:understand|get)"
    r"(?: (?:it|this|that|the question|what you mean|what u mean|you|u)){0,2}"
    r"|what danger|danger of what|in danger of what|in danger how|how do you mean|huh+)"
    r"|(?:这|这个|你|你们)?(?:是|说的?)?(?:什么|啥|哪样)意思(?:啊|呀|嘛)?|(?:什么|啥)(?:叫|是|样的?叫)(?:有)?危险"
    r"|危险(?:是|指)(?:什么|啥|哪样)(?:意思)?|我?(?:看?不懂|没看?懂|不太?明白|听不懂)"
    r"(?:你|你们)?(?:的?意思|问什么|什么意思|问的)?(?:啊|呀)?"
)
"""That the question about danger was not understood."""

_NO_AND_MORE = expression(
    r"^\s*(?:(?:no|nope|nah)\b[\s,.!-]+"
    r"(?!(?:one|body|food|money|idea|way|matter|longer|more|te?xts?|messages?|msgs?|calls?)\b)\S"
    r"|not (?:right |just )?now\b[\s,.!-]+\S|i (?:do not|don[’']?t) think so\b[\s,.!-]+\S"
    r"|(?:现在|目前|暂时|这会儿?)?(?:没有?|没得)(?:的|啊|呀)?[\s，,。.！!]+\S)",
    re.IGNORECASE,
)
"""A no to danger, and something besides that may be its reason, or tell of more."""

_NOT_CALLED = expression(
    r"(?:(?:please|pls|but|just|ok|no|and|so) )*(?:dont|do not|never|you cant|you cannot|u cant)"
    r" (?:(?:ever|please|just) )?(?:call|ring|phone|telephone)(?: (?:me|us|my (?:phone|number)"
    r"|here|my (?:mum|mom|dad|parents|home|house)|at home|home))?"
    r"(?:(?: (?:on|at|this|that|number))* \d[\d ]+)?"
    r"(?: (?:please|pls|ok|okay|at home|ever|though|thanks|thank you)){0,2}"
    r"|(?:no|please no) (?:phone )?calls?(?: please)?"
    r"|(?:请|求你们?|千万|麻烦)*(?:不要|别|莫|不能|不可以)(?:再)?(?:给我|跟我|给我家|给家里)?"
    r"(?:打|来)?(?:这个)?电话(?: ?\d[\d ]+)?"
    r"(?:给我|来|了|啊|嘛|好吗|谢谢){0,2}"
)
"""That they do not want to be telephoned, which was not asked."""

_BARE_YES = expression(
    r"(?:(?:yes|yep|yeah|yup|ya|y|ok|okay|k|sure|fine|alright|of course|go ahead|you can|you may"
    r"|they can|call me|please|please do|a worker may|any ?time|no problem) ?){1,4}"
    r"|(?:可以|能|好|行|嗯|是|对|要|同意|愿意|没问题|当然|打吧|打电话|联系我|给我"
    r"|吧|的|啊|呀|呢|了|哦|喔|谢谢| )+"
)
"""That a worker may call, without a number."""

_ASKS_WHICH = expression(
    r"(?:(?:ok|okay|well|hm+|um+|yes|sure|maybe|but|and|so|it|that|depends|first|wait|sorry|like"
    r") )*(?:(?:what|which)(?: (?:more|else|other|kind of|sort of))? (?:questions?|things?|stuff)"
    r"(?: (?:are|is) (?:it|they|that|those|there|left))?"
    r"|(?:what|which)(?: (?:questions?|things?|more|else|other))*"
    r" (?:do|would|will|did) (?:you|u) (?:(?:want|need|like|have) )?(?:to )?(?:ask|know)(?: me)?"
    r"(?: about)?|what (?:are (?:they|the questions)|is it|(?:are|r) (?:you|u) (?:going to |gonna )"
    r"?ask(?:ing)?(?: me)?)(?: about)?|(?:like|about|ask(?: me)?|on) what|what about|what kind|what"
    r"|for example|how (?:long|many|much (?:longer|more|time))(?: (?:more|questions?|things?|time"
    r"|minutes|left|are (?:there|they|left)|(?:will|does|would|is) (?:it|this|that|they)|takes?"
    r"|need|be))*|(?:does|will|is) (?:it|this|that) (?:take |be )?(?:very |too )?long)"
    r"(?: (?:please|then|exactly))*"
    r"|(?:那|嗯|先|你们?|您|还|是|都|想|要|会|打算|可以|大概|大约| )*"
    r"(?:(?:[问说]|知道|了解)我?(?:些|一些)?(?:什么|啥子?|哪些|哪样|哪几个)(?:问题|东西|事|内容)?"
    r"|(?:什么|啥子?|哪些|哪样|哪几个)(?:样的)?(?:小?问题|事情?)?"
    r"|(?:问|有|剩)?(?:多少|几)个?(?:小?问题)?|(?:小?问题)?多不多|(?:小?问题)多[吗嘛]"
    r"|(?:需要?|得|花|问)?(?:多久|多长时间|好久|多少时间|几分钟)|(?:会|要)?很?久[吗嘛]|久不久"
    r"|(?:比如|例如|譬如|关于)(?:说|问)?(?:什么|啥子?|哪些|哪样|呢)?(?:的|方面的?)?)"
    r"(?:的|呢|啊|呀|嘛|吗|先|哦| )*"
)
"""What is still to be asked, or how long it takes; it asks so only where more is offered."""


def ask_once_more(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Ask the question that waits in plainer words, if *reply* is one of these answers to it.

    None if it is not, or if the question was answered like that before, or asked in other words.
    """
    if offered := _offer_again(talk, session, reply):
        return offered
    wording = "" if reply.word else _plainer(session.state, reply.text)
    if not wording or not talk.release.plan.can_say(wording):
        return None
    if wording == _SURE and session.unclear >= OTHERWISE_FROM:
        return None
    before = [said for said in session.said[:-1] if said.state == session.state]
    if any(_plainer(session.state, said.text) == wording for said in before):
        return None
    if wording == _SURE and any(says_no_and_more(said.text) for said in before):
        return None
    return Turn(session, (Asked(state=session.state, wording=wording),))


def _offer_again(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Ask again what was offered, if *reply* is no more than an age and chooses nothing of it."""
    is_offered = session.state in _TOPICS and bool(session.offered)
    if reply.word or not is_offered or not only_says_age(reply.text):
        return None
    plan = talk.release.plan
    chosen = understand(plan, plan.states[session.state], session, reply.text)
    if chosen is not None and chosen[0] != OTHER:
        return None
    return Turn(session, (Asked(state=session.state),))


def ask_which_number(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Do the same for whoever only says yes to how they can be called."""
    return ask_once_more(talk, session, reply) if session.state.endswith(_REACH) else None


def is_asked_once_more(state: str, text: str) -> bool:
    """Whether *text* is one of these answers to the question of *state*, and so nothing else.

    That somebody is not there may be more: a child that was left alone says so, too.
    """
    return bool(_plainer(state, text)) and not says_who_is_away(text)


def _plainer(state: str, text: str) -> str:
    said = plain(text)
    if asks_about_danger(state):
        is_plainer = _MILD_NO.fullmatch(said) or _WHAT_IS_MEANT.fullmatch(said)
        return _SURE if is_plainer or says_who_is_away(text) else ""
    if state.endswith(_OFFER):
        return _WHAT_MORE if _ASKS_WHICH.fullmatch(said) else ""
    if state.endswith(_REACH):
        return _WHICH_NUMBER if _BARE_YES.fullmatch(said) else ""
    if state.endswith(_TIMES):
        return _WHICH_TIMES if says_only_where(text) else ""
    if not state.endswith(SAFE_TO_REPLY):
        return ""
    is_shared = is_unknown(text) or says_who_else_sees(text)
    return _WHO_SEES if is_shared else _ONLY_WRITING if _NOT_CALLED.fullmatch(said) else ""


def says_no_and_more(text: str) -> bool:
    """Whether *text* begins with a no, and says more, such as where they are."""
    return _NO_AND_MORE.match(text) is not None


def calls_for_plainer(text: str) -> bool:
    """Whether *text* may be one of these answers, wherever it is written."""
    said = plain(text)
    patterns = (_MILD_NO, _WHAT_IS_MEANT, _NOT_CALLED, _ASKS_WHICH)
    looks = (says_who_is_away, says_who_else_sees, says_no_and_more)
    return any(pattern.fullmatch(said) for pattern in patterns) or any(look(text) for look in looks)
