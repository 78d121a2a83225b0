"""Who works here: staff add, list, link, remove."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bot.building import read_times
from bot.casework.duty import go_off_duty, go_on_duty
from bot.casework.tokens import LINK, SIGN_IN
from bot.cli.alarm import follow
from bot.cli.alarm import show as show_course
from bot.cli.linking import check_number, link_number, print_link, tell_telegram_link
from bot.cli.running import settings_here, settings_to_change
from bot.cli.staff_names import name_of, new_name
from bot.config import Settings
from bot.desk.leaving import release_all
from bot.desk.staff import LINK_LASTS
from bot.doctor.database import opened
from bot.domain.errors import ConfigError
from bot.domain.ids import DAY
from bot.domain.worker import Role, Worker
from bot.housing import wall_clock
from bot.setting_values import LANGUAGES
from storage import audit, data_keys, tokens
from storage import staff as people
from storage.database import Transaction

T = TypeVar("T")
Move = Annotated[
    bool,
    typer.Option("--move", help="Take the number from a colleague who is linked to it."),
]
Name = Annotated[str, typer.Argument(help="The worker's name, as colleagues know it.")]
app = typer.Typer(help="Who works here, and where alerts reach them.", no_args_is_help=True)
out = Console(markup=False, emoji=False)
"""Prints names as they are: one may hold [/night] or :moon:."""


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="worker, supervisor or director.")] = Role.WORKER,
    language: Annotated[str, typer.Option("--lang", help="zh_CN or en.")] = "zh_CN",
    telegram: Annotated[
        str, typer.Option(help="Their Telegram number, if you know it; else use staff link.")
    ] = "",
    *,
    move: Move = False,
) -> None:
    """Add somebody to the staff, and print their sign-in link for the desk.

    Example:
      lantern staff add "Wang Min" --role supervisor
    """
    settings = settings_to_change(out)
    bare = new_name(name)
    _check_language(language)
    check_number(telegram, is_group=False)

    async def work(tx: Transaction) -> str:
        now = wall_clock()
        worker = await people.add_worker(tx, bare, role, language, now=now)
        if telegram:
            await link_number(tx, telegram, worker, may_move=move, now=now)
        await audit.note(tx, "operator", "worker_added", worker, at=now, role=role.value)
        return await tokens.make_token(tx, SIGN_IN, worker, now=now, lasts=LINK_LASTS)

    token = _write(settings, work)
    out.print(f"{bare} is on the staff as {role.value}.")
    _print_sign_in(settings, token)
    if not telegram:
        out.print(f'For alerts on Telegram: lantern staff link "{bare}"')


@app.command(name="list")
def show() -> None:
    """Show who is on the staff, and whether alerts reach them.

    Example:
      lantern staff list
    """
    settings = settings_here()

    async def work(tx: Transaction) -> tuple[list[Worker], dict[str, list[str]]]:
        addresses: dict[str, list[str]] = {}
        for address in await people.staff_addresses_of(tx):
            addresses.setdefault(address.worker or "", []).append(address.channel)
        return list(await people.all_workers(tx)), addresses

    workers, addresses = _write(settings, work)
    table = Table("Name", "Role", "On duty", "Alerts by", "Since")
    for worker in workers:
        since = datetime.fromtimestamp(int(worker.id[:12], 16) / 1000).astimezone()
        reached = ", ".join([*addresses.get(worker.id, []), "desk"])
        duty = "yes" if worker.is_on_duty else "no"
        table.add_row(worker.name, worker.role.value, duty, reached, f"{since:%Y-%m-%d}")
    out.print(table)
    if addresses.get(""):
        out.print(f"Groups that are alerted: {len(addresses[''])}")
    if not workers:
        out.print('Nobody yet. Begin with: lantern staff add "NAME" --role supervisor')


@app.command()
def link(
    name: Annotated[str, typer.Argument(help="The worker; leave it out with --group.")] = "",
    *,
    group: Annotated[bool, typer.Option(help="Link a Telegram group instead of a worker.")] = False,
    desk: Annotated[bool, typer.Option(help="A new sign-in link for the desk.")] = False,
    telegram: Annotated[str, typer.Option(help="Link this Telegram number at once.")] = "",
    move: Move = False,
) -> None:
    """Link a worker, or a group, to Telegram; or make a new sign-in link for the desk.

    Examples:
      lantern staff link "Wang Min"              a link that Wang Min opens on her phone

      lantern staff link --group                 a line to send in the group

      lantern staff link "Wang Min" --desk       a new sign-in link
    """
    settings = settings_to_change(out)
    _check_whom(name, is_group=group)
    if desk and (group or telegram):
        says = "--desk makes a link by which one person signs in, and links no phone"
        raise ConfigError([f"{says}; leave out --desk, or --group and --telegram"])
    check_number(telegram, is_group=group)

    async def work(tx: Transaction) -> str:
        now = wall_clock()
        worker = None if group else (await _find(tx, name)).id
        await audit.note(tx, "operator", "link_made", worker or "group", at=now)
        if telegram:
            await link_number(tx, telegram, worker, may_move=move, now=now)
            return ""
        kind = SIGN_IN if desk else LINK
        return await tokens.make_token(tx, kind, worker, now=now, lasts=DAY)

    token = _write(settings, work)
    if desk:
        _print_sign_in(settings, token)
    elif telegram:
        out.print("Linked. Telegram lets a bot write only to people who have written to it first.")
    else:
        tell_telegram_link(out, settings, token, is_group=group)


def _check_whom(name: str, *, is_group: bool) -> None:
    if is_group and name:
        raise ConfigError(["a group is linked without a name; leave out the name, or --group"])
    if not is_group and not name:
        raise ConfigError(['name a worker, or use --group: lantern staff link "NAME"'])


@app.command()
def duty(
    name: Name,
    *,
    on: Annotated[bool, typer.Option("--on/--off", help="On duty, or off.")] = True,
) -> None:
    """Put somebody on duty, so that alerts reach them first, or off.

    Example:
      lantern staff duty "Wang Min" --off
    """

    async def work(tx: Transaction) -> list[Worker]:
        worker = await _find(tx, name)
        await (go_on_duty if on else go_off_duty)(tx, worker.id)
        await audit.note(tx, "operator", "duty_set", worker.id, at=wall_clock(), on=on)
        return list(await people.all_workers(tx))

    left = _write(settings_to_change(out), work)
    out.print(f"{name} is {'on' if on else 'off'} duty.")
    _print_who_is_missing(left)


@app.command(name="test-alarm")
def try_alarm(
    *,
    wait: Annotated[
        float, typer.Option(help="For how many seconds to wait for answers.", min=1, max=3600)
    ] = 60,
) -> None:
    """Test the alarm now, and show whom it reaches; Lantern must be running.

    Everybody on the staff, on duty or not, gets a message marked as a test, with a button.
    Ends with 1 if no address took it.

    Example:
      lantern staff test-alarm --wait 120
    """
    out.print("Asking everybody on the staff to press a button ...")
    course = asyncio.run(follow(settings_here(), wait=wait))
    show_course(course, out)
    if not course.is_taken:
        raise typer.Exit(1)


@app.command()
def remove(
    name: Name,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take somebody off the staff: their sessions and alerts end at once.

    Their open cases go back to their queues, with new alerts.

    Example:
      lantern staff remove "Wang Min"
    """
    settings = settings_to_change(out)
    _write(settings, lambda tx: _find(tx, name))
    if not yes:
        typer.confirm(f"Take {name} off the staff?", abort=True)
    levels = read_times(settings.content)

    async def work(tx: Transaction) -> tuple[list[str], list[Worker]]:
        worker = await _find(tx, name)
        freed = await release_all(tx, worker, levels, now=wall_clock())
        await people.remove_worker(tx, worker.id, now=wall_clock())
        await audit.note(tx, "operator", "worker_removed", worker.id, at=wall_clock())
        return freed, list(await people.all_workers(tx))

    freed, left = _write(settings, work)
    out.print(f"{name} is off the staff.")
    if freed:
        out.print(f"Back in their queues, with new alerts: {', '.join(freed)}")
    _print_who_is_missing(left)


