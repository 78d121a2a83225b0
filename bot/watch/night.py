"""When it is night: what is routine calls nobody then."""

from bot.directory.hours import ReadingHours
from bot.domain.ids import Instant
from bot.learning.model import Hours
from bot.learning.when import when_awake


def night_ends(hours: Hours, reading: ReadingHours, at: Instant) -> Instant | None:
    """Return when the night is over in which *at* lies, None if that is by day.

    It is night while nothing is sent unasked, on any day, unless somebody reads then. So evenings
    and days on which nobody reads are no night, however short the *reading* hours are.
    """
    morning = when_awake(hours, at, reading.zone)
    if morning == at or reading.includes(at):
        return None
    return min(morning, reading.next_after(at) or morning)
