"""Sessions whose release is gone are moved on at once, not only when their contacts next write."""

from collections.abc import Sequence

from bot.casework.house import House
from bot.domain.ids import ContactId, Instant
from bot.domain.place import Place
from bot.domain.session import Session
from bot.intake.beginning import begin_talk
from bot.intake.silence import mind_silence, silent_at
from bot.log import Action, record
from storage import contacts, releases, timers
from storage.database import Transaction
from storage.sealing import UnsealError
from storage.timers import Timer

SETTLE = "settle"
"""The timer that moves on the next few sessions; its subject is where to begin."""

AT_ONCE = 50
"""How many sessions one transaction moves."""

_CLOSED = (UnsealError, ValueError, KeyError, TypeError)


async def stranded_on(tx: Transaction, house: House) -> Sequence[str]:
    """Return the releases that somebody waits on and this program cannot go on with."""
    used = sorted(await releases.count_open(tx))
    return [each for each in used if not await house.releases.can_read(tx, each)]


async def begin_settling(tx: Transaction, house: House) -> None:
    """Have everybody moved on whose release this program cannot go on with, and say so."""
    counts = await releases.count_open(tx)
    stranded = await stranded_on(tx, house)
    for release in stranded:
        count = counts[release]
        record(Action.RELEASE_UNREADABLE, level="warning", release=release, count=count)
    if stranded:
        await timers.set_timer(tx, SETTLE, f"{stranded[0]}/", due_at=house.clock())


async def settle_some(tx: Transaction, house: House, timer: Timer) -> None:
    """Move on the next few, and go on soon if there are more."""
    release, _, after = timer.subject.partition("/")
    stranded = await stranded_on(tx, house)
    if release in stranded:
        found = await releases.open_on(tx, release, after=after, most=AT_ONCE)
        for contact in found:
            await settle(tx, house, contact)
    else:
        found = ()
    later = [f"{each}/" for each in stranded if each > release]
    following = [f"{release}/{found[-1]}"] if len(found) == AT_ONCE else later
    if following:
        await timers.set_timer(tx, SETTLE, following[0], due_at=house.clock())


async def settle(tx: Transaction, house: House, contact: ContactId) -> Session | None:
    """Move *contact* on, unless their release can go on; nothing is said to them.

    They did not choose this moment, and somebody else may be holding the phone. Returns their
    session as it is now, None if it cannot be opened.
    """
    place = await open_place(tx, contact)
    if place is None or place.session is None:
        return None
    if not place.session.state:
        return place.session
    talk = await begin_talk(tx, house, place, now=house.clock())
    if talk.session.release != place.session.release:
        await contacts.save_session(tx, contact, talk.session, now=talk.now)
        after = silent_at(talk.release.plan, talk.place, talk.session, Instant(0)) or 0
        since = max(talk.place.spoken_at, talk.now - after)
        await mind_silence(talk, since=Instant(since), is_soon=True)
    return talk.session


async def open_place(tx: Transaction, contact: ContactId) -> Place | None:
    """Return where *contact* is, None if that cannot be opened any more."""
    try:
        return await contacts.latest_place(tx, contact)
    except _CLOSED:
        return None
