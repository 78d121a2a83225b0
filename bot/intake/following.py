"""What is said in the turn in which something that was written was seen as a risk."""

from collections.abc import Sequence

from bot.casework.cases import is_adult
from bot.directory.say import helplines_text
from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.signal import Signal
from bot.domain.values import replace
from bot.engine.walk import WHO
from bot.guidance.relation import NEIGHBOUR, relation_in
from bot.intake.talk import Talk
from bot.triage.follow import ANYTHING, Words
from bot.triage.rules import OF_ANOTHER
from bot.triage.signals import level_of


async def say_what_follows(talk: Talk, signals: Sequence[Signal]) -> None:
    """Say what the table has for *signals*; a worker who owns the conversation speaks alone."""
    is_grown = is_adult(talk.session.answers)
    words = talk.house.follow.after(signals, is_again=_was_comforted(talk), is_adult=is_grown)
    if words is None or talk.is_owned:
        return
    directory, language = talk.house.directory, talk.session.language
    talk.values["helplines"] = helplines_text(directory, words.helplines, language)
    talk.covered = words.covers
    talk.session = replace(talk.session, may_correct=True)
    is_of_another = OF_ANOTHER in talk.told_beside(talk.kept)
    keys = words.keys(is_adult=is_grown, is_of_another=is_of_another)
    is_urgent = level_of(signals) is Level.URGENT
    if is_urgent and not is_grown and relation_in([talk.kept]) == NEIGHBOUR:
        keys = _of_next_door(talk, words)
    level = level_of(signals)
    talk.has_comforted = True
    talk.has_asked_where = level is Level.EMERGENCY
    under = ("skip", "leave") if talk.has_asked_where else ()
    said = tuple(Told(key=key) for key in keys)
    await talk.say(said, urgency=Urgency.SAFETY, words=under)
    talk.session = replace(talk.session, comforted=level, comforted_at=talk.now)


def _of_next_door(talk: Talk, words: Words) -> tuple[str, ...]:
    """Return what is said to whoever tells of the neighbours' child, and not of themselves.

    Whoever has not said who writes is spoken to as a grown-up; a child hears nothing of its own.
    """
    if WHO in talk.session.answers:
        return words.keys(is_adult=False)[:1]
    return words.keys(is_adult=True)


def calls_the_ambulance(talk: Talk, new: Sequence[Signal], known: Sequence[Signal]) -> bool:
    """Whether what is said after *new* names the ambulance, and was not said after *known*.

    What is said after any emergency they have heard.
    """
    follow, is_grown = talk.house.follow, is_adult(talk.session.answers)
    words = follow.after(new, is_adult=is_grown)
    after = (follow.after((signal,), is_adult=is_grown) for signal in known)
    heard = [follow.words[ANYTHING][Level.EMERGENCY], *after]
    if words is None or words.child in {each.child for each in heard if each is not None}:
        return False
    keys = words.keys(is_adult=is_grown)
    return any("ambulance_number" in talk.voice.holds(key) for key in keys)


def has_more_to_say(talk: Talk, signals: Sequence[Signal], known: Sequence[Signal]) -> bool:
    """Whether a paragraph is said after *signals* that was not said after *known*."""
    follow, is_grown = talk.house.follow, is_adult(talk.session.answers)
    now = follow.after(signals, is_adult=is_grown)
    before = (follow.after((signal,), is_adult=is_grown) for signal in known)
    general = follow.words[ANYTHING][Level.URGENT]
    heard = {words.keys(is_adult=is_grown) for words in (general, *before) if words is not None}
    return now is not None and now.keys(is_adult=is_grown) not in heard


def _was_comforted(talk: Talk) -> bool:
    """Whether they have heard what is said after something urgent, on flows that say less then."""
    again = talk.house.follow.again
    if again is None or talk.session.comforted is not Level.URGENT:
        return False
    return all(f"always.{state}" in talk.release.plan.states for state in again.child)
