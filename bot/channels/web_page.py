"""The pages of the web chat, in every language offered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import NullTranslations
from pathlib import Path
from types import MappingProxyType

from aiohttp import web
from babel import Locale, negotiate_locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.channels.web_guard import policy_for
from bot.channels.web_request import LARGEST_FILE, LONGEST_TEXT

_HERE = Path(__file__).parent

_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

NEUTRAL = MappingProxyType(
    {"zh_CN": "https://www.baidu.com/", "en": "https://www.wikipedia.org/"},
)
"""Where the quick exit leads, unless the organisation chose something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number to call when the chat is not enough, and whom it reaches.

    ``night`` says what to call when nobody answers there at night; ``""`` where somebody does.
    Those for an emergency stand on a page that was cleared as well, without a name.
    """

    number: str
    name: str
    night: str = ""
    is_emergency: bool = False

    @property
    def spelt(self) -> str:
        """The number where there is no room for more, with what to call at night."""
        return f"{self.number} ({self.night})" if self.night else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """How the pages look to a family. The first of ``languages`` is used when none fits."""

    languages: Sequence[str]
    phones: Mapping[str, Sequence[Phone]]
    neutral: Mapping[str, str] = field(default_factory=lambda: NEUTRAL)


class Pages:
    """Renders the pages; every file is read once, when this is built.

    The style and the way out stand in each page itself: on a slow line nothing waits for them.
    """

    def __init__(
        self,
        appearance: Appearance,
        translations: Callable[[str], NullTranslations],
    ) -> None:
        self._appearance = appearance
        self._environments = {
            language: _environment(translations(language)) for language in appearance.languages
        }
        self._files = {path.name: path.read_bytes() for path in (_HERE / "static").iterdir()}
        script, style = self._files["leave.js"], self._files["chat.css"]
        self._policy = policy_for(script=script, style=style)
        self._within = {"leave_script": _as_it_is(script), "style": _as_it_is(style)}

    def render(self, name: str, language: str, *, status: int = 200) -> web.Response:
        """Return the page *name* in *language*."""
        template = self._environments[language].get_template(name)
        text = template.render(
            language=language,
            tag=language.replace("_", "-"),
            languages=[(code, _own_name(code)) for code in self._appearance.languages],
            neutral=self._appearance.neutral.get(language, NEUTRAL["en"]),
            phones=self._appearance.phones.get(language, ()),
            longest_text=LONGEST_TEXT,
            largest_file=LARGEST_FILE,
            **self._within,
        )
        response = web.Response(text=text, content_type="text/html", charset="utf-8", status=status)
        response.headers["Content-Security-Policy"] = self._policy
        response.enable_compression()
        return response

    def file(self, name: str) -> web.Response | None:
        """Return the style, script or icon *name*, if there is one."""
        content = self._files.get(name)
        if content is None:
            return None
        media_type = _MEDIA_TYPES[Path(name).suffix]
        response = web.Response(body=content, content_type=media_type, charset="utf-8")
        response.enable_compression()
        return response

    def language_for(self, request: web.Request) -> str:
        """Return the language asked for, else the browser's, else the first."""
        offered = self._appearance.languages
        asked = request.query.get("lang", "")
        if asked in offered:
            return asked
        return negotiate_locale(_accepted(request), offered) or offered[0]

    def known(self, language: str) -> str:
        """Return *language* if it is offered, else ``""``."""
        return language if language in self._appearance.languages else ""


def _as_it_is(content: bytes) -> Markup:
    return Markup(content.decode())  # noqa: S704 - our own file


def _accepted(request: web.Request) -> list[str]:
    header = request.headers.get("Accept-Language", "")
    tags = [part.partition(";")[0].strip() for part in header.split(",")]
    return [tag.replace("-", "_") for tag in tags if tag]


def _own_name(language: str) -> str:
    return (Locale.parse(language).get_language_name() or language).capitalize()


def _environment(translation: NullTranslations) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["pgettext"] = translation.pgettext
    return environment
