"""guidance gaps: what families asked and had no answer to."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.advising.gaps import Group, group
from bot.cli.running import say_where_the_demo_is, settings_here
from bot.config import Settings
from bot.doctor.database import opened
from bot.domain.counted import counted
from bot.domain.errors import ConfigError
from bot.domain.gap import GapKind
from bot.housing import wall_clock
from storage import audit
from storage import gaps as stored
from storage.database import Transaction
from storage.sealing import UnsealError

Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Only what was asked from this day on: 2026-11-01."),
]
_VOICES = {"child": "children", "adult": "adults"}
_KINDS = {
    GapKind.UNANSWERED.value: "no answer found",
    GapKind.NOT_ASKED.value: "another answer wanted",
}
Done = Annotated[
    list[str] | None,
    typer.Option("--done", help="Mark the group with this key as handled; repeatable."),
]


def gaps(
    *,
    since: Since = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
    done: Done = None,
) -> None:
    """List questions that had no answer or not the right one, the most frequent first.

    They are kept without saying whose they are, with names and numbers masked, for 180 days;
    that they were read goes into the audit. Those that are alike stand together.
    """
    settings = settings_here()
    say_where_the_demo_is(settings)
    day = since.date() if since else date.min
    groups = asyncio.run(_read(settings, day, done or ()))
    if as_json:
        listed = [_document(each) for each in groups]
        typer.echo(orjson.dumps(listed, option=orjson.OPT_INDENT_2).decode())
    elif done:
        count = sum(len(each.gaps) for each in groups)
        typer.echo(f"{counted(count, 'question is', 'questions are')} marked as handled.")
    elif groups:
        Console().print(_table(groups))
        count = sum(len(each.gaps) for each in groups)
        typer.echo(
            f"{counted(count, 'question')} in {counted(len(groups), 'group')}; "
            "--done KEY marks one as handled."
        )
    else:
        typer.echo("No question is waiting for an answer.")


async def _read(settings: Settings, since: date, done: Sequence[str]) -> list[Group]:
    """Return the groups, or those that *done* names, which are handled from now on."""

    async def work(tx: Transaction) -> list[Group]:
        groups = group(await stored.open_gaps(tx, since=since))
        if not done:
            await audit.note(tx, "operator", "gaps_read", str(len(groups)), at=wall_clock())
            return groups
        named = [_named(groups, key) for key in dict.fromkeys(done)]
        ids = [gap.id for each in named for gap in each.gaps]
        await stored.mark_done(tx, ids, today=datetime.now(UTC).date())
        return named

    async with opened(settings) as database:
        try:
            return await database.write(work)
        except UnsealError as error:
            raise ConfigError(["the questions cannot be opened with this key file"]) from error


def _named(groups: Sequence[Group], key: str) -> Group:
    found = next((each for each in groups if each.key == key), None)
    if found is None:
        raise ConfigError([f'there is no group "{key}"; see "lantern guidance gaps"'])
    return found


def _table(groups: Sequence[Group]) -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False)
    table.add_column("Key", no_wrap=True)
    table.add_column("Times", justify="right")
    table.add_column("Question, and when it was last asked")
    for each in groups:
        by, how = _counted(each, "voice", _VOICES), _counted(each, "kind", _KINDS)
        about = f"{each.language} · {by} · {how} · {each.last.isoformat()}"
        table.add_row(each.key, str(len(each.gaps)), f"{escape(each.text)}\n[dim]{about}[/dim]")
    return table


def _counted(each: Group, part: str, words: Mapping[str, str]) -> str:
    counts = sorted(each.counts(part).items())
    return ", ".join(f"{words.get(name, name)}: {count}" for name, count in counts)


def _document(each: Group) -> dict[str, object]:
    return {
        "key": each.key,
        "count": len(each.gaps),
        "text": each.text,
        "texts": sorted({gap.text for gap in each.gaps}),
        "language": each.language,
        "voices": each.counts("voice"),
        "kinds": each.counts("kind"),
        "first": each.first,
        "last": each.last,
    }
