"""What happened with a case, as its log tells it: whether its contact left, or is back."""

from bot.domain.case import OK, Case, Decided, Entry, EntryKind
from bot.domain.ids import CaseId
from bot.domain.place import Place
from bot.domain.values import Value
from storage import case_log
from storage.database import Transaction

LEFT, CAME_BACK, ERASED = "left", "came_back", "asked_to_erase"
ERASED_ELSEWHERE = "asked_to_erase_elsewhere"
"""The phone the case has moved away from was erased: its contact is still there."""

IN_DANGER = "danger_after_leaving"
SAFETY_NOTED = "safety_"
"""How it begins that a worker noted whether it is safe to write to them."""

TAKEN, SAFE_AGAIN = "phone_taken", f"{SAFETY_NOTED}{OK}"

_LOOKED_AT = 500


class Happened(Value, frozen=True, kw_only=True):
    """What happened with one case, the oldest of it first."""

    entries: tuple[Entry, ...]

    @property
    def leaving(self) -> Entry | None:
        """That its contact chose to leave; None if they did not, or have come back since."""
        return self._newest(LEFT, CAME_BACK)

    @property
    def has_told_of_danger(self) -> bool:
        """Whether danger was told since they left, or had all erased."""
        return self._newest(IN_DANGER, LEFT, ERASED, CAME_BACK) is not None

    @property
    def asked_to_erase(self) -> bool:
        """Whether they asked where they are answered that all be erased, and are not back."""
        return self._newest(ERASED, CAME_BACK) is not None

    @property
    def may_be_taken(self) -> bool:
        """Whether somebody else seemed to have taken the phone, and may have it still.

        That ends with the code, or where a worker notes that they said it is safe to write.
        """
        return self._newest(TAKEN, CAME_BACK, SAFE_AGAIN) is not None

    @property
    def decided(self) -> Decided | None:
        """What was decided last."""
        for entry in reversed(self.entries):
            if entry.text.startswith("decided:"):
                _, decision, _, reason = entry.text.split(":", 3)
                return Decided(by=entry.author, decision=decision, reason=reason.strip())
        return None

    def is_left_behind(self, case: Case, place: Place) -> bool:
        """Whether they left or had all erased, and have not typed the code at *place* since.

        What they write there does not count: it may be somebody else who has the phone now.
        """
        if not any(entry.text in {LEFT, ERASED} for entry in self.entries):
            return False
        is_back = self._newest(CAME_BACK, LEFT, ERASED) is not None
        return not is_back or case.address != place.address

    def _newest(self, what: str, *others: str) -> Entry | None:
        """Return the last entry of *what*, None if one of the *others* came after it, or none."""
        known = {what, *others}
        last = next((entry for entry in reversed(self.entries) if entry.text in known), None)
        return last if last is not None and last.text == what else None


async def what_happened(tx: Transaction, case_id: CaseId) -> Happened:
    """Return what the log of the case has of it, by its newest entries."""
    entries = await case_log.read_last(tx, case_id, EntryKind.STATUS, most=_LOOKED_AT)
    return Happened(entries=entries)
