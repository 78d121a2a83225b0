"""The words of a release, in every language it is offered in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from gettext import NullTranslations
from itertools import chain

from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.flow.extract import is_button, synonyms_in
from bot.flow.model import Flow
from bot.flow.placeholders import fill
from bot.wording.catalog import Catalog, read_catalog
from bot.wording.language import SOURCE

Texts = Mapping[str, Mapping[str, str]]
"""Language to wording key to text. Plain, so that a release can be kept with its sessions."""

CATALOG = expression(r"locales/([A-Za-z_]+)/LC_MESSAGES/messages\.po")
"""The names of catalogs; that of the English is not read, which stands in the flows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the flows say in every language, and the catalogs for everything else.

    ``texts`` holds only what is truly translated; the English of a flow stands under ``en``.
    """

    texts: Texts = field(default_factory=dict)
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language there are texts or a catalog for, complete or not."""
        return tuple(dict.fromkeys((*self.texts, *self.catalogs)))

    def say(self, key: str, source: str, language: str, **values: object) -> str:
        """Return the wording *key* in *language*, with its placeholders filled in.

        What has no translation is said as *source*, the English. It never raises.
        """
        text = self.texts.get(language, {}).get(key) or self.text(language, key, source)
        return fill(text, values)

    def text(self, language: str, context: str, message: str) -> str:
        """Return *message* in *language*, or as it is if it has no translation."""
        catalog = self.catalogs.get(language)
        return catalog.texts.get((context, message), message) if catalog else message

    def translations(self, language: str) -> NullTranslations:
        """Return gettext, ngettext, pgettext and npgettext for *language*, for templates."""
        catalog = self.catalogs.get(language)
        return catalog.translations if catalog else NullTranslations()

    def offered(self, languages: Iterable[str], required: Sequence[str]) -> tuple[str, ...]:
        """Return those of *languages* in which every one of the *required* keys can be said."""
        return tuple(language for language in languages if not self.lacking(language, required))

    def lacking(self, language: str, required: Sequence[str]) -> tuple[str, ...]:
        """Return why *language* cannot be offered, one reason a key; empty if it can be."""
        known = self.texts.get(language, {})
        reasons = self._reasons(language)
        return tuple(
            f"{key}: {reasons.get(key, 'not translated')}" for key in required if key not in known
        )

    def _reasons(self, language: str) -> Mapping[str, str]:
        """Return why a translation that is there is not said, by its key."""
        catalog = self.catalogs.get(language)
        if catalog is None:
            return {}
        misspelt = dict.fromkeys(catalog.misspelt, "other {names} than the English")
        outdated = dict.fromkeys(catalog.fuzzy, "to be looked at again")
        return {context: why for (context, _), why in (misspelt | outdated).items()}

    def vocabulary(self, flows: Iterable[Flow]) -> Mapping[str, tuple[str, ...]]:
        """Return, for each answer's key, its label and synonyms in every language.

        People switch languages in mid-sentence, so all of them are understood at all times.
        """
        return {key: self._words(key) for key in required_keys(flows) if is_button(key)}

    def _words(self, key: str) -> tuple[str, ...]:
        """Return the label and the synonyms of the answer *key* in every language."""
        said = self.texts.values()
        labels = [texts[key] for texts in said if key in texts]
        synonyms = [synonyms_in(texts.get(f"{key}.also", "")) for texts in said]
        return tuple(dict.fromkeys([*labels, *chain.from_iterable(synonyms)]))

    def snapshot(self) -> dict[str, dict[str, str]]:
        """Return the flows' texts as plain values, to be kept for sessions of this release."""
        return {language: dict(texts) for language, texts in self.texts.items()}

    def pinned(self, texts: Texts) -> "Wording":
        """Return a wording that says the flows as a kept release did; templates are today's."""
        return replace(self, texts=texts)


def required_keys(flows: Iterable[Flow]) -> tuple[str, ...]:
    """Return the keys of every wording that *flows* can say."""
    return tuple(key for flow in flows for key, _, _ in flow.wordings())


def read_wording(
    texts: Mapping[str, str], flows: Iterable[Flow]
) -> tuple[Wording, tuple[Finding, ...]]:
    """Return the wording of *flows* by the catalogs among *texts*, and what cannot be read.

    *texts* maps file names to their contents. A catalog that cannot be read is a finding and
    its language is not offered; it never keeps the others from speaking.
    """
    catalogs, findings = _read_catalogs(texts)
    sources = {key: text for flow in flows for key, text, _ in flow.wordings()}
    said: dict[str, Mapping[str, str]] = {SOURCE: sources}
    for language, catalog in catalogs.items():
        translated = {key: catalog.texts.get((key, text)) for key, text in sources.items()}
        said[language] = {key: text for key, text in translated.items() if text}
    return Wording(texts=said, catalogs=catalogs), findings


def _read_catalogs(
    texts: Mapping[str, str],
) -> tuple[dict[str, Catalog], tuple[Finding, ...]]:
    catalogs: dict[str, Catalog] = {}
    findings: list[Finding] = []
    for language, file in catalogs_in(texts):
        try:
            catalogs[language] = read_catalog(texts[file], language=language, file=file)
        except FlowError as error:
            findings.extend(error.findings)
    return catalogs, tuple(findings)


def catalogs_in(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the language and the name of each catalog among *files*, in the order of names."""
    for file in sorted(files):
        if (match := CATALOG.fullmatch(file)) and match[1] != SOURCE:
            yield match[1], file
