"""The risk check as operators and reviewers try it: lantern triage."""

import json
import re
import tomllib
from pathlib import Path

import orjson
import pytest
from lives import open_town
from running import prepare, settings_in
from typer.testing import CliRunner

from bot.assessing.labelled import read_labelled
from bot.assessing.learning import INSTALLING, library
from bot.assessing.replaying import replay_case
from bot.assessing.studying import mark_of
from bot.authoring.proofs import prove_everything
from bot.building import rules_as_they_run
from bot.cli.root import app
from bot.content import content_root
from bot.domain.errors import ConfigError, FlowError
from bot.domain.level import Level
from bot.risk_check import read_triage
from bot.triage.close import NETWORK, TABLE
from bot.triage.closely import find_closely
from storage import cases

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


def invoke(*words, **more):
    return CliRunner().invoke(app, ["triage", *words], **more)


def test_a_text_is_explained_to_a_person():
    result = invoke("check", "爸爸喝酒以后我不敢回家", "--lang", "zh_CN")
    assert result.exit_code == 0, result.output
    assert "urgent" in result.stdout
    assert "不敢回家" in result.stdout
    assert "never means safe" in result.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", ""], "nothing to look at"),
        (["check", "  "], "nothing to look at"),
        (["check", "my dad hits me", "--lang", "xx"], "--lang is en or zh_CN"),
    ],
)
def test_what_cannot_be_explained_is_refused(words, says):
    refused = invoke(*words)

    assert isinstance(refused.exception, ConfigError)
    assert says in str(refused.exception)


def test_the_explanation_fits_80_columns_and_nothing_of_it_is_cut_off():
    text = "my dad hits me with a belt every evening and I do not want to live any more"

    shown = invoke("check", text, env={"COLUMNS": "80"}).stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert not any(line.rstrip().endswith("…") for line in shown.splitlines())
    assert 'physical abuse  "dad hits me"' in shown
    assert "rule hit_at_home_en" in shown


def test_what_was_said_before_is_read_with_it():
    alone = invoke("check", "nobody would care")
    together = invoke("check", "and die", "--before", "I just want to go to sleep")
    assert alone.exit_code == together.exit_code == 0


def test_lines_of_json_are_answered_line_by_line_and_a_bad_one_stops_nothing():
    lines = [
        {"id": 1, "text": "我不想活了"},
        {"id": "two", "text": "今天作业好多", "writer": "child", "history": ["你好"]},
    ]
    given = "\n".join([json.dumps(lines[0]), "not json", '{"id": 3}', json.dumps(lines[1]), ""])
    result = invoke("run", "--jsonl", input=given)
    assert result.exit_code == 1
    first, second, third, last = [orjson.loads(line) for line in result.stdout.splitlines()]
    assert (first["id"], first["level"], first["categories"]) == (1, "urgent", ["suicide"])
    [signal, *_] = first["signals"]
    assert signal["words"] == "我不想活了"[signal["start"] : signal["end"]]
    assert second["id"] is None
    assert third["id"] == 3
    assert "error" in second
    assert "error" in third
    assert last == {"id": "two", "level": "none", "categories": [], "signals": []}


def test_no_line_of_json_whatever_stands_in_it_ends_the_run():
    bad = ["[" * 100_000, '{"id": ' + "[" * 300 + "]" * 300 + ', "text": "x"}']
    result = invoke("run", "--jsonl", input="\n".join([*bad, '{"id": 2, "text": "x"}']))
    assert [orjson.loads(line)["id"] for line in result.stdout.splitlines()] == [None, None, 2]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "wrong", [{"text": None}, {"text": ["help"]}, {"text": 5}, {"text": "x", "history": "help"}]
)
def test_what_is_no_text_is_an_error_and_not_nothing_seen(wrong):
    result = invoke("run", "--jsonl", input=json.dumps({"id": 7, **wrong}))
    [line] = [orjson.loads(line) for line in result.stdout.splitlines()]
    assert (line["id"], [*line], result.exit_code) == (7, ["id", "error"], 1)


