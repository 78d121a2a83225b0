"""One thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was looked at, how it is, and what to do if it is not as it should be.

    ``advice`` is empty exactly if nothing is wrong.
    """

    name: str
    says: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.advice
