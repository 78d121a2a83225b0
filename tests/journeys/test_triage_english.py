"""The second network for English is learned by command, and read with the other one."""

import orjson
import pytest
from typer.testing import CliRunner

from bot.assessing.schooling import fresh_one_language
from bot.cli.root import app
from bot.content import content_root
from bot.one_language_network import load_one_language, pieces_in, write_one_language
from bot.risk_check import read_triage
from bot.triage.close import ENGLISH, ENGLISH_PIECES, FIRST_KIND, NETWORK, TABLE
from bot.triage.one_language import Together


def invoke(*arguments):
    return CliRunner().invoke(app, ["triage", *arguments])


@pytest.fixture
def examples(tmp_path):
    lines = []
    for number in range(12):
        harm, play = f"on day {number} they walk around me", f"on day {number} they wait for me"
        risk = {"level": "urgent", "categories": ["bullying"], "twin": f"p{number}"}
        lines.append({"id": f"r{number}", "text": harm, "lang": "en", **risk})
        lines.append({"id": f"p{number}", "text": play, "lang": "en", "level": "none"})
    path = tmp_path / "examples.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)))
    return path


def test_what_is_to_be_weighed_with_must_be_there(examples, tmp_path):
    given = ("train", "--examples", str(examples), "--target", str(tmp_path), "--part", "english")
    assert f"there is no {tmp_path / NETWORK}" in str(invoke(*given).exception)
    (tmp_path / NETWORK).parent.mkdir(parents=True)
    (tmp_path / NETWORK).write_bytes((content_root() / NETWORK).read_bytes())
    assert f"there is no {tmp_path / ENGLISH}" in str(invoke(*given, "--go-on").exception)
    (tmp_path / ENGLISH).write_bytes((content_root() / ENGLISH).read_bytes())
    assert f"there is no {tmp_path / ENGLISH_PIECES}" in str(invoke(*given, "--go-on").exception)


@pytest.mark.rare
def test_english_is_learned_and_read_with_both(examples, tmp_path):
    given = ("train", "--examples", str(examples), "--target", str(tmp_path), "--rounds", "1")
    assert invoke(*given, "--part", "both").exit_code == 0
    assert "english\t0.0000" in (tmp_path / TABLE).read_text(encoding="utf-8")
    shipped, table = (content_root() / ENGLISH).read_bytes(), content_root() / ENGLISH_PIECES
    before = fresh_one_language(
        load_one_language(shipped, table, large=True).weights, FIRST_KIND + 1
    )
    content = write_one_language(before, ("bullying",), (), pieces_in(shipped, table))
    (tmp_path / ENGLISH).write_bytes(content)
    (tmp_path / ENGLISH_PIECES).write_bytes(table.read_bytes())
    learned = invoke(*given, "--part", "english", "--go-on")
    assert learned.exit_code == 0, learned.output
    assert "english\t0.7000" in (tmp_path / TABLE).read_text(encoding="utf-8")
    network = read_triage(tmp_path).closely.network()
    assert isinstance(network, Together)
    assert network.kinds == ("bullying",)
    assert network.beside[0].network.answer(["they walk around me"]) != [[0.0] * 4]
    assert not list(tmp_path.glob("flows/triage/.*"))
    (tmp_path / ENGLISH).unlink()
    assert invoke(*given[:-2], "--part", "mix").exit_code == 0
    assert "english\t0.0000" in (tmp_path / TABLE).read_text(encoding="utf-8")
