"""A session goes on in other flows than those it began on."""

from collections.abc import Mapping

from bot.domain.case import NOT_OK, REFUSED
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.plan import Plan
from bot.flow.model import SKIPPED, State
from bot.flow.moved import is_question


def target_of(place: str, plan: Plan, ways: Mapping[str, str]) -> str:
    """Return the question of *plan* in which whoever waits in *place* goes on, or ``""``.

    A question that is still there stands for itself; *ways* lead from those that are gone.
    """
    target = place if is_question(plan.states, place) else ways.get(place, "")
    return target if is_question(plan.states, target) else ""


def can_wait(session: Session, plan: Plan) -> bool:
    """Whether *plan* has every question at which *session* waits or to which it comes back."""
    is_there = is_question(plan.states, session.state)
    return is_there and all(is_question(plan.states, place) for place in session.calls)


def is_unchanged(session: Session, old: Plan, new: Plan) -> bool:
    """Whether the question that waits, and those behind it, are word for word the same in both."""
    return all(is_same_question(place, old, new) for place in (session.state, *session.calls))


def is_same_question(place: str, old: Plan, new: Plan) -> bool:
    """Whether *place* asks the same in both, in the words of its author."""
    if not (is_question(old.states, place) and is_question(new.states, place)):
        return False
    return _form(old.states[place]) == _form(new.states[place])


def _form(state: State) -> tuple[object, ...]:
    return (state.ask, dict(state.answers), state.expect, state.can_skip)


def move(session: Session, plan: Plan, ways: Mapping[str, str]) -> Session | None:
    """Return *session* where it goes on in *plan*, or None if there is nothing like it there.

    No answer is lost: each stays under its old name, and where the new question could have been
    answered so, it stands under that one too.
    """
    waiting = [target_of(place, plan, ways) for place in (*session.calls, session.state)]
    if "" in waiting:
        return None
    trail = [target_of(place, plan, ways) for place in session.trail]
    old = (session.state.partition(".")[0], *(call.partition(".")[0] for call in session.calls))
    return replace(
        session,
        release=plan.release,
        state=waiting[-1],
        calls=tuple(waiting[:-1]),
        trail=tuple(place for place in trail if place),
        offered=(),
        offers={},
        kept=(),
        unclear=0,
        answered=target_of(session.answered, plan, ways),
        answers={**_carried(session, plan, ways), **session.answers},
        is_moved=True,
        came_from=tuple(dict.fromkeys((*session.came_from, *old))),
    )


def _carried(session: Session, plan: Plan, ways: Mapping[str, str]) -> Mapping[str, str]:
    carried = {}
    for place, answer in session.answers.items():
        target = target_of(place, plan, ways)
        if target and _could_be(plan.states[target], answer):
            carried[target] = answer
    return carried


def _could_be(state: State, answer: str) -> bool:
    meant = NOT_OK if answer == REFUSED else answer
    return meant in state.answers or answer == SKIPPED or bool(state.expect)
