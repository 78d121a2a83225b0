"""One thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was looked at, how it is, and what to do if it is not as it should be.

    ``advice`` is empty exactly if there is nothing to do. What only has to be looked at
    *is_warning*: it is not wrong, and not as it should be either.
    """

    name: str
    says: str
    advice: str = ""
    is_warning: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.advice or self.is_warning
