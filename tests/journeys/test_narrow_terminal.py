"""What a terminal of eighty columns shows whole: what an operator reads off and types again."""

import io
import os
import sqlite3
import subprocess
import sys

import pytest
import typer
from rich.console import Console
from running import prepare, settings_in

from bot.benching.checks import Check as Cost
from bot.benching.checks import Checks
from bot.cli.bench_triage import as_table
from bot.cli.checks import tell_checks
from bot.doctor.check import Check

pytestmark = pytest.mark.rare

COLUMNS = 80
ADDRESS = "postgresql://lantern@database.in-the-cellar.example.org/lantern"
RELEASE = "3f2a90c1d4e5b677"
GIVEN_UP = (
    "INSERT INTO releases (id, first_used_at, used_at, body)"
    " VALUES (?, 1780000000000000, 1780000000000000, x'00')"
)
"""It cannot be read any more, which takes one column more to say."""


def shown(told, *, columns=COLUMNS):
    """Return what *told* prints on a terminal that is so narrow."""
    page = io.StringIO()
    told(Console(file=page, width=columns))
    return page.getvalue()


def test_the_release_to_drop_is_listed_whole(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    with sqlite3.connect(settings.database) as database:
        database.execute(GIVEN_UP, (RELEASE,))

    command = [sys.executable, "-m", "bot.cli", "flows", "releases"]
    environ = {**os.environ, "COLUMNS": str(COLUMNS)}
    listed = subprocess.run(  # noqa: S603 - our own program
        command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True
    )

    assert RELEASE in listed.stdout


def test_the_doctor_cuts_no_address_off():
    found = Check(name="database", says=f"database {ADDRESS} is empty", advice=f"look at {ADDRESS}")

    def tell(out):
        with pytest.raises(typer.Exit):
            tell_checks([found], out)

    cells = [line.split("│") for line in shown(tell).splitlines() if line.startswith("│")]

    for number in (2, 3):
        assert ADDRESS in "".join(cell[number].strip() for cell in cells)


def test_what_the_risk_check_costs_is_shown_in_all_its_digits():
    cost = Cost(
        language="zh_CN",
        text="ordinary",
        characters=4096,
        alone_us=12345.6,
        after_others_us=12345.6,
        closely_us=123456,
        is_in_doubt=False,
    )
    measured = Checks(
        patterns=2500, load_ms=400, close_load_ms=300, memory_kib=40000, checks=(cost,)
    )

    table = shown(lambda out: out.print(as_table(measured)))

    assert all(figure in table for figure in ("4,096", "12,345.6", "123,456 (not needed)"))
    assert "…" not in table
