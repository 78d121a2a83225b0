"""Staff write down the offices near by without touching a file: lantern directory place."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.root import app
from bot.desk.own_file import with_entry, without_entry, without_value
from bot.directory.places import FILE
from bot.domain.errors import ConfigError, FlowError

pytestmark = pytest.mark.rare

ROOT = Path(__file__).parents[2]
TODAY = datetime.now(UTC).astimezone().date()
LEGAL_AID = (
    *("--kind", "legal_aid", "--number", "0855-8000000"),
    *("--names", "en=Legal aid: Kaili", "--names", "zh_CN=凯里市法律援助中心"),
    *("--hours", 'en=weekdays "9 to 17"', "--hours", "zh_CN=工作日9点到17点"),
)
STATION = (
    *("--kind", "township_station", "--names", "en=Wanchao station", "--names", "zh_CN=湾水站"),
    *("--address", "en=Main street 1", "--address", "zh_CN=大街1号"),
)


def place(*words):
    return CliRunner().invoke(app, ["directory", "place", *words], env={"COLUMNS": "200"})


@pytest.fixture
def own(tmp_path):
    return tmp_path


@pytest.fixture
def aid(own):
    """A folder in which one office is written down, and who calls it writes beside it."""
    result = place("add", "aid", *LEGAL_AID, "--own", str(own))
    assert result.exit_code == 0, result.output
    return own


def listed(own):
    shown = CliRunner().invoke(app, ["directory", "--json", "--own", str(own)])
    return {each["name"]: each for each in json.loads(shown.stdout) if "kind" in each}


def test_the_folder_may_be_named_before_the_command_as_well(own):
    words = ["directory", "--content", str(own), "place", "add", "aid", *LEGAL_AID]

    told = CliRunner().invoke(app, words, env={"COLUMNS": "200"})

    assert told.exit_code == 0, told.output
    assert "aid" in listed(own)


@pytest.mark.rare
def test_an_office_is_written_down_and_told_under_the_topics_of_its_kind(aid):
    assert listed(aid)["aid"] == {
        "name": "aid",
        "kind": "legal_aid",
        "number": "0855-8000000",
        "names": {"en": "Legal aid: Kaili", "zh_CN": "凯里市法律援助中心"},
        "address": {},
        "hours": {"en": 'weekdays "9 to 17"', "zh_CN": "工作日9点到17点"},
        "last_checked": TODAY.isoformat(),
        "is_late": False,
    }
    asked = ("ask", "how do I get a free lawyer for my child", "--own", str(aid))
    assert "Legal aid: Kaili: 0855-8000000" in CliRunner().invoke(app, [*asked]).stdout


def test_what_stands_in_the_file_stays_there(aid):
    before = (aid / FILE).read_text("utf-8")
    assert before.startswith((ROOT / FILE).read_text("utf-8").removesuffix("places: {}\n"))

    place("add", "station", *STATION, "--own", str(aid))
    after = (aid / FILE).read_text("utf-8")
    place("remove", "station", "--own", str(aid))

    assert after.startswith(before)
    assert [*listed(aid)] == ["aid"]
    assert (aid / FILE).read_text("utf-8") == before


def test_an_office_is_changed_word_by_word_and_counts_as_checked(aid):
    week_ago = (TODAY - timedelta(days=7)).isoformat()
    result = place("change", "aid", "--number", "0855-1", "--on", week_ago, "--own", str(aid))
    changed = listed(aid)["aid"]
    place("change", "aid", "--without", "hours", "--own", str(aid))
    without = listed(aid)["aid"]

    assert result.exit_code == 0, result.output
    assert (changed["number"], changed["last_checked"]) == ("0855-1", week_ago)
    assert changed["hours"]["zh_CN"] == "工作日9点到17点"
    assert (without["hours"], without["last_checked"]) == ({}, TODAY.isoformat())


def test_the_last_office_goes_and_none_is_left(aid):
    result = place("remove", "aid", "--own", str(aid))

    assert result.exit_code == 0, result.output
    assert listed(aid) == {}
    assert place("add", "aid", *LEGAL_AID, "--own", str(aid)).exit_code == 0


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        (("add", "aid", *LEGAL_AID), ConfigError, "already"),
        (("add", "Legal Aid", *LEGAL_AID), ConfigError, "small letters"),
        (("add", "b", *LEGAL_AID[4:], "--kind", "legal_ade"), FlowError, "legal_aid"),
        (("add", "b", *LEGAL_AID[:2], *LEGAL_AID[4:]), FlowError, "one is needed"),
        (("add", "b", *LEGAL_AID[:4]), ConfigError, "--names en=…"),
        (("add", "b", *LEGAL_AID[:6]), ConfigError, "--names zh_CN=…"),
        (("change", "aid", "--number", "call me"), FlowError, "as it is dialled"),
        (("change", "aid", "--without", "number"), FlowError, "one is needed"),
        (("change", "ade", "--number", "110"), ConfigError, 'did you mean "aid"'),
        (("change", "aid", "--on", "2999-01-01"), ConfigError, "still to come"),
        (("remove", "other"), ConfigError, "known are aid"),
    ],
)
def test_what_cannot_be_written_says_why_and_writes_nothing(aid, words, error, says):
    before = (aid / FILE).read_text("utf-8")

    result = place(*words, "--own", str(aid))

    assert isinstance(result.exception, error)
    told = str(result.exception) + str(getattr(result.exception, "findings", ""))
    assert says in told
    assert (aid / FILE).read_text("utf-8") == before


def test_without_a_folder_of_ones_own_nothing_is_written():
    before = (ROOT / FILE).read_bytes()

    assert "--content DIR" in str(place("remove", "aid").exception)
    assert (ROOT / FILE).read_bytes() == before


@pytest.mark.parametrize("command", ["add", "change", "remove"])
def test_each_command_shows_how_it_is_used(command):
    shown = place(command, "--help").stdout

    assert f"lantern directory place {command} kaili_legal_aid" in shown


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("places: {}\n# end\n", "places:\n  n:\n    a: x\n# end\n"),
        ("places:\n# end\n", "places:\n  n:\n    a: x\n# end\n"),
        (
            "places:\n   b:\n      a: y  # so\n",
            "places:\n   b:\n      a: y  # so\n   n:\n     a: x\n",
        ),
        ("places: {b: {a: y}}\n", "places: {b: {a: y}, n: {a: x}}\n"),
        (
            "places:\n  b: {a: y}  # so\n\n# end\n",
            "places:\n  b: {a: y}  # so\n  n:\n    a: x\n\n# end\n",
        ),
    ],
)
def test_an_entry_is_put_behind_the_others_and_comments_stay(before, after):
    assert with_entry(before, ("places", "n"), {"a": "x"}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("places:\n  n:\n    a: x\n# end\n", "places: {}\n# end\n"),
        (
            "places:\n  n:\n    a: x # so\n  # of b\n  b:\n    a: y\n",
            "places:\n  # of b\n  b:\n    a: y\n",
        ),
        ("places:\n  b: {a: y}\n  n: {a: x}\n\n# end\n", "places:\n  b: {a: y}\n\n# end\n"),
        ("places: {n: {a: x}, b: {a: y}}\n", "places: {b: {a: y}}\n"),
        ("places: {b: {a: y}, n: {a: x}}\n", "places: {b: {a: y}}\n"),
    ],
)
def test_an_entry_is_taken_out_and_comments_stay(before, after):
    assert without_entry(before, ("places", "n")) == after


def test_one_word_of_an_entry_is_taken_out():
    text = "places:\n  n:\n    a: x\n    # why\n    b: {en: y}\n    c: z\n"

    assert without_value(text, ("places", "n"), "b") == text.replace("    b: {en: y}\n", "")
