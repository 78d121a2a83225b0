"""Finds the files of an organisation's own folder that nobody reads, and no one knows it."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from bot.building import CONVERSATIONS, MOVED
from bot.content import content_root, names_in
from bot.directory.places import FILE as PLACES
from bot.directory.read import CODE_WORDS, HELPLINES, ORGANISATION, PHRASES, QUEUES
from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.guidance.read import FACTS, PAGE
from bot.handbook.read import FILE as HANDBOOK
from bot.handbook.read import PAGE as HANDBOOK_PAGE
from bot.learning.read import EVENINGS, HOURS, QUIZ, RIGHTS
from bot.risk_check import TRIAGE
from bot.triage.close import FOR_ONE, NETWORK, TABLE
from bot.triage.opinion import FILE as OPINION
from bot.triage.pinyin import FILE as PINYIN
from bot.wording.language import SOURCE
from bot.wording.wording import CATALOG

_FILES = frozenset(
    {HELPLINES, ORGANISATION, QUEUES, PHRASES, CODE_WORDS, PLACES}
    | {RIGHTS, EVENINGS, QUIZ, HOURS, HANDBOOK}
    | {PINYIN, OPINION, TABLE, NETWORK, "locales/messages.pot"}
    | {name for each in FOR_ONE for name in (each.file, each.pieces)}
)
_LIKE = (
    expression(rf"(?:{CONVERSATIONS}|{CONVERSATIONS}/tests|{MOVED}|{TRIAGE})/[^/]+\.yaml"),
    expression(rf"{TRIAGE}/examples/[^/]+\.jsonl"),
    FACTS,
    PAGE,
    expression(r"locales/\w+/learning/(?:rights|evenings|quiz)\.md"),
    HANDBOOK_PAGE,
    expression(rf"(?!locales/{SOURCE}/){CATALOG.pattern}"),
)
_LEFT_BY_PROGRAMS = expression(r".*(?:~|\.mo|/Thumbs\.db|/desktop\.ini)")
_YML = expression(r"\.yml$", re.IGNORECASE)
_CLOSE = 0.85


def find_strays(own: Path) -> Iterator[Finding]:
    """Yield each file in *own* that nobody reads (F013), with the name that may be meant."""
    known = names_in(content_root())
    for name in names_in(own):
        if not _is_read(name) and not _LEFT_BY_PROGRAMS.fullmatch(name):
            meant = _meant(name, known)
            advice = f'did you mean "{meant}"? If not, take' if meant else "take"
            text = f"nobody reads this file; {advice} it out of here"
            yield Finding(file=name, line=1, code="F013", text=text)


def _is_read(name: str) -> bool:
    return name in _FILES or any(like.fullmatch(name) for like in _LIKE)


def _meant(name: str, known: list[str]) -> str:
    """Return the name that is read and differs in its spelling only, or is near by; else ``""``."""
    spelt = name.replace("-", "_")
    tried = [_YML.sub(".yaml", each) for each in (spelt, spelt.lower())]
    files = {each.rpartition("/")[2]: each for each in known if each.startswith("flows/")}
    last = tried[-1].rpartition("/")[2]
    near = [files[each] for each in get_close_matches(last, files, n=1, cutoff=_CLOSE)]
    return next((each for each in (*tried, *near) if _is_read(each)), "")
