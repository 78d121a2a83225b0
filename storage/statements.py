"""Statements built once by SQLAlchemy and run on the driver itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, ClauseElement, Dialect, Insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.sql.compiler import SQLCompiler

from storage.schema import metadata

_ORDER = {table: place for place, table in enumerate(metadata.sorted_tables)}
_SQLITE = sqlite.dialect(paramstyle="qmark")
_POSTGRES: Dialect = asyncpg.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True, kw_only=True, eq=False)
class Statement:
    """A statement ready for either driver. Each is only equal to itself."""

    source: ClauseElement = field(repr=False)

    @cached_property
    def for_sqlite(self) -> "Spelling":
        """How it is said to SQLite, with ``?`` for each value."""
        return _spell(self.source.compile(dialect=_SQLITE))

    @cached_property
    def for_postgres(self) -> "Spelling":
        """How it is said to PostgreSQL, with ``$1`` and so on for the values."""
        return _spell(self.source.compile(dialect=_POSTGRES))

    @cached_property
    def rank(self) -> tuple[int, bool]:
        """Where its table stands among all: what others refer to comes before them, new first."""
        table = getattr(self.source, "table", None)
        place = _ORDER.get(table, len(_ORDER)) if table is not None else len(_ORDER)
        return place, not isinstance(self.source, Insert)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A statement as one driver takes it; ``line_up`` puts named values in the order it wants."""

    text: str
    line_up: Callable[[Mapping[str, Any]], tuple[Any, ...]]


def _spell(compiled: Compiled) -> Spelling:
    names = tuple(getattr(compiled, "positiontup", None) or ())
    binds = compiled.binds if isinstance(compiled, SQLCompiler) else {}
    constants = {name: compiled.params[name] for name in names if not _is_asked(binds.get(name))}
    return Spelling(text=str(compiled), line_up=_lining_up(names, constants))


def _is_asked(bound: BindParameter[Any] | None) -> bool:
    return bound is not None and bound.required


def _lining_up(
    names: tuple[str, ...], constants: Mapping[str, Any]
) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) < 2:  # noqa: PLR2004 - an itemgetter of one returns no tuple
        return lambda values: tuple([values.get(name, constants.get(name)) for name in names])
    pick: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*names)
    return (lambda values: pick({**constants, **values})) if constants else pick


def ready(source: ClauseElement) -> Statement:
    """Return *source* as a :class:`Statement`, compiled when it is first used."""
    return Statement(source=source)
