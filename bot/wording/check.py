"""What is wrong with one language's catalog."""

from collections.abc import Callable, Iterable, Iterator
from unicodedata import east_asian_width

from babel.messages.catalog import Catalog, Message

from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.flow.check_wording import LONGEST_BUTTON
from bot.flow.extract import is_button, is_key, is_synonyms, synonyms_in
from bot.flow.placeholders import placeholders_in, without_placeholders
from bot.wording.catalog import (
    Entry,
    compile_catalog,
    entry_of,
    has_same_placeholders,
    is_translated,
    is_usable,
    sources,
    strings,
)

_TAG = expression(r"</?[a-z][^<>]*>")
_WORD = expression(r"[A-Za-z]{3,}")
_HAN = expression(r"[\u3400-\u9fff]")
_OWN_NAMES = frozenset({"English"})
"""What a language calls itself, so that its speakers find it."""

Fault = tuple[str, str]
"""A finding's code and text, before its place is known."""


def check_catalog(catalog: Catalog, template: Catalog, *, file: str) -> Iterator[Finding]:
    """Yield everything that keeps *catalog* from being a faithful translation of *template*."""
    entries = {entry_of(message): message for message in catalog if message.id}
    wanted = {entry_of(message): message for message in template if message.id}
    for entry in wanted.keys() - entries.keys():
        yield _finding(file, 1, ("L101", f"{_named(entry)} is not there; update the catalogs"))
    for entry, message in (*entries.items(), *_obsolete(catalog)):
        if entry not in wanted or entry not in entries:
            fault = ("L104", f"{_named(entry)} is no longer used; update the catalogs")
            yield _finding(file, message.lineno or 1, fault)
        else:
            for found in _faults(message, str(catalog.locale)):
                yield _finding(file, message.lineno or 1, found)
    yield from _ambiguous(entries, file)
    yield from _check_plural_forms(catalog, file)


def _obsolete(catalog: Catalog) -> Iterator[tuple[Entry, Message]]:
    for message in catalog.obsolete.values():
        yield ("", ""), message


def _finding(file: str, line: int, fault: Fault) -> Finding:
    return Finding(file=file, line=line, code=fault[0], text=fault[1])


def _named(entry: Entry) -> str:
    context, source = entry
    if is_key(context) or not source:
        return context or "this entry"
    return f'"{source}" ({context})' if context else f'"{source}"'


def _faults(message: Message, language: str) -> Iterator[Fault]:
    name = _named(entry_of(message))
    if not is_translated(message):
        yield "L101", f"{name} is not translated"
        return
    if message.fuzzy:
        yield "L102", f"{name}: the English changed; look at it and take out the word fuzzy"
    if not has_same_placeholders(message):
        yield "L103", f"{name} {_placeholder_difference(message)}"
    for source, text in _forms(message):
        for code, is_wrong, says in _RULES:
            if is_wrong(source, text, message.context or "", language):
                yield code, f"{name} {says}"


def _placeholder_difference(message: Message) -> str:
    ours = frozenset().union(*(placeholders_in(text) for text in sources(message)))
    theirs = frozenset().union(*(placeholders_in(text) for text in strings(message)))
    lost, strange = sorted(ours - theirs), sorted(theirs - ours)
    parts = [f"lacks {' '.join(lost)}"] if lost else []
    parts += [f"has {' '.join(strange)}, which the English has not"] if strange else []
    return " and ".join(parts) or "has its placeholders in the wrong form"


def _forms(message: Message) -> Iterable[tuple[str, str]]:
    plural = sources(message)[-1]
    return [
        (plural if index else sources(message)[0], text)
        for index, text in enumerate(strings(message))
    ]


def _is_too_long(_source: str, text: str, context: str, _language: str) -> bool:
    return is_button(context) and _width(text) > LONGEST_BUTTON


def _width(text: str) -> int:
    """Return how many Latin letters take as much room: a Chinese character counts twice."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _is_spaced_differently(source: str, text: str, _context: str, _language: str) -> bool:
    ours = (source[: len(source) - len(source.lstrip())], source[len(source.rstrip()) :])
    return ours != (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :])


def _is_marked_differently(source: str, text: str, _context: str, _language: str) -> bool:
    return sorted(_TAG.findall(source)) != sorted(_TAG.findall(text))


def _is_left_in_english(source: str, text: str, context: str, language: str) -> bool:
    """Tell by the script: a sentence of English words without one Chinese character."""
    if not language.startswith("zh") or is_synonyms(context) or _HAN.search(text):
        return False
    if text in _OWN_NAMES:
        return False
    words = _WORD.findall(_TAG.sub("", without_placeholders(text)))
    return len(words) > 1 or (bool(words) and text == source and is_button(context))


_RULES: tuple[tuple[str, Callable[[str, str, str, str], bool], str], ...] = (
    ("L106", _is_too_long, f"is a button and longer than {LONGEST_BUTTON} characters"),
    ("L107", _is_spaced_differently, "begins or ends with other spaces than the English"),
    ("L107", _is_marked_differently, "has other markup than the English"),
    ("L108", _is_left_in_english, "seems to be left in English"),
)


def _ambiguous(entries: dict[Entry, Message], file: str) -> Iterator[Finding]:
    """Yield each word that would mean two answers of the same question."""
    meant: dict[tuple[str, str], str] = {}
    for (key, _), message in entries.items():
        if not (is_button(key) or is_synonyms(key)):
            continue
        question, answer = key.split(".answers.")
        for word in synonyms_in(strings(message)[0]):
            other = meant.setdefault((question, word.lower()), answer.removesuffix(".also"))
            if other != answer.removesuffix(".also"):
                fault = ("L110", f'{key}: "{word}" already means "{other}" there')
                yield _finding(file, message.lineno or 1, fault)


def _check_plural_forms(catalog: Catalog, file: str) -> Iterator[Finding]:
    try:
        compile_catalog(catalog.mime_headers, filter(is_usable, catalog), file)
    except FlowError as error:
        yield from error.findings
