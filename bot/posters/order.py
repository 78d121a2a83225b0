"""What a poster is ordered with, proved before anything is drawn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from bot.domain.expression import expression
from bot.posters.draw import SIZES

LONGEST_URL = 120
"""Characters of an address that can still be typed from a wall, and scanned from a card."""

_THIS_COMPUTER, _THIS_HOUSE = "this computer", "this house's network"
_TELEGRAM = expression(r"@?([A-Za-z][A-Za-z0-9_]{4,31})")
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_NAME = expression(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_NUMBER = expression(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?")
"""What ends in a number is an address of numbers, and has to be a whole one."""

_OF_A_HOUSE = ("local", "lan", "internal", "home.arpa", "home", "corp", "intranet", "localdomain")
"""Names under which nothing can be found outside of a house's own network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A poster to be made; ``telegram`` is a name without its ``@``, or ``""``.

    A trial may name an address that only this computer or this house reaches.
    """

    language: str
    url: str
    telegram: str
    size: str
    is_trial: bool = False


def faults_of(order: Order, languages: Sequence[str]) -> list[str]:
    """Return everything that is wrong with *order*, as whoever gave it can mend it."""
    return [
        fault
        for fault in (
            _language(order.language, languages),
            _url(order.url) or _reach(order.url, is_trial=order.is_trial),
            _telegram(order.telegram),
            _size(order.size),
        )
        if fault
    ]


def telegram_name(text: str) -> str:
    """Return the name that *text* spells, with or without ``@``; as it is if it is none."""
    found = _TELEGRAM.fullmatch(text)
    return found[1] if found else text


def _language(language: str, languages: Sequence[str]) -> str:
    if language in languages:
        return ""
    return f'--lang: there is no language "{language}"; there are {", ".join(languages)}'


def _url(url: str) -> str:
    if not url:
        return "--url: say where the web chat is, or set LANTERN_PUBLIC_ADDRESS"
    advice = "write it like https://lantern.example.org"
    try:
        parts = urlsplit(url)
        is_sound = (
            parts.scheme in {"https", "http"}
            and _is_host(parts.hostname or "")
            and "@" not in parts.netloc
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        is_sound = False
    if not is_sound or re.search(r"\s", url) or not url.isascii():
        return f'--url: "{url}" is not an address; {advice}'
    if len(url) > LONGEST_URL:
        return f"--url: at most {LONGEST_URL} characters can be typed from a wall"
    return ""


def _is_host(host: str) -> bool:
    return _address(host) is not None or (
        _NAME.fullmatch(host) is not None and (_NUMBER.fullmatch(host) is None or "." not in host)
    )


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _reach(url: str, *, is_trial: bool) -> str:
    """Return what is wrong with an address that no family's phone can open."""
    host = urlsplit(url).hostname or ""
    where = _where_alone(host)
    if not where or is_trial:
        return ""
    return (
        f"--url: {host} is reached from {where} only, and from no family's phone; "
        "name the public address, or add --trial to print it all the same"
    )


def _where_alone(host: str) -> str:
    """Return from where alone *host* is reached, ``""`` if from everywhere."""
    name = host.removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return _THIS_COMPUTER
    address = _address(name)
    if address is None:
        is_of_a_house = "." not in name or name.endswith(tuple(f".{end}" for end in _OF_A_HOUSE))
        return _THIS_HOUSE if is_of_a_house else ""
    if address.is_loopback or address.is_unspecified:
        return _THIS_COMPUTER
    return "" if address.is_global else _THIS_HOUSE


def _telegram(name: str) -> str:
    if not name or _TELEGRAM.fullmatch(name):
        return ""
    return f'--telegram: "{name}" is not a name on Telegram; write it like @lantern_bot'


def _size(size: str) -> str:
    return "" if size in SIZES else f'--size: "{size}" is not known; there are {", ".join(SIZES)}'
