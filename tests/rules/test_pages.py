"""What the pages name is there: links, commands and their options, settings, counts, log lines."""

import re
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from bot.cli.lazily import load
from bot.cli.root import app
from bot.config import Settings
from bot.log import Action
from bot.metrics import Metrics

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PAGES.remove(ROOT / "CHANGELOG.md")
OF_TODAY = [page for page in PAGES if page.parent.name != "decisions"]
"""A decision speaks of the day on which it was made."""

LINK = re.compile(r'\]\(([^)\s]+)\)|src="([^"]+)"')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
REMARK = re.compile(r"\s#.*|\s{4,}.*")
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
ANCHOR = re.compile(r'<a id="([^"]+)">')
COMMAND = re.compile(r"(?:^|`|/bin/)lantern ([a-z][a-z-]*(?: [^`\n]*)?)", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
READMES = ("README.md", "README.zh_CN.md")


def text_of(page):
    return page.read_text(encoding="utf-8")


def anchors_in(page):
    text = BLOCK.sub("", text_of(page))
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in plain} | set(ANCHOR.findall(text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_leads_somewhere(page):
    links = [link or picture for link, picture in LINK.findall(BLOCK.sub("", text_of(page)))]
    for link in (link for link in links if not link.startswith("https://")):
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page

        assert target.exists(), link
        assert not anchor or anchor in anchors_in(target), link


@cache
def command_at(name):
    """Return the command *name*, loaded, or None if there is none."""
    later = typer.main.get_command(app).later
    return load(name, later[name]) if name in later else None


def command_of(first, *words):
    """Return the command that *first* and *words* begin with, or None if there is none."""
    command = command_at(first)
    for word in words:
        if not isinstance(command, TyperGroup) or word.startswith(("-", "[")):
            break
        command = command.commands.get(word)
    return command


@pytest.mark.parametrize("page", OF_TODAY, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_command_is_there_with_the_options_named(page):
    for line in COMMAND.findall(text_of(page)):
        words = REMARK.sub("", line)
        command = command_of(*words.split())

        assert command is not None, words
        names = [(*one.opts, *one.secondary_opts) for one in command.params]
        assert set(OPTION.findall(words)) <= {"--help", *chain(*names)}, words


@pytest.mark.parametrize("name", READMES)
def test_each_setting_is_told_and_no_other(name):
    told = re.findall(r"^\| `LANTERN_([A-Z_]+)` \|", text_of(ROOT / name), re.MULTILINE)

    assert sorted(told) == sorted(["CONFIG", *(field.upper() for field in Settings.model_fields)])


def test_the_settings_have_the_same_defaults_in_both_languages():
    row = re.compile(r"^\| `LANTERN_([A-Z_]+)` \| ([^|]*) \|", re.MULTILINE)
    english, chinese = (
        {
            name: re.findall("`[^`]+`", default)
            for name, default in row.findall(text_of(ROOT / page))
        }
        for page in READMES
    )

    assert english == chinese


def test_each_count_to_watch_is_counted():
    counted = set(re.findall(r"^# TYPE (\w+)", Metrics().render().decode(), re.MULTILINE))

    assert set(re.findall(r"`(lantern_[a-z_]+)`", OPERATIONS)) <= counted


def test_each_line_of_the_log_that_is_explained_can_be_written():
    table = OPERATIONS.partition("| action | what it means |")[2].partition("\n\n")[0]
    rows = [row.split("|")[1] for row in table.strip().splitlines()[1:]]
    explained = re.findall(r"`([a-z_]+)`", "".join(rows))

    assert set(explained) <= {action.value for action in Action}
