"""What somebody on the staff may be called."""

from unicodedata import category

from bot.domain.errors import ConfigError

_LONGEST = 80
"""The column's width."""

_UNSEEN = {"Cc", "Cf", "Cs"}
"""The kinds of signs that move or turn the text around them, and cannot be typed again."""

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Fillers of Korean and a braille cell without dots: letters and signs that look like a blank."""


def name_of(name: str) -> str:
    """Return *name* as it is kept: with one blank wherever there are some.

    Raises:
        ConfigError: nobody can have it.

    """
    bare = " ".join(name.split())
    if not bare or len(bare) > _LONGEST:
        raise ConfigError([f"a name has 1 to {_LONGEST} characters"])
    return bare


def new_name(name: str) -> str:
    """Return *name* as it is kept from now on, if colleagues can see and type all of it.

    Raises:
        ConfigError: nobody can have it, or somebody could not be told from another by it.

    """
    bare = name_of(name)
    if any(sign in _BLANK or category(sign) in _UNSEEN for sign in bare):
        raise ConfigError(["a name has signs in it that nobody sees; type it anew"])
    if not any(sign.isalnum() for sign in bare):
        raise ConfigError(["a name has at least one letter or digit in it"])
    return bare
