"""What is filled in by the moment: that nobody reads now and when somebody does; who was called.

It is the same for everybody, so a whole message that holds it is still made once.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.casework.speech import CALLED, MOMENTARY, Voice
from bot.directory.hours import ReadingHours
from bot.domain.ids import MINUTE, Instant
from bot.flow.placeholders import fill
from bot.wording.phrases import say_time, say_weekday

_NOBODY_READS = "always.nobody_reads.say"


def this_moment(
    voice: Voice, held: Iterable[str], now: Instant, *, is_called: bool, called: str = CALLED
) -> Mapping[str, str]:
    """Return what of :data:`MOMENTARY` that is *held* is to be said *now*.

    *is_called* says that a worker was called for an emergency; then it is not said that nobody
    reads. That one was called is said in the wording *called*, and not while none can be reached.
    """
    filled = dict(MOMENTARY)
    if "called" in held and not voice.house.reach.is_lost:
        filled["called"] = voice.say(called)
    if "nobody_reads" in held and not is_called:
        filled["nobody_reads"] = _nobody_reads(voice, now)
    return filled


def _nobody_reads(voice: Voice, now: Instant) -> str:
    hours = voice.house.directory.organisation.reading_hours
    following = _next_reading(hours, now // MINUTE)
    if following is None:
        return ""
    when = _when(following, voice.language, hours.zone)
    return fill(voice.say(_NOBODY_READS), {"reads_next": when})


@lru_cache(maxsize=64)
def _next_reading(hours: ReadingHours, minute: int) -> Instant | None:
    """Return when somebody reads next, None if somebody does in this *minute*, or nobody ever."""
    now = Instant(minute * MINUTE)
    return None if hours.includes(now) else hours.next_after(now)


@lru_cache(maxsize=64)
def _when(at: Instant, language: str, zone: ZoneInfo) -> str:
    """Return a day of the week and a time: "Monday 09:00"."""
    day = say_weekday(at, language=language, zone=zone)
    return f"{day} {say_time(at, language=language, zone=zone)}"
