"""Which of the offered languages suits somebody."""

from collections.abc import Sequence

from babel.core import get_global

SOURCE = "en"
"""The language in which flows and templates are written."""


def best_language(hint: str, offered: Sequence[str]) -> str:
    """Return the code of *offered* that suits *hint*, by default the first.

    *hint* is whatever a channel says: ``zh-hans``, ``en-GB`` or a browser's
    ``zh-TW,zh;q=0.9,en;q=0.8``. The same script goes before the same language.
    """
    for wanted in _wishes(hint):
        for is_match in (_is_same, _has_same_script, _has_same_language):
            for code in offered:
                if is_match(wanted, code):
                    return code
    return offered[0] if offered else SOURCE


def _wishes(hint: str) -> list[str]:
    return [code for part in hint.split(",") if (code := _tidy(part.partition(";")[0]))]


def _tidy(code: str) -> str:
    return code.strip().replace("-", "_").lower()


def _is_same(wanted: str, code: str) -> bool:
    return wanted == _tidy(code)


def _has_same_script(wanted: str, code: str) -> bool:
    return _has_same_language(wanted, code) and _script(wanted) == _script(code)


def _has_same_language(wanted: str, code: str) -> bool:
    return _tidy(wanted).partition("_")[0] == _tidy(code).partition("_")[0]


def _script(code: str) -> str:
    language, *rest = _tidy(code).split("_")
    for part in rest:
        if len(part) == len("Hans"):
            return part
    likely = get_global("likely_subtags")
    full = next((likely[key] for key in _keys(language, rest) if key in likely), "")
    return full.split("_")[1].lower() if full.count("_") else ""


def _keys(language: str, rest: Sequence[str]) -> list[str]:
    return ["_".join((language, *(part.upper() for part in rest))), language]
