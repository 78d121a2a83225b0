"""Telephone numbers in what somebody wrote."""

import re

from bot.domain.expression import expression

_NUMBER = expression(
    r"(?<!\d)(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8})(?!\d)", re.ASCII
)


def telephone_in(text: str) -> str:
    """Return the first number of a telephone in China in *text*, ``""`` if it holds none."""
    found = _NUMBER.search(text)
    return found[0] if found else ""
