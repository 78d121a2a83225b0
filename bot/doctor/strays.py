"""Whether every file of the organisation's own folder is read."""

from collections.abc import Sequence
from pathlib import Path

from bot.doctor.check import Check
from bot.strays import find_strays

_NAMED = 5


def check_strays(own: Path | None) -> Sequence[Check]:
    """Return which files in *own* nobody reads; nothing where there is no such folder."""
    if own is None:
        return []
    strays = [found.file for found in find_strays(own)]
    if not strays:
        return [Check(name="own files", says="each is read")]
    more = f" and {len(strays) - _NAMED} more" if len(strays) > _NAMED else ""
    says = f"nobody reads {', '.join(strays[:_NAMED])}{more}"
    return [Check(name="own files", says=says, advice="run: lantern flows check", is_warning=True)]
