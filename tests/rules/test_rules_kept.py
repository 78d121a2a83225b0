"""Rules that were read and proved are kept between starts, and never believed if in doubt."""

import inspect
import os
from pathlib import Path

import pytest
from wish_rule import RULE

from bot import keeping
from bot.building import read_book
from bot.casework.meanings import check_meanings
from bot.content import read_content
from bot.domain.errors import Finding, FlowError
from bot.engine.plain import plain
from bot.flow.checks import check_flows
from bot.guidance.check import check_shelf
from bot.keeping import key_of_all, opinion_kept, proof_kept, rules_kept
from bot.risk_check import read_triage
from bot.shelf import find_kept, keep, key_of, shelf_in
from bot.triage import reader
from bot.triage.concepts import FILE as CONCEPTS
from bot.triage.concepts import read_concepts
from bot.triage.opinion import FILE as OPINION
from bot.triage.opinion import read_opinion
from bot.triage.proved import unpack
from bot.triage.signals import contexts_in, find_signals
from bot.wording.wording import read_wording


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.delenv("CACHE_DIRECTORY", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "lantern"


def made(shelf):
    """Each file on the shelf, and the number that is another if it was made anew."""
    return {path.name: path.stat().st_ino for path in shelf.iterdir()}


def seen(text="我想死", rule=RULE):
    return [signal.rule for signal in find_signals(text, rules_kept({"a.yaml": rule}))]


@pytest.mark.rare
def test_what_is_kept_sees_in_every_example_what_was_read(shelf):
    texts = read_content().under("flows/triage", ending=".yaml")
    fresh, first, again = reader.read_rules(texts), rules_kept(texts), rules_kept(texts)

    assert len(list(shelf.iterdir())) == 1
    assert fresh.version == first.version == again.version
    rules = [*fresh.rules.values(), *fresh.contexts.rules.values()]
    for text in {text for rule in rules for text in (*rule.catch, *rule.leave)}:
        expected = find_signals(text, fresh, ("我不想", text[:6]))
        assert find_signals(text, again, ("我不想", text[:6])) == expected, text
        assert contexts_in(text, again) == contexts_in(text, fresh), text


def test_a_second_start_proves_nothing_again(shelf):
    assert seen() == ["wish"]
    first = made(shelf)
    assert seen() == ["wish"]
    assert made(shelf) == first
    assert shelf.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in shelf.iterdir()] == [0o600]


def test_a_changed_rule_is_read_anew(shelf):
    seen()
    assert len(list(shelf.iterdir())) == 1

    assert seen("我想走", RULE.replace("想死", "想走")) == ["wish"]
    assert len(list(shelf.iterdir())) == 2


def test_a_rule_that_fails_is_never_kept(shelf):
    wrong = {"a.yaml": RULE.replace("catch: 我想死", "catch: 你好")}

    for _ in range(2):
        with pytest.raises(FlowError):
            rules_kept(wrong)
    assert not shelf.exists()


def test_another_program_reads_anew(tmp_path):
    program = tmp_path / "reader.py"
    program.write_text("old")
    before = key_of({"a": "b"}, [program])
    program.write_text("new")

    assert before != key_of({"a": "b"}, [program])
    assert key_of({"a": "b"}, [program]) != key_of({"ab": ""}, [program])


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:-1],
        lambda content: content[:-9] + b"1" + content[-8:],
        lambda content: content.replace("想死".encode(), "想活".encode(), 1),
        lambda content: content.partition(b"\n")[2],
        lambda content: b"\xff" * len(content),
    ],
)
def test_what_is_damaged_is_read_anew(shelf, damage):
    seen()
    [path] = shelf.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    damaged = made(shelf)

    assert seen() == ["wish"]
    mended = made(shelf)
    assert mended != damaged
    assert seen() == ["wish"]
    assert made(shelf) == mended


def test_what_is_kept_under_another_key_is_read_anew(shelf):
    seen()
    [path] = shelf.iterdir()
    other = RULE.replace("想死", "想走")
    seen("我想走", other)
    [new] = set(shelf.iterdir()) - {path}
    path.replace(new)
    moved = made(shelf)

    assert seen("我想走", other) == ["wish"]
    assert made(shelf).keys() == moved.keys()
    assert made(shelf) != moved