def _print_who_is_missing(left: Sequence[Worker]) -> None:
    """Tell what the staff that is *left* cannot do."""
    if not left:
        out.print("Nobody is on the staff any more: no alert reaches anybody.", style="bold")
        out.print('Next: lantern staff add "NAME" --role supervisor')
        return
    if not any(worker.is_on_duty for worker in left):
        out.print("Nobody is on duty now: every alert goes to the whole staff.", style="bold")
    if not any(worker.may_supervise for worker in left):
        can_not = "lower a level, or close a pressing case that was not reported to the police"
        out.print(f"There is no supervisor: nobody may {can_not}.", style="bold")


async def _find(tx: Transaction, name: str) -> Worker:
    worker = await people.worker_named(tx, name_of(name))
    if worker is None:
        known = ", ".join(worker.name for worker in await people.all_workers(tx)) or "nobody yet"
        raise ConfigError([f'there is no "{name}" on the staff; there is: {known}'])
    return worker


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise ConfigError([f'--lang: there is no language "{language}"; try zh_CN or en'])


def _print_sign_in(settings: Settings, token: str) -> None:
    address = settings.public_address or f"http://{settings.listen.host}:{settings.listen.port}"
    link = f"{address}/desk/sign-in/{token}"
    print_link(out, "Sign in at the desk (works once, for one day)", link)
    out.print('There, "How it works" (怎么用) tells all about Lantern and the work.')


def _write(settings: Settings, work: Callable[[Transaction], Awaitable[T]]) -> T:
    return asyncio.run(_with_database(settings, work))


async def _with_database(settings: Settings, work: Callable[[Transaction], Awaitable[T]]) -> T:
    async with opened(settings) as database:
        await database.write(data_keys.make_house_key)
        return await database.write(work)
