"""Walking from state to state until the contact, or a deed, has to answer."""

from collections.abc import Callable

from bot.domain.event import Answered, Asked, CaseRequested, Event, Said, SessionEnded, Wanted
from bot.domain.ids import Instant
from bot.domain.session import Session
from bot.domain.values import Value, replace
from bot.engine.offered import may_ask_more, what_is_left, what_is_left_adult
from bot.engine.offering import TOPIC, offer, page_before
from bot.engine.plan import NEXT, Plan, Way
from bot.engine.telling import what_was_told
from bot.engine.unfinished import unfinished_queue
from bot.flow.model import SILENT, SKIPPED, State

WHO = "welcome.who_are_you"
ADULTS = frozenset({"parent", "other_adult"})
"""The answers to that by which somebody says that they are an adult."""

PARENT = "parent"
OWN_CHILD = "own_child"
_ABOUT = ".who_is_it_about"
TEMPER = ".temper_now"
"""How the question about danger ends in which an adult told of their own violence."""

CODE_ASKED = "check_on_my_report.ask_code"
"""The question for a return code: what is answered there is a secret."""

LONGEST_TRAIL = 50
"""How many answered questions a session remembers the order of."""

_LONGEST_WALK = 100


class Turn(Value, frozen=True):
    """Where a turn ended, and what it brought about."""

    session: Session
    events: tuple[Event, ...]


class _Step(Value, frozen=True):
    """A walk under way; ``place`` is the state to enter next, ``""`` when it has stopped."""

    session: Session
    place: str
    events: tuple[Event, ...] = ()
    choices: tuple[str, ...] = ()
    is_return: bool = False


def walk(
    plan: Plan, session: Session, place: str, now: Instant, *, choices: tuple[str, ...] = ()
) -> Turn:
    """Enter *place* and go on until something has to be answered.

    Raises:
        RuntimeError: the flows run in a circle without a question; the checks forbid that.

    """
    step = _Step(session, place, choices=choices)
    for _ in range(_LONGEST_WALK):
        step = _enter(plan, step, now)
        if not step.place:
            return Turn(step.session, step.events)
    text = f"no question on the way from {place}"
    raise RuntimeError(text)


def follow(
    plan: Plan, session: Session, trigger: str, now: Instant, *, choices: tuple[str, ...] = ()
) -> Turn:
    """Leave the state *session* stands in by *trigger*, and walk on."""
    place, way = plan.move(session.state, trigger)
    return walk(plan, _by(session, session.state, way), place, now, choices=choices)


def _by(session: Session, origin: str, way: Way) -> Session:
    if way is Way.LEAVE:
        return replace(session, calls=())
    if way is Way.CALL:
        return replace(session, calls=(*session.calls, origin))
    return session


def _enter(plan: Plan, step: _Step, now: Instant) -> _Step:
    state = plan.states[step.place]
    events = step.events if step.is_return else (*step.events, *_on_entering(state))
    step = replace(step, events=events)
    if state.do:
        return _do(plan, step, state)
    if state.is_question:
        return _ask(plan, step, state, now)
    if state.end:
        return _end(step, state)
    place, way = plan.move(state.place, NEXT)
    return replace(step, place=place, session=_by(step.session, state.place, way))


def _on_entering(state: State) -> tuple[Event, ...]:
    opened = (CaseRequested(queue=state.open_case),) if state.open_case else ()
    said = (Said(key=f"{state.place}.say"),) if state.say else ()
    return (*opened, *said)


def _ask(plan: Plan, step: _Step, state: State, now: Instant) -> _Step:
    before = step.session.offers.get(state.place, ()) if step.is_return else ()
    offered = step.choices or before or offer(plan, step.session, state)
    if state.expect == "choice" and not offered:  # what there was to choose from is not known now
        place, way = plan.move(state.place, SKIPPED)
        return replace(step, place=place, session=_by(step.session, state.place, way))
    session = replace(
        _remember_offer(step.session, state, offered),
        state=state.place,
        step=step.session.step + 1,
        asked_at=now,
        offered=offered if state.expect in {"topic", "answered", "choice"} else (),
        kept=_kept(plan, step.session) if state.flow == "always" else (),
        unclear=0,
    )
    return replace(step, session=session, place="", events=(*step.events, Asked(state=state.place)))


def _remember_offer(session: Session, state: State, offered: tuple[str, ...]) -> Session:
    """Keep what is offered, so that coming back to the question offers the same again."""
    if state.expect != TOPIC:
        return session
    return replace(session, offers={**session.offers, state.place: offered})


def _kept(plan: Plan, session: Session) -> tuple[str, ...]:
    """Return the question outside of a word's own, and what there was to choose from."""
    if session.state.startswith("always."):
        return session.kept
    waiting = plan.states.get(session.state)
    is_choice = waiting is not None and waiting.expect == "choice"
    return (session.state, *session.offered) if is_choice else ()


def _end(step: _Step, state: State) -> _Step:
    session = step.session
    if session.calls and state.end != SILENT:
        *outer, caller = session.calls
        kept = session.kept[1:] if session.kept[:1] == (caller,) else ()
        offered = session.offered if caller == session.state else kept
        session = replace(session, calls=tuple(outer))
        return replace(step, session=session, place=caller, choices=offered, is_return=True)
    ended = replace(session, state="", calls=(), trail=(), offered=(), offers={}, question="")
    return replace(
        step, session=ended, place="", events=(*step.events, SessionEnded(how=state.end))
    )


