"""Everything that can go wrong on purpose.

No error's text ever contains anything a contact wrote, so it may be logged and shown to staff.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class LanternError(Exception):
    """Something Lantern understands went wrong."""


class ConfigError(LanternError):
    """Lantern must not start. Lists every fault at once."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class NotNowError(ConfigError):
    """Lantern cannot start now; with nothing changed it may later, so it is worth trying again."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One fault in a file that people write: where, which rule, and what to do."""

    file: str
    line: int
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.text}"


class FlowError(LanternError):
    """A flow, topic or word list must not run. Carries all findings at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in sorted(findings)))
        self.findings = tuple(sorted(findings))


class NotAllowedError(LanternError):
    """There is no such thing, or not for you: the same answer for both."""


class RefusedError(LanternError):
    """It cannot be done so; ``missing`` names the field that is to be filled in otherwise."""

    def __init__(self, text: str, *, missing: str) -> None:
        super().__init__(text)
        self.missing = missing


class ConflictError(LanternError):
    """Somebody else changed it first; look again."""

    def __init__(self, text: str, *, by: str = "") -> None:
        super().__init__(text)
        self.by = by


class NotReadError(ConflictError):
    """Something came in that whoever has the case, ``by`` if it is another, has not read."""


class HadItError(ConflictError):
    """Whoever had the case may not have it again; it waits for somebody else."""


class SendError(LanternError):
    """A message could not be handed to its channel."""


class TemporarySendError(SendError):
    """Try again later; ``retry_after`` is in seconds if the channel said so, else 0."""

    def __init__(self, text: str, *, retry_after: float = 0) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class PermanentSendError(SendError):
    """This will never arrive; ``is_dead`` says that nothing sent to the address will.

    ``moved_to`` is the address that has taken its place, ``""`` if none has.
    """

    def __init__(self, text: str, *, is_dead: bool, moved_to: str = "") -> None:
        super().__init__(text)
        self.is_dead = is_dead
        self.moved_to = moved_to
