"""A return code for a new case, in whose words no sign of risk is seen by chance.

院子 沙漠 sounds like a word for suicide: whoever typed that code would be taken to be in danger.
"""

import secrets
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.casework.house import House
from bot.directory.return_code import WORDS_IN_A_CODE, CodeWords, return_code_text
from bot.triage.closely import is_in_doubt
from bot.triage.rules import Rules
from bot.triage.signals import glance

Code = tuple[int, ...]

MOST_TRIES = 20
"""Of so many codes the last is taken as it is: rules of an own may see something in all words."""

_CALLED = {"en": "my code is {}", "zh_CN": "我的口令是 {}"}


def new_code(house: House) -> Code:
    """Return a code by chance that is taken for nothing but a code when it is typed."""
    words = house.directory.code_words
    return first_calm(islice(_by_chance(len(words)), MOST_TRIES), words, house.rules)


def first_calm(codes: Iterable[Code], words: CodeWords, rules: Rules) -> Code:
    """Return the first of *codes* in which no sign of risk is seen, or else the last."""
    code: Code = ()
    for code in codes:
        if not any(_is_suspect(text, rules) for text in _typed(code, words)):
            break
    return code


def _by_chance(count: int) -> Iterator[Code]:
    while True:
        yield tuple(secrets.randbelow(count) for _ in range(WORDS_IN_A_CODE))


def _typed(code: Code, words: CodeWords) -> Iterator[str]:
    """Yield how *code* is typed most often, alone and with what is written around it."""
    for language in words[0].spellings:
        text = return_code_text(code, language, words)
        yield text
        yield _CALLED.get(language, "{}").format(text)


def _is_suspect(text: str, rules: Rules) -> bool:
    seen = glance(text, rules)
    return bool(seen.signals) or is_in_doubt(text, seen, rules)
