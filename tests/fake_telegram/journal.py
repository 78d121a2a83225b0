"""What the bot asked for, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fake_telegram.clock import WITHIN, Pulse


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Bot API, as it came in and as it was answered; ``code`` is HTTP's."""

    method: str
    parameters: Mapping[str, Any]
    code: int
    answer: Mapping[str, Any] = field(repr=False)
    at: float


class Journal:
    """The calls that were answered; a test reads it or waits for a line in it."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self.lines: list[Call] = []

    def note(self, call: Call) -> None:
        """Add *call* at the end."""
        self.lines.append(call)
        self._pulse.beat()

    def calls(self, method: str, *, code: int | None = None) -> Sequence[Call]:
        """Return the calls of *method*, or only those that were answered with *code*."""
        return [call for call in self.lines if call.method == method and code in {None, call.code}]

    async def wait_for(
        self, method: str, *, count: int = 1, code: int | None = None, within: float = WITHIN
    ) -> Sequence[Call]:
        """Return the calls of *method* once there are *count* of them.

        Raises:
            AssertionError: there were fewer.

        """
        try:
            await self._pulse.until(lambda: len(self.calls(method, code=code)) >= count, within)
        except TimeoutError:
            said = [f"{call.code} {call.method}" for call in self.lines]
            raise AssertionError(f"waited for {count} x {method} ({code}), saw {said}") from None
        return self.calls(method, code=code)
