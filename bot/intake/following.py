"""What is said in the turn in which something that was written was seen as a risk."""

from collections.abc import Sequence

from bot.casework.cases import is_adult
from bot.directory.say import helplines_text
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.ids import NEVER
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.signal import Signal
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.walk import WHO
from bot.guidance.relation import NEIGHBOUR, relation_in
from bot.guidance.writer import CHILD
from bot.intake.by_whom import as_of_the_hit
from bot.intake.complained_of import is_of_a_worker
from bot.intake.friend_gone import misses_a_friend
from bot.intake.grief import say_it_hurts
from bot.intake.somebody_else import was_taken_lately
from bot.intake.talk import Talk
from bot.triage.follow import ANYTHING, Words
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.rules import OF_ANOTHER
from bot.triage.signals import level_of
from storage import cases

_OWN_VIOLENCE, _HIT = "own_violence", "physical_abuse"

_OF_ME = expression(
    r"我.{0,6}被|[打骂揍踢摸掐]我|我.{0,4}怕|\bme\b|\b(?:im|i am) (?:the|that|her|his)\b"
)
"""Who tells of the neighbours, and of themselves as well."""

_HEARS = expression(r"听[到见得]|\b(?:hear|heard|hears|hearing)\b")


async def say_what_follows(talk: Talk, signals: Sequence[Signal]) -> None:
    """Say what the table has for *signals*; a worker who owns the conversation speaks alone.

    Whoever seems to have taken the phone hears nothing of it, unless of an emergency.
    """
    is_grown = is_adult(talk.session.answers)
    if not is_grown:
        is_child = talk.session.answers.get(WHO) == CHILD
        signals = as_of_the_hit(signals, talk.kept, is_child=is_child)
    words = talk.house.follow.after(signals, is_again=_was_comforted(talk), is_adult=is_grown)
    if words is None or talk.is_owned or is_of_a_worker(talk, signals):
        return
    if _is_kept_from_them(talk, signals):
        return
    directory, language = talk.house.directory, talk.session.language
    talk.values["helplines"] = helplines_text(directory, words.helplines, language)
    talk.covered = words.covers
    talk.session = replace(talk.session, may_correct=True)
    is_of_another = OF_ANOTHER in talk.told_beside(talk.kept) or misses_a_friend(talk, signals)
    keys = words.keys(is_adult=is_grown, is_of_another=is_of_another)
    is_urgent = level_of(signals) is Level.URGENT
    if is_urgent and not is_grown and _is_of_next_door(_what_it_is_of(talk)):
        keys = _of_next_door(talk, words)
    level = level_of(signals)
    talk.has_comforted = True
    talk.has_asked_where = level is Level.EMERGENCY
    under = ("skip", "leave") if talk.has_asked_where else ()
    first = say_it_hurts(talk, talk.kept) if is_urgent else ()
    said = (*first, *(Told(key=key) for key in keys))
    await talk.say(said, urgency=Urgency.SAFETY, words=under)
    talk.session = replace(talk.session, comforted=level, comforted_at=talk.now)


def _is_kept_from_them(talk: Talk, signals: Sequence[Signal]) -> bool:
    """Whether *signals* are not spoken of, as the phone may be taken; an emergency is life."""
    if not was_taken_lately(talk):
        return False
    if any(signal.level is Level.EMERGENCY and signal.rule != SECOND_OPINION for signal in signals):
        talk.session = replace(talk.session, taken_at=NEVER)
        return False
    return True


def _is_of_next_door(texts: Sequence[str]) -> bool:
    """Whether *texts* tell of the neighbours' child, and not of their writer as well."""
    return relation_in(texts) == NEIGHBOUR and not any(_OF_ME.search(plain(each)) for each in texts)


def _what_it_is_of(talk: Talk) -> Sequence[str]:
    """Return what they write; of what is heard through a wall, with what they said before."""
    is_heard = _HEARS.search(plain(talk.kept))
    return [said.text for said in talk.session.said] if is_heard else [talk.kept]


def _of_next_door(talk: Talk, words: Words) -> tuple[str, ...]:
    """Return what is said to whoever tells of the neighbours' child, and not of themselves.

    Whoever has not said who writes is spoken to as a grown-up; a child hears nothing of its own.
    """
    if talk.session.answers.get(WHO) == CHILD:
        return words.keys(is_adult=False)[:1]
    return words.keys(is_adult=True)


async def is_new(talk: Talk, signals: Sequence[Signal]) -> bool:
    """Whether harm of another kind, as pressing as what they were comforted for, was told now.

    Of an emergency it is new if the ambulance is named for it: "Where are you?" is not asked
    again of whoever has just answered it. Of anything else, also if it has a paragraph of its own;
    but nobody who told of their own blows is told not to go to whoever hit.
    """
    level = level_of(signals)
    if talk.case is None or level != talk.session.comforted:
        return False
    body = await cases.read_body(talk.tx, talk.case)
    known = [signal for signal in body.signals if signal.level <= level]
    told = {signal.category for signal in known}
    new = [signal for signal in signals if signal.level is level and signal.category not in told]
    is_told_apart = is_adult(talk.session.answers) and _OWN_VIOLENCE in told
    if is_told_apart and all(signal.category == _HIT for signal in new):
        return False
    if level is Level.EMERGENCY:
        return bool(new) and _calls_the_ambulance(talk, new, known)
    return bool(new) or _has_more_to_say(talk, signals, known)


def _calls_the_ambulance(talk: Talk, new: Sequence[Signal], known: Sequence[Signal]) -> bool:
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


def _has_more_to_say(talk: Talk, signals: Sequence[Signal], known: Sequence[Signal]) -> bool:
    """Whether a paragraph is said after *signals* that was not said after *known*.

    Whoever told only of the neighbours has not heard it.
    """
    if not is_adult(talk.session.answers) and _tells_of_themselves_now(talk):
        return True
    follow, is_grown = talk.house.follow, is_adult(talk.session.answers)
    now = follow.after(signals, is_adult=is_grown)
    before = (follow.after((signal,), is_adult=is_grown) for signal in known)
    general = follow.words[ANYTHING][Level.URGENT]
    heard = {words.keys(is_adult=is_grown) for words in (general, *before) if words is not None}
    return now is not None and now.keys(is_adult=is_grown) not in heard


def _tells_of_themselves_now(talk: Talk) -> bool:
    """Whether they told of the neighbours' child before, and of themselves first now."""
    earlier = [said.text for said in talk.session.said[:-1]]
    if not _OF_ME.search(plain(talk.kept)) or any(_OF_ME.search(plain(t)) for t in earlier):
        return False
    return any(_is_of_next_door([text]) for text in earlier)


def _was_comforted(talk: Talk) -> bool:
    """Whether they have heard what is said after something urgent, on flows that say less then."""
    again = talk.house.follow.again
    if again is None or talk.session.comforted is not Level.URGENT:
        return False
    return all(talk.release.plan.can_say(f"always.{state}.say") for state in again.child)
