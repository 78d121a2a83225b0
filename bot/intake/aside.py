"""What is asked where danger is asked about is answered first, and danger is asked about again.

Nobody is kept at that question, and nobody has to answer it to learn how not to hit.
"""

from bot.domain.event import Asked, Event
from bot.domain.level import Level
from bot.domain.values import replace
from bot.engine.reply import Reply, Tap, Words
from bot.engine.understand import understand
from bot.guidance.find import NOTHING, Found
from bot.guidance.question import is_question
from bot.intake.guiding import look_for, tell
from bot.intake.talk import MAY_ANSWER, TOPIC_TAP, Talk, asks_about_danger


async def answer_aside(talk: Talk, reply: Reply) -> bool:
    """Answer what *reply* asks beside the question that waits, and ask that again.

    Where it is not sure what answers it, what may is offered. Returns whether it did.
    """
    found = NOTHING
    if isinstance(reply, Tap):
        found = _tapped(talk, reply.data)
        if found.best:
            talk.session = replace(talk.session, owed="", is_owed_amid=False)
    elif isinstance(reply, Words) and _is_aside(talk, reply):
        found = await look_for(talk, reply.text)
    if not found.best:
        return False
    again = (Asked(state=talk.session.state),) if talk.session.state else ()
    if found.is_sure:
        talk.topic, talk.covered = found.best[0], ()
        await tell(talk)
        await talk.say(again)
    else:
        talk.offered = found.best
        await talk.say((MAY_ANSWER, *again))
    return True


def offer_aside(talk: Talk, text: str, found: Found, waiting: list[Event]) -> None:
    """Offer what may answer *text*, if that asks something, under the question about danger."""
    if found.best and is_question(text):
        talk.offered = found.best
        waiting.append(MAY_ANSWER)


def _tapped(talk: Talk, data: str) -> Found:
    topic = data.removeprefix(TOPIC_TAP) if data.startswith(TOPIC_TAP) else ""
    return Found(best=(topic,), is_sure=True) if topic in talk.house.topics.by_id else NOTHING


def _is_aside(talk: Talk, words: Words) -> bool:
    """Whether *words* ask something where danger is asked about, and are no answer to that."""
    plan, session = talk.release.plan, talk.session
    if words.word or talk.felt is Level.EMERGENCY or not asks_about_danger(session.state):
        return False
    answer = understand(plan, plan.states[session.state], session, words.text)
    return answer is None and is_question(words.text)
