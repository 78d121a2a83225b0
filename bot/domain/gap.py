"""A question that guidance did not answer."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from bot.domain.ids import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class GapKind(StrEnum):
    """How a question stayed without an answer."""

    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"
    """There was an answer, and whoever asked said that it was to another question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What was asked, masked; nothing here says by whom, and of the time only the day."""

    text: str = field(repr=False)
    language: str
    voice: str
    day: date
    kind: GapKind
    id: str = ""


def day_of(at: Instant, zone: tzinfo) -> date:
    """Return the day on which *at* is, by the clocks of *zone*."""
    return (_EPOCH + timedelta(microseconds=at)).astimezone(zone).date()
