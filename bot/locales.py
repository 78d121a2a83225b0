"""Keeps the catalogs of translators in step with the flows, templates and pages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.content import content_root, read_text
from bot.domain.errors import Finding, FlowError
from bot.flow.extract import is_key
from bot.flow.model import Flow
from bot.wording.catalog import Entry, entry_of, is_usable, parse_catalog, sources
from bot.wording.check import check_catalog
from bot.wording.language import SOURCE

TEMPLATE = Path("locales/messages.pot")
CATALOG = Path("LC_MESSAGES/messages.po")

_METHODS = [
    ("flows/conversations/*.yaml", "bot.flow.extract:extract_flow"),
    ("bot/**/templates/**.html", "jinja2.ext:babel_extract"),
    ("bot/**/templates/**.txt", "jinja2.ext:babel_extract"),
    ("bot/**.py", "python"),
]
_OPTIONS = {
    "bot/**/templates/**": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
}
_TOLD_WRONGLY = frozenset({"L103", "L106", "L107", "L108", "L109"})
_HEADER = """\
# Lantern's texts: what people are told, and the pages of workers.
# `lantern locales update` keeps it in step with them; only msgstr lines are written by hand.
#"""


def extract(root: Path) -> Path:
    """Write every text that can be translated under *root* to ``locales/messages.pot``.

    The file stays as it is, date and all, if no text or comment changed.

    Raises:
        FlowError: a flow cannot be read.

    """
    found = _found(root)
    path = root / TEMPLATE
    if not path.exists() or _content(_read_template(path)) != _content(found):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, found)
    return path


def update(root: Path, *, adding: str = "") -> tuple[Path, ...]:
    """Bring every catalog in step with the template, and add an empty one for *adding*.

    A text that changed keeps its old translation, marked fuzzy with the old English beside
    it; what is no longer used is dropped, and Git remembers it.

    Raises:
        FlowError: a flow or a catalog cannot be read.

    """
    template = _read_template(extract(root))
    paths = catalogs(root)
    if adding and adding not in paths:
        paths[adding] = root / "locales" / adding / CATALOG
    for language, path in paths.items():
        _update_catalog(path, language, template)
    return tuple(paths.values())


def check(root: Path) -> list[Finding]:
    """Return everything that is wrong with the catalogs under *root*; never raises for it."""
    try:
        found = _found(root)
    except FlowError as error:
        return list(error.findings)
    return sorted([*_check_template(root, found), *_check_catalogs(root, found)])


def check_own(own: Path, flows: Iterable[Flow]) -> Iterator[Finding]:
    """Yield what the catalogs in an organisation's folder *own* would tell wrongly.

    What a catalog lacks, or holds beyond *flows* and Lantern's template, is no fault: it may be a
    copy of an older one. How much it lacks, :func:`lacking_in_own` tells.
    """
    wanted = _empty()
    for message in _read_template(content_root() / TEMPLATE):
        if message.id and not is_key(message.context or ""):
            wanted.add(message.id, context=message.context)
    for key, text, _ in chain.from_iterable(flow.wordings() for flow in flows):
        wanted.add(text, context=key)
    return (found for found in _check_catalogs(own, wanted) if found.code in _TOLD_WRONGLY)


def lacking_in_own(own: Path) -> dict[str, int]:
    """Return of how many texts outside of the flows each catalog in *own* has no translation.

    These are told in English: pages, alerts, and what is said around the conversations. Catalogs
    that cannot be read, and those that lack nothing, are left out.
    """
    template = _read_template(content_root() / TEMPLATE)
    wanted = {entry_of(each) for each in template if each.id and not is_key(each.context or "")}
    return {
        language: count
        for language, path in catalogs(own).items()
        if language != SOURCE and (count := len(wanted - _said_in(path, language, wanted)))
    }


def _said_in(path: Path, language: str, wanted: set[Entry]) -> set[Entry]:
    try:
        said = filter(is_usable, _parse(path, language, str(path)))
    except FlowError:
        return wanted
    return {entry_of(message) for message in said}


