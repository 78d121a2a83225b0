"""Names for the things that have an id, so that one is never taken for another."""

from typing import NewType

from uuid_utils import uuid7

ContactId = NewType("ContactId", str)
AddressId = NewType("AddressId", str)
CaseId = NewType("CaseId", str)
WorkerId = NewType("WorkerId", str)
MessageId = NewType("MessageId", str)
TimerId = NewType("TimerId", str)
ActivityId = NewType("ActivityId", str)
SignUpId = NewType("SignUpId", str)

Instant = NewType("Instant", int)
"""Microseconds since 1970-01-01 UTC."""

NEVER = Instant(0)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def new_id() -> str:
    """Return an id that sorts by the time it was made (UUIDv7, 32 hexadecimal digits)."""
    return uuid7().hex
