"""Words of which some must be in a text for a pattern to match, for many patterns at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from bot.triage.pattern import Pattern

BETWEEN = "\0"
"""What stands between words in one text; it stands in no word."""

Hit = tuple[int, int, int]
"""Which word was found, and where it starts and ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words, and what each is to which pattern, as plain data.

    ``words`` are one text, with BETWEEN between them: 140,000 texts would leave gaps in memory.
    ``reaches`` says of whom a word may be the anchor, and how many characters of a match may
    stand before and after it; ``reach_of`` says for each word at which place that stands: many
    words are anchors of the same patterns. ``needs`` says for each pattern of which words one must
    be in the match as well, the rarest first; nothing if an anchor is all that is asked for. Of the
    patterns ``everywhere`` nothing is known.
    """

    words: str
    reaches: tuple[tuple[Hit, ...], ...]
    reach_of: tuple[int, ...]
    needs: tuple[tuple[frozenset[int], ...], ...]
    everywhere: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """The same, ready to be looked for; ``owners`` and ``reaches`` have a place for each word."""

    words: AhoCorasick
    owners: tuple[tuple[int, ...], ...]
    reaches: tuple[tuple[Hit, ...], ...]
    needs: tuple[tuple[frozenset[int], ...], ...]
    everywhere: tuple[int, ...]

    def find(self, text: str) -> tuple[list[Hit], set[int]]:
        """Return all words in *text*, in the order of their ends, and the patterns left by them.

        A pattern that is not among those cannot match in *text*.
        """
        hits = self.words.find_matches_as_indexes(text, overlapping=True)
        found = {hit[0] for hit in hits}
        owners, needs = self.owners, self.needs
        near = {
            number
            for word in found
            for number in owners[word]
            if not needs[number] or not needs[number][0].isdisjoint(found)
        }
        return hits, {number for number in near if not _lacks_one(needs[number], found)}


def _lacks_one(needs: Sequence[frozenset[int]], found: set[int]) -> bool:
    """Whether of one of *needs* no word was *found*."""
    return any(need.isdisjoint(found) for need in needs)


def make_clues(words: Words) -> Clues:
    """Return *words*, ready to be looked for."""
    automaton = AhoCorasick(
        words.words.split(BETWEEN) if words.reach_of else (),
        matchkind=MatchKind.Standard,
        implementation=Implementation.ContiguousNFA,
        store_patterns=False,
    )
    owners = [tuple([number for number, _, _ in reach]) for reach in words.reaches]
    return Clues(
        words=automaton,
        owners=tuple([owners[place] for place in words.reach_of]),
        reaches=tuple([words.reaches[place] for place in words.reach_of]),
        needs=words.needs,
        everywhere=words.everywhere,
    )


def words_of(
    patterns: Sequence[Pattern],
    *,
    spell: Callable[[str], str] = str,
    most_needs: int = 1,
    needs_an_anchor: bool = False,
) -> Words:
    """Return the words of *patterns*, for texts that are spelt as *spell* spells a word.

    Of what a pattern needs, no more than *most_needs*; few words are found faster. One that needs
    nothing else *needs_an_anchor* where a part of a text is looked at, which may hold none.
    """
    reaches: dict[str, set[Hit]] = {}
    needs, everywhere = list[tuple[frozenset[str], ...]](), list[int]()
    for number, pattern in enumerate(patterns):
        anchors = _spelt(pattern.anchors.words, spell)
        others = [_spelt(need, spell) for need in pattern.needs[:most_needs]]
        reach = number, pattern.anchors.lead, pattern.anchors.trail
        for word in anchors:
            reaches.setdefault(word, set()).add(reach)
        nothing = (anchors,) if needs_an_anchor else ()
        needs.append(tuple(need for need in others if need) or nothing)
        if not anchors:
            everywhere.append(number)
    for word in (word for each in needs for need in each for word in need):
        reaches.setdefault(word, set())
    places = {word: place for place, word in enumerate(reaches)}
    of_each = [tuple(sorted(reach)) for reach in reaches.values()]
    different = {reach: place for place, reach in enumerate(dict.fromkeys(of_each))}
    return Words(
        words=BETWEEN.join(reaches),
        reaches=tuple(different),
        reach_of=tuple([different[reach] for reach in of_each]),
        needs=tuple(
            tuple(frozenset([places[word] for word in need]) for need in each) for each in needs
        ),
        everywhere=tuple(everywhere),
    )


def _spelt(words: frozenset[str], spell: Callable[[str], str]) -> frozenset[str]:
    """Return *words* as they are spelt, or none if one of them is nothing then."""
    spelt = words if spell is str else frozenset(map(spell, words))
    return frozenset() if "" in spelt else spelt
