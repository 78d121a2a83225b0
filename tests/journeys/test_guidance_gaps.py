"""What nobody could answer reaches those who write answers, and not who asked it."""

import asyncio
import json
from datetime import date

import pytest
import pytest_asyncio
from lives import open_town
from rows import sql
from running import prepare, settings_in
from typer.testing import CliRunner

from bot.advising.gaps import group
from bot.cli.root import app
from bot.demo import prepare_demo
from bot.doctor.database import opened
from bot.domain.errors import ConfigError
from bot.domain.gap import Gap, GapKind
from bot.domain.ids import DAY
from storage import data_keys, gaps


def a_gap(text, day=date(2026, 11, 28)):
    return Gap(text=text, language="zh_CN", voice="child", day=day, kind=GapKind.UNANSWERED)


@pytest_asyncio.fixture
async def town(tmp_path):
    async with open_town(tmp_path) as town:
        yield town


async def kept(town):
    await town.quiet()
    listed = await town.run.lantern.house.database.read(gaps.open_gaps)
    return [(gap.text, gap.language, gap.voice, gap.kind) for gap in listed]


@pytest.mark.asyncio
async def test_what_was_asked_first_of_all_is_kept_too(town):
    child = town.contact("en")
    await child.writes("how far is the moon?")
    await child.writes("1")

    assert [text for text, *_ in await kept(town)] == ["how far is the moon?"]


@pytest.mark.asyncio
async def test_a_question_without_an_answer_is_kept_without_whose_it_is(town, tmp_path):
    child = await town.child()
    await town.answers(child, ("how far is the moon from 13985512345", "no good answer"))

    assert await kept(town) == [("how far is the moon from ▢", "en", "child", GapKind.UNANSWERED)]
    names = [
        row[1] for row in sql(tmp_path / "lantern.sqlite3", "PRAGMA table_info(guidance_gaps)")
    ]
    assert names == ["id", "day", "kind", "language", "voice", "done_on", "sealed_text"]


@pytest.mark.asyncio
async def test_an_adults_question_in_chinese_is_kept_as_such(town):
    adult = town.contact("zh-hans")
    await town.answers(adult, ("/start", "你是"), ("2", ""), ("月亮离我们有多远", "答不好"))

    assert await kept(town) == [("月亮离我们有多远", "zh_CN", "adult", GapKind.UNANSWERED)]


@pytest.mark.asyncio
async def test_an_answer_to_another_question_is_kept_once_it_is_called_that(town):
    child = await town.child()
    await town.answers(child, ("can my parents read my diary", "Law:"))
    await child.hears("anything else?")
    assert await kept(town) == []

    await child.taps("Another answer, please")
    await child.hears("I am sorry")

    assert await kept(town) == [("can my parents read my diary", "en", "child", GapKind.NOT_ASKED)]


@pytest.mark.asyncio
async def test_a_topic_that_was_leafed_to_was_no_question(town):
    child = await town.child()
    await town.answers(child, ("can my parents read my diary", "Law:"), ("another", "know?"))
    await town.answers(child, ("1", "about?"), ("1", "Law:"))
    await child.hears("anything else?")

    await child.taps("Another answer, please")
    await child.hears("I am sorry")

    assert await kept(town) == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "before", ["my father beats me every day", "I do not want to live any more"]
)
async def test_nothing_that_carries_risk_and_nothing_after_it_is_kept(town, before):
    child = await town.child()
    await child.writes(before)
    await town.quiet()
    await child.writes("menu")
    await town.quiet()
    for text in ("3", "how far is the moon"):
        await child.writes(text)
        await town.quiet()

    assert await kept(town) == []


@pytest.mark.asyncio
async def test_after_half_a_year_it_is_gone(town):
    child = await town.child()
    await town.answers(child, ("how far is the moon", "no good answer"))
    assert len(await kept(town)) == 1

    town.later(180 * DAY)
    town.later(2 * DAY)

    async def is_gone():
        return not await town.run.lantern.house.database.read(gaps.open_gaps)

    await town.run.until(is_gone)


