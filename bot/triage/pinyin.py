"""A text typed in pinyin, the sounds of Chinese, is read as the characters that it stands for.

Which those are is found as an input method finds them: the likeliest way through all characters
of these sounds, by how often one follows the other (Viterbi 1967) in texts that people wrote.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import log

from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.once import once
from bot.triage.plain import STOP

FILE = "flows/triage/pinyin.tsv"

MOST_CHARACTERS = 16
"""Of so many characters of a sound, the most usual, one may be meant."""

_MOST_WAYS = 12
"""So many ways to read what came before are followed further."""

_LONGEST = 6
"""No sound has more letters: zhuang, chuang, shuang."""

_LEAST_SOUNDS = 3
"""What has fewer sounds than that may be any word of any language."""

_MOST_OTHERS = 0.25
"""So much of the letters may be no sounds: names, or misspelt."""

_LEAST_LIKELY = -7.2
"""How likely, as a logarithm, each character is at least, where it is Chinese that was typed."""

_SELDOM = 5.0
_NEVER_SEEN = 1e-7
_SHORTER = 1.0
"""How much less likely two short sounds are than a long one: xi'an is written less than xian."""

_BETWEEN = " '’"
"""What stands between sounds, and is not read."""

_IMPOSSIBLE = expression(r"[bdfhjklmpqtwxy](?![aeiouvü])|[zcs](?![haeiou])")
"""What stands in no sound; where much of it is, it is another language, or initials."""

_SOME = 12
"""Of so many signs one may be impossible, and one more: a name, or a slip of the finger."""

_PIECES = expression(r"[a-zü]+|[^a-zü]+")
_WORDS = expression(r"[a-zü]+")
_CJK = expression(r"[\u4e00-\u9fff]")
_FOLLOWER = expression(r"([\u4e00-\u9fff])([0-9]+)")
_OF_A_SOUND = r"[a-z]{1,6}\t[\u4e00-\u9fff]+\n"
_OF_A_CHARACTER = r"[。\u4e00-\u9fff]\t(?:[\u4e00-\u9fff][0-9]+)+\n"
_AS_WRITTEN = expression(f"(?:#[^\n]*\n)*(?:{_OF_A_SOUND})+(?:{_OF_A_CHARACTER})+")

_Way = tuple[float, str]
"""How likely it is, as a logarithm, and what was read on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How often each character was seen right behind another, and how likely it is anywhere."""

    behind: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]
    anywhere: Mapping[str, float]

    def likeliest(self, characters: str, ways: Sequence[_Way]) -> Iterator[_Way]:
        """Yield for each of *characters* the likeliest of *ways* with it behind."""
        lasts = [(read[-1:] if read[-1:] in self.behind else STOP) for _, read in ways]
        seen = [self.behind[last] for last in lasts]
        known = [
            (score - log(self.totals[last] + _SELDOM), read)
            for (score, read), last in zip(ways, lasts, strict=True)
        ]
        for character in characters:
            seldom = _SELDOM * self.anywhere.get(character, _NEVER_SEEN)
            score, read = max(
                (score + log(counts.get(character, 0) + seldom), read)
                for (score, read), counts in zip(known, seen, strict=True)
            )
            yield score, read + character


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinyin:
    """The characters of each sound, the most usual first, and how likely each is behind another."""

    version: str
    sounds: Mapping[str, str] = field(repr=False)
    chances: Callable[[], Chances] = field(repr=False)

    def read(self, text: str) -> str:
        """Return *text* in characters; nothing, if it is not mostly typed in pinyin.

        What stands in it in characters stays, and so do digits and words that are no sounds.
        """
        written = text.casefold()
        if len(_IMPOSSIBLE.findall(written)) > 1 + len(written) // _SOME:
            return ""
        if not self._sounds_chinese(_WORDS.findall(written)):
            return ""
        ways: Sequence[_Way] = [(0.0, "")]
        for piece in _PIECES.findall(written):
            if piece.strip(_BETWEEN):
                said = self._spoken(piece.replace("ü", "v"), ways)
                ways = said or [_as_it_is(piece, max(ways))]
        likeliest, read = max(ways)
        count = len(_CJK.findall(read)) - len(_CJK.findall(text))
        is_chinese = count >= _LEAST_SOUNDS and likeliest >= _LEAST_LIKELY * count
        return read if is_chinese else ""

    def _sounds_chinese(self, words: Sequence[str]) -> bool:
        """Whether nearly all letters of *words* are sounds; most other texts are soon found out."""
        left = _MOST_OTHERS * sum(map(len, words))
        for word in words:
            if not self._is_sounds(word):
                left -= len(word)
                if left < 0:
                    return False
        return bool(words)

    def _is_sounds(self, word: str) -> bool:
        ends = {0}
        for start in range(len(word)):
            if start in ends:
                stops = range(start + 1, min(start + _LONGEST, len(word)) + 1)
                ends.update(stop for stop in stops if word[start:stop] in self.sounds)
        return len(word) in ends

    def _spoken(self, word: str, ways: Sequence[_Way]) -> Sequence[_Way]:
        """Return the likeliest ways to read *word* behind *ways*; none if it is no sounds."""
        chances, reached = self.chances(), [dict[str, _Way]() for _ in word]
        for start in range(len(word)):
            before = [*reached[start - 1].values()] if start else ways
            likeliest = sorted(before, reverse=True)[:_MOST_WAYS]
            for stop in range(start + 1, min(start + _LONGEST, len(word)) + 1 if before else 0):
                characters = self.sounds.get(word[start:stop], "")
                for score, read in chances.likeliest(characters, likeliest):
                    known = reached[stop - 1].get(read[-1])
                    if known is None or known[0] < score - _SHORTER:
                        reached[stop - 1][read[-1]] = score - _SHORTER, read
        return [*reached[-1].values()]


