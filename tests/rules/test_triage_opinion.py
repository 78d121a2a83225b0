"""The second opinion may raise and never lowers, and says which words made it think so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import the_book

from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.triage.concepts import read_concepts
from bot.triage.grams import grams, spread
from bot.triage.opinion import Head, read_opinion
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.opinion_written import write_opinion
from bot.triage.plain import make_plain
from bot.triage.rules import with_opinion, with_own_texts
from bot.triage.signals import explain, find_signals, level_of

pytestmark = pytest.mark.long

HEADS = {
    "risk": Head(
        bias=-1.0,
        since=0.5,
        weights={"画室": 40.0, "画完": 40.0, "_secret_": 60.0, "#parent#drink": 80.0},
    ),
    "pressing": Head(bias=-1.0, since=0.0, weights={"现在": 90.0}),
    "sexual_abuse": Head(bias=0.0, since=0.0, weights={"画完": 1.0}),
    "neglect": Head(bias=0.0, since=0.0, weights={"没饭": 1.0}),
}
RARITIES = {
    "画室": 1.0,
    "画完": 1.0,
    "_secret_": 1.0,
    "现在": 1.0,
    "没饭": 1.0,
    "#parent#drink": 1.0,
}
CONCEPTS = """
concepts:
  parent: {en: dad | my mum, zh_CN: 爸爸}
  drink: {en: drunk, zh_CN: 喝酒}
"""
TELLING = "他总留我在画室 画完才让走"


def read(text):
    return read_opinion(text, read_concepts(CONCEPTS), file="opinion.tsv")


@pytest.fixture(scope="module")
def rules():
    opinion = read(write_opinion(HEADS, RARITIES, ["made for a test"]))
    return with_opinion(replace(the_book().rules, opinion=None), opinion)


def test_what_no_rule_names_is_raised_with_its_kind_and_its_strongest_words(rules):
    [signal] = find_signals(TELLING, rules)
    assert (signal.rule, signal.level) == (SECOND_OPINION, Level.URGENT)
    assert signal.category == "sexual_abuse"
    assert "画室" in explain(signal, "zh_CN")
    assert (signal.start, signal.end) == (0, len(TELLING))
    assert rules.opinion.version in signal.rules_version


def test_it_tells_what_is_pressing(rules):
    assert level_of(find_signals(f"{TELLING} 他现在又来了", rules)) is Level.EMERGENCY


def test_it_says_nothing_where_a_rule_has_spoken_and_never_makes_less_of_it(rules):
    texts = [text for rule in rules.rules.values() for text in rule.catch]
    alone = replace(rules, opinion=None)
    for text in texts:
        with_it = {signal.rule for signal in find_signals(text, rules)}
        without = {signal.rule for signal in find_signals(text, alone)}
        assert without <= with_it
        if level_of(find_signals(text, alone)) <= Level.URGENT:
            assert with_it == without


def test_in_doubt_it_asks_for_a_person_without_hurry_and_names_no_kind():
    opinion = read(write_opinion(HEADS, RARITIES, [], sure=3.5))
    doubting = with_opinion(replace(the_book().rules, opinion=None), opinion)
    [signal] = find_signals(TELLING, doubting)
    assert (signal.level, signal.category) == (Level.ROUTINE, "distress")


def test_harmless_texts_raise_nothing(rules):
    assert find_signals("今天去画室", rules) == ()


def test_the_file_is_the_same_for_the_same_weights_and_is_read_as_it_was_written():
    text = write_opinion(HEADS, RARITIES, ["one", "two"])
    assert text == write_opinion(HEADS, RARITIES, ["one", "two"])
    opinion = read(text)
    names = opinion.pieces.names
    risk = dict(zip(names, opinion.risk.weights, strict=True))
    assert {piece: weight for piece, weight in risk.items() if weight} == HEADS["risk"].weights
    seldom = {names[place]: weight for place, weight in opinion.kinds["neglect"].weights.items()}
    assert seldom == HEADS["neglect"].weights
    for weigher, head in ((opinion.risk, "risk"), (opinion.kinds["neglect"], "neglect")):
        assert (weigher.bias, weigher.since) == (HEADS[head].bias, HEADS[head].since)


@pytest.mark.parametrize(
    "text",
    ["", "@bias\trisk=1\n", "@bias\trisk=1\tpressing=1\n画室\trisk=much\n", "画室 1\n\t\n="],
)
def test_a_damaged_file_is_told_with_its_line(text):
    with pytest.raises(FlowError) as raised:
        read(text)
    [finding] = raised.value.findings
    assert (finding.file, finding.code) == ("opinion.tsv", "T901")


def test_answers_to_our_own_questions_are_no_risks():
    book = the_book()
    alone = replace(book.rules, opinion=None)
    rules = with_own_texts(book.rules, book.own_texts())
    for place, state in book.release().plan.states.items():
        for key, source in state.answers.items():
            for language in ("en", "zh_CN"):
                label = book.wording.say(f"{place}.answers.{key}", source, language)
                assert label
                assert find_signals(label, rules) == find_signals(label, alone)


@given(st.text(alphabet="ab c'。,打我 爸1\n喝酒") | st.text())
def test_every_piece_that_is_learned_is_found_in_the_text_when_it_is_read(text):
    plain = make_plain(text).text
    spelt = spread(plain)
    learned = grams(plain, read_concepts(CONCEPTS))
    assert all(piece in spelt for piece in learned if not piece.startswith("#"))


def test_what_means_the_same_counts_the_same_in_every_language(rules):
    for text in ("爸爸又喝酒了", "my mum was drunk again"):
        assert rules.opinion.is_risk(text)
    assert not rules.opinion.is_risk("drunk people are not my dad")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("concepts:\n", "T501"),
        ("concepts:\n  a: {en: one |  | two}\n", "T501"),
        ("concepts:\n  a: {en: one}\n  b: {en: two | one}\n", "T502"),
    ],
)
def test_a_word_stands_in_one_list_of_concepts(text, code):
    with pytest.raises(FlowError) as raised:
        read_concepts(text)
    assert {finding.code for finding in raised.value.findings} == {code}
