"""Offices near by: staff write them down, and families read them under the topics they fit."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.root import app
from bot.desk.helplines import read_helplines
from bot.domain.errors import FlowError

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
FILE = "flows/directory/places.yaml"
PLACES = """
places:
  aid:
    kind: legal_aid
    names: {en: Legal aid centre, zh_CN: 法律援助中心}
    address: {en: Example Road 1, zh_CN: 示例路1号}
    number: 0855-8000000
    hours: {en: weekdays 9 to 17, zh_CN: 工作日9点到17点}
    last_checked: 2026-11-20
  bureau:
    kind: education_bureau
    names: {en: Education bureau, zh_CN: 教育局}
    number: 0855-8000001
    last_checked: 2025-01-02
"""


def lantern(*words):
    result = CliRunner().invoke(app, words, env={"COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def own(tmp_path):
    """An organisation's folder, in which the offices near by are *text*."""

    def write(text=PLACES):
        path = tmp_path / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return str(tmp_path)

    return write


@pytest.mark.long
def test_as_shipped_no_office_is_known_and_none_is_told():
    assert "No offices near by are written down yet" in lantern("directory")
    assert "0855" not in lantern("ask", "May I get a lawyer free of charge?")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            (
                "Legal aid centre: 0855-8000000 Example Road 1 "
                "(weekdays 9 to 17; checked on 2026-11-20)"
            ),
        ),
        ("zh_CN", "法律援助中心：0855-8000000 示例路1号（工作日9点到17点；2026-11-20核对）"),
    ],
)
def test_an_office_is_told_under_the_topics_that_it_fits(own, language, line):
    asked = lantern("ask", "免费律师怎么找", "--lang", language, "--own", own())

    assert line in asked.splitlines()
    assert "0855-8000001" not in asked


def test_hours_that_nobody_wrote_down_are_not_told_as_a_fact(own):
    asked = lantern("ask", "同学欺负我怎么办", "--lang", "en", "--own", own())

    assert "Education bureau: 0855-8000001 (hours differ, please check; checked on" in asked


def test_offices_are_listed_and_those_nobody_looked_at_for_a_year_are_named(own):
    shown = lantern("directory", "--own", own())
    listed = {
        each["name"]: each for each in json.loads(lantern("directory", "--json", "--own", own()))
    }

    assert "Legal aid centre" in shown
    assert "Not checked for a year: bureau." in shown
    assert (listed["aid"]["kind"], listed["aid"]["is_late"]) == ("legal_aid", False)
    assert listed["bureau"]["is_late"]
    assert "D107" in lantern("guidance", "check", "--own", own())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: legal_aid", "kind: legal_ade", 'did you mean "legal_aid"?'),
        ("number: 0855-8000001", "number: call us", "as it is dialled"),
        ("    number: 0855-8000001\n", "", "one is needed at least"),
        ("last_checked: 2025-01-02", "last_checked: lately", "a date like"),
        (", zh_CN: 教育局", "", "the text in zh_CN is missing"),
    ],
)
def test_what_is_wrong_with_an_office_is_said(own, old, new, says):
    assert old in PLACES

    with pytest.raises(FlowError) as caught:
        read_helplines(Path(own(PLACES.replace(old, new, 1))))

    assert says in " ".join(found.text for found in caught.value.findings)


def test_the_examples_in_the_file_are_sound(own):
    lines = (ROOT / FILE).read_text("utf-8").splitlines()
    start = lines.index("# places:")
    examples = [line.removeprefix("# ") for line in lines[start:] if line.startswith("# ")]

    assert len(read_helplines(Path(own("\n".join(examples)))).places) == 2
