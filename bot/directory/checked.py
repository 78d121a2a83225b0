"""How long what differs by place may stand without somebody looking at it again."""

from datetime import date, timedelta

WITHIN = timedelta(days=365)
"""How long ago a helpline or an office may have been checked last."""


def is_late(last_checked: date, today: date) -> bool:
    """Whether nobody has looked for too long at what was *last_checked*."""
    return today - last_checked > WITHIN