def _do(plan: Plan, step: _Step, state: State) -> _Step:
    own = _OWN.get(state.do)
    if own is None:
        argument = _last_answer(step.session)
        session = replace(step.session, state=state.place)
        wanted = Wanted(deed=state.do, argument=argument)
        return replace(step, session=session, place="", events=(*step.events, wanted))
    session, outcome, choices = own(plan, step.session)
    if outcome == SKIPPED:
        return _skip(plan, replace(step, session=session))
    place, way = plan.move(state.place, outcome)
    return replace(step, session=_by(session, state.place, way), place=place, choices=choices)


def _skip(plan: Plan, step: _Step) -> _Step:
    *outer, skipped = step.session.calls
    session = step.session
    is_aside = skipped.startswith("always.")
    session = replace(
        session,
        calls=tuple(outer),
        answers={**session.answers, skipped: SKIPPED},
        answered=skipped,
        trail=session.trail if is_aside else (*session.trail, skipped)[-LONGEST_TRAIL:],
    )
    place, way = plan.move(skipped, SKIPPED)
    answered = Answered(state=skipped, answer=SKIPPED)
    return replace(
        step,
        session=_by(session, skipped, way),
        place=place,
        events=(*step.events, answered),
    )


def _last_answer(session: Session) -> str:
    return session.answers.get(session.answered, "")


_Done = tuple[Session, str, tuple[str, ...]]


def _skip_question(plan: Plan, session: Session) -> _Done:
    waiting = plan.states[session.calls[-1]] if session.calls else None
    can_skip = waiting is not None and waiting.is_question and waiting.can_skip
    return session, SKIPPED if can_skip else "cannot", ()


def _go_back(plan: Plan, session: Session) -> _Done:
    """Leave a question that works anywhere; else go to the page or the question before this."""
    *outer, waiting = session.calls or ("",)
    if outer and waiting.startswith("always."):
        return replace(session, calls=tuple(outer)), "back", ()
    if waiting == session.state and (page := page_before(plan, session.offered)):
        return replace(session, offered=page), "back", ()
    earlier = list(session.trail)
    while earlier and _asks_the_same(plan, earlier[-1], waiting):
        earlier.pop()
    if not waiting or not earlier:
        return session, "cannot", ()
    *before, last = earlier
    return _to_earlier(session, last, tuple(before)), "back", ()


def _asks_the_same(plan: Plan, place: str, other: str) -> bool:
    """Whether both are one question, also where it is asked in other words the second time."""
    if place == other:
        return True
    here, there = plan.states.get(place), plan.states.get(other)
    if here is None or there is None or not here.answers or here.expect != there.expect:
        return False
    if here.flow != there.flow or here.answers.keys() != there.answers.keys():
        return False
    return all(plan.move(place, key) == plan.move(other, key) for key in here.answers)


def _to_earlier(session: Session, place: str, trail: tuple[str, ...]) -> Session:
    """Have *place* asked again instead of the question that waits."""
    outer = session.calls[:-1]
    if place in outer:
        outer = outer[: outer.index(place)]
    return replace(session, trail=trail, calls=(*outer, place))


def _list_answers(_: Plan, session: Session) -> _Done:
    answered = tuple(dict.fromkeys(session.trail)) if session.calls else ()
    return session, "some" if answered else "none", answered


def _change_answer(_: Plan, session: Session) -> _Done:
    chosen = _last_answer(session)
    if chosen in session.trail and session.calls:
        session = _to_earlier(session, chosen, session.trail[: session.trail.index(chosen)])
    return session, "changed", ()


def _stop_here(plan: Plan, session: Session) -> _Done:
    return session, "kept" if session.case or unfinished_queue(plan, session) else "nothing", ()


def _who_is_writing(_: Plan, session: Session) -> _Done:
    who = session.answers.get(WHO, "")
    if who in ADULTS:
        return session, "adult", ()
    return session, "child" if who == "child" else "unknown", ()


def _whose_child(plan: Plan, session: Session) -> _Done:
    """Tell whether a parent or carer writes about their own child, as far as they said."""
    answers = session.answers
    is_parent = answers.get(WHO) == PARENT
    is_temper = any(place.endswith(TEMPER) for place in answers)
    about = {
        answer
        for place, answer in answers.items()
        if place.endswith(_ABOUT) and place in plan.states and answer in plan.states[place].answers
    }
    is_other = bool(about) and OWN_CHILD not in about
    is_own = OWN_CHILD in about or is_temper or (is_parent and not is_other)
    return session, "own" if is_own else "other", ()


def _telling(tell: Callable[[Session], str]) -> Callable[[Plan, Session], _Done]:
    """Return the deed that brings what *tell* makes out of the session alone."""
    return lambda _, session: (session, tell(session), ())


_OWN = {
    "skip_question": _skip_question,
    "go_back": _go_back,
    "list_answers": _list_answers,
    "change_answer": _change_answer,
    "stop_here": _stop_here,
    "who_is_writing": _who_is_writing,
    "whose_child": _whose_child,
    "what_was_told": _telling(what_was_told),
    "what_is_left": _telling(what_is_left),
    "what_is_left_adult": _telling(what_is_left_adult),
    "may_ask_more": _telling(may_ask_more),
}
