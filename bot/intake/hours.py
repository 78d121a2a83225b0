"""Outside the reading hours it is said plainly that nobody reads now, and when somebody does."""

from collections.abc import Iterator, Sequence

from bot.casework.speech import NOBODY_READS as KEY
from bot.casework.speech import Voice
from bot.domain.event import Event, Said
from bot.domain.ids import Instant
from bot.wording.phrases import say_time, say_weekday

NOBODY_READS = Said(key=KEY)
_HOURS = "{reading_hours}"
_NEXT = "reads_next"


def with_hours(voice: Voice, events: Sequence[Event], now: Instant) -> Sequence[Event]:
    """Return *events*, and behind what tells the reading hours, that nobody reads now, if so."""
    if not any(_tells_hours(voice, event) for event in events):
        return events
    hours = voice.house.directory.organisation.reading_hours
    following = None if hours.includes(now) else hours.next_after(now)
    return events if following is None else tuple(_told(voice, events))


def _told(voice: Voice, events: Sequence[Event]) -> Iterator[Event]:
    is_told = False
    for event in events:
        yield event
        if not is_told and _tells_hours(voice, event):
            yield NOBODY_READS
            is_told = True


def _tells_hours(voice: Voice, event: Event) -> bool:
    return isinstance(event, Said) and _HOURS in voice.source(event.key)


def next_reading(voice: Voice, now: Instant) -> dict[str, str]:
    """Return when somebody reads next after *now*, as it is filled in: "Monday 09:00"."""
    hours = voice.house.directory.organisation.reading_hours
    following = hours.next_after(now)
    if following is None:
        return {}
    day = say_weekday(following, language=voice.language, zone=hours.zone)
    return {_NEXT: f"{day} {say_time(following, language=voice.language, zone=hours.zone)}"}
