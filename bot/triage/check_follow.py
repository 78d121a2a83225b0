"""Whether all that the table of what follows names is there, and all that is there is named."""

from collections.abc import Iterator, Mapping, Sequence

from bot.directory.model import Directory
from bot.domain.errors import Finding
from bot.flow.model import FELT, Flow, State
from bot.flow.strict import hint
from bot.flow.words import ALWAYS_FLOW
from bot.triage.follow import Follow, Words, all_words
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.rules import BENIGN, CATEGORIES

HELPLINES = "{helplines}"
"""Where the helplines stand in what is said; nothing else fills it in."""


def check_follow(
    follow: Follow, flows: Mapping[str, Flow], directory: Directory, file: str
) -> Iterator[Finding]:
    """Yield what *follow*, read from *file*, and the flow ``always`` do not tell each other."""
    always = flows[ALWAYS_FLOW].states if ALWAYS_FLOW in flows else {}
    for words in all_words(follow):
        for text in (*_strangers(words, always), *_unknown_lines(words, directory)):
            yield Finding(file=file, line=words.line, code="T404", text=text)
        has_lines = bool(words.helplines) or words is follow.again
        for text in _misplaced(words, always, has_lines=has_lines):
            yield Finding(file=file, line=words.line, code="T405", text=text)
    named = {state for words in all_words(follow) for state in words.states}
    for flow in flows.values():
        for state in flow.states.values():
            for code, text in _unnamed(state, named):
                yield Finding(file=flow.file, line=state.line, code=code, text=text)


def check_hints(follow: Follow, rules: Sequence[str], file: str) -> Iterator[Finding]:
    """Yield which rules that *follow*, read from *file*, names are none of the *rules* there are.

    What the second opinion reads may stand among the hints too, by its category.
    """
    categories = [category for category in CATEGORIES if category != BENIGN]
    opinions = {f"{SECOND_OPINION}.{category}" for category in categories}
    named = (
        *(name for name in follow.hints if name not in opinions),
        *follow.adults,
        *follow.apart,
        *follow.unnamed,
    )
    for name in named:
        if name not in rules:
            text = f'there is no rule "{name}"{hint(name, rules)}'
            yield Finding(file=file, line=follow.hints_line, code="T404", text=text)
    for name in follow.guesses:
        if name not in categories:
            text = f'there is no category "{name}"{hint(name, categories)}'
            yield Finding(file=file, line=follow.hints_line, code="T404", text=text)


def _strangers(words: Words, always: Mapping[str, State]) -> Iterator[str]:
    for state in words.states:
        if state not in always or not always[state].say:
            yield f'"always" says nothing under "{state}"{hint(state, always)}'


def _unknown_lines(words: Words, directory: Directory) -> Iterator[str]:
    for line in words.helplines:
        if line not in directory.helplines:
            yield f'there is no helpline "{line}"{hint(line, directory.helplines)}'


def _misplaced(words: Words, always: Mapping[str, State], *, has_lines: bool) -> Iterator[str]:
    for states in (words.child, words.adult, words.friend or words.child):
        said = "".join(always[state].say for state in states if state in always)
        if said.count(HELPLINES) != has_lines:
            where = " and ".join(states)
            yield f"{HELPLINES} must stand once in {where} if helplines are named, else never"


def _unnamed(state: State, named: set[str]) -> Iterator[tuple[str, str]]:
    is_named = state.flow == ALWAYS_FLOW and state.name in named
    if state.flow == ALWAYS_FLOW and state.name.startswith(FELT) and not is_named:
        yield "T406", f'nothing in the table of what follows says "{state.name}"'
    if HELPLINES in f"{state.say}{state.ask}{state.if_unclear}" and not is_named:
        yield "T406", f"{HELPLINES} is filled in only in what follows a signal"
