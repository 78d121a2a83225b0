"""Words that beg, which say nothing by themselves."""

import re

from bot.domain.expression import expression

BEGGING = expression(
    r"\s*(?:please|pls|i beg you|求你们?了?|求求你们?了?|拜托了?)\s*", re.IGNORECASE
)
