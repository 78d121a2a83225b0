"""The tables, for SQLite and PostgreSQL alike.

Everything a contact wrote, and whatever says who they are, stands in a column whose name begins
with ``sealed_``. Times are microseconds since 1970 UTC. Ids sort by time.
"""

from storage.columns import metadata
from storage.tables_of_cases import cases, entries, files, timers
from storage.tables_of_contacts import (
    PULLED,
    addresses,
    contacts,
    inbox,
    incoming,
    outbox,
    sessions,
    set_aside,
    to_send,
    tries,
    waits,
    waits_at_a_question,
)
from storage.tables_of_learning import activities, guidance_gaps, sign_ups, subscriptions
from storage.tables_of_staff import (
    alarm_breaks,
    alarm_calls,
    alarm_tests,
    staff_addresses,
    tokens,
    workers,
)
from storage.tables_of_the_house import audit, data_keys, releases

__all__ = [
    "PULLED",
    "activities",
    "addresses",
    "alarm_breaks",
    "alarm_calls",
    "alarm_tests",
    "audit",
    "cases",
    "contacts",
    "data_keys",
    "entries",
    "files",
    "guidance_gaps",
    "inbox",
    "incoming",
    "metadata",
    "outbox",
    "releases",
    "sessions",
    "set_aside",
    "sign_ups",
    "staff_addresses",
    "subscriptions",
    "timers",
    "to_send",
    "tokens",
    "tries",
    "waits",
    "waits_at_a_question",
    "workers",
]
