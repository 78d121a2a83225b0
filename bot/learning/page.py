"""Reading a question of the quiz off its page."""

from collections.abc import Iterator, Sequence

from bot.directory.sections import PageSection
from bot.learning.model import Wording

_ANSWER, _TOLD = "- ", "> "


def wording_of(section: PageSection) -> Wording:
    """Return the question that *section* holds: the answers after ``-``, how it is after ``>``."""
    lines = [line for _, line in section.lines]
    asked = [line for line in lines if line and line[:2] not in {_ANSWER, _TOLD}]
    return Wording(
        asked="\n".join(asked),
        answers=tuple(_after(lines, _ANSWER)),
        told="\n".join(_after(lines, _TOLD)),
    )


def _after(lines: Sequence[str], mark: str) -> Iterator[str]:
    return (line.removeprefix(mark) for line in lines if line.startswith(mark))
