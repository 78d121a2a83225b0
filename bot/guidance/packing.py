"""An index as bytes: what can be kept, so that a start need not make it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from bot.guidance.index import KEYS, PLACES, STARTS, WEIGHTS, Index
from bot.guidance.words import Lexicon

_TYPES: Mapping[str, Any] = {
    "keys": KEYS,
    "telling": WEIGHTS,
    "starts": STARTS,
    "known_to": PLACES,
    "weights": WEIGHTS,
    "wholes": KEYS,
    "whose": PLACES,
}
"""What the arrays of an index hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    lexicon: Lexicon
    topics: tuple[str, ...]
    unknown: float
    needs: Mapping[str, tuple[str, ...]] = field(repr=False)
    arrays: Mapping[str, memoryview] = field(repr=False)


def pack(index: Index) -> bytes:
    """Return *index* as bytes, for the same kind of machine."""
    arrays = {name: memoryview(getattr(index, name).tobytes()) for name in _TYPES}
    packed = _Packed(
        lexicon=index.lexicon,
        topics=index.topics,
        unknown=index.unknown,
        needs=index.needs,
        arrays=arrays,
    )
    return msgspec.msgpack.encode(packed)


def unpack(content: bytes | memoryview) -> Index | None:
    """Return what was *packed*, or nothing if it is anything else.

    Its arrays are looked at where they lie in *content*.
    """
    try:
        packed = msgspec.msgpack.decode(content, type=_Packed)
        arrays: dict[str, Any] = {
            name: packed.arrays[name].cast(kind) for name, kind in _TYPES.items()
        }
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError):
        return None
    index = Index(
        lexicon=packed.lexicon,
        topics=packed.topics,
        unknown=packed.unknown,
        needs=packed.needs,
        **arrays,
    )
    return index if _fits(index) else None


def _fits(index: Index) -> bool:
    """Whether the arrays of *index* belong together, so that none is looked into beyond its end."""
    are_even = (
        len(index.keys) == len(index.telling) == len(index.starts) - 1
        and len(index.known_to) == len(index.weights) == index.starts[-1]
        and len(index.wholes) == len(index.whose)
    )
    last = max(max(index.known_to, default=-1), max(index.whose, default=-1))
    return are_even and last < len(index.topics)
