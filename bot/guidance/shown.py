"""The topics that families are shown: those that nothing is wrong with.

One topic with a fault does not keep Lantern from starting, and is not told to anybody either.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.directory.model import Directory
from bot.domain.errors import Finding, FlowError
from bot.guidance.check import check_shelf
from bot.guidance.index import Keep, keep_nothing
from bot.guidance.model import Topics
from bot.guidance.read import FACTS, NOT_TOPICS, OUT_OF_SCOPE, PAGE, Shelf, read_shelf, topics_on

STILL_TRUE = frozenset({"G107", "G112", "G117", "G124"})
"""Findings that do not touch what is told: a dead link, few ways of asking, an old review, length.

The link is not offered then. To take a right answer away would help nobody; and all topics that
were reviewed on one day would be gone on one day.
"""

NOT_YAML = "F"
"""What a file's findings begin with that could not be read at all."""


Check = Callable[[Shelf, Directory], Iterable[Finding]]
"""What proves all topics; somebody may know what it found when it last read the same."""


def read_shown(
    texts: Mapping[str, str],
    directory: Directory,
    *,
    check: Check = check_shelf,
    keep: Keep = keep_nothing,
) -> Topics:
    """Return the topics in *texts* that may be shown; ``left_out`` has the others' findings.

    Raises:
        FlowError: a file cannot be read at all, or one that all topics rest on is wrong.

    """
    shelf = read_shelf(texts)
    faults = [found for found in shelf.findings if _stops(found)]
    if faults:
        raise FlowError(faults)
    left_out = dict(_left_out(check(shelf, directory)))
    return replace(topics_on(shelf.without(left_out), keep=keep), left_out=left_out)


def _stops(found: Finding) -> bool:
    return found.code.startswith(NOT_YAML) or not _topic_in(found.file)


def _left_out(findings: Iterable[Finding]) -> Iterator[tuple[str, Sequence[Finding]]]:
    by_topic: dict[str, list[Finding]] = {}
    for found in findings:
        topic = _topic_in(found.file)
        if topic and found.code not in STILL_TRUE:
            by_topic.setdefault(topic, []).append(found)
    yield from by_topic.items()


def _topic_in(file: str) -> str:
    """Return the topic whose facts or page *file* is, ``""`` if it is neither."""
    match = FACTS.fullmatch(file) or PAGE.fullmatch(file)
    name = match["topic"] if match else ""
    return "" if name in {*NOT_TOPICS, OUT_OF_SCOPE} else name