@pytest.fixture
def labelled(tmp_path):
    file = tmp_path / "texts.jsonl"
    lines = [
        {
            "id": "a",
            "text": "我不想活了",
            "level": "urgent",
            "categories": ["suicide"],
            "twin": "b",
        },
        {"id": "b", "text": "今天作业好多", "level": "none", "twin": "a"},
        {"id": "c", "text": "嗯", "level": "emergency", "categories": [], "lang": "zh_CN"},
    ]
    file.write_bytes(b"\n".join(orjson.dumps(line) for line in lines))
    return file


@pytest.mark.rare
def test_measures_are_printed_without_the_texts_unless_they_are_asked_for(labelled):
    measured = orjson.loads(invoke("eval", str(labelled), "--json").stdout)
    assert measured["shares"]["recall, any risk"]["value"] == 0.5
    assert measured["confusion"]["emergency"]["none"] == 1
    assert measured["misses"] == ["c"]
    shown = invoke("eval", str(labelled)).stdout
    assert "c emergency" in shown
    assert "嗯" not in shown
    assert "嗯" in invoke("eval", str(labelled), "--show").stdout


def test_one_half_of_a_test_set_is_measured_alone(labelled):
    lines = [orjson.loads(line) for line in labelled.read_bytes().splitlines()]
    halves = [{**line, "half": "open" if line["id"] == "c" else "held_out"} for line in lines]
    labelled.write_bytes(b"\n".join(map(orjson.dumps, halves)))
    measured = orjson.loads(invoke("eval", str(labelled), "--half", "open", "--json").stdout)
    assert measured["shares"]["recall, any risk"]["of"] == 1
    refused = invoke("eval", str(labelled), "--half", "other")
    assert "no text is of the half other" in str(refused.exception)


def test_a_file_that_is_none_is_told_with_its_line(labelled):
    labelled.write_text('{"id": "a"}\n', encoding="utf-8")
    result = invoke("eval", str(labelled))
    assert result.exit_code != 0


@pytest.mark.rare
def test_learning_writes_the_same_file_each_time(tmp_path):
    lines = []
    for number in range(12):
        harm, play = f"他们第{number}天又绕开我", f"他们第{number}天又等着我"
        lines.append(
            {"id": f"r{number}", "text": harm, "level": "urgent", "categories": ["bullying"]}
        )
        lines.append({"id": f"p{number}", "text": play, "level": "none"})
    examples = tmp_path / "examples.jsonl"
    examples.write_bytes(b"\n".join(orjson.dumps(line) for line in lines))
    given = ("train", "--examples", str(examples), "--rounds", "1")
    for folder, part in (("one", "both"), ("two", "quick")):
        result = invoke(*given, "--part", part, "--target", str(tmp_path / folder))
        assert result.exit_code == 0, result.output
    one, two = tmp_path / "one/flows/triage", tmp_path / "two/flows/triage"
    assert "绕开".encode() in (one / "opinion.tsv").read_bytes()
    assert (one / "opinion.tsv").read_bytes() == (two / "opinion.tsv").read_bytes()
    assert sorted(path.name for path in one.iterdir()) == [
        "close.npz",
        "close.tsv",
        "opinion.tsv",
    ]
    own = read_triage(tmp_path / "one")
    assert own.closely.kinds == ("bullying",)
    marks = {mark_of(text) for text in read_labelled([examples])}
    assert set() < own.closely.network().held & marks < marks
    with_mix = (*given, "--part", "mix", "--target", str(tmp_path / "one"))
    table = (one / "close.tsv").read_bytes()
    assert invoke(*with_mix).exit_code == 0
    assert (one / "close.tsv").read_bytes() == table
    learned = invoke(*with_mix, "--shares-on", str(examples))
    assert "none is harmless and no example" in str(learned.exception)
    others = tmp_path / "others.jsonl"
    others.write_bytes(examples.read_bytes().replace("他们".encode(), "她们".encode()))
    assert invoke(*with_mix, "--shares-on", str(others)).exit_code == 0
    assert (one / "close.tsv").read_bytes() != table
    others.write_bytes(others.read_bytes().replace(b"none", b"urgent"))
    risky = invoke(*with_mix, "--shares-on", str(others))
    assert "none is harmless and no example" in str(risky.exception)
    known = (one / "close.npz").read_bytes()
    going_on = (*given, "--part", "close", "--go-on", "--target", str(tmp_path / "one"))
    assert invoke(*going_on).exit_code == 0
    assert (one / "close.npz").read_bytes() != known
    assert read_triage(tmp_path / "one").closely.network().held == own.closely.network().held
    examples.write_bytes(examples.read_bytes().replace(b"bullying", b"neglect"))
    assert "knows other categories than these texts" in str(invoke(*going_on).exception)
    assert own.closely.version in own.version
    assert find_closely("你好", own) == ()


