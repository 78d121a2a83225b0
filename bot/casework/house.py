"""Everything one running Lantern works with, built once by the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.casework.bell import Bell
from bot.casework.release import Releases
from bot.directory.model import Directory
from bot.domain.ids import Instant
from bot.guidance.model import Topics
from bot.metrics import Metrics
from bot.triage.levels import Levels
from bot.triage.rules import Rules
from bot.wording.wording import Wording
from storage.database import Database

Clock = Callable[[], Instant]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What intake, delivery, desk and watch have in common.

    ``placeholders`` are what the directory fills into wordings, for each language;
    ``languages`` are those offered, the default first; ``address`` is where the web pages are.
    """

    database: Database
    releases: Releases
    wording: Wording
    directory: Directory
    placeholders: Mapping[str, Mapping[str, str]]
    topics: Topics
    rules: Rules
    levels: Levels
    languages: tuple[str, ...]
    address: str
    clock: Clock
    bell: Bell
    metrics: Metrics
