"""Looking for topics in a turn; a question left short is read with what was before it."""

import asyncio
from collections.abc import Sequence

from bot.casework.speech import spoken_to
from bot.domain.ids import HOUR
from bot.guidance.find import Found, find
from bot.guidance.left_short import (
    asks_how_to_get_away,
    asks_what_about,
    is_left_short,
    may_be_left_short,
)
from bot.intake.talk import Talk
from bot.triage.signals import read_at_once

_LONG = 1_000
"""From so many characters on, a question is searched beside the event loop, for milliseconds."""

_CHINESE = "zh"
_AMID = "rights."
_LOOKED_AT = 4
"""Of how many of their last messages it is looked up what a question is about."""

_ANEW = ("rights.choose_topic", "rights.choose_in_section")
"""Where topics are chosen from, whatever was spoken of before."""


async def look_for(talk: Talk, question: str) -> Found:
    """Return the topics that may answer *question*; in a turn it is looked for once.

    What was typed in pinyin is looked for in characters.
    """
    language, topics = talk.session.language, talk.house.topics
    if language.startswith(_CHINESE):
        question = read_at_once(question, talk.house.rules) or question
    key = (language, question)
    if key not in talk.searched:
        if topics.are_ready and len(question) < _LONG:
            talk.searched[key] = find(question, language, topics)
        else:  # right after the start it takes a second; others go on meanwhile
            talk.searched[key] = await asyncio.to_thread(find, question, language, topics)
    return talk.searched[key]


async def look_with_before(talk: Talk, question: str) -> Found:
    """Return what answers *question*, read with what was asked or told right before if it is short.

    What says by itself what it is about, and surely finds it, is not. Nor is how to get away: no
    page about something else answers that.
    """
    found = await look_for(talk, question)
    before = _before(talk)
    if not before or not may_be_left_short(question) or asks_how_to_get_away(question):
        return found
    if found.is_sure and not is_left_short(question):
        return found
    told = _told_last(talk)
    for text in before:
        together = await look_for(talk, f"{text} {question}")
        is_told = bool(told) and told in together.best[:1]
        if together.is_sure and not is_told:
            return together
        if is_told:  # another page that surely answers says more than the one they have read
            says_more = found.is_sure and not (
                is_left_short(question) and not _is_of_harm(talk, told)
            )
            if asks_what_about(question) and _is_related(talk, found, told):
                return Found(best=found.best[:1], is_sure=True)
            return found if says_more else Found(best=(told,), is_sure=True)
    return found


def _is_related(talk: Talk, found: Found, topic: str) -> bool:
    """Whether the nearest of what was *found* is another topic, which *topic* leads to."""
    nearest = next(iter(found.best), topic)
    return nearest != topic and nearest in talk.house.topics.by_id[topic].related


def _is_of_harm(talk: Talk, topic: str) -> bool:
    """Whether *topic* is about a harm: its page may leave to another what can prove it."""
    return topic in talk.house.follow.topics_of_harm()


async def is_kept_open(talk: Talk, question: str, found: Found) -> bool:
    """Whether what was spoken of before *question* stays what is spoken of.

    So it does if *found* rests on it, or if *question* says nothing of what it is about.
    """
    if not _before(talk):
        return False
    return is_left_short(question) or found != await look_for(talk, question)


def _before(talk: Talk) -> Sequence[str]:
    """Return what is still spoken of: what was asked last, the topic told last, what was written.

    Nothing is after an hour without a word, or where topics are chosen from.
    """
    session = talk.session
    state = talk.release.plan.states.get(session.state)
    was_at = session.answered if state is not None and state.do else session.state
    if not was_at.startswith(_AMID) or was_at in _ANEW or talk.now - session.asked_at > HOUR:
        return ()
    said = session.said[-_LOOKED_AT - 1 : -1]
    texts = [each.text for each in reversed(said) if not may_be_left_short(each.text)]
    whole = " ".join(reversed(texts))
    found = (session.question, _label(talk, _told_last(talk)), *texts, whole)
    return tuple(dict.fromkeys(text for text in found if text))


def _label(talk: Talk, topic: str) -> str:
    page = talk.house.topics.by_id[topic].pages.get(talk.session.language) if topic else None
    return page.label_for(spoken_to(talk.session)) if page else ""


def _told_last(talk: Talk) -> str:
    """Return the topic told last in the language that is spoken."""
    *_, last = ("", *talk.session.topics_told)
    language, _, topic = last.partition(" ")
    is_known = language == talk.session.language and topic in talk.house.topics.by_id
    return topic if is_known else ""
