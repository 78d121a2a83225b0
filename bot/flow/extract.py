"""Hands a flow's wording to translators, as a method of Babel's extraction."""

from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

from bot.flow.check_wording import LONGEST_BUTTON
from bot.flow.model import Flow, State
from bot.flow.placeholders import placeholders_in
from bot.flow.reader import read_flow

_TEXT_DOTS = 2
_SYNONYMS_DOTS = 4

Extracted = tuple[int, str, tuple[str, str], list[str]]
"""A line, the gettext function it counts as, context and text, and comments for translators."""


def extract_flow(
    file: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[Extracted]:
    """Yield each wording of one flow, with its key as the gettext context.

    Babel calls it with three things that mean nothing for a flow and are not looked at.

    Raises:
        FlowError: the flow cannot be read.

    """
    del keywords, comment_tags, options
    flow = read_flow(file.read().decode(), str(getattr(file, "name", "flow")))
    for key, text, line in flow.wordings():
        yield line, "pgettext", (key, text), list(_comments(flow, key, text))


def is_key(context: str) -> bool:
    """Return whether the gettext *context* is the key of a flow's wording."""
    return context.count(".") >= _TEXT_DOTS and " " not in context


def is_button(key: str) -> bool:
    """Return whether the wording *key* is the label of an answer."""
    return key.split(".")[2:3] == ["answers"] and not is_synonyms(key)


def is_synonyms(key: str) -> bool:
    """Return whether the wording *key* is a list of words people type for an answer."""
    return key.endswith(".also") and key.count(".answers.") > 0 and key.count(".") == _SYNONYMS_DOTS


def synonyms_in(text: str) -> tuple[str, ...]:
    """Return the words of *text*, a list separated by ``|``."""
    return tuple(word for part in text.split("|") if (word := part.strip()))


def _comments(flow: Flow, key: str, text: str) -> Iterator[str]:
    state = flow.states[key.split(".")[1]]
    yield _kind(state, key)
    if names := sorted(placeholders_in(text)):
        yield f"Keep as they are: {' '.join(names)}"
    if state.note:
        yield " ".join(state.note.split())


def _kind(state: State, key: str) -> str:
    if is_button(key):
        question = f', an answer to "{state.ask}"' if state.ask else ""
        return f"Button, at most {LONGEST_BUTTON} characters (Chinese ones count twice){question}"
    if is_synonyms(key):
        answer = state.answers.get(key.split(".")[3], "")
        return f'Words people type for the answer "{answer}", separated by |'
    return {
        "say": "Said to the contact",
        "ask": "A question to the contact",
        "if_unclear": "Said when the reply was not understood",
    }[key.split(".")[2]]