@pytest.mark.parametrize("mode", [0o660, 0o606, 0o640])
def test_what_others_can_open_is_read_anew(shelf, mode):
    seen()
    [path] = shelf.iterdir()
    path.chmod(mode)
    opened = made(shelf)

    assert seen() == ["wish"]
    assert made(shelf) != opened
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_fits_no_rules_is_nothing():
    assert unpack(b"{}") is None
    assert unpack(b"[1") is None


@pytest.mark.rare
def test_where_nothing_can_be_kept_all_is_read(shelf, monkeypatch):
    shelf.parent.mkdir()
    shelf.write_text("a file where the folder would be")
    assert [seen(), seen()] == [["wish"], ["wish"]]

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    assert seen() == ["wish"]
    assert read_triage().rules
    assert shelf.read_text() == "a file where the folder would be"


def test_the_folder_is_that_of_the_service_or_of_the_user():
    assert shelf_in({}) is None
    assert str(shelf_in({"HOME": "/home/a"})) == "/home/a/.cache/lantern"
    assert str(shelf_in({"HOME": "/home/a", "XDG_CACHE_HOME": "/b"})) == "/b/lantern"
    assert str(shelf_in({"CACHE_DIRECTORY": "/c:/d", "XDG_CACHE_HOME": "/b"})) == "/c"


def test_only_what_was_used_lately_stays(tmp_path):
    for number in range(40):
        keep(tmp_path / "shelf", f"{number:02}", b"kept")
        os.utime(tmp_path / "shelf" / f"{number:02}", (number, number))
        find_kept(tmp_path / "shelf", "00")

    assert len(list((tmp_path / "shelf").iterdir())) == 36
    assert find_kept(tmp_path / "shelf", "00") == b"kept"
    assert find_kept(tmp_path / "shelf", "01") is None


def test_all_that_proves_flows_is_looked_at_before_a_proof_is_believed():
    provers = (check_flows, check_meanings, check_shelf, read_wording, plain)
    asked = {Path(inspect.getfile(inspect.unwrap(prover))) for prover in provers}

    assert asked <= set(keeping._PROVERS)  # noqa: SLF001 - nothing else tells what is in the key


def test_an_opinion_that_is_kept_weighs_as_the_one_that_was_read(shelf):
    texts = read_content().texts
    concepts = read_concepts(texts[CONCEPTS])
    fresh = read_opinion(texts[OPINION], concepts)
    first, again = (opinion_kept(texts[OPINION], concepts) for _ in range(2))

    assert len(list(shelf.iterdir())) == 1
    assert fresh.version == first.version == again.version
    for text in ("He hits me every night.", "我不想活了", "We play ball"):
        assert fresh.judge(text) == first.judge(text) == again.judge(text)


def test_an_opinion_that_is_damaged_is_read_anew(shelf):
    texts = read_content().texts
    concepts = read_concepts(texts[CONCEPTS])
    opinion_kept(texts[OPINION], concepts)
    [path] = shelf.iterdir()
    keep(shelf, path.name, b"[]")

    assert opinion_kept(texts[OPINION], concepts).is_risk("He hits me every night.")


@pytest.mark.usefixtures("shelf")
def test_what_was_proved_is_not_proved_again_until_a_text_changes():
    asked = []

    def prove(name="topics", **texts):
        return proof_kept(name, key_of_all(texts), lambda: asked.append(name) or ())

    for _ in range(2):
        assert prove(a="b") == []
    assert asked == ["topics"]
    prove(a="c")
    prove("flows", a="b")
    assert asked == ["topics", "topics", "flows"]


def test_what_is_wrong_is_found_each_time(shelf):
    fault = Finding(file="a", line=1, code="F101", text="wrong")

    for _ in range(2):
        assert proof_kept("flows", key_of_all({"a": "b"}), lambda: [fault]) == [fault]
    assert not shelf.exists()


@pytest.mark.rare
@pytest.mark.usefixtures("shelf")
def test_a_book_with_a_fault_tells_of_it_at_every_start(tmp_path):
    own = tmp_path / "own"
    (own / "flows" / "conversations").mkdir(parents=True)
    told = read_content().texts["flows/conversations/welcome.yaml"]
    lost = told.replace("then: again", "then: nowhere", 1) if "then: again" in told else told + "x"
    (own / "flows" / "conversations" / "welcome.yaml").write_text(lost)

    read_book()
    for _ in range(2):
        with pytest.raises(FlowError):
            read_book(own)