def _check_catalogs(root: Path, wanted: Catalog) -> Iterator[Finding]:
    for language, path in catalogs(root).items():
        file = path.relative_to(root).as_posix()
        try:
            yield from check_catalog(_parse(path, language, file), wanted, file=file)
        except FlowError as error:
            yield from error.findings


def catalogs(root: Path) -> dict[str, Path]:
    """Return where each language's catalog stands under *root*."""
    return {path.parts[-3]: path for path in sorted((root / "locales").glob(f"*/{CATALOG}"))}


def is_language(code: str) -> bool:
    """Return whether *code* names a language that is known, such as ``bo`` or ``ug_CN``."""
    try:
        return str(Locale.parse(code)) == code
    except (UnknownLocaleError, ValueError):
        return False


def _found(root: Path) -> Catalog:
    found = _empty()
    try:
        for file, line, message, comments, context in extract_from_dir(
            root, _METHODS, _OPTIONS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            found.add(message, None, [(file, line)], auto_comments=comments, context=context)
    except FlowError as error:
        raise FlowError([_beside(root, finding) for finding in error.findings]) from None
    return found


def _beside(root: Path, finding: Finding) -> Finding:
    return replace(finding, file=finding.file.removeprefix(f"{root.resolve()}/"))


def _empty(language: str | None = None) -> Catalog:
    return Catalog(
        language,
        header_comment=_HEADER,
        project="Lantern",
        version="1",
        msgid_bugs_address="see CONTRIBUTING.md",
        last_translator="see the history of this file",
        language_team="see CONTRIBUTING.md",
        fuzzy=False,
    )


def _content(catalog: Catalog) -> list[tuple[object, ...]]:
    return [
        (message.context, message.id, " ".join(message.auto_comments))
        for message in catalog
        if message.id
    ]


def _read_template(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()))


def _write(path: Path, catalog: Catalog) -> None:
    text = BytesIO()
    write_po(
        text, catalog, width=100, include_lineno=False, include_previous=True, ignore_obsolete=True
    )
    path.write_bytes(text.getvalue())


def _update_catalog(path: Path, language: str, template: Catalog) -> None:
    if path.exists():
        catalog = _parse(path, language, str(path))
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = _empty(language)
    changed = _carry_over(catalog, template)
    catalog.update(template)
    for key, old in changed.items():
        message = catalog.get(*key)
        if message is not None:
            message.previous_id = [old]
    _write(path, catalog)


def _carry_over(catalog: Catalog, template: Catalog) -> dict[tuple[str, str], str]:
    """Give a changed sentence its old translation, marked fuzzy; return the old sentences.

    Babel alone looks for a similar sentence anywhere; here the context says which it was.
    """
    wanted = _alone_in_their_context(template)
    changed: dict[tuple[str, str], str] = {}
    for context, old in _alone_in_their_context(catalog).items():
        if context not in wanted or not old.string:
            continue
        before, now = sources(old)[0], sources(wanted[context])[0]
        if before != now:
            catalog.delete(before, context=context)
            catalog.add(now, old.string, flags=[*old.flags, "fuzzy"], context=context)
            changed[now, context] = before
    return changed


def _alone_in_their_context(catalog: Catalog) -> dict[str, Message]:
    count = Counter(message.context for message in catalog)
    return {
        message.context: message
        for message in catalog
        if message.context and count[message.context] == 1 and len(sources(message)) == 1
    }


def _parse(path: Path, language: str, file: str) -> Catalog:
    try:
        text = read_text(path)
    except FlowError:
        fault = Finding(file=file, line=1, code="L109", text="the file is not UTF-8 text")
        raise FlowError([fault]) from None
    return parse_catalog(text, language=language, file=file)


def _check_template(root: Path, found: Catalog) -> Iterator[Finding]:
    path = root / TEMPLATE
    if not path.exists() or _content(_read_template(path)) != _content(found):
        yield Finding(
            file=TEMPLATE.as_posix(),
            line=1,
            code="L105",
            text="the texts have changed; run `lantern locales update`",
        )
