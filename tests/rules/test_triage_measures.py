"""Measures of the risk check, worked out by hand."""

import orjson
import pytest
from wish_rule import RULE

from bot.assessing.labelled import Labelled, read_labelled
from bot.assessing.learning import Effort, cross_score, learn, lessons_of, threshold
from bot.assessing.measure import assess
from bot.assessing.proving import doubts_about, doubts_about_reading
from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.domain.share import Share
from bot.domain.signal import Signal
from bot.risk_check import read_triage
from bot.triage.concepts import read_concepts
from bot.triage.reader import read_rules


def text(number, level, words, **more):
    return Labelled(id=f"t{number}", text=words, level=level, **more)


TEXTS = (
    text(1, Level.EMERGENCY, "seen", twin="t2", categories=("suicide",)),
    text(2, Level.NONE, "harmless", twin="t1"),
    text(3, Level.URGENT, "missed", is_indirect=True),
    text(4, Level.URGENT, "too high"),
    text(5, Level.NONE, "ordinary"),
    text(6, Level.NONE, "false alarm"),
    text(7, Level.ROUTINE, "one too high"),
)
SEEN = {"seen": Level.EMERGENCY, "too high": Level.EMERGENCY, "false alarm": Level.URGENT}
SEEN["one too high"] = Level.URGENT


def check(words, history):
    assert history == ()
    level = SEEN.get(words)
    if level is None:
        return ()
    return (Signal(rule="r", category="c", level=level, reason="", rules_version="1", words=words),)


def test_recall_precision_and_false_alarms_are_counted_as_people_would():
    measured = assess(TEXTS, check)
    assert measured.recall(lambda _: True) == Share(2, 3)
    assert measured.recall(lambda each: each.is_indirect) == Share(0, 1)
    assert measured.emergencies == Share(1, 1)
    assert measured.precision == Share(2, 4)
    assert measured.false_alarms_on_ordinary == Share(1, 2)
    assert measured.false_alarms_on_twins == Share(0, 1)
    assert measured.levels_right == Share(2, 2)
    assert measured.levels_fitting == Share(5, 7)
    assert measured.confusion()[Level.URGENT][Level.NONE] == 1
    assert [outcome.labelled.id for outcome in measured.misses()] == ["t3"]


def test_few_texts_say_little():
    low, high = Share(9, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_lines_that_are_no_labelled_texts_are_named(tmp_path):
    file = tmp_path / "texts.jsonl"
    good = {"id": "a", "text": "t", "level": "none"}
    lines = [good, good, {"id": "b"}, {**good, "id": "c", "categories": ["weather"]}]
    file.write_bytes(b"\n".join(map(orjson.dumps, lines)) + b"\nnot json\n")
    with pytest.raises(FlowError) as raised:
        read_labelled([file])
    assert [(f.code, f.line) for f in raised.value.findings] == [
        ("T902", 3),
        ("T902", 4),
        ("T902", 5),
        ("T903", 1),
    ]


@pytest.mark.long
def test_the_same_texts_teach_the_same_and_twins_are_told_apart():
    words = ["我们一起玩", "他们不让我玩", "大家等我", "他们都躲着我", "他笑了", "他们笑我"] * 4
    texts = tuple(
        text(n, Level.URGENT, each, categories=("bullying",))
        if n % 2
        else text(n, Level.NONE, each)
        for n, each in enumerate(words)
    )
    effort = Effort(ordinary=0.0)
    lessons = lessons_of(texts, read_concepts("concepts:\n  they: {zh_CN: 他们}\n"))
    scores = cross_score(lessons, effort)
    since = threshold(texts, scores, effort)
    first, again = learn(lessons, effort, since), learn(lessons, effort, since)
    assert first == again
    assert set(first.heads) == {"risk", "pressing", "worry", "bullying"}
    assert "#they" in first.rarities
    assert all((score >= since) is each.is_risk for each, score in zip(texts, scores, strict=True))


def test_only_so_many_harmless_texts_may_be_taken_for_risks_of_either_kind():
    texts = [text(n, Level.NONE, "a", twin="t0" if n % 2 else "") for n in range(20)]
    scores = [n / 10 for n in range(20)]

    def above(ordinary, twins):
        effort = Effort(ordinary=ordinary, twins=twins)
        since = threshold(texts, scores, effort)
        taken = [each for each, score in zip(texts, scores, strict=True) if score >= since]
        return sum(not each.twin for each in taken), sum(bool(each.twin) for each in taken)

    assert above(ordinary=0.1, twins=0.9)[0] == 1
    assert above(ordinary=0.9, twins=0.2)[1] == 2


def test_without_a_text_of_a_kind_the_other_kind_alone_decides():
    twins = [text(n, Level.NONE, "a", twin="t0") for n in range(3)]
    assert threshold(twins, [-5.0, -4.0, -3.0], Effort(twins=0.0)) == pytest.approx(-3.0, abs=1e-5)


def test_what_firm_rules_take_for_a_risk_counts_among_the_false_alarms_that_are_allowed():
    harmless = [text(n, Level.NONE, "a") for n in range(4)]
    effort = Effort(ordinary=0.5)
    assert threshold(harmless, [1.0, 2.0, 3.0, 4.0], effort) == pytest.approx(2.0, abs=1e-5)
    assert threshold(harmless, [1.0, 2.0, 3.0, None], effort) == pytest.approx(2.0, abs=1e-5)
    assert threshold(harmless, [1.0, None, None, None], effort) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.long
def test_every_rule_is_tested_needed_and_quick():
    assert [f"{d.file}:{d.line} {d.code} {d.rule}" for d in doubts_about(read_triage())] == []


def test_a_pattern_of_which_nothing_must_be_there_is_found():
    """Everything that comes in would be read in full for it."""
    told = RULE.replace("想死", r"'/(?:\w|我)想死/'", 1)
    at_the_beginning = RULE.replace("想死", "'/(?:^|我)想死/'", 1)

    found = [doubt for doubt in doubts_about(read_rules({"r.yaml": told})) if doubt.code == "T806"]

    assert [(doubt.rule, doubt.file) for doubt in found] == [("wish", "r.yaml")]
    for quick in (RULE, at_the_beginning):
        assert "T806" not in [doubt.code for doubt in doubts_about(read_rules({"r.yaml": quick}))]


@pytest.mark.long
def test_no_run_of_the_same_makes_the_reading_of_a_long_text_slow():
    assert [doubt.text for doubt in doubts_about_reading(read_triage())] == []
