"""A turn: session and reply in, session and events out."""

from collections.abc import Sequence

from bot.domain.event import Answered, Asked, CaseRequested, Event, Said
from bot.domain.ids import Instant
from bot.domain.session import Session
from bot.domain.values import Value, replace
from bot.engine.offering import trigger_of
from bot.engine.plan import SILENCE, WORD, Plan, Way
from bot.engine.reply import FileSent, Outcome, Reply, Silence, Tap, Unreadable, Words
from bot.engine.understand import FILE, LONGEST_NUMBER, understand, word_anywhere
from bot.engine.unfinished import silent_state, unfinished_queue
from bot.engine.walk import LONGEST_TRAIL, WHO, Turn, follow, walk
from bot.flow.model import OTHER, State

_ONLY_WORDS = frozenset({"activities"})
"""Flows in which nothing is told: their own words are a name to take part with."""

PATIENCE = 3
"""After this many replies in a row that were not understood, a person is offered."""

HELLO = "welcome.hello"
AGAIN = "welcome.again"


class _Asking(Value, frozen=True, kw_only=True):
    """The question that waits, and all that is needed to answer it."""

    plan: Plan
    session: Session
    state: State
    now: Instant


def take_turn(plan: Plan, session: Session, reply: Reply, now: Instant) -> Turn:
    """Understand *reply*, then walk on to the next question, a deed, or the end.

    Never raises for anything a contact can send.
    """
    word = _word(plan, session, reply)
    if word:
        return _follow_word(plan, session, word, now)
    if not session.state:
        return _begin(plan, session, reply, now)
    if isinstance(reply, Outcome):
        return follow(plan, session, reply.name, now, choices=reply.choices)
    asking = _Asking(plan=plan, session=session, state=plan.states[session.state], now=now)
    return _take(asking, reply)


def _begin(plan: Plan, session: Session, reply: Reply, now: Instant) -> Turn:
    if isinstance(reply, Silence | Outcome):
        return Turn(session, ())
    who = session.answers.get(WHO)
    fresh = replace(
        session, answers={WHO: who} if who else {}, answered="", is_moved=False, came_from=()
    )
    return walk(plan, fresh, AGAIN if session.step else HELLO, now)


def start(plan: Plan, session: Session, place: str, now: Instant) -> Turn:
    """Begin at *place*, whatever went before."""
    return walk(plan, replace(session, calls=(), state=""), place, now)


def _take(asking: _Asking, reply: Words | Tap | FileSent | Unreadable | Silence) -> Turn:
    match reply:
        case Silence():
            return _fall_silent(asking)
        case FileSent():
            return _take_file(asking, reply)
        case Unreadable():
            return _again(asking, "always.cannot_read.say")
        case Tap():
            return _take_tap(asking, reply)
        case Words():
            return _take_words(asking, reply)


def _word(plan: Plan, session: Session, reply: Reply) -> str:
    """Return the word that works anywhere; the answers of such a word's own question go first."""
    match reply:
        case Words(text=text, word=known):
            word = word_anywhere(plan, text) if known is None else known
            is_own = word and session.state.startswith("always.")
            if is_own and understand(plan, plan.states[session.state], session, text):
                return ""
            return word
        case Tap(data=data) if data.startswith("w:"):
            return data.removeprefix("w:")
    return ""


def _follow_word(plan: Plan, session: Session, word: str, now: Instant) -> Turn:
    if ("*", WORD + word) not in plan.ways:
        return Turn(session, ())
    origin = session.state or HELLO
    place, way = plan.move(origin, WORD + word)
    queue = unfinished_queue(plan, session)
    turn = walk(plan, _called(session, word, way), place, now)
    has_left = way is Way.LEAVE or not turn.session.state or word == "leave"
    if queue and has_left:
        return Turn(turn.session, (CaseRequested(queue=queue), *turn.events))
    return turn


def _called(session: Session, word: str, way: Way) -> Session:
    if way is Way.LEAVE:
        bottom = session.calls[0] if session.calls else session.state
        return replace(session, calls=(), state=bottom, unclear=0)
    return replace(session, calls=_callers(session, word), unclear=0)