def _as_it_is(piece: str, way: _Way) -> _Way:
    """Return *way* with *piece* behind it as it stands."""
    likely, read = way
    return likely, f"{read} {piece} " if _WORDS.fullmatch(piece) else read + piece.strip(" ")


def read_pinyin(text: str, *, file: str = FILE) -> Pinyin:
    """Return how pinyin is read, as *text* says, the contents of *file*.

    Raises:
        FlowError: *text* is not as ``lantern triage train`` writes it.

    """
    if not _AS_WRITTEN.fullmatch(text):
        problem = "this file is not as lantern triage train wrote it; write it again, or remove it"
        raise FlowError([Finding(file=file, line=1, code="T907", text=problem)])
    lines = [line.partition("\t")[::2] for line in text.splitlines() if line[0] != "#"]
    sounds = {sound: characters for sound, characters in lines if sound.isascii()}
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Pinyin(
        version=version, sounds=sounds, chances=once(partial(_chances_in, lines[len(sounds) :]))
    )


def _chances_in(lines: Iterable[tuple[str, str]]) -> Chances:
    behind = {
        before: {character: int(count) for character, count in _FOLLOWER.findall(followers)}
        for before, followers in lines
    }
    counts = Counter[str]()
    for followers in behind.values():
        counts.update(followers)
    return Chances(
        behind=behind,
        totals={before: sum(followers.values()) for before, followers in behind.items()},
        anywhere={character: count / counts.total() for character, count in counts.items()},
    )


def write_pinyin(spoken: Iterable[tuple[str, Sequence[str]]], about: Sequence[str]) -> str:
    """Return as the text of a file how pinyin is read.

    *spoken* are pieces of texts, nothing but characters, each with the sounds of its characters;
    *about* goes in front.
    """
    sounds, behind = (
        defaultdict[str, Counter[str]](Counter),
        defaultdict[str, Counter[str]](Counter),
    )
    for piece, heard in spoken:
        for character, sound in zip(piece, heard, strict=True):
            sounds[sound][character] += 1
        for before, character in zip(STOP + piece, piece, strict=False):
            behind[before][character] += 1
    lines = [f"# {line}" for line in about]
    lines += [
        f"{sound}\t{''.join(most for most, _ in _most(characters)[:MOST_CHARACTERS])}"
        for sound, characters in sorted(sounds.items())
    ]
    lines += [
        f"{before}\t{''.join(f'{each}{count}' for each, count in _most(followers))}"
        for before, followers in sorted(behind.items())
    ]
    return "\n".join(lines) + "\n"


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return *counts*, the most first, in an order that never depends on chance."""
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))
