"""What people type has one meaning, in all languages together: they are understood at all times."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from babel.messages.catalog import Message

from bot.domain.errors import Finding
from bot.engine.plain import command, plain
from bot.flow.check_wording import leads_to_the_same
from bot.flow.extract import synonyms_in
from bot.flow.model import ANYWHERE, Flow, State
from bot.flow.paths import start_of
from bot.flow.words import ALWAYS_FLOW
from bot.keeping import proof_kept
from bot.wording.catalog import is_usable, parse_catalog, strings
from bot.wording.wording import Wording, catalogs_in, read_wording

Flows = Mapping[str, Flow]
Vocabulary = Mapping[str, tuple[str, ...]]

Clash = tuple[str, str, str, str]
"""The keys of two answers, the word that means both, and what is wrong with it."""


def read_proved_wording(
    texts: Mapping[str, str], flows: Flows, key: str
) -> tuple[Wording, tuple[Finding, ...]]:
    """Return the wording of *flows*, what cannot be read, and each word with two meanings.

    *key* is the key of all *texts*, under which it is remembered that they are sound.
    """
    wording, faults = read_wording(texts, flows.values())
    clashes = proof_kept("meanings", key, lambda: check_meanings(texts, flows, wording))
    return wording, (*faults, *clashes)


def check_meanings(texts: Mapping[str, str], flows: Flows, wording: Wording) -> Iterator[Finding]:
    """Yield each word of a catalog that means two answers, or an answer and a word of ``always``.

    Two words of the English are left to the checks of the flows.
    """
    vocabulary = wording.vocabulary(flows.values())
    for flow in flows.values():
        for state in flow.states.values():
            clashes = (*_twice(state, vocabulary), *_anywhere(flows, state, vocabulary))
            for clash in clashes:
                yield from _found_in(texts, clash)


def _twice(state: State, vocabulary: Vocabulary) -> Iterator[Clash]:
    heard = _numbered(state, vocabulary)
    for key, word in _typed(state, vocabulary):
        first = heard.setdefault(plain(word), key)
        if first != key:
            text = f'"{word}" already means "{first}" there'
            yield _named(state, key), _named(state, first), word, text


def _typed(state: State, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for key in state.answers:
        for word in vocabulary.get(_named(state, key), ()):
            if plain(word):
                yield key, word


def _named(state: State, key: str) -> str:
    return f"{state.place}.answers.{key}"


def _numbered(state: State, vocabulary: Vocabulary) -> dict[str, str]:
    """Return which answer each number stands for; none where the words say what all mean."""
    numbers = {str(number): key for number, key in enumerate(state.answers, 1)}
    typed = {plain(word) for _, word in _typed(state, vocabulary)}
    return {} if numbers.keys() <= typed else numbers


def _anywhere(flows: Flows, state: State, vocabulary: Vocabulary) -> Iterator[Clash]:
    always = flows.get(ALWAYS_FLOW)
    there = start_of(flows, always) if always else None
    if there is None or state.flow == ALWAYS_FLOW:  # there, its own answers go first
        return
    works = {command(word): key for key, word in _typed(there, vocabulary)}
    for key, word in _typed(state, vocabulary):
        other = works.get(command(word))
        if other and not leads_to_the_same(flows, state, key, (there, other)):
            text = f'"{word}" works anywhere and means "{other}"; use another word here'
            yield _named(state, key), f"{ANYWHERE}.answers.{other}", word, text


def _found_in(texts: Mapping[str, str], clash: Clash) -> Iterator[Finding]:
    """Yield the first place in a catalog where the word of *clash* stands."""
    *answers, word, text = clash
    for answer, (language, file) in product(answers, catalogs_in(texts)):
        entries = parse_catalog(texts[file], language=language, file=file)
        for message in _holding(word, answer, entries):
            says = f"{message.context}: {text}"
            yield Finding(file=file, line=message.lineno or 1, code="L110", text=says)
            return


def _holding(word: str, answer: str, entries: Iterable[Message]) -> Iterator[Message]:
    for message in entries:
        is_of_it = message.context in {answer, f"{answer}.also"} and is_usable(message)
        if is_of_it and plain(word) in map(plain, synonyms_in(strings(message)[0])):
            yield message
