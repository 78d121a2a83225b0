"""The ``{names}`` in a text that are filled in when it is said."""

from collections.abc import Mapping

from bot.domain.expression import expression

_FLOW = expression(r"\{([a-z_]+)\}")
_BRACES = expression(r"\{[a-z_]+\}|[{}]")
_TEMPLATE = expression(r"%\([a-z_]+\)[sd]|%%|%")
_NONE: frozenset[str] = frozenset()


def placeholders_in(text: str) -> frozenset[str]:
    """Return the placeholders of *text* as they are spelt there: ``{name}`` or ``%(name)s``.

    A lone ``%`` or brace counts as one: it breaks the filling-in, or is a name that is misspelt.
    """
    if not ("{" in text or "}" in text or "%" in text):
        return _NONE
    spelt = {match.group() for match in (*_BRACES.finditer(text), *_TEMPLATE.finditer(text))}
    return frozenset(spelt - {"%%"})


def names_in(text: str) -> frozenset[str]:
    """Return the names in braces that are filled into *text*."""
    return frozenset(_FLOW.findall(text)) if "{" in text else frozenset()


def fill(text: str, values: Mapping[str, object]) -> str:
    """Return *text* with each ``{name}`` replaced by its value.

    Only whole names count: nothing inside a value or an attribute is ever looked up, and a
    name without a value stays as it is, so that it is seen in a test and never raises.
    """
    return _FLOW.sub(lambda match: str(values.get(match[1], match[0])), text)


def without_placeholders(text: str) -> str:
    """Return *text* without its placeholders, as it would be read aloud."""
    return _TEMPLATE.sub("", _FLOW.sub("", text))
