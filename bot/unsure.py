"""What was to be taken out of the outbox, while nobody knows whether it was."""

from collections.abc import Iterable

from bot.domain.ids import SECOND, Instant

LEASE = 120 * SECOND
"""How long a message is taken out of everybody else's hands while it is sent."""


class Unsure:
    """The ends of leases whose commit is under way, or was never answered; each tells them apart.

    What was taken until such a moment may be taken on disk although nobody sends it.
    """

    def __init__(self) -> None:
        self._ends: set[int] = set()

    def __bool__(self) -> bool:
        """Whether there is any such lease."""
        return bool(self._ends)

    def begin(self, now: Instant) -> int:
        """Return until when a lease of *now* holds; that is unsure from here on."""
        end = now + LEASE
        while end in self._ends:
            end += 1
        self._ends.add(end)
        return end

    def but(self, end: int) -> frozenset[int]:
        """Return all ends but *end*: what is leased until then in its transaction nobody sends."""
        return frozenset(self._ends - {end})

    def settle(self, ends: Iterable[int]) -> None:
        """Forget *ends*, of which it is known now."""
        self._ends.difference_update(ends)
