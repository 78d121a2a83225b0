"""triage lint and replay: what may be wrong with rules, and what they would have seen."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

from bot.assessing.proving import Doubt, doubts_about, doubts_about_reading
from bot.assessing.replaying import Replayed, replay_case
from bot.building import rules_as_they_run
from bot.cli.own_content import Own
from bot.cli.running import settings_here
from bot.config import Settings
from bot.doctor.database import opened
from bot.domain.case import Case
from bot.domain.counted import counted
from bot.domain.errors import ConfigError, Finding, FlowError
from bot.housing import wall_clock
from bot.risk_check import read_triage
from bot.triage.close import CloseReading
from bot.triage.rules import Rules
from storage import audit, cases
from storage.database import Database, Transaction

_CLOSED_AT_MOST = 100_000


def lint(*, content: Own = None) -> None:
    """Find rules that nothing tests, that others make needless, or that are slow on long texts.

    That the close reading can be loaded, fits its table, and is quick on long runs of spaces and
    the like, is looked at as well.
    Ends with 1 if there is anything to look at.
    """
    out, rules = Console(), read_triage(content)
    doubts = sorted(doubts_about(rules), key=lambda doubt: (doubt.file, doubt.line))
    faults = _faults_of(rules.closely)
    slow = [] if faults else doubts_about_reading(rules)
    lines = [*map(_line, (*doubts, *slow)), *map(str, faults)]
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)
    if lines:
        out.print(f"{counted(len(lines), 'thing')} to look at.")
        raise typer.Exit(1)
    out.print("Every rule is tested, needed and quick.")


def _faults_of(closely: CloseReading | None) -> Sequence[Finding]:
    try:
        if closely is not None:
            closely.network()
    except FlowError as error:
        return error.findings
    return ()


def _line(doubt: Doubt) -> str:
    return f"{doubt.file}:{doubt.line}: {doubt.code} {doubt.rule}: {doubt.text}"


def replay(
    *,
    case: Annotated[str, typer.Option(help="Only this one, such as L-0012.")] = "",
    changed: Annotated[
        bool, typer.Option("--changed", help="Only cases in which something else is seen now.")
    ] = False,
) -> None:
    """Show what today's rules would have seen in the cases there are.

    What was seen then stays with the case as it was; nothing is changed, and no words are shown.
    That it was done goes into the audit.
    """
    settings = settings_here()
    replayed = asyncio.run(_replay_all(settings, case))
    rules = Column("new rules", overflow="fold")
    table = Table("case", "level now", "seen then", "seen by today's rules", rules)
    for one in replayed:
        if one.is_changed or not changed:
            new = ", ".join(sorted(one.new_rules)) or "–"
            table.add_row(one.code, one.level.word, one.then.word, one.now.word, new)
    out = Console()
    out.print(table)
    raised = sum(one.now < one.then for one in replayed)
    out.print(
        f"{counted(len(replayed), 'case')}; today {raised} would have been seen as more pressing."
    )


async def _replay_all(settings: Settings, code: str) -> list[Replayed]:
    async with opened(settings) as database:
        rules = rules_as_they_run(settings.content)
        wanted = [one for one in await database.read(_all_cases) if code in {"", one.code}]
        if code and not wanted:
            raise ConfigError([f"there is no case {code}"])
        await database.write(
            lambda tx: audit.note(
                tx, "operator", "triage_replayed", code or "all", at=wall_clock(), cases=len(wanted)
            )
        )
        return [await _replay(database, one, rules) for one in _shown(wanted)]


def _shown(wanted: list[Case]) -> Iterator[Case]:
    yield from track(wanted, "Reading again", console=Console(stderr=True), transient=True)


async def _replay(database: Database, case: Case, rules: Rules) -> Replayed:
    return await database.read(lambda tx: replay_case(tx, case, rules))


async def _all_cases(tx: Transaction) -> list[Case]:
    every = [
        *await cases.open_cases(tx),
        *await cases.closed_cases(tx, most=_CLOSED_AT_MOST),
    ]
    return sorted(every, key=lambda case: case.number)
