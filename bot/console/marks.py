"""Which words of a text a signal saw."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.signal import Signal

_LEFT_OUT = "…"
_WORD = 16
"""So many characters at most are left out besides, so that no word is cut in two."""


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


def excerpt(text: str, signals: Sequence[Signal], longest: int) -> tuple[Piece, ...]:
    """Cut *text* as :func:`mark` does, and leave out what is more than *longest* characters.

    What remains stands around what was seen first by the order of *signals*, or where nothing was,
    at the beginning; a "…" stands for what is left out on either side.
    """
    start, end = _window(text, signals, longest)
    pieces = [Piece(text=_LEFT_OUT, is_marked=False)] if start else []
    at = 0
    for piece in mark(text, signals):
        cut = piece.text[max(start - at, 0) : max(end - at, 0)]
        pieces += [Piece(text=cut, is_marked=piece.is_marked)] if cut else []
        at += len(piece.text)
    return (*pieces, *([Piece(text=_LEFT_OUT, is_marked=False)] if end < len(text) else ()))


def _window(text: str, signals: Sequence[Signal], longest: int) -> tuple[int, int]:
    """Return from where to where *text* is shown; whole words, where words have spaces."""
    if len(text) <= longest:
        return 0, len(text)
    seen, seen_end = _first_seen(text, signals, longest)
    around = max(longest - (seen_end - seen), 0) // 2
    start = min(max(seen - around, 0), len(text) - longest)
    end = start + longest
    if start and (space := text.find(" ", start - 1, min(start + _WORD, seen))) >= 0:
        start = space + 1
    if end < len(text) and seen_end <= (space := text.rfind(" ", end - _WORD, end + 1)):
        end = space
    return start, end


def _first_seen(text: str, signals: Sequence[Signal], longest: int) -> tuple[int, int]:
    """Return where the first of *signals* saw something, rather than in more than is shown."""
    spans = [span for signal in signals for span in _spans(text, [signal])]
    return min(spans, key=lambda span: span[1] - span[0] > longest, default=(0, 0))


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
