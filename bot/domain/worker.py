"""Staff who handle cases."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import WorkerId


class Role(StrEnum):
    """What somebody may do; a supervisor may reassign and lower a level."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One named person on the staff."""

    id: WorkerId
    name: str
    role: Role
    language: str
    is_on_duty: bool = True

    @property
    def may_supervise(self) -> bool:
        """Whether they may reassign, lower a level and approve a closing."""
        return self.role is not Role.WORKER


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAddress:
    """Where a worker, or a group of workers (``worker`` is None), is reached."""

    id: str
    channel: str
    where: str
    worker: WorkerId | None
