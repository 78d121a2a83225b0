"""Looking at everything that an installation needs."""

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.building import Book, read_book
from bot.config import Settings, is_demo
from bot.doctor.alarm import check_alarm
from bot.doctor.check import Check
from bot.doctor.close_reading import check_close_reading
from bot.doctor.database import check_database, opened
from bot.doctor.guidance import check_guidance
from bot.doctor.outward import check_outward
from bot.doctor.port import check_port
from bot.doctor.safe_word import check_safe_word
from bot.doctor.spool import check_spool
from bot.doctor.strays import check_strays
from bot.doctor.telegram import check_telegram
from bot.domain.counted import counted
from bot.domain.errors import ConfigError, FlowError, LanternError
from bot.wording.wording import required_keys
from storage import staff
from storage.database import Transaction
from storage.faults import nearest_seen
from storage.sealing import read_keys

LEAST_SPACE = 1_000_000_000
"""Bytes that must be free beside the database."""

_TELEGRAM = "telegram"
_TO_SET_UP = (
    "set LANTERN_TELEGRAM_TOKEN; if the service has it in a file of its own, set it for this "
    "command as well"
)


async def examine(settings: Settings) -> list[Check]:
    """Return how everything is that Lantern needs; changes nothing."""
    checks: list[Check] = []
    for look in (
        _key_file,
        _database,
        _staff,
        check_alarm,
        check_telegram,
        check_outward,
        _content,
        _space,
        check_spool,
        check_port,
    ):
        checks.extend(await look(settings))
    return checks


async def _key_file(settings: Settings) -> Sequence[Check]:
    try:
        read_keys(settings.key_file)
    except ConfigError as error:
        return _told("key file", error)
    return [Check(name="key file", says=f"{settings.key_file} can be read, by its owner only")]


async def _database(settings: Settings) -> Sequence[Check]:
    try:
        return await check_database(settings)
    except LanternError as error:
        return _told("database", error)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reached:
    """How many are on the staff, and how many of those on duty, or groups, alerts reach.

    ``cut_off`` are the addresses of a channel that is not set up.
    """

    workers: int
    reached: int
    cut_off: int


async def _staff(settings: Settings) -> Sequence[Check]:
    channels = {_TELEGRAM} if settings.telegram_token else set()
    try:
        async with opened(settings) as database:
            found = await database.read(lambda tx: _count_reached(tx, channels))
    except LanternError:
        return [Check(name="staff", says="is not known", advice="see to the database first")]
    says = f"{found.workers} on the staff; alerts reach {found.reached} of them on duty, or a group"
    if found.cut_off:
        says = f"{found.cut_off} linked to Telegram, but no token is set: no alert reaches them"
        return [Check(name="staff", says=says, advice=_TO_SET_UP)]
    if found.reached:
        return [Check(name="staff", says=says)]
    if is_demo(settings):
        says = f"{found.workers} made-up workers, alerted at the desk only"
        return [Check(name="staff", says=says)]
    advice = "run: lantern staff link NAME (or lantern staff add NAME), so that alerts reach them"
    return [Check(name="staff", says="nobody can be alerted", advice=advice)]


async def _count_reached(tx: Transaction, channels: Collection[str]) -> _Reached:
    workers = await staff.all_workers(tx)
    addresses = await staff.staff_addresses_of(tx)
    linked = {address.worker for address in addresses if address.channel in channels}
    on_duty = {worker.id for worker in workers if worker.is_on_duty}
    groups = 1 if None in linked else 0
    return _Reached(
        workers=len(workers),
        reached=len(on_duty & linked) + groups,
        cut_off=sum(address.channel not in channels for address in addresses),
    )


async def _content(settings: Settings) -> Sequence[Check]:
    try:
        book = read_book(settings.content, organisation=settings.organisation)
    except FlowError as error:
        says = f"{counted(len(error.findings), 'finding')}, the first: {error.findings[0]}"
        return [Check(name="flows", says=says, advice="run: lantern flows check")]
    flows = Check(name="flows", says=counted(len(book.flows), "flow is sound", "flows are sound"))
    languages = (_language(book, code) for code in settings.languages)
    today = datetime.now(UTC).date()
    strays = check_strays(settings.content)
    return [
        flows,
        *languages,
        check_guidance(book, today=today),
        check_close_reading(book),
        *(() if is_demo(settings) else [check_safe_word(book.directory.organisation)]),
        *strays,
    ]


def _language(book: Book, language: str) -> Check:
    name = f"language {language}"
    lacking = book.wording.lacking(language, required_keys(book.flows.values()))
    if lacking:
        count = counted(len(lacking), "sentence is", "sentences are")
        says = f"is not offered: {count} missing or outdated"
        return Check(name=name, says=says, advice="run: lantern flows check")
    return Check(name=name, says="is complete")


async def _space(settings: Settings) -> Sequence[Check]:
    database = settings.database
    folder = nearest_seen((database if isinstance(database, Path) else settings.key_file).parent)
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:.1f} GB are free at {folder}"
    advice = "make room; when the disk is full, what comes in is kept, but nobody can read it"
    return [Check(name="disk", says=says, advice="" if free >= LEAST_SPACE else advice)]


def _told(name: str, error: LanternError) -> list[Check]:
    says, _, advice = str(error).partition("\n")[0].partition("; ")
    return [Check(name=name, says=says, advice=advice or "see docs/operations.md")]
