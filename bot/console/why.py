"""What was seen in the words of a case, each kind of it once, with all that says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.console.marks import is_seen_in
from bot.desk.grounds import kind_of
from bot.domain.level import Level, worse
from bot.domain.signal import Signal

_SEAM = " "
"""Stands between texts that are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason, as *signal* gives it, and all the *words* for which it was given."""

    signal: Signal
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One *kind* of what was seen, at its highest *level*, and every reason for it.

    *words* are the longest stretches of all of them: what stands within another is not repeated.
    """

    kind: str
    level: Level
    words: tuple[str, ...] = field(repr=False)
    reasons: tuple[Reason, ...]


def seen_in(signals: Sequence[Signal], said: Sequence[str] = ()) -> tuple[Seen, ...]:
    """Return what *signals* saw, each kind once, the most pressing first; no reason is lost.

    What began in an earlier one of the texts *said* is quoted from where it began, on a line of
    its own.
    """
    kinds: dict[str, list[Signal]] = {}
    for signal in sorted(signals, key=lambda signal: signal.level):
        kinds.setdefault(kind_of(signal), []).append(_whole(signal, said))
    return tuple(_seen(kind, found) for kind, found in kinds.items())


def _whole(signal: Signal, said: Sequence[str]) -> Signal:
    """Return *signal* with its words as they stand over several of *said*, if they can be found."""
    if not signal.before:
        return signal
    for number, text in enumerate(said):
        reach = signal.before - len(_SEAM)
        if len(_SEAM.join(said[:number])) >= reach and is_seen_in(text, [signal]):
            begun = _ends(said[:number], reach)
            return replace(signal, words="\n".join((*begun, signal.words)))
    return signal


def _ends(said: Sequence[str], reach: int) -> Sequence[str]:
    """Return the last *reach* characters of *said*, still parted as they were."""
    ends = list[str]()
    for text in reversed(said):
        if reach <= 0:
            break
        ends.append(text[-reach:].strip())
        reach -= len(text) + len(_SEAM)
    return [*reversed(ends)]


def _seen(kind: str, signals: Sequence[Signal]) -> Seen:
    return Seen(
        kind=kind,
        level=worse(*(signal.level for signal in signals)),
        words=_longest(signal.words for signal in signals),
        reasons=_each_once(signals),
    )


def _each_once(signals: Sequence[Signal]) -> tuple[Reason, ...]:
    """Return one of those of *signals* that say the same, the most pressing, with all its words."""
    found: dict[tuple[str, str], tuple[Signal, dict[str, None]]] = {}
    for signal in signals:
        _, words = found.setdefault((signal.reason, signal.read_as), (signal, {}))
        if signal.words:
            words[signal.words] = None
    return tuple(Reason(signal=signal, words=tuple(words)) for signal, words in found.values())


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    """Return each of *words* once, without those that stand within another."""
    each, longest = list(dict.fromkeys(words)), list[str]()
    for told in sorted(each, key=len, reverse=True):
        if told and not any(told in other for other in longest):
            longest.append(told)
    return tuple(told for told in each if told in longest)
