"""Staff keep the helplines: lantern directory."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.root import app
from bot.desk.own_file import with_value
from bot.directory import helpline_text, read_directory
from bot.directory.read import HELPLINES as FILE
from bot.domain.errors import ConfigError, FlowError

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
TODAY = datetime.now(UTC).astimezone().date().isoformat()


def directory(*words):
    return CliRunner().invoke(app, ["directory", *words], env={"COLUMNS": "200"})


def listed(own):
    told = json.loads(directory("--json", "--own", str(own)).stdout)
    return {line["name"]: line for line in told}


@pytest.fixture
def own(tmp_path):
    return tmp_path


def test_helplines_are_listed_with_the_day_they_were_last_checked(own):
    shown = directory().stdout

    assert "police" in shown
    assert "2026-11-23" in shown
    assert "not verified" in shown
    assert "public source" in shown
    assert shown.count("not tried here") == len(listed(own))
    assert "Never tried from here: police, ambulance," in shown
    assert "not all night" in shown


def test_the_list_fits_a_terminal_of_80_columns_without_cutting_a_word():
    shown = CliRunner().invoke(app, ["directory"], env={"COLUMNS": "80"}).stdout

    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "…" not in shown
    assert "questions and complaints, not for" in shown


def test_a_file_that_is_a_link_stays_one_and_whoever_could_read_it_still_can(own, tmp_path):
    kept = tmp_path / "kept.yaml"
    kept.write_bytes((ROOT / FILE).read_bytes())
    kept.chmod(0o664)
    (own / FILE).parent.mkdir(parents=True)
    (own / FILE).symlink_to(kept)

    assert directory("checked", "police", "--own", str(own)).exit_code == 0

    assert (own / FILE).is_symlink()
    assert TODAY in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("option", ["--own", "--content"])
def test_the_folder_may_be_named_before_the_command_as_well_as_behind_it(own, option):
    told = directory(option, str(own), "checked", "police")

    assert told.exit_code == 0, told.output
    assert listed(own)["police"]["tried"]["on"] == TODAY


def test_what_was_not_checked_for_a_year_is_named(own):
    text = (ROOT / FILE).read_text("utf-8").replace("2026-11-23", "2025-01-01", 1)
    (own / FILE).parent.mkdir(parents=True)
    (own / FILE).write_text(text, "utf-8")

    shown = directory("--own", str(own)).stdout

    assert "Not checked for a year: police." in shown
    assert listed(own)["police"]["is_late"]


def test_helplines_are_marked_as_checked_in_a_file_of_ones_own(own):
    result = directory("checked", "police", "youth", "--own", str(own))

    assert result.exit_code == 0, result.output
    assert str(own / FILE) in result.stdout
    known = listed(own)
    assert [known[name]["last_checked"] for name in ("police", "youth")] == [TODAY, TODAY]
    assert known["fire"]["last_checked"] == "2026-11-23"
    assert known["youth"]["verified"] is False
    ours = (ROOT / FILE).read_text("utf-8").splitlines()
    theirs = (own / FILE).read_text("utf-8").splitlines()
    assert len(set(theirs) - set(ours)) == 2
    assert theirs.count(f'    tried: {{on: {TODAY}, by: "staff"}}') == 2
    assert len(theirs) == len(ours) + 2


def test_who_has_tried_a_line_from_here_is_told_apart_from_what_is_public(own):
    directory("checked", "police", "--by", "social_worker", "--own", str(own))
    known, shown = listed(own), directory("--own", str(own)).stdout

    assert known["police"]["tried"] == {"on": TODAY, "by": "social_worker"}
    assert (known["fire"]["tried"], known["fire"]["verified"]) == (None, True)
    assert "by social_worker" in shown
    assert "Never tried from here: ambulance, fire," in shown
    directory("checked", "police", "--own", str(own))
    assert listed(own)["police"]["tried"] == {"on": TODAY, "by": "staff"}


def test_a_role_that_is_not_known_is_refused_with_those_that_are(own):
    result = directory("checked", "police", "--by", "socialworker", "--own", str(own))

    assert result.exit_code == 2
    assert "'socialworker' is not one of" in result.stderr
    assert "'social_worker', 'supervisor'" in result.stderr
    assert "Value error" not in result.stderr
    assert not (own / FILE).exists()


def test_a_line_that_was_tried_is_verified_and_may_lose_that_again(own):
    directory("checked", "youth", "--verified", "--own", str(own))
    assert listed(own)["youth"]["verified"] is True

    directory("checked", "youth", "--unverified", "--own", str(own))
    assert listed(own)["youth"]["verified"] is False


def test_hours_are_changed_in_every_language_and_count_as_tried(own):
    words = ("--hours", "en=9 to 17: weekdays", "--hours", "zh_CN=工作日9点到17点")
    result = directory("hours", "women", *words, "--not-all-night", "--own", str(own))

    assert result.exit_code == 0, result.output
    women = listed(own)["women"]
    assert women["hours"] == {"en": "9 to 17: weekdays", "zh_CN": "工作日9点到17点"}
    assert (women["verified"], women["not_all_night"]) == (True, True)
    assert women["last_checked"] == TODAY
    again = ("--hours", "en=all day", "--hours", "zh_CN=全天")
    directory("hours", "women", *again, "--all-night", "--own", str(own))
    assert listed(own)["women"]["hours"]["en"] == "all day"
    assert listed(own)["women"]["not_all_night"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("checked", "polce"),
        ("hours", "women", "--hours", "en=x"),
        ("hours", "women", "--hours", "en=x", "--hours", "zh_CN= "),
        ("hours", "women", "--hours", "en=x", "--hours", "zh_CN=x", "--hours", "fr=x"),
        ("hours", "women", "--hours", "all day"),
        ("hours", "nobody", "--hours", "en=x", "--hours", "zh_CN=x"),
    ],
)
def test_what_cannot_be_written_says_why_and_writes_nothing(own, words):
    assert isinstance(directory(*words, "--own", str(own)).exception, ConfigError)
    assert not (own / FILE).exists()


def test_without_a_folder_of_ones_own_nothing_is_written():
    before = (ROOT / FILE).read_bytes()

    assert "--content DIR" in str(directory("checked", "police").exception)
    assert (ROOT / FILE).read_bytes() == before


def test_a_broken_file_is_left_as_it_is(own):
    (own / FILE).parent.mkdir(parents=True)
    (own / FILE).write_text("helplines: {", "utf-8")

    assert isinstance(directory("checked", "police", "--own", str(own)).exception, FlowError)
    assert (own / FILE).read_text("utf-8") == "helplines: {"


BLOCK = """\
# kept by staff
helplines:
  a:
    number: "1"  # the one
    verified: no   # not yet
    for: {en: x, zh_CN: y}
    last_checked: 2026-01-01

  # of nobody
  b: {number: "2", last_checked: 2026-01-01}
  c:
    last_checked: 2026-01-01
    for:
      en: x