@pytest.mark.rare
def test_how_pinyin_is_read_is_learned_from_the_examples(tmp_path):
    examples = tmp_path / "examples.jsonl"
    texts = ["熊猫吃竹子", "竹子给熊猫吃", "a panda"]
    examples.write_bytes(
        b"\n".join(orjson.dumps({"id": t, "text": t, "level": "none"}) for t in texts)
    )
    given = ("train", "--examples", str(examples), "--part", "pinyin", "--target", str(tmp_path))
    assert invoke(*given, "--dry-run").exit_code == 0
    assert not (tmp_path / "flows").exists()
    result = invoke(*given)
    assert result.exit_code == 0, result.output
    assert read_triage(tmp_path).pinyin.read("xiongmao chi zhuzi") == "熊猫吃竹子"


def test_what_pinyin_was_read_as_is_told():
    assert "read from pinyin: 我爸打我" in invoke("check", "wo ba da wo").output


def test_help_names_the_libraries_that_learning_needs():
    assert INSTALLING in " ".join(invoke("train", "--help").stdout.split())


def test_what_to_install_for_learning_is_the_same_wherever_it_is_said():
    names = set(INSTALLING.removeprefix("pip install ").split())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    train = project["optional-dependencies"]["train"]
    assert {re.match(r"[\w-]+", each)[0] for each in train} == names
    assert INSTALLING in (ROOT / "docs" / "triage.md").read_text("utf-8")


def test_a_library_that_is_missing_is_named_and_not_the_package_of_somebody_else():
    with pytest.raises(ConfigError) as refused:
        library("lantern_knows_of_no_such_library")
    assert INSTALLING in str(refused.value)
    assert "lantern" not in INSTALLING


def harmless_and_not(folder):
    """Return *folder* with two files of texts, of which one is a risk."""
    folder.mkdir()
    for name, level in (("one", "urgent"), ("two", "none")):
        line = {"id": name, "text": f"number {name}", "level": level}
        (folder / f"{name}.jsonl").write_bytes(orjson.dumps(line))
    return folder


def test_all_that_lies_in_a_folder_is_learned_from_and_it_is_told_how_far_it_is(tmp_path):
    given = ("train", "--examples", str(harmless_and_not(tmp_path / "all")), "--part", "quick")
    result = invoke(*given, "--target", str(tmp_path / "learned"))
    assert result.exit_code == 0, result.output
    assert "Learning from 2 texts." in result.stdout
    assert "The quick reading learns" in result.stderr
    assert (tmp_path / "learned/flows/triage/opinion.tsv").is_file()


def test_what_is_learned_from_other_texts_never_takes_the_place_of_what_lantern_comes_with(
    tmp_path,
):
    own = content_root() / "flows/triage/opinion.tsv"
    before = own.read_bytes()
    given = ("train", "--examples", str(harmless_and_not(tmp_path / "all")), "--part", "quick")
    refused = invoke(*given)
    assert own.read_bytes() == before
    assert isinstance(refused.exception, ConfigError)
    assert "name a folder of your own with --target" in str(refused.exception)
    assert invoke(*given, "--dry-run").exit_code == 0
    assert own.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--examples", "none.jsonl"], "none.jsonl:1: T902 the file cannot be read"),
        (["--examples", "empty"], "there are no texts to learn from in empty"),
        (["--examples", "all/two.jsonl"], "none of the texts tells of a risk"),
        (["--examples", "all", "--shares-on", "none.jsonl"], "none.jsonl:1: T902 the file cannot"),
        (["--examples", "all", "--target", "all/one.jsonl"], "cannot be written to"),
        (["--examples", "all", "--target", "/proc/none"], "cannot be written to"),
    ],
)
def test_what_cannot_be_learned_from_or_written_is_told_before_the_learning(
    tmp_path, monkeypatch, given, says
):
    monkeypatch.chdir(tmp_path)
    harmless_and_not(tmp_path / "all")
    (tmp_path / "empty").mkdir()
    target = [] if "--target" in given else ["--target", "learned"]
    refused = invoke("train", "--part", "quick", *given, *target)
    assert isinstance(refused.exception, ConfigError | FlowError)
    assert says in str(refused.exception)
    assert "The quick reading learns" not in refused.stderr


