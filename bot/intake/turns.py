"""Taking turns: the engine says what is to happen, and here it does."""

from bot.casework.weighing import Concern
from bot.domain.event import Answered, Asked, CaseRequested, Event, SessionEnded, Wanted
from bot.domain.event import Said as Told
from bot.domain.ids import NEVER, CaseId
from bot.domain.level import Level
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.reply import FileSent, Outcome, Reply, Silence, Tap, Words
from bot.engine.turn import take_turn
from bot.engine.walk import Turn, walk
from bot.flow.model import ANYWHERE, SILENT, SKIPPED
from bot.intake.about_us import take_about_us
from bot.intake.amid import ask_briefly
from bot.intake.apart import begin_report_apart, ends_apart
from bot.intake.aside import answer_aside, offer_aside
from bot.intake.beside import say_beside
from bot.intake.calling import PERSON, call_again, note_danger
from bot.intake.deeds import do
from bot.intake.detour import (
    PRESSING,
    greet_late,
    is_before_a_report,
    leads_into_a_report,
    start_report,
)
from bot.intake.door import come_to_the_door
from bot.intake.few_words import take_few_words
from bot.intake.files import shows_harm
from bot.intake.going_on import ask_whether_now, goes_on
from bot.intake.guiding import TOLD, may_be_told, offer_to_tell, says_nothing_to_find, tell_found
from bot.intake.hearing import over_since, remember
from bot.intake.known_age import pass_known_age
from bot.intake.known_child import pass_known_child
from bot.intake.leafing import open_section
from bot.intake.mere_label import says_no_more
from bot.intake.no_place import ask_which_place, go_past_the_place, is_no_place
from bot.intake.once_more import ask_once_more, ask_which_number
from bot.intake.owed import answer_owed, drop_old, drop_unless_over, is_due, note_question
from bot.intake.own_words import tells_of_their_own
from bot.intake.papers import point_to_office
from bot.intake.parting import part
from bot.intake.place import keep_with_place, wait_for_place
from bot.intake.quiet import ways_to_more
from bot.intake.refused_early import note_refusal
from bot.intake.safe_reply import take_refusal
from bot.intake.searching import look_for
from bot.intake.talk import Talk
from bot.intake.warmth import answer_plea
from bot.intake.way_in import way_into
from bot.intake.what_follows import asks_what_to_do
from bot.intake.who import ask_about_danger, go_on_unsaid, take_who

_NO_ANSWER = Told(key="rights.not_found.say")
_PASSED_ON = Told(key="always.passed_on.say")
"""Whoever has a case hears that what they wrote reaches a worker, and not that it has no answer."""

_SKIP = f"{ANYWHERE}.answers.skip"
_ASIDE = ("always.", "welcome.", "rights.", "learning.", "activities.")
"""Flows of which a tapped answer is no news to whoever has the case."""

_WORD = "w:"
_SKIPPING = f"{_WORD}skip"
"""The button that skips; that a question was skipped is kept as its answer."""

_LEARNING = ("learning.", "activities.")
_TELLING = frozenset({"tell_topic", "tell_answer"})
"""Deeds that speak themselves, after what was said before them."""


async def run(talk: Talk, reply: Reply) -> None:
    """Take the turn, doing what it asks for until it waits for the contact again."""
    talk.session = drop_old(talk.session, talk.now)
    before = talk.session = note_refusal(talk, reply)
    waiting: list[Event] = []
    if isinstance(reply, Tap) and reply.data.startswith(_WORD) and reply.data != _SKIPPING:
        await talk.note_tapped(ANYWHERE, reply.data.removeprefix(_WORD))
    if isinstance(reply, FileSent) and (not before.state or shows_harm(talk, before, reply)):
        waiting.append(Told(key="always.file_kept.say"))
    if await ask_briefly(talk, reply) or await ask_which_place(talk, reply):
        return
    if await _answer_beside(talk, reply, waiting):
        return
    turn = await begin_report_apart(talk, before, _begin_turn(talk, reply))
    await _carry_out(talk, turn, waiting, is_tap=isinstance(reply, Tap))
    talk.session = keep_with_place(before, talk.session, reply)
    if not before.state:  # what began with it began with no answers
        talk.session = note_refusal(talk, reply)
    note_question(talk, before, reply)
    await say_beside(talk, before, reply, waiting)
    if is_due(talk, talk.ended):
        await _answer_owed(talk, waiting)
    if not (isinstance(reply, Silence) and before.state):
        words = (*part(talk, before, waiting), *ways_to_more(talk, waiting))
        await talk.say(waiting, words=words)


