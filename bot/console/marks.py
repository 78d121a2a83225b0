"""Which words of a text a signal saw."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.domain.signal import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text; *is_marked* if a signal saw something there."""

    text: str = field(repr=False)
    is_marked: bool


def mark(text: str, signals: Iterable[Signal]) -> tuple[Piece, ...]:
    """Cut *text* at what *signals* saw in it; the pieces together are *text*, unaltered.

    A signal counts only where its words stand exactly at its positions, so that one that was
    raised by another message marks nothing here.
    """
    pieces = []
    done = 0
    for start, end in _merged(_spans(text, signals)):
        pieces.append(Piece(text=text[done:start], is_marked=False))
        pieces.append(Piece(text=text[start:end], is_marked=True))
        done = end
    pieces.append(Piece(text=text[done:], is_marked=False))
    return tuple(piece for piece in pieces if piece.text)


def is_seen_in(text: str, signals: Iterable[Signal]) -> bool:
    """Whether one of *signals* saw something in *text*."""
    return bool(_spans(text, signals))


def _spans(text: str, signals: Iterable[Signal]) -> list[tuple[int, int]]:
    return sorted(
        (signal.start, signal.end)
        for signal in signals
        if signal.words and text[signal.start : signal.end] == signal.words
    )


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    open_start, open_end = 0, 0
    for start, end in spans:
        if start <= open_end and open_end:
            open_end = max(open_end, end)
            continue
        if open_end:
            yield open_start, open_end
        open_start, open_end = start, end
    if open_end:
        yield open_start, open_end
