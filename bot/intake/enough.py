"""Whoever says amid a few more questions that this is all is asked no more, and hears so.

Whoever says it a second time where danger is asked about is not asked again, but a yes still counts
there, and their silence is looked at as ever.
"""

from bot.domain.event import CaseRequested, Said
from bot.domain.expression import expression
from bot.domain.session import Session
from bot.domain.signal import TO_DIE
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.plan import Plan
from bot.engine.walk import LONGEST_TRAIL, Turn, walk
from bot.flow.model import SKIPPED
from bot.intake.asked import asks_about_danger
from bot.intake.case_shown import shows_case
from bot.intake.talk import REPORT, Talk

_OFFER, _MORE, _END = "a_few_more", "more", "told_enough"
_STOPPED, _STOPPED_EMPTY = "always.stopped.say", "always.stopped_empty.say"
_IS_ALL = expression(
    r"(?:(?:no|ok|okay|please|pls|sorry|well|but) )*"
    r"(?:(?:thats|that is|that was) (?:all|it|everything|enough)"
    r"(?: (?:i know|for now|now|thanks|thank you|please))*"
    r"|(?:im|i am) (?:done|finished)(?: now)?|no more (?:questions|please)"
    r"|nothing (?:more|else)(?: to (?:say|tell))?"
    r"|(?:stop asking|(?:dont|do not) ask)(?: me)?"
    r"(?: (?:any ?more|more|questions|please))*"
    r"|i (?:dont|do not) want to (?:say|tell|answer|write|talk)(?: you)?"
    r"(?: about (?:it|this))?(?: (?:any ?more|more|questions|now))+)"
    r"|(?:好了?|嗯|没有?了| )*(?:就?(?:只有)?这些了?|就这么多了?|就这样吧?"
    r"|(?:都|我)*(?:说|写|讲)完了|没(?:有)?别的了|没什么(?:要|想)?说的?了|就(?:是)?恁个)(?:吧|啊|嘛|呢)?"
    r"|(?:我|真的)*(?:不想|不愿)(?:再|意)*(?:说|写|讲|答|回答)(?:下去)?(?:任何)?(?:问题)?了"
)

_MAY_MEAN_ALL = expression(r".*\b(?:im|i am) (?:done|finished)\b.*")
"""Of whoever told of dying it may be about more than these questions."""

_OF_OTHERS = (".other_children", ".told_anyone")
NONE_ELSE = r"没(?:有)?别的了?(?:吧|啊|嘛|呢)?"
_NONE_ELSE = expression(NONE_ELSE)
"""Where others are asked for it says that there are none."""


def take_enough(talk: Talk, session: Session, text: str) -> Turn | None:
    """End a report that is in, where *text* says amid a few more questions that this is all.

    The case is weighed once more with what was answered; what waited counts as skipped.
    """
    if asks_about_danger(session.state):
        return _wait_at_danger(talk, session, text)
    plan, (flow, _, name) = talk.release.plan, session.state.partition(".")
    end = f"{flow}.{_END}"
    if _MAY_MEAN_ALL.fullmatch(plain(text)) and not TO_DIE.isdisjoint(session.seen):
        return None
    if session.state.endswith(_OF_OTHERS) and _NONE_ELSE.fullmatch(plain(text)):
        return None
    if not _is_amid_more(plan, session, flow, name) or not says_all(text):
        return None
    skipped = replace(
        session,
        answers={**session.answers, session.state: SKIPPED},
        answered=session.state,
        trail=(*session.trail, session.state)[-LONGEST_TRAIL:],
    )
    turn = walk(plan, skipped, end, talk.now)
    return Turn(turn.session, (CaseRequested(queue="intake"), *turn.events))


def _wait_at_danger(talk: Talk, session: Session, text: str) -> Turn | None:
    """Say that we have stopped, if *text* says for the second time there that this is all.

    They hear whom to call in danger; the question stays open, and is not asked.
    """
    earlier = [said.text for said in session.said[:-1] if said.state == session.state]
    if not (says_all(text) and any(map(says_all, earlier))):
        return None
    key = _STOPPED if shows_case(talk) else _STOPPED_EMPTY
    return Turn(session, (Said(key=key),))


def says_all(text: str) -> bool:
    """Whether *text* says no more than that this is all, or that they want to say no more."""
    return _IS_ALL.fullmatch(plain(text)) is not None


def _is_amid_more(plan: Plan, session: Session, flow: str, name: str) -> bool:
    is_ours = flow.startswith(REPORT) and name != _OFFER and f"{flow}.{_END}" in plan.states
    return is_ours and session.answers.get(f"{flow}.{_OFFER}") == _MORE
