"""The composition root: builds everything once, runs it, and closes it in reverse."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.building import Book
from bot.casework.alerts import MEDIA
from bot.casework.house import Clock, House
from bot.casework.persisting import AWAY_AFTER
from bot.casework.speech import Voice
from bot.channels.outward import Outward
from bot.channels.web import CHANNEL as WEB
from bot.config import Settings, spool_folder
from bot.delivery import Channel, Delivery
from bot.domain.errors import SendError
from bot.flow.model import ANYWHERE
from bot.guidance.model import Topics
from bot.housing import open_house, wall_clock
from bot.intake.away import Away
from bot.intake.direct import Direct
from bot.intake.mailroom import Mailroom
from bot.intake.refuge import Refuge
from bot.log import Action, record
from bot.pace import Pace
from bot.readiness import make_ready
from bot.serving import serve, webhook_address
from bot.watch.watch import Watch
from storage import data_keys
from storage.database import Transaction
from storage.key_holders import check_is_current
from storage.only_one import only_one
from storage.opening import open_database
from storage.revision import check_revision
from storage.sealing import Keys, read_keys
from storage.server_url import ServerUrl
from storage.spool import Spool
from storage.spool_parts import open_part

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramChannel
    from bot.channels.telegram_receiver import Receiver

TELEGRAM = "telegram"
MENU = ("help", "person", "back", "skip", "stop", "leave", "language", "erase")
"""The words that work anywhere and stand in Telegram's menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lantern:
    """One running Lantern: everything that takes in, sends and watches."""

    house: House
    settings: Settings
    mailroom: Mailroom
    delivery: Delivery
    watch: Watch
    telegram: "TelegramChannel | None"
    channels: Mapping[str, Channel]
    keys: Keys = field(repr=False)


@asynccontextmanager
async def open_lantern(
    settings: Settings,
    book: Book,
    *,
    clock: Clock = wall_clock,
    more_channels: Mapping[str, Channel] | None = None,
    pace: Pace | None = None,
    patience: float = AWAY_AFTER,
) -> AsyncIterator[Lantern]:
    """Build a Lantern from *settings* and *book*; nothing of it runs yet.

    A database that cannot be written for *patience* seconds counts as away.

    Raises:
        ConfigError: the key file, the database or the spool is missing or does not fit; says
            what to do.

    """
    check_revision(settings.database)
    keys = read_keys(settings.key_file)
    async with AsyncExitStack() as stack:
        stack.enter_context(only_one(settings.database, mark=keys.mark))
        database = await open_database(settings.database, keys)
        stack.push_async_callback(database.close)
        await check_is_current(database)
        house = open_house(settings, book, database, clock)
        await database.write(lambda tx: _prepare(tx, house))
        _tell_what_is_left_out(house.topics)
        channels: dict[str, Channel] = dict(more_channels or {})
        telegram = await _open_telegram(settings, stack)
        if telegram is not None:
            channels[TELEGRAM] = telegram
        if settings.staff_alarm_urls:
            urls = [url.get_secret_value() for url in settings.staff_alarm_urls]
            channels[MEDIA] = Outward(urls)
        house.metrics.begin({WEB, *channels})
        fetchers = {TELEGRAM: telegram.fetch} if telegram else {}
        mailroom = _open_mailroom(house, settings, channels, stack, patience)
        yield Lantern(
            house=house,
            settings=settings,
            mailroom=mailroom,
            delivery=Delivery(house, channels, pace=pace),
            watch=Watch(house, fetchers),
            telegram=telegram,
            channels=channels,
            keys=keys,
        )


async def run(
    lantern: Lantern, *, is_started: Callable[[str], Awaitable[None]] | None = None
) -> None:
    """Serve until cancelled; *is_started* is told the address once everything is up."""
    work = Work(lantern)
    async with serve(lantern.house, lantern.settings, work.receiver, lantern.mailroom) as address:
        tasks = [asyncio.create_task(job, name=name) for name, job in work.jobs()]
        record(Action.STARTED, listen=address)
        try:
            if is_started is not None:
                await is_started(address)
            await _first_to_end(tasks)
        finally:
            await _stop(tasks)
            record(Action.STOPPED)


