"""What each setting may be; what it may not be raises ValueError with the end of a sentence."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from bot.domain.expression import expression
from bot.flow.strict import hint
from storage.server_url import ServerUrl

LANGUAGES = ("zh_CN", "en")
CONTENT_FOLDERS = ("flows", "locales")
"""Where everything lies that people are told."""

_USUAL_PORTS = {"http": 80, "https": 443}
_TOKEN = expression(r"[0-9]+:[A-Za-z0-9_-]{3,}")
_MISSPELT_ADDRESS = expression(r"(postgres\w*|sqlite)(:|//)|(\w+=\S*\s+)*password=", re.IGNORECASE)
"""Taken for the name of a file, it would be shown with the password in it."""


class Endpoint(NamedTuple):
    """Where a server listens. As text it is ``host:port``."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def read_token(value: object) -> object:
    """Return *value* if it is a bot token."""
    if isinstance(value, str) and not _TOKEN.fullmatch(value):
        text = "is not a bot token: digits, a colon, then letters, digits, - or _"
        raise ValueError(text)
    return value


def read_address(value: object) -> object:
    """Return *value* if it is an address of the web, without a slash at its end."""
    if isinstance(value, str) and value:
        _split(value)
        return value.rstrip("/")
    return value


def read_origin(value: object) -> object:
    """Return *value* as browsers name where a page of it is: small letters, no usual port."""
    if not isinstance(value, str) or not value:
        return value
    parts = _split(value)
    if parts.path.strip("/") or "@" in parts.netloc:
        text = "must be https:// and the name of a host only, without a path"
        raise ValueError(text)
    port = "" if parts.port in {None, _USUAL_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{_host(parts.hostname or '')}{port}"


def _host(name: str) -> str:
    """Return *name* as it is asked for in the network: 小橘灯.cn is xn--yet654awve.cn."""
    if name.isascii():
        return f"[{name}]" if ":" in name else name
    from yarl import URL  # noqa: PLC0415 - hardly any start needs it

    try:
        return URL.build(scheme="https", host=name).raw_host or ""
    except ValueError:
        text = "is not the name of a host"
        raise ValueError(text) from None


def _split(value: str) -> SplitResult:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        text = "is not an address that begins with https:// or http://"
        raise ValueError(text)
    _ = parts.port  # raises ValueError itself if it is no number
    return parts


def read_database(value: object) -> object:
    """Return where the database is: a file, or a server."""
    if not isinstance(value, str):
        return read_file(value)
    scheme, separator, rest = value.partition("://")
    if separator and scheme in {"postgresql", "postgres"}:
        return ServerUrl(value)
    is_misspelt = not separator and _MISSPELT_ADDRESS.match(value)
    if is_misspelt or (separator and scheme != "sqlite"):
        text = "is neither a file nor an address that begins with sqlite:/// or postgresql://"
        raise ValueError(text)
    return read_file(rest.removeprefix("/") if separator else value)


def read_file(value: object) -> object:
    """Return *value* if it names a file."""
    if not isinstance(value, str | Path | None) or not str(value).strip():
        text = "names no file"
        raise ValueError(text)
    return value


def lack_of_content(folder: Path) -> str:
    """Return what keeps *folder* from being one of an organisation's own texts, ``""`` if nothing.

    A folder that is misspelt or not mounted would be as good as none, and so would what the
    organisation tells families.
    """
    try:
        found = {path.name for path in folder.iterdir()}
    except OSError as error:
        return f"the folder {folder} cannot be read ({error.strerror})"
    if found.isdisjoint(CONTENT_FOLDERS):
        return f"the folder {folder} has neither flows/ nor locales/ in it; make one of them"
    return ""


def read_endpoint(value: object) -> object:
    """Return the host and the port that *value* names."""
    if isinstance(value, Endpoint):
        return value
    parts = urlsplit(f"//{value}")
    if not parts.hostname or not parts.port or parts.path or parts.query:
        text = "is not a host and a port"
        raise ValueError(text)
    return Endpoint(parts.hostname, parts.port)


def read_languages(value: object) -> object:
    """Return the codes of the languages that *value* names, each once."""
    words = value.split(",") if isinstance(value, str) else value
    listed = words if isinstance(words, list | tuple) else ()
    codes = tuple(dict.fromkeys(str(word).strip() for word in listed if str(word).strip()))
    if not codes:
        text = "names no language"
        raise ValueError(text)
    for code in codes:
        if code not in LANGUAGES:
            text = f'there is no language "{code}"{hint(code, LANGUAGES)}'
            raise ValueError(text)
    return codes


def read_alarm_urls(value: object) -> object:
    """Split at blanks, as an address may hold commas; each is one that Apprise knows.

    They hold passwords: whoever is told of a wrong one hears its number.
    """
    urls = value.split() if isinstance(value, str) else value
    wrong = _unknown(urls) if isinstance(urls, list | tuple) and urls else []
    if len(wrong) == 1:
        text = f"number {wrong[0]} is no address that Apprise knows"
        raise ValueError(text)
    if wrong:
        *others, last = wrong
        text = f"numbers {', '.join(others)} and {last} are no addresses that Apprise knows"
        raise ValueError(text)
    return urls


def _unknown(urls: Sequence[object]) -> list[str]:
    from apprise import Apprise  # noqa: PLC0415 - a quarter of a second, where nobody uses it

    return [str(number) for number, url in enumerate(urls, 1) if not Apprise().add(str(url))]


def lower(value: object) -> object:
    """Return *value* in small letters."""
    return value.strip().lower() if isinstance(value, str) else value
