"""Everything one running Lantern works with, built once by the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.casework.bell import Bell
from bot.casework.reach import Reach
from bot.casework.release import Releases
from bot.directory.hours import Daily
from bot.directory.model import Directory
from bot.domain.ids import Instant
from bot.domain.looking import OwnTexts
from bot.guidance.model import Topics
from bot.handbook.model import Handbook
from bot.learning.model import Learning
from bot.metrics import Metrics
from bot.triage.alarm import AlarmTimes
from bot.triage.follow import Follow
from bot.triage.levels import Levels
from bot.triage.modifiers import Modifiers
from bot.triage.rules import Rules
from bot.wording.wording import Wording
from storage.database import Database

Clock = Callable[[], Instant]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What intake, delivery, desk and watch have in common.

    ``placeholders`` are what the directory fills into wordings, for each language;
    ``languages`` are those offered, the default first; ``address`` is where the web pages are.
    ``heartbeat`` says when the alarm is tested, ``media`` on how many ways outside of Lantern
    staff are told when it fails, and ``reach`` whether it has.
    """

    database: Database
    releases: Releases
    wording: Wording
    directory: Directory
    placeholders: Mapping[str, Mapping[str, str]]
    topics: Topics
    learning: Learning
    handbook: Handbook
    rules: Rules
    levels: Levels
    alarm: AlarmTimes
    follow: Follow
    modifiers: Modifiers
    languages: tuple[str, ...]
    address: str
    clock: Clock
    bell: Bell
    metrics: Metrics
    heartbeat: Daily | None = None
    media: int = 0
    reach: Reach = field(default_factory=Reach)
    own_texts: OwnTexts = field(default_factory=OwnTexts)