# the end
"""


@pytest.mark.parametrize(
    ("name", "word", "value", "old", "new"),
    [
        ("a", "verified", "yes", "verified: no   # not yet", "verified: yes   # not yet"),
        ("a", "for", "{en: z}", "for: {en: x, zh_CN: y}", "for: {en: z}"),
        ("a", "hours", "{en: z}", "2026-01-01\n\n", "2026-01-01\n    hours: {en: z}\n\n"),
        ("b", "last_checked", "2026-02-02", "2026-01-01}", "2026-02-02}"),
        ("b", "verified", "yes", "2026-01-01}", "2026-01-01, verified: yes}"),
        ("c", "for", "{en: z}", "for:\n      en: x", "for: {en: z}"),
        ("c", "verified", "no", "      en: x\n", "      en: x\n    verified: no\n"),
    ],
)
def test_only_one_value_changes_and_comments_stay(name, word, value, old, new):
    assert BLOCK.count(old) == 1

    assert with_value(BLOCK, ("helplines", name), word, value) == BLOCK.replace(old, new)


def test_nothing_unverified_is_told_as_a_fact():
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in (*ROOT.glob("flows/directory/*.yaml"), ROOT / "flows/guidance/laws.yaml")
    }
    text = with_value(
        texts[FILE], ("helplines", "youth"), "hours", '{en: "9 to 21", zh_CN: "9点到21点"}'
    )
    told = read_directory({**texts, FILE: text})

    for line in told.helplines.values():
        said = helpline_text(told, line, "en")
        assert ("please check" in said) is not line.is_verified
        assert ("not all night" in said) is line.is_closed_at_night
    assert date.min < told.helplines["youth"].last_checked
