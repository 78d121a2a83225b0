"""What is asked where danger is asked about is answered first, and danger is asked about again.

Nobody is kept at that question, and nobody has to answer it to learn how not to hit.
"""

import re

from bot.domain.event import Event
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.values import replace
from bot.engine.reply import Reply, Tap, Words
from bot.engine.understand import understand
from bot.flow.model import OTHER
from bot.guidance.find import NOTHING, Found
from bot.guidance.left_short import is_left_short
from bot.guidance.question import is_question, wants_an_answer
from bot.intake.asked import MAY_ANSWER, MAY_READ, is_answered_beside
from bot.intake.case_shown import shows_case
from bot.intake.guiding import may_be_told, tell
from bot.intake.once_more import is_asked_once_more
from bot.intake.place import ask_again, is_surely_a_place, place_of
from bot.intake.searching import look_for
from bot.intake.talk import REPORT, TOPIC_TAP, Talk
from bot.intake.what_follows import asks_what_to_do, look_amid, look_with_what_was_told
from bot.intake.where_to_go import asks_where_to_go

_WHY = Told(key="always.why_asked.say")
_READ = Told(key="always.question_passed.say")
_WHERE_TO_GO = Told(key="always.where_to_go.say")
_ASKS_WHY = expression(
    r"(?:为什么|为啥|干什么|干嘛|干啥).*[问知]|问(?:这|我|那).*(?:干|做|什么|啥)"
    r"|\bwhy\b|\bwhat for\b",
    re.IGNORECASE,
)
_BEGINS_A_PLACE = expression(
    r"\s*(?:我?在|(?:i am |im |i'm )?(?:at|in|on|near|behind)\b)", re.IGNORECASE
)
PARTS = expression(r"[，,。！!；;\n]+|(?<=[㐀-鿿])\s+(?=[㐀-鿿])")
"""What stands between the parts of what somebody writes."""


async def answer_aside(talk: Talk, reply: Reply) -> bool:
    """Answer what *reply* asks beside the question that waits, and ask that again.

    Where it is not sure what answers it, what may is offered. Returns whether it did.
    """
    found = NOTHING
    if _asks_where_to_go(talk, reply):
        await talk.say((_WHERE_TO_GO, *_again(talk)))
        return True
    if isinstance(reply, Tap):
        found = _tapped(talk, reply.data)
        if found.best:
            talk.session = replace(talk.session, owed="", is_owed_amid=False)
    elif isinstance(reply, Words) and _is_aside(talk, reply):
        is_placed = _is_at_the_place(talk)
        look = look_for if is_placed else look_with_what_was_told
        found = await look(talk, reply.text)
        if not found.is_sure and (is_placed or _is_for_the_worker(talk, reply.text)):
            await _pass_on(talk, reply.text)
            return True
    if isinstance(reply, Words) and not found.best:
        found = await look_amid(talk, reply)
        if not found.best and _wants_to_know_what_to_do(talk, reply):
            await _pass_on(talk, reply.text)
            return True
    if not found.best:
        return False
    again = _again(talk)
    if found.is_sure:
        talk.topic, talk.covered = found.best[0], ()
        await tell(talk)
        await talk.say(again)
    else:
        talk.offered = found.best
        await talk.say((MAY_ANSWER, *again))
    return True


def _asks_where_to_go(talk: Talk, reply: Reply) -> bool:
    """Whether somebody in danger asks where to go, and no words of an emergency were just said."""
    if not isinstance(reply, Words) or reply.word or talk.felt is Level.EMERGENCY:
        return False
    is_sayable = talk.release.plan.can_say(_WHERE_TO_GO.key)
    return is_sayable and _is_at_the_place(talk) and asks_where_to_go(reply.text)


def _is_for_the_worker(talk: Talk, text: str) -> bool:
    """Whether *text* can only be understood by whoever reads all that was told."""
    return is_left_short(text) and shows_case(talk)


async def _pass_on(talk: Talk, text: str) -> None:
    """Say what the question for the place is for, or that a worker reads what they asked."""
    await talk.say((_WHY if _ASKS_WHY.search(text) else _READ, *_again(talk)))


def _again(talk: Talk) -> tuple[Event, ...]:
    turn = ask_again(talk.release.plan, talk.session, talk.now)
    talk.session = turn.session
    return turn.events


def _is_at_the_place(talk: Talk) -> bool:
    """Whether the place of somebody in danger is asked for, on flows that can say what follows."""
    return bool(place_of(talk.session.state)) and talk.release.plan.can_say("always.why_asked.say")


def _wants_to_know_what_to_do(talk: Talk, words: Words) -> bool:
    """Whether *words* only ask what to do, at a question of a report, where a case is read."""
    is_amid = talk.session.state.startswith(REPORT) and talk.case is not None
    is_amid = is_amid and not (words.word or talk.session.hides_case or talk.has_comforted)
    return is_amid and not place_of(talk.session.state) and asks_what_to_do(words.text)


@looks_once
def only_asks(text: str) -> bool:
    """Whether all of *text* asks something, and none of it can be a place."""
    parts = [part for part in PARTS.split(text) if part.strip()]
    is_all = bool(parts) and all(_asks_plainly(part) for part in parts)
    return is_all and not is_surely_a_place(text)


def _asks_plainly(part: str) -> bool:
    """Whether *part* asks by its words: a place with a question mark is still a place."""
    return is_question(part.rstrip(" ?？")) and not _BEGINS_A_PLACE.match(part)


def offer_aside(talk: Talk, text: str, found: Found, waiting: list[Event]) -> None:
    """Offer what may answer *text*, or can be read about it, under the question about danger."""
    if found.best and wants_an_answer(text):
        talk.offered = found.best
        waiting.append(MAY_ANSWER)
    elif _may_read(talk, text, found):
        talk.offered = found.best[:1]
        waiting.append(MAY_READ)


def _may_read(talk: Talk, text: str, found: Found) -> bool:
    """Whether there is one page about what *text* tells, which nothing that was said leads to."""
    is_sure = found.is_sure and not talk.covered
    is_sayable = talk.release.plan.can_say("always.may_read.say")
    return is_sure and is_sayable and may_be_told(talk, text, found.best[0])


def _tapped(talk: Talk, data: str) -> Found:
    topic = data.removeprefix(TOPIC_TAP) if data.startswith(TOPIC_TAP) else ""
    return Found(best=(topic,), is_sure=True) if topic in talk.house.topics.by_id else NOTHING


def _is_aside(talk: Talk, words: Words) -> bool:
    """Whether *words* ask something where danger is asked about, or who it is about, instead."""
    plan, session = talk.release.plan, talk.session
    if words.word or talk.felt is Level.EMERGENCY:
        return False
    if is_asked_once_more(session.state, words.text):
        return False
    if _is_at_the_place(talk):
        return only_asks(words.text)
    if not is_answered_beside(session.state) or (talk.case and asks_what_to_do(words.text)):
        return False
    answer = understand(plan, plan.states[session.state], session, words.text)
    is_chosen = answer is not None and answer[0] != OTHER
    return not is_chosen and (is_question(words.text) or is_left_short(words.text))
