"""What becomes of a conversation in which nobody writes any more."""

from bot.domain.session import Session
from bot.engine.plan import Plan
from bot.flow.model import State


def silent_state(plan: Plan, session: Session) -> State | None:
    """Return the state to which silence leads, None if nothing was answered or no flow says it.

    A question may say so itself; else its flow says it for all of them.
    """
    bottom = _bottom(session)
    flow = plan.flow_of(bottom)
    if flow is None or flow.if_silent is None:
        return None
    own = {flow.name, *session.came_from}
    if not any(name.partition(".")[0] in own for name in session.answers):
        return None
    waiting = plan.states.get(bottom)
    own_way = waiting.if_silent if waiting is not None else ""
    return flow.states[own_way or flow.if_silent.go]


def unfinished_queue(plan: Plan, session: Session) -> str:
    """Return the queue in which an unfinished report belongs, ``""`` if there is none.

    A report is unfinished when a question was answered, and silence would open a case.
    """
    state = silent_state(plan, session)
    return state.open_case if state else ""


def is_in(plan: Plan, session: Session) -> bool:
    """Whether the report is in already, and what waits is only offered: silence loses nothing."""
    waiting = plan.states.get(_bottom(session))
    return waiting is not None and bool(waiting.if_silent) and not unfinished_queue(plan, session)


def _bottom(session: Session) -> str:
    return session.calls[0] if session.calls else session.state
