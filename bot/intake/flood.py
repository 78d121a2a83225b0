"""Kindness to whoever writes very much at once: all of it is read, and answered once."""

from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.ids import MINUTE, SECOND, Instant
from bot.domain.session import Session
from bot.domain.update import Update
from bot.domain.values import replace
from bot.engine.reply import Words
from bot.intake.learning import LASTING_TAPS
from bot.intake.talk import Talk
from bot.intake.turns import ask_anew, run
from storage import timers
from storage.backlog import is_anything_waiting

MANY = 30
"""After so many messages within a minute, answers are gathered into one."""

QUIET = 10 * SECOND
"""After this long without a message, what was gathered is answered."""

GATHERED = "gathered"
"""The timer of an answer to all that came at once."""

_BEGINNING = "/start"
_LEAVE = "leave"


def count(session: Session, *, now: Instant, before: Instant) -> Session:
    """Return *session* with one more message counted; the one *before* came at that time."""
    started, quiet = session.busy_since, now - before >= QUIET
    is_over = quiet if is_flooded(session) else now - started >= MINUTE
    if is_over or now < started:
        return replace(session, busy_since=now, busy_count=1)
    return replace(session, busy_count=session.busy_count + 1)


def is_flooded(session: Session) -> bool:
    """Whether so much came at once that answers are gathered."""
    return session.busy_count > MANY


async def must_wait(talk: Talk, update: Update, word: str) -> bool:
    """Whether *update* is answered only with all the others.

    Leaving never waits, nor does the answer that a tapped button gives; a word that works
    anywhere waits only while something else is still on its way to them.
    """
    is_at_once = word == _LEAVE or update.tap.startswith(("a:", *LASTING_TAPS))
    if is_at_once or not is_flooded(talk.session):
        return False
    if word or update.tap:
        return await is_anything_waiting(talk.tx, talk.place.address)
    return not talk.is_owned


async def gather(talk: Talk) -> None:
    """Have everything answered together when it is over; say so once."""
    if talk.session.busy_count == MANY + 1 and not talk.is_owned:
        await talk.say((Told(key="always.reading_all.say"),))
    due = talk.now + QUIET
    await timers.set_timer(talk.tx, GATHERED, talk.place.contact, due_at=due)


async def answer_gathered(talk: Talk) -> None:
    """Ask the question that waits once more, or say where all of it has gone."""
    talk.session = replace(talk.session, busy_count=0)
    if talk.is_owned or talk.session.is_quiet:
        return
    said: list[Event] = [Told(key="always.all_read.say")]
    if talk.session.state and talk.session.is_moved:
        await ask_anew(talk, said[0])
    elif talk.session.state:
        await talk.say((*said, Asked(state=talk.session.state)))
    elif talk.case is not None and not talk.session.has_left:
        await talk.say((*said, Told(key="always.passed_on.say")), words=("menu", _LEAVE))
    else:
        await run(talk, Words(text=_BEGINNING))
