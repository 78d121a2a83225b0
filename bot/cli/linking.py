"""Linking somebody on the staff to Telegram: by their number, or by a link that they open."""

import asyncio
import re

from rich.console import Console

from bot.channels.telegram import TelegramChannel
from bot.config import Settings
from bot.domain.errors import ConfigError, SendError
from bot.domain.expression import expression
from bot.domain.ids import Instant, WorkerId
from storage import audit
from storage import staff as people
from storage.database import Transaction

_NUMBER = expression(r"-?[0-9]{1,20}", re.ASCII)
_TELEGRAM = "telegram"


def check_number(number: str, *, is_group: bool) -> None:
    """Stop what Telegram could never reach: it would look as if alerts arrived.

    Raises:
        ConfigError: *number* is none, or is that of a group for a person or the other way round.

    """
    if not number:
        return
    if not _NUMBER.fullmatch(number):
        advice = "if you do not know it: lantern staff link NAME"
        raise ConfigError([f'--telegram: "{number}" is not a Telegram number; {advice}'])
    if is_group and not number.startswith("-"):
        says = f'"{number}" is the number of a person, and that of a group begins with "-"'
        raise ConfigError([f"--telegram: {says}; leave out --group and give a name"])
    if number.startswith("-") and not is_group:
        advice = "link a group with: lantern staff link --group"
        raise ConfigError([f'--telegram: "{number}" is the number of a group; {advice}'])


async def link_number(
    tx: Transaction, number: str, worker: WorkerId | None, *, may_move: bool, now: Instant
) -> None:
    """Have alerts for *worker*, or for everybody (None: a group), go to the Telegram *number*.

    Raises:
        ConfigError: those for somebody else go there, and it may not be moved.

    """
    for holder in await people.linked_at(tx, _TELEGRAM, number):
        if holder == worker:
            continue
        if not may_move:
            whose = f'for "{await _name_of(tx, holder)}"' if holder else "for a group"
            says = f"--telegram: alerts {whose} go to {number}, and would no more"
            raise ConfigError([f"{says}; if that is meant, add --move"])
        await audit.note(
            tx, "operator", "link_moved", worker or "group", at=now, taken_from=holder or "group"
        )
    await people.link_address(tx, _TELEGRAM, number, worker, now=now)


async def _name_of(tx: Transaction, worker: WorkerId) -> str:
    found = await people.find_worker(tx, worker)
    return found.name if found else worker


def print_link(out: Console, what: str, link: str) -> None:
    """Print *link*, uncut, below *what* it is for."""
    out.print(f"{what}:")
    out.print(f"  {link}", soft_wrap=True, highlight=False)


def tell_telegram_link(out: Console, settings: Settings, token: str, *, is_group: bool) -> None:
    """Print how *token* is sent to the bot, by its link if the bot's name can be asked for."""
    if is_group:
        out.print("Add the bot to the group, then send this line there (works once, for one day):")
        out.print(f"  /link {token}", soft_wrap=True, highlight=False)
        return
    username = asyncio.run(_username(settings))
    if username:
        print_link(
            out,
            "To be opened on their phone (works once, for one day)",
            f"https://t.me/{username}?start=staff_{token}",
        )
        out.print("Or send this line to the bot from their account:")
    else:
        out.print("Send this line to the bot from their account (works once, for one day):")
    out.print(f"  /start staff_{token}", soft_wrap=True, highlight=False)
    if not username:
        out.print(_why_no_link(settings), soft_wrap=True)


def _why_no_link(settings: Settings) -> str:
    if settings.telegram_token is None:
        return "It is no link, as no LANTERN_TELEGRAM_TOKEN is set for this command."
    return "It is no link, as Telegram could not be asked for the bot's name. See: lantern doctor"


async def _username(settings: Settings) -> str:
    if settings.telegram_token is None:
        return ""
    token = settings.telegram_token.get_secret_value()
    telegram = TelegramChannel(token, api=settings.telegram_api, answer_within=5)
    await telegram.open()
    try:
        return await telegram.username()
    except SendError:
        return ""
    finally:
        await telegram.close()
