"""Asking for many values with one statement: of few lengths, so that few statements are made."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BindParameter, bindparam

T = TypeVar("T")
AT_ONCE = 64


def shares(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield *values*, no more than AT_ONCE together."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def size_for(count: int) -> int:
    """Return for how many values the statement is that asks for *count*."""
    return 1 << max(0, count - 1).bit_length()


def asked(size: int) -> list[BindParameter[Any]]:
    """Return what stands in a statement for *size* values."""
    return [bindparam(name) for name in _names(size)]


def answered(values: Sequence[T]) -> dict[str, T]:
    """Return *values* by what stands for them, the first of them for what is left over."""
    size = size_for(len(values))
    padded = [*values, *[values[0]] * (size - len(values))]
    return dict(zip(_names(size), padded, strict=True))


@cache
def _names(size: int) -> tuple[str, ...]:
    return tuple([f"v{number}" for number in range(size)])
