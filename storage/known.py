"""What a transaction knows of cases and of what is counted, so that it need not ask again."""

from dataclasses import dataclass, field

from bot.domain.case import Case, CaseBody
from bot.domain.ids import CaseId


@dataclass(slots=True)
class Known:
    """What one transaction has read or written itself, and nobody else can change before its end.

    ``cases`` and ``bodies`` are as they will be once all that waits is written, ``changes`` the
    columns of cases that wait as a change of a row, and not as part of a new one, and ``sealed``
    bodies that were read and not opened yet. ``number`` is that of the last case, ``line`` the
    number and hash of the last line of the audit; both are None until they were read or written.
    """

    cases: dict[CaseId, Case] = field(default_factory=dict)
    bodies: dict[CaseId, CaseBody] = field(default_factory=dict)
    sealed: dict[CaseId, bytes] = field(default_factory=dict)
    changes: dict[CaseId, dict[str, object]] = field(default_factory=dict)
    number: int | None = None
    line: tuple[int, bytes] | None = None
