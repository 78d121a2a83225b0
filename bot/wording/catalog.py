"""One language's catalog, as translators keep it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from io import BytesIO, StringIO

from babel.core import UnknownLocaleError
from babel.messages import catalog as babel_catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.flow.placeholders import placeholders_in

_LINE = expression(
    r'(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"(?:[^"\\]|\\.)*")?'
)

Entry = tuple[str, str]
"""A gettext context (``""`` for none) and the English text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """One language's translations, without those that may not be used.

    ``texts`` holds what is translated, ``fuzzy`` what a person must look at again, ``misspelt``
    what misspells a placeholder. Neither of these is used: the English is said instead.
    """

    language: str
    texts: Mapping[Entry, str] = field(default_factory=dict)
    fuzzy: frozenset[Entry] = frozenset()
    misspelt: frozenset[Entry] = frozenset()
    translations: NullTranslations = field(default_factory=NullTranslations, repr=False)


def read_catalog(text: str, *, language: str, file: str) -> Catalog:
    """Return the catalog that the ``.po`` file *text* holds.

    Raises:
        FlowError: the file, its header or its plural forms cannot be read (L109).

    """
    entries = parse_catalog(text, language=language, file=file)
    usable = {entry_of(message): message for message in entries if is_usable(message)}
    return Catalog(
        language=language,
        texts={entry: strings(message)[0] for entry, message in usable.items()},
        fuzzy=frozenset(entry_of(message) for message in entries if message.id and message.fuzzy),
        misspelt=frozenset(
            entry_of(message)
            for message in entries
            if message.id and is_translated(message) and not has_same_placeholders(message)
        ),
        translations=compile_catalog(entries.mime_headers, usable.values(), file),
    )


def parse_catalog(text: str, *, language: str, file: str) -> babel_catalog.Catalog:
    """Return Babel's own view of the ``.po`` file *text*, with lines and obsolete entries.

    Raises:
        FlowError: the file or its header cannot be read (L109).

    """
    _check_lines(text, file)
    try:
        entries = read_po(StringIO(text), locale=language, abort_invalid=True)
    except PoFileError as error:
        raise _unreadable(file, error.lineno + 1, str(error)) from None
    except (UnknownLocaleError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise _unreadable(file, 1, f"the header cannot be read: {error}") from None
    if entries.charset.replace("-", "") != "utf8":
        raise _unreadable(file, 1, f'the charset must be utf-8, not "{entries.charset}"')
    return entries


def _check_lines(text: str, file: str) -> None:
    """Refuse what Babel would read as something else, such as a text that is not closed."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(line.strip()):
            raise _unreadable(file, number, "this line is not in the form of a .po file")


def entry_of(message: babel_catalog.Message) -> Entry:
    """Return what identifies *message* in a catalog."""
    return message.context or "", sources(message)[0]


def sources(message: babel_catalog.Message) -> tuple[str, ...]:
    """Return the English text of *message*, and its plural if it has one."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message: babel_catalog.Message) -> tuple[str, ...]:
    """Return the translation of *message*, one text for each plural form."""
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ())


def is_translated(message: babel_catalog.Message) -> bool:
    """Return whether every form of *message* has a translation, fuzzy or not."""
    return bool(strings(message)) and all(strings(message))


def has_same_placeholders(message: babel_catalog.Message) -> bool:
    """Return whether every form of the translation fills in what the English does.

    A form for one thing alone may leave out the number, as the English one may.
    """
    every = frozenset().union(*(placeholders_in(text) for text in sources(message)))
    allowed = {placeholders_in(text) for text in sources(message)} | {every}
    return all(placeholders_in(text) in allowed for text in strings(message))


def is_usable(message: babel_catalog.Message) -> bool:
    """Return whether the translation of *message* may be shown to people."""
    if not message.id or message.fuzzy or not is_translated(message):
        return False
    return has_same_placeholders(message)


def compile_catalog(
    headers: list[tuple[str, str]], usable: Iterable[babel_catalog.Message], file: str
) -> NullTranslations:
    """Return gettext functions over the messages *usable* of a catalog with these *headers*.

    Raises:
        FlowError: the plural forms cannot be used (L109).

    """
    catalog = babel_catalog.Catalog(charset="utf-8", fuzzy=False)
    catalog.mime_headers = headers
    for message in usable:
        catalog.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    try:
        write_mo(compiled, catalog)
        compiled.seek(0)
        return GNUTranslations(compiled)
    except (ValueError, TypeError, KeyError) as error:
        raise _unreadable(file, 1, f"the plural forms cannot be used: {error}") from None


def _unreadable(file: str, line: int, text: str) -> FlowError:
    return FlowError([Finding(file=file, line=line, code="L109", text=text)])