@pytest.mark.parametrize("option", ["--ordinary", "--twins"])
@pytest.mark.parametrize("share", ["5", "-1"])
def test_a_share_is_between_none_and_all(option, share):
    refused = invoke("train", option, share, "--dry-run")
    assert refused.exit_code == 2
    assert option in refused.output


def test_no_round_at_all_is_refused_before_anything_is_read():
    refused = invoke("train", "--rounds", "0")
    assert refused.exit_code == 2
    assert "--rounds" in refused.output


def test_what_is_not_there_cannot_be_weighed_anew(labelled, tmp_path):
    result = invoke(
        "train", "--examples", str(labelled), "--part", "mix", "--target", str(tmp_path / "none")
    )
    assert result.exit_code != 0
    assert "learn it first, without --go-on and with --part both" in str(result.exception)
    result = invoke(
        "train", "--examples", str(labelled), "--go-on", "--target", str(tmp_path / "none")
    )
    assert "learn it first, without --go-on" in str(result.exception)


@pytest.mark.rare
def test_a_network_of_other_categories_than_its_table_is_found_before_it_runs(tmp_path):
    table = (content_root() / TABLE).read_text(encoding="utf-8")
    for name in (TABLE, NETWORK):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((content_root() / name).read_bytes())
    (tmp_path / TABLE).write_text(table.replace("bullying,", ""), encoding="utf-8")
    assert [f.code for f in prove_everything((), tmp_path).findings] == ["T904"]
    result = CliRunner().invoke(app, ["triage", "lint", "--content", str(tmp_path)])
    assert result.exit_code != 0
    assert "T904" in result.output + str(result.exception)


async def test_today_s_rules_are_tried_on_a_case_of_before(tmp_path):
    async with open_town(tmp_path) as town:
        child = town.contact()
        await child.writes("hello")
        await child.writes("my father beats me")
        [line] = await town.run.until(lambda: town.run.desk.queue(town.watcher))
        database = town.run.lantern.house.database
        case = await database.read(lambda tx: cases.find_case(tx, line.id))
        replayed = await database.read(lambda tx: replay_case(tx, case, read_triage()))
        assert (replayed.code, replayed.then, replayed.now) == (
            line.code,
            Level.URGENT,
            Level.URGENT,
        )
        assert replayed.new_rules == frozenset()


async def test_answers_of_our_own_are_no_signs_when_a_case_is_read_again(tmp_path):
    async with open_town(tmp_path) as town:
        adult = town.contact("zh-hans")
        for text in ("/start", "3", "1", "3", "不认识的", "停"):
            await adult.writes(text)
        await town.quiet()
        [line] = await town.run.until(lambda: town.run.desk.queue(town.watcher))
        database, rules = town.run.lantern.house.database, rules_as_they_run()
        case = await database.read(lambda tx: cases.find_case(tx, line.id))
        replayed = await database.read(lambda tx: replay_case(tx, case, rules))
        assert (replayed.now, replayed.new_rules) == (replayed.then, frozenset())


def test_a_replay_says_what_it_needs(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    environ = {
        "LANTERN_DATABASE": str(settings.database),
        "LANTERN_KEY_FILE": str(settings.key_file),
    }
    result = invoke("replay", env=environ)
    assert result.exit_code == 0, result.output
    assert "0 cases" in result.stdout
