"""Words that mean much the same when danger is told, in every language under one name."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.domain.errors import Finding, FlowError
from bot.flow.strict import Node, parse
from bot.triage.plain import make_plain

FILE = "flows/triage/concepts.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concepts:
    """The words of every concept, ready to be found in a text that is plain.

    ``version`` changes with the file they were read from.
    """

    version: str
    by_words: Mapping[tuple[str, ...], str] = field(repr=False)
    lengths: Mapping[str, Sequence[int]] = field(repr=False)
    """How many words the entries of ``by_words`` have that begin with one, the longest first."""

    runs: AhoCorasick = field(repr=False)
    by_run: Sequence[str] = field(repr=False)
    """The concept of each run of characters that ``runs`` looks for."""

    def in_words(self, words: Sequence[str]) -> list[str]:
        """Return the concepts of *words* in Latin letters, in their order; the longest counts."""
        found, behind = list[str](), 0
        for place, word in enumerate(words):
            if place < behind:
                continue
            for length in self.lengths.get(word, ()):
                concept = self.by_words.get(tuple(words[place : place + length]))
                if concept is not None:
                    found.append(concept)
                    behind = place + length
                    break
        return found

    def in_characters(self, run: str) -> list[str]:
        """Return the concepts in *run* of Chinese characters, in their order."""
        return [self.by_run[number] for number, _, _ in self.runs.find_matches_as_indexes(run)]


def read_concepts(text: str, *, file: str = FILE) -> Concepts:
    """Return the concepts that *text*, the contents of *file*, lists.

    Raises:
        FlowError: a word stands in two lists, or the file has another form (T501, T502).

    """
    findings = list[Finding]()
    homes: dict[str, str] = {}
    for name, node in parse(text, file).block.get("concepts", Node(value="", line=1)).block.items():
        for language in node.block.values():
            for word in language.text.split(" | "):
                plain = make_plain(word).text
                if not plain:
                    findings.append(_fault(file, language.line, "T501", "a word is empty"))
                elif homes.setdefault(plain, name) != name:
                    says = f'"{word}" already stands under {homes[plain]}'
                    findings.append(_fault(file, language.line, "T502", says))
    if not homes:
        findings.append(_fault(file, 1, "T501", "there are no concepts"))
    if findings:
        raise FlowError(findings)
    return _concepts(homes, hashlib.sha256(text.encode()).hexdigest()[:6])


def _concepts(homes: Mapping[str, str], version: str) -> Concepts:
    by_words = {tuple(word.split()): name for word, name in homes.items() if word.isascii()}
    runs = [word for word in homes if not word.isascii()]
    lengths: dict[str, set[int]] = {}
    for words in by_words:
        lengths.setdefault(words[0], set()).add(len(words))
    return Concepts(
        version=version,
        by_words=by_words,
        lengths={word: sorted(each, reverse=True) for word, each in lengths.items()},
        runs=AhoCorasick(runs, matchkind=MatchKind.LeftmostLongest),
        by_run=[homes[run] for run in runs],
    )


def _fault(file: str, line: int, code: str, text: str) -> Finding:
    return Finding(file=file, line=line, code=code, text=text)
