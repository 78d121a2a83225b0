"""Whoever writes that somebody is coming hears in few words to put the phone away.

What waits is not asked again while somebody may look over their shoulder, and "wait, he is coming"
is no answer to it. Where it was asked whether somebody is in danger, that somebody comes again is
one: a worker is called, and nothing of that is on the screen. Where somebody lies ill and nothing
else was told, whoever comes is a help.
"""

from bot.casework.weighing import Concern
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.message import Urgency
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.intake.amid import is_only_ill
from bot.intake.asked import asks_about_danger
from bot.intake.case_shown import shows_case
from bot.intake.few_words import chooses_an_answer
from bot.intake.goodbye import has_told
from bot.intake.somebody_comes import (
    says_it_was_seen,
    says_somebody_comes,
    says_somebody_looks,
)
from bot.intake.talk import Talk

_PUT_IT_AWAY = Told(key="always.somebody_comes.say")
_IS_A_HELP = Told(key="always.somebody_comes_ill.say")
_WANTS_MORE = (".tell_more", ".go_on", ".a_few_more")
"""How the questions end whether they would like to tell more."""

_COMES_AGAIN = expression(
    r"又(?:来|回来|过来|进来|上来)了|\b(?:here|back|home|coming|came)(?: \w+)? again\b"
)
"""Who comes again was feared before; of one who only comes home nobody is called."""

_ANYBODY = expression(
    r"有人|(?:邻居|医生|护士|救护车|警察|老师|奶奶|爷爷|外婆|外公).{0,4}来了"
    r"|\b(?:someone|somebody|ambulance|neighbou?rs?|doctor|teacher|grandma|grandpa)\b"
)
"""Who may be a help to whoever lies ill; of a father, of "he" and of 他 nobody knows."""

_HELD = expression(
    r"[关锁绑拴]|不[给让准许]|\b(?:lock|tie|chain|starv)\w*"
    r"|\b(?:wont|doesnt|never) (?:let|give)s?\b"
    r"|躲|藏|打架|捅|砍"
    r"|\b(?:hid(?:e|es|ing)?|fight(?:s|ing)?|fought|attack(?:s|ed)?|stab(?:s|bed)?|shot"
    r"|push(?:es|ed)?|cut (?:me|her|him|us)|(?:did|done) (?:it|this|that)"
    r"|it was (?:him|her|them)|(?:say|tell) who"
    r"|(?:outside|at|behind) (?:the|my|our) door)\b"
)
"""That somebody keeps them, did it or is hidden from."""


def is_interrupted(talk: Talk, update: Update) -> bool:
    """Whether *update* says that somebody comes, where something was told that is not for them.

    Whoever reads along, or stands beside them, must not see that there is something to tell.
    """
    is_text = update.kind is Kind.TEXT and not talk.word and not talk.is_owned
    is_answered = talk.has_comforted or talk.session.is_quiet
    if not is_text or is_answered or _declines(talk, update.text):
        return False
    if says_somebody_looks(update.text):
        return True
    is_said = says_somebody_comes(update.text) or _is_seen(talk, update.text)
    return is_said and has_told(talk)


def _declines(talk: Talk, text: str) -> bool:
    """Whether *text*, such as 不说了, says no where it was asked whether they want to tell more."""
    return talk.session.state.endswith(_WANTS_MORE) and chooses_an_answer(talk, text)


def _is_seen(talk: Talk, text: str) -> bool:
    return any(says_it_was_seen(text, said.text) for said in talk.session.said[-2:-1])


async def say_put_it_away(talk: Talk) -> None:
    """Say that all is kept and what to do now; the question that waits is left as it is."""
    session = talk.session
    is_asked = shows_case(talk) and asks_about_danger(session.state)
    if is_asked and _COMES_AGAIN.search(plain(talk.kept)):
        answers = {**session.answers, session.state: talk.kept}
        talk.session = replace(session, answers=answers)
        await talk.request_case(Concern(queue="emergency"))
    said = _IS_A_HELP if _may_be_a_help(talk) else _PUT_IT_AWAY
    await talk.say((said,), urgency=Urgency.SAFETY, words=("leave",))


def _may_be_a_help(talk: Talk) -> bool:
    """Whether somebody lies ill, nobody is told of who did it or keeps them, and anybody comes."""
    text = plain(talk.kept)
    if not is_only_ill(talk) or says_somebody_looks(text) or not _ANYBODY.search(text):
        return False
    return not any(_HELD.search(plain(said.text)) for said in talk.session.said)