# lantern guidance gaps


@pytest.fixture
def lantern(tmp_path, monkeypatch):
    """The command, on a database in which some questions wait."""
    settings = settings_in(tmp_path)
    prepare(settings)
    for name in ("DATABASE", "KEY_FILE"):
        monkeypatch.setenv(f"LANTERN_{name}", str(getattr(settings, name.lower())))
    asked = [
        ("可以养狗吗", date(2026, 11, 1)),
        ("可以养狗吗？", date(2026, 11, 2)),
        ("我可以养狗吗", date(2026, 11, 20)),
        ("月亮有多远", date(2026, 11, 3)),
    ]

    async def fill():
        async with opened(settings) as database:
            await database.write(data_keys.make_house_key)
            for text, day in asked:
                await database.write(lambda tx, t=text, d=day: gaps.keep_gap(tx, a_gap(t, d)))

    asyncio.run(fill())
    return lambda *words: CliRunner().invoke(
        app, ["guidance", "gaps", *words], env={"COLUMNS": "160"}
    )


def test_questions_that_are_alike_stand_together_the_most_frequent_first(lantern):
    listed = json.loads(lantern("--json").stdout)

    assert [(each["count"], each["language"]) for each in listed] == [(3, "zh_CN"), (1, "zh_CN")]
    assert listed[0]["text"] == "可以养狗吗"
    assert (listed[0]["first"], listed[0]["last"]) == ("2026-11-01", "2026-11-20")
    assert listed[0]["voices"] == {"child": 3}
    shown = lantern().stdout
    assert shown.index("可以养狗吗") < shown.index("月亮有多远")
    assert "4 questions in 2 groups; --done KEY marks one as handled." in shown


def test_only_what_was_asked_since_a_day(lantern):
    assert [
        each["count"] for each in json.loads(lantern("--since", "2026-11-10", "--json").stdout)
    ] == [1]


def test_what_was_handled_is_listed_no_more(lantern):
    key = json.loads(lantern("--json").stdout)[0]["key"]

    assert "3 questions are marked as handled." in lantern("--done", key).stdout
    assert [each["text"] for each in json.loads(lantern("--json").stdout)] == ["月亮有多远"]
    assert isinstance(lantern("--done", "nothing").exception, ConfigError)
    last = json.loads(lantern("--json").stdout)[0]["key"]
    lantern("--done", last)
    assert "No question is waiting for an answer." in lantern().stdout


def test_that_they_were_read_goes_into_the_audit(lantern, tmp_path):
    lantern()

    [row] = sql(tmp_path / "lantern.sqlite3", "SELECT actor, action FROM audit")
    assert tuple(row) == ("operator", "gaps_read")


@pytest.mark.parametrize(
    ("texts", "sizes"),
    [
        (["can I have a dog", "can i have a dog?", "may I have a dog"], [3]),
        (["几岁能骑电动车", "骑电动车要几岁", "学费多少"], [2, 1]),
        (["can I have a dog", "how far is the moon"], [1, 1]),
        ([], []),
    ],
)
def test_likeness(texts, sizes):
    found = group([a_gap(text) for text in texts])

    assert [len(each.gaps) for each in found] == sizes


@pytest.mark.usefixtures("lantern")
def test_the_list_fits_a_terminal_of_80_columns():
    shown = CliRunner().invoke(app, ["guidance", "gaps"], env={"COLUMNS": "80"}).stdout

    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "zh_CN · children: 3 · no answer found: 3 · 2026-11-20" in shown


def test_beside_a_demo_it_says_which_settings_look_into_that(tmp_path, monkeypatch):
    prepare_demo(tmp_path / "demo", is_fresh=False)
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE", "KEY_FILE"):
        monkeypatch.delenv(f"LANTERN_{name}", raising=False)

    result = CliRunner().invoke(app, ["guidance", "gaps"])

    assert isinstance(result.exception, ConfigError)
    assert "LANTERN_DATABASE=demo/lantern.sqlite3" in str(result.exception)
    assert "LANTERN_KEY_FILE=demo/lantern.key" in str(result.exception)
