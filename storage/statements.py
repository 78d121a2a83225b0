"""Statements built once by SQLAlchemy and run on the driver itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import BindParameter, ClauseElement, Dialect
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.sql.compiler import SQLCompiler

from storage.schema import metadata

_ORDER = {table: place for place, table in enumerate(metadata.sorted_tables)}
_SQLITE = sqlite.dialect(paramstyle="named")
_POSTGRES: Dialect = asyncpg.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True, kw_only=True, eq=False)
class Statement:
    """A statement ready for either driver. Each is only equal to itself."""

    source: ClauseElement = field(repr=False)

    @cached_property
    def _compiled(self) -> tuple[str, dict[str, Any]]:
        compiled = self.source.compile(dialect=_SQLITE)
        known = {name for name, bound in _binds(compiled).items() if not bound.required}
        return str(compiled), {
            name: value for name, value in compiled.params.items() if name in known
        }

    @cached_property
    def _numbered(self) -> tuple[str, tuple[tuple[str, Any], ...]]:
        compiled = self.source.compile(dialect=_POSTGRES)
        places = getattr(compiled, "positiontup", None) or ()
        return str(compiled), tuple((name, compiled.params[name]) for name in places)

    @property
    def sql(self) -> str:
        """The text for SQLite, with ``:name`` for each value."""
        return self._compiled[0]

    @property
    def numbered_sql(self) -> str:
        """The text for PostgreSQL, with ``$1`` and so on for the values."""
        return self._numbered[0]

    @cached_property
    def rank(self) -> int:
        """Where its table stands among all: what others refer to comes before them."""
        table = getattr(self.source, "table", None)
        return _ORDER.get(table, len(_ORDER)) if table is not None else len(_ORDER)

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* with the constants of the statement added."""
        constants = self._compiled[1]
        return {**constants, **values} if constants else dict(values)

    def line_up(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return *values* and the constants of the statement in the order of their numbers."""
        return tuple([values.get(name, constant) for name, constant in self._numbered[1]])


def _binds(compiled: Compiled) -> Mapping[str, BindParameter[Any]]:
    return compiled.binds if isinstance(compiled, SQLCompiler) else {}


def ready(source: ClauseElement) -> Statement:
    """Return *source* as a :class:`Statement`, compiled when it is first used."""
    return Statement(source=source)