def _callers(session: Session, word: str) -> tuple[str, ...]:
    """Return where to come back to: a word inside a word comes back to the question outside.

    To skip and to go back are about the question that waits, wherever that is.
    """
    is_inside = session.state.startswith("always.") and bool(session.calls)
    is_about_it = word in {"skip", "back"}
    if not session.state or (is_inside and not is_about_it):
        return session.calls
    return (*session.calls, session.state)


def _fall_silent(asking: _Asking) -> Turn:
    plan, session = asking.plan, asking.session
    bottom = session.calls[0] if session.calls else session.state
    if silent_state(plan, session) is None or not plan.has_route(bottom, SILENCE):
        return Turn(session, ())
    place, _ = plan.move(bottom, SILENCE)
    return walk(plan, replace(session, calls=(), state=bottom), place, asking.now)


def _take_tap(asking: _Asking, tap: Tap) -> Turn:
    kind, _, rest = tap.data.partition(":")
    step, _, key = rest.partition(":")
    session, state = asking.session, asking.state
    if kind != "a" or step != str(session.step):
        return Turn(session, ())
    if key in state.answers:
        return _answer(asking, key, key)
    offered = _offered_at(session, key)
    if not offered:
        return Turn(session, ())
    return _answer(asking, trigger_of(asking.plan, state.place, offered), offered)


def _offered_at(session: Session, key: str) -> str:
    """Return the offered choice that *key*, ``#`` and its number from 0, stands for."""
    number = key.removeprefix("#")
    if not number.isdecimal() or number == key or len(number) > LONGEST_NUMBER:
        return ""
    return session.offered[int(number)] if int(number) < len(session.offered) else ""


def _take_words(asking: _Asking, words: Words) -> Turn:
    understood = understand(asking.plan, asking.state, asking.session, words.text)
    if understood is None:
        return _not_understood(asking)
    turn = _answer(asking, *understood)
    if words.is_followed and understood[0] == OTHER and _is_telling(asking):
        held = replace(asking.session, answers=turn.session.answers)
        return Turn(held, turn.events[:1])
    return turn


def _is_telling(asking: _Asking) -> bool:
    """Whether they tell something in their own words, which may take several messages."""
    flow = asking.plan.flow_of(asking.state.place)
    return asking.state.expect == "text" and flow is not None and flow.if_silent is not None


def _take_file(asking: _Asking, sent: FileSent) -> Turn:
    kept = Said(key="always.file_kept.say")
    if not _takes_files(asking) or _looks_for_words(asking):
        return _again(asking, kept.key)
    turn = _answer(asking, OTHER, sent.text or FILE)
    return Turn(turn.session, (kept, *turn.events))


def _takes_files(asking: _Asking) -> bool:
    """Whether a file may answer there: it tells something, but it is nobody's name."""
    return asking.state.expect == "text" and asking.state.flow not in _ONLY_WORDS


def _looks_for_words(asking: _Asking) -> bool:
    """Whether own words are looked for there; nothing can be looked for in a file."""
    place, _ = asking.plan.move(asking.state.place, OTHER)
    return asking.plan.states[place].do == "find_guidance"


def _answer(asking: _Asking, trigger: str, answer: str) -> Turn:
    session, place = asking.session, asking.state.place
    is_new = session.trail[-1:] != (place,) and asking.state.flow != "always"
    answered = replace(
        session,
        answers={**session.answers, place: answer},
        answered=place,
        trail=(*session.trail, place)[-LONGEST_TRAIL:] if is_new else session.trail,
        unclear=0,
    )
    turn = follow(asking.plan, answered, trigger, asking.now)
    return Turn(turn.session, (Answered(state=place, answer=answer), *turn.events))


def _not_understood(asking: _Asking) -> Turn:
    count = asking.session.unclear + 1
    counted = replace(asking, session=replace(asking.session, unclear=count))
    if count % PATIENCE == 0:
        return _again(counted, "always.offer_person.say")
    own = f"{asking.state.place}.if_unclear"
    return _again(counted, own if asking.state.if_unclear else "always.not_clear.say")


def _again(asking: _Asking, key: str) -> Turn:
    return Turn(asking.session, (Said(key=key), Asked(state=asking.session.state)))


def heard(events: Sequence[Event]) -> tuple[str, ...]:
    """Return the keys of the wordings that *events* say or ask, in order."""
    keys = []
    for event in events:
        match event:
            case Said(key=key):
                keys.append(key)
            case Asked():
                keys.append(event.key)
    return tuple(keys)
