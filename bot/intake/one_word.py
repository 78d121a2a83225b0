"""A small child may write a single word, such as 饿 or "scared", and nothing else.

It is taken as the longer sentence would be: a person reads it, and danger is asked about.
"""

from collections.abc import Sequence

from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.engine.plain import plain
from bot.engine.understand import understand
from bot.engine.walk import WHO
from bot.flow.danger import DANGERS
from bot.flow.model import OTHER, SKIPPED
from bot.guidance.writer import CHILD
from bot.intake.asked import asks_about_danger
from bot.intake.few_words import answer_to
from bot.intake.talk import Talk
from bot.triage.signals import level_of

ONE_WORD = "one_word"
"""The name under which a worker sees that it was no more than a word."""

_REASON = (
    "zh_CN: 孩子只写了一两个字，像是饿、冷、疼、害怕，或者身边没有人。\n"
    "en: A child wrote a word or two, as of hunger, cold, pain, fear or being alone."
)
_I_ZH = r"(?:我们?|宝宝)?(?:现在|今天|还|真的|一直|都|在|肚子|身上)*(?:好|很|太|有点儿?|特别|非常)*"
_END_ZH = r"(?:了|啊|呀|呢|的|得很|得慌|哦| )*"
_I_EN = r"(?:(?:i am|im|i m|i|we are|so|very|really|still|and|pls|please|all) ){0,4}"
_NEGLECT = expression(
    rf"{_I_ZH}(?:饿|饿饿|冷|冷冷|渴|冻){_END_ZH}|{_I_EN}(?:hungry|starving|cold|freezing|thirsty)"
)
_ALONE = expression(
    r"(?:我|家里?|这里)?(?:都)?(?:没人|没有人|没得人)(?:在|在家|在这里)?(?:了|啊|呀)*"
    r"|(?:我|就我|只有我)?(?:一个人|自己一个人)(?:在家)?(?:了|啊|呀)*"
    rf"|(?:theres |there is )?(?:nobody|no one|noone)(?: is)?(?: here| home| at home| there)?"
    rf"|{_I_EN}(?:alone|home alone|by myself)"
)
_NOBODY = expression(r"(?:都)?(?:没人|没有人|没得人)(?:了|啊|呀)*|(?:nobody|no one|noone)")
"""What may also answer what was asked, or take up a page about something else."""

_DISTRESS = expression(
    rf"(?:好|很|太|有点儿?)*(?:怕|怕怕|害怕){_END_ZH}|{_I_ZH}(?:疼|痛|痛痛|疼疼|危险){_END_ZH}"
    r"|(?:(?:so|very|really|and) )*(?:scared|afraid|frightened)"
    rf"|{_I_EN}(?:hurt|hurts|hurting|in pain|danger|in danger)"
    r"|(?:it |that |my (?:tummy|belly|head|arm|leg|bum) )?hurts(?: so much| a lot)?|ouch|pain"
)
"""Who writes that they are afraid in a whole sentence has an answer of their own: 我怕."""

_KINDS = ((_NEGLECT, "neglect"), (_ALONE, "neglect"), (_DISTRESS, "distress"))
_TOPICS, _INVITED = "rights.", "rights.told"
"""Where a page was told and they may ask on, and where they were only invited to tell."""

_NOT_TOLD_YET = ("welcome.", "rights.")
"""Where nothing is told yet, and a word or two answers nothing but what can be chosen."""


def read_one_word(talk: Talk, text: str, signals: Sequence[Signal]) -> Sequence[Signal]:
    """Return *signals*, or that of a child's single word where nothing as pressing was seen.

    Who wrote it before they said that they are a child is heard once they do.
    """
    if talk.word or talk.is_called_quietly or level_of(signals) <= Level.URGENT:
        return signals
    session = talk.session
    if session.answers.get(WHO) not in {CHILD, SKIPPED}:
        return signals
    if session.state == WHO:
        before = session.said[-1].text if session.said and talk.case is None else ""
        return _before_it_was_said_who(talk, before) or signals
    if not _is_no_answer(talk, text):
        return signals
    return _signal_of(talk, text, end=len(text)) or signals


def read_word_before(talk: Talk, text: str) -> tuple[Signal, ...]:
    """Return the signal that *text* is, which a child wrote before it chose who it is."""
    session = talk.session
    is_over = talk.is_called_quietly or talk.case is not None or session.level <= Level.URGENT
    if is_over or session.answers.get(WHO) not in {CHILD, SKIPPED}:
        return ()
    return _before_it_was_said_who(talk, text)


def _before_it_was_said_who(talk: Talk, text: str) -> tuple[Signal, ...]:
    """Return the signal that *text* is; "nobody" is one only of who said that they are a child."""
    if talk.session.answers.get(WHO) == SKIPPED and _NOBODY.fullmatch(plain(text)):
        return ()
    return _signal_of(talk, text, end=0)


def _is_no_answer(talk: Talk, text: str) -> bool:
    """Whether *text* answers nothing that is asked; that there is nobody may say who is safe.

    Whoever is asked about danger, and says so by it, has a worker called for that.
    """
    waits = talk.session.state
    if _NOBODY.fullmatch(plain(text)) and not _is_free(talk):
        return False
    if asks_about_danger(waits):
        is_said = answer_to(talk, talk.release.plan.states[waits], text) in DANGERS
        return not (is_said or _ALONE.fullmatch(plain(text)))
    if not waits.startswith(_NOT_TOLD_YET):
        return not waits and talk.case is None and bool(talk.session.step)
    plan = talk.release.plan
    state = plan.states.get(waits)
    understood = understand(plan, state, talk.session, text) if state is not None else None
    return understood is None or understood[0] == OTHER


def _is_free(talk: Talk) -> bool:
    """Whether a child writes, who was asked no more than what it would like to do."""
    state = talk.session.state
    is_asked = state.startswith(_TOPICS) and state != _INVITED
    return talk.session.answers.get(WHO) == CHILD and not is_asked


def _signal_of(talk: Talk, text: str, *, end: int) -> tuple[Signal, ...]:
    """Return the signal that *text* is, which stands up to *end* in what is written now."""
    said = plain(text)
    category = next((kind for words, kind in _KINDS if words.fullmatch(said)), "")
    if not category:
        return ()
    return (
        Signal(
            rule=ONE_WORD,
            category=category,
            level=Level.URGENT,
            reason=_REASON,
            rules_version=talk.house.rules.version,
            words=text,
            end=end,
        ),
    )
