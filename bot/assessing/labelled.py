"""Texts that people wrote and labelled, a line of JSON each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from bot.domain.errors import Finding, FlowError
from bot.domain.level import Level, level_named
from bot.triage.rules import BENIGN, CATEGORIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text and what people say it is.

    ``is_indirect``: no obvious word of danger stands in it. ``twin`` is the text that looks like
    it and means something else. ``half`` is empty, or says which half of a test set it is in.
    """

    id: str
    text: str = field(repr=False)
    level: Level
    categories: tuple[str, ...] = ()
    history: tuple[str, ...] = field(default=(), repr=False)
    language: str = "zh_CN"
    writer: str = "child"
    is_indirect: bool = False
    twin: str = ""
    half: str = ""

    @property
    def is_risk(self) -> bool:
        """Whether a person must hear of it soon."""
        return self.level <= Level.URGENT


def read_labelled(paths: Iterable[Path]) -> tuple[Labelled, ...]:
    """Return every text in the files *paths*, in their order.

    Raises:
        FlowError: lines are not as they should be, or files cannot be read; all are named.

    """
    read: list[Labelled] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            lines = path.read_bytes().splitlines()
        except OSError as error:
            text = f"the file cannot be read ({error.strerror})"
            findings.append(Finding(file=str(path), line=1, code="T902", text=text))
            continue
        for line, content in _filled(lines):
            try:
                read.append(_labelled(orjson.loads(content)))
            except (ValueError, KeyError, TypeError) as error:
                text = f"not a labelled text: {error}"
                findings.append(Finding(file=str(path), line=line, code="T902", text=text))
    findings += [
        Finding(file=str(each), line=1, code="T903", text=f"the id {each} is there twice")
        for each in _twice(one.id for one in read)
    ]
    if findings:
        raise FlowError(findings)
    return tuple(read)


def _filled(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, line


def _labelled(entry: dict[str, Any]) -> Labelled:
    categories = tuple(entry.get("categories", ()))
    unknown = set(categories) - set(CATEGORIES) | set(categories) & {BENIGN}
    if unknown:
        text = f"unknown category {', '.join(sorted(unknown))}"
        raise ValueError(text)
    return Labelled(
        id=str(entry["id"]),
        text=str(entry["text"]),
        level=level_named(entry["level"]),
        categories=categories,
        history=tuple(str(text) for text in entry.get("history", ())),
        language=entry.get("lang", "zh_CN"),
        writer=entry.get("writer", "child"),
        is_indirect=bool(entry.get("indirect", False)),
        twin=entry.get("twin", ""),
        half=entry.get("half", ""),
    )


def _twice(ids: Iterable[str]) -> list[str]:
    return [each for each, count in Counter(ids).items() if count > 1]
