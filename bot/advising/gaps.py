"""Questions without an answer, those that are alike together, the most frequent first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from bot.domain.expression import expression
from bot.domain.gap import Gap
from bot.engine.plain import plain

ALIKE = 72.0
"""How much of two questions must be the same, out of 100, for them to count as one."""

_UNIT = expression(r"[㐀-鿿]|[^\s㐀-鿿]+")
"""A Chinese character, or a word in other letters."""

KEY = 8
"""So many characters of its first question's id name a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that are alike. ``text`` is the one that is most like all; ``key`` names them."""

    key: str
    text: str
    language: str
    gaps: tuple[Gap, ...]

    @property
    def first(self) -> date:
        """The day of the earliest of them."""
        return min(gap.day for gap in self.gaps)

    @property
    def last(self) -> date:
        """The day of the latest of them."""
        return max(gap.day for gap in self.gaps)

    def counts(self, part: str) -> Counter[str]:
        """Return how many there are of each ``voice`` or ``kind``."""
        return Counter(str(getattr(gap, part)) for gap in self.gaps)


def group(gaps: Iterable[Gap]) -> list[Group]:
    """Return *gaps* in groups of one language that are alike, the largest first.

    The same gaps always make the same groups with the same keys.
    """
    shelves: dict[str, _Shelf] = {}
    for gap in sorted(gaps, key=lambda each: (each.day, each.id)):
        shelves.setdefault(gap.language, _Shelf()).add(gap)
    made = [_made(some, language) for language, shelf in shelves.items() for some in shelf.heaps]
    return sorted(made, key=lambda each: (-len(each.gaps), each.text))


@dataclass(slots=True)
class _Shelf:
    """Heaps of questions that are alike, and how the first of each heap is spelt and ordered."""

    heaps: list[list[Gap]] = field(default_factory=list)
    spelt: list[str] = field(default_factory=list)
    ordered: list[str] = field(default_factory=list)

    def add(self, gap: Gap) -> None:
        """Lay *gap* on the heap it is like, or begin one; the order of its words may differ."""
        spelt = plain(gap.text)
        ordered = " ".join(sorted(_UNIT.findall(spelt)))
        for here, known in ((spelt, self.spelt), (ordered, self.ordered)):
            found = process.extractOne(here, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
            if found:
                self.heaps[found[2]].append(gap)
                return
        self.heaps.append([gap])
        self.spelt.append(spelt)
        self.ordered.append(ordered)


def _made(gaps: Sequence[Gap], language: str) -> Group:
    texts = Counter(gap.text for gap in gaps)
    text = min(texts, key=lambda each: (-texts[each], len(each), each))
    return Group(key=gaps[0].id[:KEY], text=text, language=language, gaps=tuple(gaps))
