"""What makes a case more pressing than its signals and answers alone."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """One reason why a case rose a level: kept with the case as it was, and never rewritten.

    ``reason`` says it in every language, a line each; ``words`` are those it was told in, if any.
    """

    id: str
    reason: str
    words: str = field(default="", repr=False)
