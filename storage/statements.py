"""Statements built once by SQLAlchemy and run on the driver itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import ClauseElement
from sqlalchemy.dialects import sqlite

from storage.schema import metadata

_ORDER = {table: place for place, table in enumerate(metadata.sorted_tables)}
_SQLITE = sqlite.dialect(paramstyle="named")


@dataclass(frozen=True, kw_only=True, eq=False)
class Statement:
    """A statement ready for the driver; values are bound by name. Each is only equal to itself."""

    source: ClauseElement = field(repr=False)

    @cached_property
    def _compiled(self) -> tuple[str, dict[str, Any]]:
        compiled = self.source.compile(dialect=_SQLITE)
        return str(compiled), dict(compiled.params)

    @property
    def sql(self) -> str:
        """The text, with ``:name`` for each value."""
        return self._compiled[0]

    @cached_property
    def rank(self) -> int:
        """Where its table stands among all: what others refer to comes before them."""
        table = getattr(self.source, "table", None)
        return _ORDER.get(table, len(_ORDER)) if table is not None else len(_ORDER)

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* with the constants of the statement added."""
        return {**self._compiled[1], **values}


def ready(source: ClauseElement) -> Statement:
    """Return *source* as a :class:`Statement`, compiled when it is first used."""
    return Statement(source=source)
