"""What is written while a worker has the conversation, or is awaited."""

from bot.domain.event import Said as Told
from bot.domain.ids import MINUTE
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.reply import Reply, Tap
from bot.engine.understand import understand
from bot.flow.model import State
from bot.guidance.question import is_question
from bot.intake.guiding import look_for, tell_found
from bot.intake.hearing import remember
from bot.intake.moving import CHANGED
from bot.intake.quiet import HEARD
from bot.intake.talk import Talk
from bot.intake.turns import run

_PATIENCE = 10 * MINUTE
_PASSED_ON, _IN_DANGER = "always.passed_on", "always.passed_on_in_danger"


async def leave_to_worker(talk: Talk, update: Update, reply: Reply) -> None:
    """Say nothing: a worker owns the conversation. Only what a word asked is still answered."""
    plan, session = talk.release.plan, talk.session
    state = plan.states.get(session.state)
    if state is None:
        return
    if state.flow != "always":
        await _pass_on_tap(talk, update, state)
    elif isinstance(reply, Tap) or understand(plan, state, session, update.text):
        await run(talk, reply)


async def _pass_on_tap(talk: Talk, update: Update, state: State) -> None:
    """Keep the answer of a button tapped after a worker has taken over."""
    key = update.tap.split(":")[-1] if update.tap.startswith("a:") else ""
    if key in state.answers:
        await remember(talk, talk.voice.say(f"{state.place}.answers.{key}"), state.place)


async def pass_on(talk: Talk, update: Update, *, is_followed: bool) -> None:
    """Say that it reaches the worker who is awaited: once, and again after a long pause.

    Whoever tells of danger is answered each time, with the numbers. So is whoever asks something,
    with what surely answers it, if there is anything.
    """
    is_danger = talk.felt is Level.EMERGENCY
    asks = update.kind is Kind.TEXT and not is_followed and talk.look_once(is_question, talk.kept)
    is_kept = update.kind is Kind.FILE or (update.kind is Kind.OTHER and update.text)
    if is_kept:
        await talk.say((Told(key="always.file_kept.say"),))
    elif is_danger or asks or not (is_followed or _knows_it_is_passed_on(talk)):
        first = (CHANGED,) if talk.session.is_moved else ()
        told = Told(key=_passed_on(talk))
        is_shown = is_danger and not talk.session.is_quiet
        urgency = Urgency.SAFETY if is_shown else Urgency.REPLY
        await talk.say((*first, told), urgency=urgency, words=("menu", "leave"))
        talk.session = replace(talk.session, is_passed_on=True, is_moved=False)
        if asks and talk.felt is Level.NONE and not talk.session.is_quiet:
            await tell_found(talk, talk.kept, await look_for(talk, talk.kept), [])


def _passed_on(talk: Talk) -> str:
    """Return the wording: without a sign of a case that is hidden, in danger with both numbers."""
    if talk.session.is_quiet:
        return HEARD
    if talk.felt is Level.EMERGENCY and _IN_DANGER in talk.release.plan.states:
        return f"{_IN_DANGER}.say"
    return HEARD if talk.session.has_left else f"{_PASSED_ON}.say"


def _knows_it_is_passed_on(talk: Talk) -> bool:
    return talk.session.is_passed_on and talk.now - talk.place.spoken_at < _PATIENCE