class Work:
    """The jobs that go on for as long as Lantern runs."""

    def __init__(self, lantern: Lantern) -> None:
        self._lantern = lantern
        self.receiver = _receiver(lantern) if lantern.telegram else None

    def jobs(self) -> list[tuple[str, "asyncio._CoroutineLike[None]"]]:
        """Return each job with its name, those that take in first."""
        lantern = self._lantern
        jobs: list[tuple[str, asyncio._CoroutineLike[None]]] = []
        if lantern.telegram and self.receiver:
            jobs.append(("telegram", self._take_from_telegram(lantern.telegram, self.receiver)))
            jobs.append(("telegram menu", self._publish_menu(lantern.telegram)))
        jobs += [
            ("watch", lantern.watch.run()),
            ("delivery", lantern.delivery.run()),
            ("staff addresses", lantern.mailroom.away.keep_learning()),
            ("probe", lantern.mailroom.keep_probing()),
            ("mailroom", lantern.mailroom.run()),
            ("database", lantern.house.database.ended()),
            ("readiness", make_ready(lantern.house)),
        ]
        return jobs

    async def _take_from_telegram(self, telegram: "TelegramChannel", receiver: "Receiver") -> None:
        if not self._lantern.settings.telegram_webhook:
            from bot.channels.telegram_poller import TelegramPoller  # noqa: PLC0415 - as below

            poller = TelegramPoller(telegram.bot, receiver)
            await self._lantern.house.database.alone("telegram", poller.run)
            return
        await self._keep_webhook(telegram)

    async def _publish_menu(self, telegram: "TelegramChannel") -> None:
        """Show the words that work anywhere in Telegram's own menu, as soon as it takes them."""
        house = self._lantern.house
        menu = {language: _menu_in(house, language) for language in house.languages}
        pause = 1
        while True:
            try:
                await telegram.publish_commands(menu)
            except SendError as error:
                record(Action.POLL_FAILED, level="warning", error=error)
                pause = min(pause * 2, 600)
                await asyncio.sleep(pause)
            else:
                await asyncio.Event().wait()

    async def _keep_webhook(self, telegram: "TelegramChannel") -> None:
        address = webhook_address(self._lantern.settings.telegram_webhook)
        while True:
            try:
                await telegram.register_webhook(
                    address, secret=self._lantern.keys.derive("webhook")
                )
            except SendError as error:
                record(Action.POLL_FAILED, level="warning", error=error)
                await asyncio.sleep(10)
            else:
                await asyncio.Event().wait()


def _menu_in(house: House, language: str) -> list[tuple[str, str]]:
    """Return Telegram's menu in *language*: a command, and what it does."""
    release = house.releases.current
    voice = Voice(house=house, release=release, language=language, values={})
    return [(word, voice.say(f"{ANYWHERE}.answers.{word}")) for word in MENU]


async def _first_to_end(tasks: list[asyncio.Task[None]]) -> None:
    """Wait until a job ends, which none should; its error is raised."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    """Stop what takes in first, and the mailroom last, so that nothing taken is left half done."""
    for task in tasks:
        task.cancel()
        await asyncio.wait([task], timeout=4)


async def _prepare(tx: Transaction, house: House) -> None:
    await data_keys.make_house_key(tx)
    await house.releases.keep_current(tx, now=house.clock())


def _tell_what_is_left_out(topics: Topics) -> None:
    for topic, findings in topics.left_out.items():
        code = findings[0].code
        record(Action.TOPIC_LEFT_OUT, level="warning", topic=topic, code=code, count=len(findings))


async def _open_telegram(settings: Settings, stack: AsyncExitStack) -> "TelegramChannel | None":
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram import TelegramChannel  # noqa: PLC0415 - 17 MB, if there is a bot

    token = settings.telegram_token.get_secret_value()
    telegram = TelegramChannel(token, api=settings.telegram_api)
    await telegram.open()
    stack.push_async_callback(telegram.close)
    return telegram


def _open_mailroom(
    house: House,
    settings: Settings,
    channels: Mapping[str, Channel],
    stack: AsyncExitStack,
    patience: float,
) -> Mailroom:
    folder = spool_folder(settings)
    is_shared = isinstance(settings.database, ServerUrl)
    spool = (open_part if is_shared else Spool)(folder, house.database.keys)
    stack.callback(spool.close)
    direct = Direct({name: channel.send for name, channel in channels.items()})
    stack.push_async_callback(direct.close)
    refuge = Refuge(spool, house.metrics)
    away = Away(house, direct, refuge, shared=folder if is_shared else None)
    return Mailroom(house, refuge, away, patience=patience)


def _receiver(lantern: Lantern) -> "Receiver":
    from bot.channels.telegram_receiver import Receiver  # noqa: PLC0415 - the same

    return Receiver(
        take=lantern.mailroom.take,
        set_aside=lantern.mailroom.set_aside_raw,
        now=lantern.house.clock,
    )
