"""Which build is installed can be seen, and the pages install the new one and not the old."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bot
from bot.cli.built import mark_of
from bot.cli.root import app

ROOT = Path(bot.__file__).parents[1]
RECORD = """\
../../../bin/lantern,sha256=aaaa,200
bot/__init__.py,sha256=bbbb,1000
bot/__pycache__/__init__.cpython-311.pyc,,
storage/spool.py,sha256=cccc,2000
xiaojudeng-0.1.0.dist-info/INSTALLER,sha256=dddd,4
"""


def test_two_builds_of_one_version_bear_different_marks():
    assert re.fullmatch("[0-9a-f]{8}", mark_of(RECORD))
    assert mark_of(RECORD) != mark_of(RECORD.replace("bbbb", "eeee"))
    assert mark_of(RECORD) != mark_of(RECORD.replace("spool", "pool"))


def test_a_build_bears_the_same_mark_wherever_and_however_it_was_installed():
    elsewhere = RECORD.replace("aaaa", "ffff").replace("dddd", "0000").splitlines()

    assert mark_of("\n".join(reversed(elsewhere))) == mark_of(RECORD)


@pytest.mark.parametrize(
    "record",
    [None, "", "_editable_impl.pth,sha256=aaaa,20\nbot/_content/flows/a.yaml,sha256=b,2\n"],
)
def test_a_checkout_has_no_mark(record):
    assert mark_of(record) == ""


def test_the_version_tells_that_this_is_a_checkout():
    assert re.fullmatch(
        r"lantern [\d.]+ \(a checkout\)\n", CliRunner().invoke(app, ["--version"]).stdout
    )


@pytest.mark.parametrize("page", ["README.md", "README.zh_CN.md", "docs/operations.md"])
def test_the_pages_have_pip_replace_a_program_of_the_same_version(page):
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    installing = [line for line in lines if re.search(r"pip install .*\.whl", line)]

    assert installing
    assert all("--force-reinstall --no-deps" in line for line in installing)


def test_the_package_of_the_old_name_is_taken_away_before_the_new_wheel():
    """Afterwards it would take the files of the new one with it."""
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    upgrading = text.split("\n## Upgrading\n", 1)[1].split("\n## ", 1)[0]

    assert 0 < upgrading.find("pip uninstall --yes lantern-chat") < upgrading.index(".whl")
    for page in ("README.md", "README.zh_CN.md"):
        assert "docs/operations.md#upgrading" in (ROOT / page).read_text(encoding="utf-8")
