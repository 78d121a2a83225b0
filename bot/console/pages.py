"""Renders the desk's pages in a worker's language."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files

from aiohttp import web
from babel import Locale, UnknownLocaleError
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.console.marks import excerpt, mark
from bot.console.spoken import Spoken
from bot.desk.grounds import kind_of
from bot.domain.case import Entry
from bot.domain.modifier import Modifier
from bot.domain.signal import Signal
from bot.triage.signals import explain
from bot.wording.language import SOURCE, best_language

STATIC = {
    "desk.css": "text/css",
    "case.js": "text/javascript",
    "desk.js": "text/javascript",
    "back.js": "text/javascript",
    "drafts.js": "text/javascript",
    "desk.svg": "image/svg+xml",
}
"""The files that the pages use, and what each is."""


class Pages:
    """The templates, one environment for each language; nothing is read after the start."""

    def __init__(self, spoken: Spoken, languages: Sequence[str]) -> None:
        self._spoken = spoken
        self.files = {name: _static(name) for name in STATIC}
        stamp = hashlib.sha256(b"".join(self.files.values())).hexdigest()[:12]
        self._environments = {
            language: _environment(language, spoken, stamp, languages) for language in languages
        }

    def page(
        self, name: str, language: str, values: Mapping[str, object], *, status: int = 200
    ) -> web.Response:
        """Return the page of template *name* with *values*."""
        text = self._environment(language).get_template(name).render(values)
        return web.Response(text=text, content_type="text/html", status=status)

    def asks(self, state: str, language: str) -> bool:
        """Whether *state* is a question that is still asked."""
        return bool(self._spoken.question(language, state))

    def is_chosen(self, entry: Entry) -> bool:
        """Whether *entry* only chooses a button under the question it answers."""
        asked = (SOURCE, entry.state, entry.text)
        return bool(self._spoken.tapped(*asked) or self._spoken.numbered(*asked))

    def language_for(self, request: web.Request) -> str:
        """Return the language that fits a browser best, for pages before the sign-in."""
        return best_language(request.headers.get("Accept-Language", ""), list(self._environments))

    def _environment(self, language: str) -> Environment:
        return self._environments.get(language) or next(iter(self._environments.values()))


def see(address: str) -> web.Response:
    """Send the browser to *address* with a GET."""
    return web.Response(status=303, headers={"Location": address})


def _static(name: str) -> bytes:
    return files("bot.console").joinpath("static", name).read_bytes()


def _environment(
    language: str, spoken: Spoken, stamp: str, languages: Sequence[str]
) -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.console"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    catalog = spoken.wording.translations(language)
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(catalog, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        language=language.replace("_", "-"),
        stamp=stamp,
        others=[
            (each, _language_name(each, shown_in=each)) for each in languages if each != language
        ],
        mark=mark,
        excerpt=excerpt,
        explain=partial(_explain, language),
        kind_of=kind_of,
        question=partial(spoken.question, language),
        chosen=partial(spoken.chosen, language),
        spoken=partial(spoken.told, language),
        tapped=partial(spoken.tapped, language),
        numbered=partial(spoken.numbered, language),
        language_name=partial(_language_name, shown_in=language),
    )
    return environment


def _explain(language: str, signal: Signal | Modifier) -> str:
    return explain(signal, language)


def _language_name(language: str, *, shown_in: str) -> str:
    try:
        return Locale.parse(language).get_language_name(shown_in) or language
    except (ValueError, UnknownLocaleError):
        return language
