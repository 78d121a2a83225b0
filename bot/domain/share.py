"""So many of so many, and how sure one can be of the share."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.96
"""Of the normal distribution: 95 in 100 lie within."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0 of none."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies in 95 of 100 cases (Wilson's score interval)."""
        if not self.of:
            return 0.0, 1.0
        n, p, z = self.of, self.value, _Z
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)
