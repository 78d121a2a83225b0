"""From a question to the topics that answer it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.guidance.index import BESIDE, Index, asked_whole, is_needed_said, score
from bot.guidance.language import language_of
from bot.guidance.model import Topics

POSSIBLE = 0.065
"""Below this nearness a topic is not offered."""

SURE = 0.1
"""From this nearness, and well ahead of all others, a topic is told without asking back."""

AHEAD = 1.15
"""How many times as near as the next the one sure topic must be."""

SHARE_OF_BESIDE = 0.95
"""How near a topic must be, measured by the nearness of what is out of scope."""

MOST_OFFERED = 3
NOT_FAR = 0.5
"""What is offered beside the nearest topic is at least so near, measured by that one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The topics that may answer a question, the nearest first; sure only if it is one."""

    best: tuple[str, ...]
    is_sure: bool


NOTHING = Found(best=(), is_sure=False)


def find(question: str, language: str, topics: Topics) -> Found:
    """Return what answers *question*: one sure topic, up to three possible ones, or nothing.

    The language it is written in is searched first, the contact's *language* if one cannot tell;
    then the others: people mix them.
    """
    others = [known for known in topics.indexes if known != language]
    written = language_of(question, [language, *others])
    order = sorted(topics.indexes, key=lambda known: known != written)
    for known in order:
        found = _search(question, topics.indexes[known])
        if found.best:
            return found
    return NOTHING


def _search(question: str, index: Index) -> Found:
    known = asked_whole(question, index)
    if known and not any(name.startswith(BESIDE) for name in known):
        return Found(best=known[:MOST_OFFERED], is_sure=len(known) == 1)
    scores = score(question, index)
    beside = max((near for name, near in scores.items() if name.startswith(BESIDE)), default=0.0)
    ranked = sorted(
        (name for name in scores if _may_answer(name, question, index)),
        key=lambda name: -scores[name],
    )
    floor = max(POSSIBLE, beside * SHARE_OF_BESIDE)
    if not ranked or (nearest := scores[ranked[0]]) < floor:
        return NOTHING
    if nearest >= SURE and nearest >= AHEAD * _next_best(ranked, scores, beside):
        return Found(best=(ranked[0],), is_sure=True)
    offered = (name for name in ranked[:MOST_OFFERED] if scores[name] >= NOT_FAR * nearest)
    return Found(best=tuple(offered), is_sure=False)


def _next_best(ranked: Sequence[str], scores: dict[str, float], beside: float) -> float:
    return max(beside, scores[ranked[1]] if len(ranked) > 1 else 0.0)


def _may_answer(name: str, question: str, index: Index) -> bool:
    return not name.startswith(BESIDE) and is_needed_said(name, question, index)