async def _answer_beside(talk: Talk, reply: Reply, waiting: list[Event]) -> bool:
    """Answer what *reply* asks or pleads for beside what waits; return whether that is all."""
    if isinstance(reply, Words) and says_no_more(talk, reply.text):
        return False
    return await answer_aside(talk, reply) or await answer_plea(talk, reply, waiting)


async def _answer_owed(talk: Talk, waiting: list[Event]) -> None:
    turn = await answer_owed(talk, waiting, how=talk.ended)
    if turn is not None:
        await _carry_out(talk, turn, waiting, is_tap=False)


async def _carry_out(talk: Talk, turn: Turn, waiting: list[Event], *, is_tap: bool) -> None:
    while True:
        turn = note_danger(talk, pass_known_age(talk, pass_known_child(talk, turn)))
        talk.session = turn.session
        wanted = await _apply(talk, turn, waiting, is_tap=is_tap)
        if wanted is None:
            return
        if wanted.deed in _TELLING:
            await talk.say(waiting)
            waiting.clear()
        turn = await _go_on(talk, wanted, waiting)


def _begin_turn(talk: Talk, reply: Reply) -> Turn:
    """Take the turn; whoever may be dying is asked where they are, not what they want to know."""
    session = replace(talk.session, case=_case(talk))
    if early := _begin_with_danger(talk, session, reply):
        return early
    if at_the_door := come_to_the_door(talk, session, reply):
        return at_the_door
    if isinstance(reply, Words) and goes_on(talk, session, reply):
        return ask_whether_now(talk, session, reply)
    if isinstance(reply, Words) and (turn := _take_as_meant(talk, session, reply)):
        return turn
    is_learning = session.state.startswith(_LEARNING)
    if talk.felt is Level.URGENT and isinstance(reply, Words) and is_learning:
        return start_report(talk, session, "in_danger", reply.text)
    return take_turn(talk.release.plan, session, reply, talk.now)


