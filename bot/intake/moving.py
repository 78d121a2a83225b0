"""Whoever waits at a question that is gone is not left there: they go on elsewhere."""

from bot.casework.release import Release, Releases
from bot.casework.weighing import Concern
from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.session import Session
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.moving import can_wait, is_unchanged, move
from bot.intake.detour import is_before_a_report
from bot.intake.talk import Talk
from bot.intake.turns import ask_anew

CHANGED = Told(key="always.questions_changed.say")
_ABOUT_A_QUESTION = ("skip", "back")


def carry_on(session: Session, release: Release, releases: Releases) -> Session:
    """Return *session* as it goes on in *release*, which was found for it.

    Where nothing there is like the question that waits, no question waits any more.
    """
    if not session.state:
        is_there = session.release == release.id
        return session if is_there else replace(session, release=release.id)
    if release.id == session.release and can_wait(session, release.plan):
        return session
    left = releases.left(session.release)
    if left is not None and is_unchanged(session, left.plan, release.plan):
        return replace(session, release=release.id)
    moved = move(session, releases.current.plan, releases.ways)
    if moved is not None:
        return moved
    return replace(
        session,
        release=releases.current.id,
        state="",
        calls=(),
        trail=(),
        offered=(),
        kept=(),
        is_moved=bool(session.said),
    )


async def have_it_read(talk: Talk, before: Session) -> None:
    """Have a person read what was told *before*, if that cannot go on; and keep its answers."""
    if before.state and not talk.session.state and talk.session.said:
        await talk.request_case(Concern(queue="intake", level=talk.session.level))
    elif before.state and talk.session.is_moved and not before.is_moved:
        await talk.keep_answers()


def must_ask_anew(talk: Talk, update: Update, word: str) -> bool:
    """Whether *update* cannot be an answer: they have not seen the question that waits.

    Words that work anywhere do, but for those that are about a question.
    """
    is_new = update.kind in {Kind.TEXT, Kind.TAP, Kind.FILE, Kind.OTHER}
    if not (talk.session.is_moved and talk.session.state and is_new):
        return False
    is_pressing = talk.felt in {Level.EMERGENCY, Level.URGENT}
    if is_pressing and is_before_a_report(talk.session):
        return False
    return word in {"", *_ABOUT_A_QUESTION}


async def say_what_changed(talk: Talk) -> None:
    """Say that the questions have changed, and ask the one that waits now."""
    await ask_anew(talk, CHANGED)
