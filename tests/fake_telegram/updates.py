"""Updates that wait to be fetched or pushed."""

from collections.abc import Collection
from dataclasses import dataclass

from fake_telegram.clock import Pulse
from fake_telegram.mischief import Mischief
from fake_telegram.refusal import conflict

FIRST_ID = 700_000_001
MOST = 100
LONGEST_POLL = 50
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One update; ``body`` is what goes over the wire."""

    id: int
    body: object


class Updates:
    """Keeps updates until they are confirmed; one poll at a time, the newest one wins."""

    def __init__(self, pulse: Pulse, mischief: Mischief) -> None:
        self._pulse = pulse
        self._mischief = mischief
        self._next_id = FIRST_ID
        self._poll = 0
        self._polls_waiting = 0
        self._is_closed = False
        self.allowed: frozenset[str] = frozenset()
        self.waiting: list[Waiting] = []

    def add(self, kind: str, body: object) -> int:
        """Queue an update of *kind* if the bot wants such, and return its number."""
        number = self._next_id
        if self._is_wanted(kind):
            self.add_raw({"update_id": number, kind: body})
        else:
            self._next_id += 1
        return number

    def add_raw(self, body: object) -> int:
        """Queue exactly *body*, however malformed, and return its number."""
        number = self._next_id
        self._next_id += 1
        self.waiting.append(Waiting(id=number, body=body))
        self._pulse.beat()
        return number

    @property
    def next_id(self) -> int:
        """The number the next update will have."""
        return self._next_id

    def _is_wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def choose(self, kinds: Collection[str] | None) -> None:
        """From now on queue only *kinds*; none at all means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def confirm(self, offset: int) -> None:
        """Forget what is older than *offset*; a negative one counts from the end."""
        if offset < 0:
            self.waiting = self.waiting[offset:]
        else:
            self.waiting = [update for update in self.waiting if update.id >= offset]
        self._pulse.beat()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[object]:
        """Wait for updates from *offset* on, and return them without forgetting them.

        Raises:
            RefusalError: another poll began meanwhile.

        """
        self._poll += 1
        mine = self._poll
        self._polls_waiting += 1
        self.confirm(offset)
        try:
            await self._pulse.until(lambda: self._has_news(mine), min(seconds, LONGEST_POLL))
        except TimeoutError:
            return []
        finally:
            self._polls_waiting -= 1
        if mine != self._poll:
            raise conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        return [update.body for update in self.batch(max(1, min(limit, MOST)))]

    @property
    def is_polled(self) -> bool:
        """Whether somebody waits for the next update."""
        return self._polls_waiting > 0

    def _has_news(self, poll: int) -> bool:
        return self._is_closed or poll != self._poll or bool(self.waiting)

    def batch(self, limit: int) -> list[Waiting]:
        """Return the oldest waiting updates, arranged as the mischief of the moment wants."""
        batch = self.waiting[:limit]
        if batch and self._mischief.repeat_batches:
            self._mischief.repeat_batches -= 1
            batch = [update for update in batch for _ in range(2)]
        if batch and self._mischief.reverse_batches:
            self._mischief.reverse_batches -= 1
            batch.reverse()
        return batch

    def forget(self, update: Waiting) -> None:
        """Forget *update*: the webhook has taken it."""
        self.waiting = [other for other in self.waiting if other.id != update.id]
        self._pulse.beat()

    def close(self) -> None:
        """Let every waiting poll go home."""
        self._is_closed = True
        self._pulse.beat()