def _take_as_meant(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Take the turn of whoever answered in words of their own, where these are understood."""
    if says_no_more(talk, reply.text):
        return (
            take_who(talk, session, reply)
            or ask_which_number(talk, session, reply)
            or take_few_words(talk, session, reply)
            or go_on_unsaid(talk, session, reply)
        )
    return (
        take_who(talk, session, reply)
        or take_refusal(talk, session, reply)
        or ask_once_more(talk, session, reply)
        or take_few_words(talk, session, reply)
        or take_about_us(talk, session, reply)
        or go_on_unsaid(talk, session, reply)
    )


def _begin_with_danger(talk: Talk, session: Session, reply: Reply) -> Turn | None:
    """Take the turn of whoever is in danger, or was asked about it; None if it is another's."""
    if talk.has_asked_where and isinstance(reply, Words | FileSent) and not talk.word:
        return wait_for_place(talk, session, reply)
    if talk.felt is Level.EMERGENCY and isinstance(reply, Words) and is_before_a_report(session):
        return start_report(talk, session, "where_now", reply.text)
    if isinstance(reply, Words) and is_no_place(talk, reply):  # kept as words, not as the place
        return go_past_the_place(talk, session, reply)
    if isinstance(reply, FileSent) and shows_harm(talk, session, reply):
        return start_report(talk, session, "in_danger", "")
    if talk.is_anew and isinstance(reply, Words):
        return ask_about_danger(talk, session, reply)
    return call_again(talk, session) if talk.word == PERSON else None


async def ask_anew(talk: Talk, first: Event) -> None:
    """Say *first*, and ask the question that waits as if they had just come to it."""
    session = replace(talk.session, is_moved=False)
    turn = walk(talk.release.plan, session, way_into(talk, session.state), talk.now)
    await take_of_its_own(talk, turn, first)


async def take_of_its_own(talk: Talk, turn: Turn, *first: Event) -> None:
    """Do what *turn* asks for, which nobody answered, and say it behind *first*."""
    waiting = list(first)
    await _carry_out(talk, turn, waiting, is_tap=False)
    await talk.say(waiting)


async def _go_on(talk: Talk, wanted: Wanted, waiting: list[Event]) -> Turn:
    """Do what is *wanted*; whoever told of harm never hears that there is no answer to it."""
    was_at = talk.session.interrupted
    if wanted.deed == "find_guidance":
        if led := await _lead_into_a_report(talk, wanted.argument, waiting):
            return led
        if talk.felt not in PRESSING:
            argument, has_case = wanted.argument, _case(talk) is not None
            opened = open_section(talk, argument)
            opened = opened or await point_to_office(talk, argument)
            opened = opened or await offer_to_tell(talk, argument, has_case=has_case)
            if opened:
                return opened
    asked = talk.session.state if talk.release.plan.states[talk.session.state].is_question else ""
    is_bare = wanted.deed == "find_guidance" and says_nothing_to_find(wanted.argument)
    outcome = Outcome(name="nothing") if is_bare else await do(talk, wanted.deed, wanted.argument)
    is_page = wanted.deed == "find_guidance" and outcome.name == "found"
    if is_page and _misses(talk, wanted.argument):
        outcome = Outcome(name="nothing")
    if asked:  # it was done beside the question that waits
        return Turn(talk.session, (Asked(state=asked),))
    turn = take_turn(talk.release.plan, talk.session, outcome, talk.now)
    if wanted.deed == "note_not_meant":
        return greet_late(was_at, turn)
    return _without_answer(talk, turn, wanted.argument) if outcome.name == "nothing" else turn


def _without_answer(talk: Talk, turn: Turn, text: str) -> Turn:
    """Return *turn*, in which nothing answered *text*, as it is said to whoever told something.

    What reaches a worker is passed on; who does not know what to do is offered to tell.
    """
    plan = talk.release.plan
    if _case(talk) is not None:
        passed_on = tuple(_PASSED_ON if e == _NO_ANSWER else e for e in turn.events)
        return Turn(turn.session, passed_on)
    is_led = asks_what_to_do(text) and TOLD in plan.states
    return walk(plan, talk.session, TOLD, talk.now) if is_led else turn


def _misses(talk: Talk, text: str) -> bool:
    """Whether *text* told of harm in this turn, and the topic found is about something else."""
    is_chosen = text in talk.house.topics.by_id
    return talk.felt in PRESSING and not is_chosen and not may_be_told(talk, text, talk.topic)


async def _lead_into_a_report(talk: Talk, text: str, waiting: list[Event]) -> Turn | None:
    """Begin a report if *text* tells of harm, behind the answer to it if there is a sure one.

    What only asks whether something may be done is answered, unless there is no answer.
    """
    if talk.is_answering or talk.felt not in PRESSING or text in talk.house.topics.by_id:
        return None
    found = await look_for(talk, text)
    if leads_into_a_report(talk, text, felt=talk.felt):
        is_told = await tell_found(talk, text, found, waiting)
        if not is_told:
            offer_aside(talk, text, found, waiting)
        return start_report(talk, talk.session, "in_danger", text, is_answered=is_told)
    return None if found.best else start_report(talk, talk.session, "in_danger", text)


def _case(talk: Talk) -> CaseId | None:
    """Return the case that what is said may show; one that they hide shows nowhere."""
    return talk.session.case or (None if talk.session.hides_case else talk.case)


async def _apply(talk: Talk, turn: Turn, waiting: list[Event], *, is_tap: bool) -> Wanted | None:
    for event in turn.events:
        match event:
            case CaseRequested(queue=queue):
                await _request(talk, queue)
            case Answered(state=state, answer=answer) if is_tap:
                await _remember_tap(talk, state, answer)
            case Wanted():
                return event
            case SessionEnded(how=how):
                await _end(talk, how)
        waiting.append(event)
    return None


async def _request(talk: Talk, queue: str) -> None:
    await talk.request_case(Concern(queue=queue))
    if queue == "emergency":
        level = Level.EMERGENCY
        talk.session = replace(talk.session, comforted=level, comforted_at=talk.now)


async def _remember_tap(talk: Talk, state: str, answer: str) -> None:
    if state.startswith(_ASIDE):
        await talk.note_tapped(state, answer)
        return
    key = _SKIP if answer == SKIPPED else f"{state}.answers.{answer}"
    label = talk.voice.say(key) or answer
    await remember(talk, label, state)


async def _end(talk: Talk, how: str) -> None:
    """Forget what was said in a conversation that ended without a case, unless it is their own."""
    await talk.keep_answers()
    talk.ended = how
    over = replace(talk.session, case=None, is_passed_on=False, may_correct=False)
    talk.session = replace(over, told_since=over_since(talk))
    talk.session = drop_unless_over(talk.session, how)
    since = talk.place.case_opened_at or NEVER
    is_own = tells_of_their_own(talk.release.plan, talk.session, since=since)
    if talk.case is None and how != SILENT and not is_own:
        talk.session = replace(talk.session, said=(), heard=())
    if talk.case is None:
        talk.session = ends_apart(talk.session)
