"""Lantern as it runs for an organisation, to be measured over the wire."""

from pathlib import Path

from bot.app import Lantern, open_lantern, run
from bot.benching.lean_telegram import TOKEN
from bot.benching.subject import Order
from bot.building import read_book
from bot.collecting import undisturbed
from bot.config import Settings, load_settings
from bot.domain.errors import LanternError
from bot.domain.worker import Role
from bot.pace import Pace
from storage import staff
from storage.database import Transaction
from storage.sealing import new_keys, write_keys
from storage.upgrade import upgrade

NO_LIMIT = (1_000_000, 1)
SET_ASIDE = "lantern_updates_set_aside_total"
DATABASE = "bench.sqlite3"


async def run_lantern(order: Order) -> None:
    """Run until cancelled, on the database in the folder of *order*, or a new one.

    Raises:
        LanternError: an update was set aside, so that figures would mean nothing.

    """
    settings = prepare(order)
    with undisturbed():
        book = read_book()
    async with open_lantern(settings, book, pace=_pace(order)) as lantern:
        await _employ(lantern, order.workers)
        try:
            await run(lantern)
        finally:
            _check_all_taken(lantern)


def _check_all_taken(lantern: Lantern) -> None:
    registry = lantern.house.metrics.registry
    if registry.get_sample_value(SET_ASIDE, {"channel": "telegram"}):
        text = "updates were set aside while they were measured"
        raise LanternError(text)


def prepare(order: Order) -> Settings:
    """Return the settings for *order*, with a key file and a database made if need be."""
    settings = settings_of(order)
    if not settings.key_file.exists():
        write_keys(new_keys(), settings.key_file)
    upgrade(settings.database)
    return settings


def settings_of(order: Order) -> Settings:
    """Return the settings of a Lantern that keeps everything in the folder of *order*."""
    return load_settings(environment(order), Path(order.folder))


def environment(order: Order) -> dict[str, str]:
    """Return what an operator would set for that."""
    place = Path(order.folder)
    environ = {
        "LANTERN_DATABASE": str(place / DATABASE),
        "LANTERN_KEY_FILE": str(place / "bench.key"),
        "LANTERN_TELEGRAM_TOKEN": TOKEN,
        "LANTERN_TELEGRAM_API": order.api,
        "LANTERN_LISTEN": order.listen,
    }
    if order.is_pushed:
        environ["LANTERN_TELEGRAM_WEBHOOK"] = f"http://{order.listen}"
    return environ


def _pace(order: Order) -> Pace | None:
    if order.is_paced:
        return None
    return Pace(altogether=NO_LIMIT, to_a_group=NO_LIMIT, to_a_chat=NO_LIMIT)


async def _employ(lantern: Lantern, workers: int) -> None:
    async def work(tx: Transaction) -> None:
        now = lantern.house.clock()
        for number in range(1, workers + 1):
            name = f"worker {number}"
            if await staff.worker_named(tx, name) is None:
                worker = await staff.add_worker(tx, name, Role.WORKER, "en", now=now)
                await staff.link_address(tx, "telegram", str(number), worker, now=now)

    await lantern.house.database.write(work)
