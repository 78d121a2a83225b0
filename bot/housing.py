"""The house that every part of a running Lantern works in, built once."""

import time

from bot.building import Book
from bot.casework.bell import Bell
from bot.casework.house import Clock, House
from bot.casework.release import Releases
from bot.config import Settings
from bot.directory.say import placeholder_values
from bot.domain.errors import ConfigError
from bot.domain.ids import Instant
from bot.domain.looking import OwnTexts
from bot.metrics import Metrics
from bot.triage.rules import with_own_texts
from storage.database import Database


def wall_clock() -> Instant:
    """Return what time it is."""
    return Instant(time.time_ns() // 1000)


def open_house(
    settings: Settings, book: Book, database: Database, clock: Clock = wall_clock
) -> House:
    """Return what every part of Lantern works with; nothing is written yet.

    Raises:
        ConfigError: a language is not complete.

    """
    _check_complete(book, settings.languages)
    bell = Bell()
    database.on_commit(lambda touched: bell.ring(*touched))
    database.on_commit_elsewhere(lambda digests: bell.ring_from_elsewhere(digests, database.digest))
    own_texts = book.own_texts()
    return House(
        database=database,
        releases=Releases(book.release(), book.ways),
        wording=book.wording,
        directory=book.directory,
        placeholders={
            code: placeholder_values(book.directory, code) for code in settings.languages
        },
        topics=book.topics,
        learning=book.learning,
        handbook=book.handbook,
        rules=with_own_texts(book.rules, own_texts),
        levels=book.levels,
        alarm=book.alarm,
        follow=book.follow,
        modifiers=book.modifiers,
        languages=settings.languages,
        address=settings.public_address or f"http://{settings.listen.host}:{settings.listen.port}",
        clock=clock,
        bell=bell,
        metrics=Metrics(),
        heartbeat=settings.heartbeat,
        media=len(settings.staff_alarm_urls),
        own_texts=OwnTexts(own_texts),
    )


def _check_complete(book: Book, languages: tuple[str, ...]) -> None:
    """Stop the start: that a language went away by itself, only families would notice."""
    offered = book.offered(languages)
    advice = "see what is missing with: lantern flows check; or leave it out of LANTERN_LANGUAGES"
    missing = [code for code in languages if code not in offered]
    if missing:
        raise ConfigError([f"language {code} is not complete; {advice}" for code in missing])
