"""Columns that every table is made of, and the one set of all tables."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
)

_BY_COLUMNS = {kind: f"{kind}_%(table_name)s_%(column_0_N_name)s" for kind in ("ix", "uq", "fk")}
metadata = MetaData(naming_convention={**_BY_COLUMNS, "pk": "pk_%(table_name)s"})

LARGEST_COUNT = 2**31 - 1
"""What a column of whole numbers holds on PostgreSQL; in a file it holds more."""


def key(name: str = "id") -> Column[str]:
    """Return the column of ids that sort by time."""
    return Column(name, String(32), primary_key=True)


def refers(name: str, target: str, *, empty: bool = False) -> Column[str]:
    """Return a column that refers to the id *target*, such as ``cases.id``."""
    return Column(name, String(32), ForeignKey(target), nullable=empty)


def time(name: str, *, empty: bool = False) -> Column[int]:
    """Return a column of microseconds since 1970 UTC."""
    return Column(name, BigInteger, nullable=empty)


def count(name: str, start: int = 0) -> Column[int]:
    """Return a column of whole numbers that begin at *start*."""
    return Column(name, Integer, nullable=False, server_default=str(start))


def word(name: str, *, empty: bool = False) -> Column[str]:
    """Return a column of short words."""
    return Column(name, String(64), nullable=empty)


def sealed(name: str, *, empty: bool = False) -> Column[bytes]:
    """Return a column of what only the right data key opens."""
    return Column(name, LargeBinary, nullable=empty)


def found_by(*, empty: bool = False, unique: bool = False) -> Column[bytes]:
    """Return the column of the keyed hash by which a row is found without being opened."""
    return Column("found_by", LargeBinary, nullable=empty, unique=unique)


def of_contact() -> Column[str]:
    """Return the column that ties a row to one contact, as (part of) its key."""
    return Column("contact", String(32), ForeignKey("contacts.id"), primary_key=True)


def index_where(condition: ColumnElement[bool], name: str, *columns: Column[Any]) -> None:
    """Index *columns* of those rows for which *condition* holds."""
    Index(name, *columns, sqlite_where=condition, postgresql_where=condition)
