"""Whoever says who they are is taken at their word, and not asked for it again.

A worker sees it as the answer to "Who is writing?". They may say otherwise at any time. Nobody is
kept at that question: whoever told of harm is asked about danger next.
"""

from bot.domain.event import Asked
from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.looking import look_once
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Words
from bot.engine.turn import take_turn
from bot.engine.understand import understand
from bot.engine.walk import ADULTS, LONGEST_TRAIL, TEMPER, WHO, Turn, walk
from bot.flow.model import SKIPPED
from bot.guidance.question import is_question
from bot.guidance.writer import CHILD, corrects_who, only_says_who, says_who, says_who_asked
from bot.intake.detour import PRESSING, start_report
from bot.intake.few_words import take_few_words
from bot.intake.somebody_else import is_somebody_else
from bot.intake.talk import REPORT, Talk

_MENU = "welcome.which_menu"
_ASKED_OF_BOTH = frozenset({"where_now", "tell_more", "told_more", "told_again"})
"""What is asked in an emergency of children and of adults, in the flow of each."""

_FEWEST_WORDS, _LONG = 3, 12
"""Words, and characters, with which a text says more than a word or two."""

_CALLS_SOMEBODY = frozenset({"老师", "阿姨", "叔叔", "医生", "teacher", "miss", "sir"})
"""What an adult is, and what a child calls one; so whoever is taken for an adult by it is told."""

_AS_A_CHILD = "welcome.as_a_child"
_BETWEEN = ("welcome.", "rights.")
"""Where nothing is told: there, "I am a child" is said of themselves and asks for nothing."""


def note_who(talk: Talk, text: str) -> None:
    """Keep who *text* says that its writer is, unless they have said so before.

    Who says nothing else, and not amid a report, changes what they had said; so does whoever has
    gone back to where it is asked, or says that they were taken for somebody else.
    """
    session = talk.session
    if talk.case is not None and is_somebody_else(talk, text):  # it may be somebody else's phone
        return
    known = session.answers.get(WHO, SKIPPED)
    is_asked = session.state == WHO
    who = ""
    if is_asked:
        who = says_who_asked(text)
    elif known == SKIPPED:
        who = look_once(says_who, text)
    if not who and _is_between(session):
        who = only_says_who(text)
    if not who:
        who = _corrected(session, text)
    if who and who != known:
        state = _as_for(talk, session.state, who)
        talk.session = replace(session, answers={**session.answers, WHO: who}, state=state)


def _as_for(talk: Talk, state: str, who: str) -> str:
    """Return the question of *state* as it is put to an adult, where *who* turns out to be one."""
    flow, _, name = state.partition(".")
    twin = f"{REPORT}_adult.{name}"
    is_child_asked = flow == REPORT and name in _ASKED_OF_BOTH and who in ADULTS
    return twin if is_child_asked and twin in talk.release.plan.states else state


def take_who(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Go on with who *reply* says its writer is, where that was asked or nothing else is said."""
    plan = talk.release.plan
    is_asked = session.state == WHO
    who = says_who_asked(reply.text) if is_asked else ""
    if who in plan.states[WHO].answers:
        said = Words(text=talk.voice.say(f"{WHO}.answers.{who}"), word="")
        turn = take_turn(plan, session, said, talk.now)
        is_call = plain(reply.text) in _CALLS_SOMEBODY
        return _spoken_to_as("as_an_adult", turn) if is_call else turn
    if session.state and (who := _corrected(session, reply.text)):
        return _take_correction(talk, session, who)
    if session.state and _is_between(session) and only_says_who(reply.text):
        return walk(plan, replace(session, calls=()), _MENU, talk.now)
    return None


def chooses_who(talk: Talk, text: str) -> bool:
    """Whether *text*, asked who writes, is one of the answers, and nothing else."""
    plan, session = talk.release.plan, talk.session
    is_asked = session.state == WHO and WHO in plan.states
    return is_asked and bool(understand(plan, plan.states[WHO], session, text))


def _says_something(text: str) -> bool:
    """Whether *text* asks or tells something that can be looked up; "my mum" alone does not."""
    return is_question(text) or len(text.split()) >= _FEWEST_WORDS or len(text) >= _LONG


def go_on_unsaid(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Go on with whoever was asked who they are, and writes something else.

    Whoever had told of harm is asked about danger at once. What tells of harm, or comes again and
    is no answer, is taken as it would be at the menu. They are spoken to as a child until they say
    otherwise; a worker sees that it was not said.
    """
    plan = talk.release.plan
    is_asked = session.state == WHO and not reply.word
    if not is_asked or understand(plan, plan.states[WHO], session, reply.text):
        return None
    unsaid = replace(
        session,
        answers={**session.answers, WHO: SKIPPED},
        trail=(*session.trail, WHO)[-LONGEST_TRAIL:],
        unclear=0,
    )
    told = [at for at in session.risky_at if at > session.told_since]
    has_told = len(told) > (talk.felt is not Level.NONE)
    if talk.case is not None and has_told:
        return ask_about_danger(talk, unsaid, reply)
    is_harm = session.case is not None and talk.felt in PRESSING
    if not is_harm and (reply.is_followed or not session.unclear):
        return None
    menu = walk(plan, unsaid, _AS_A_CHILD, talk.now)
    if not is_harm and not _says_something(reply.text):
        return menu
    turn = take_turn(plan, menu.session, reply, talk.now)
    if is_harm:
        return _spoken_to_as("as_a_child", turn)
    return Turn(turn.session, (*menu.events[:-1], *turn.events))


def ask_about_danger(talk: Talk, session: Session, reply: Words) -> Turn:
    """Begin the report of whoever told of harm; that it happens now is an answer already.

    Who has not said who they are hears as whom they are spoken to.
    """
    turn = start_report(talk, session, "in_danger", reply.text)
    place = "as_an_adult" if turn.session.state.endswith(TEMPER) else "as_a_child"
    turn = take_few_words(talk, turn.session, reply) or turn
    is_said = session.answers.get(WHO, SKIPPED) != SKIPPED
    return turn if is_said else _spoken_to_as(place, turn)


def _spoken_to_as(place: str, turn: Turn) -> Turn:
    return Turn(turn.session, (Told(key=f"welcome.{place}.say"), *turn.events))


def _corrected(session: Session, text: str) -> str:
    """Return who says in *text* that they were taken for somebody else; ``""`` if nobody does.

    Amid a report "I am an adult" alone says so, where it is held as with a child.
    """
    who = corrects_who(text)
    if who or not session.state.startswith(REPORT):
        return who
    is_as_with_child = session.state.startswith(f"{REPORT}.")
    who = only_says_who(text)
    return who if who and (who == CHILD) is not is_as_with_child else ""


def _take_correction(talk: Talk, session: Session, who: str) -> Turn | None:
    """Go on as with *who* the writer is; behind the first question of a report it is only noted."""
    plan = talk.release.plan
    place, flow = ("as_a_child", REPORT) if who == CHILD else ("as_an_adult", f"{REPORT}_adult")
    anew = replace(session, calls=())
    if _is_between(session):
        return walk(plan, anew, f"welcome.{place}", talk.now)
    if not session.state.startswith(REPORT):
        return None
    noted = Told(key=f"welcome.{place}.say")
    if not session.state.endswith(".in_danger"):
        return Turn(session, (noted, Asked(state=session.state)))
    turn = walk(plan, anew, f"{flow}.in_danger", talk.now)
    return Turn(turn.session, (noted, *turn.events))


def _is_between(session: Session) -> bool:
    return not session.state or session.state.startswith(_BETWEEN)
