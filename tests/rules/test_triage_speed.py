"""What makes the risk check fast changes nothing of what it finds."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import read_content
from bot.triage.expression import part_of
from bot.triage.finder import find_all, make_finder
from bot.triage.part import Anchors
from bot.triage.pattern import read_pattern
from bot.triage.plain import bare, close_all, make_plain
from bot.triage.reader import read_rules
from bot.triage.sieve import make_sieve
from bot.triage.signals import contexts_in, find_signals


@cache
def rules():
    """Lantern's rules, read when a test needs them: that takes seconds."""
    return read_rules(read_content().under("flows/triage", ending=".yaml"))


@cache
def slow():
    """The same rules, of which every pattern is tried everywhere in every text."""
    contexts = rules().contexts
    return replace(tried_everywhere(rules()), contexts=contexts and tried_everywhere(contexts))


def tried_everywhere(quick):
    unknown = [replace(each, anchors=Anchors(), needs=()) for each in quick.finder.patterns]
    return replace(quick, finder=make_finder(unknown), sieve=make_sieve(unknown))


@st.deferred
def examples():
    every = rules().rules.values()
    return st.sampled_from([text for rule in every for text in (*rule.catch, *rule.leave)])


@st.deferred
def words():
    found = {word for pattern in rules().finder.patterns for word in pattern.anchors.words}
    return st.sampled_from(sorted(found))


NOISE = [
    "。",
    "，",
    " ",
    "  ",
    ".",
    "\n",
    "\n\n",
    "'",
    "!",
    "é",
    "Ⅳ",
    "ﷺ",
    "\u200b",
    "😀",
    "\ud800",
]
DOUBLED = ["哈", "呜", "l", "e", "死"]


def repeated(characters):
    return st.builds(str.__mul__, st.sampled_from(characters), st.integers(1, 4))


def bent(text):
    """Return *text* with something put between two of its characters."""
    return st.builds(
        lambda place, noise: text[:place] + noise + text[place:],
        st.integers(0, len(text)),
        st.one_of(st.sampled_from(NOISE), repeated(DOUBLED), st.just("")),
    )


PIECES = st.one_of(
    examples.flatmap(bent),
    words,
    st.sampled_from(NOISE),
    repeated(DOUBLED),
    st.text(max_size=3),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
SPLIT = examples.flatmap(
    lambda text: st.integers(0, len(text)).map(lambda place: (text[:place], text[place:]))
)


@pytest.mark.rare
@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_text_has_the_signals_that_all_patterns_tried_everywhere_find(text):
    assert find_signals(text, rules()) == find_signals(text, slow())


@pytest.mark.rare
@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=2), SPLIT, TEXTS, st.booleans())
def test_so_does_a_text_with_others_before_it(earlier, split, more, is_after):
    began, ended = split
    text = ended + more if is_after else more + ended

    assert find_signals(text, rules(), [*earlier, began]) == find_signals(
        text, slow(), [*earlier, began]
    )


@pytest.mark.rare
def test_what_is_told_beside_a_risk_is_what_all_patterns_tried_everywhere_find():
    texts = [
        around.format(text)
        for rule in rules().contexts.rules.values()
        for text in (*rule.catch, *rule.leave)
        for around in ("{}", "{}，好吗", "嗯 {}")
    ]

    assert [contexts_in(text, rules()) for text in texts] == [
        contexts_in(text, slow()) for text in texts
    ]


@pytest.mark.rare
@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_each_pattern_matches_where_it_does_when_tried_alone_and_everywhere(text):
    found = {
        number: list(spans) for number, spans in find_all(rules().finder, make_plain(text).text)
    }
    alone = {
        number: [match.span() for match in pattern.expression.finditer(make_plain(text).text)]
        for number, pattern in enumerate(rules().finder.patterns)
    }

    assert found == {number: spans for number, spans in alone.items() if spans}


# Of what an expression matches, what must not stand around it is found out by trying.
@pytest.mark.rare
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    st.deferred(lambda: st.sampled_from(rules().finder.patterns)).flatmap(
        lambda pattern: st.tuples(st.just(pattern), st.from_regex(pattern.expression))
    )
)
def test_what_a_pattern_matches_holds_its_words_and_reaches_no_further_than_it_says(example):
    pattern, text = example
    for match in pattern.expression.finditer(text):
        whole = match[0]
        anchors = [
            (place, len(word))
            for word in pattern.anchors.words
            for place in range(len(whole))
            if whole.startswith(word, place)
        ]
        assert len(whole) <= pattern.width
        assert anchors
        assert min(place for place, _ in anchors) <= pattern.anchors.lead
        assert min(len(whole) - place - size for place, size in anchors) <= pattern.anchors.trail
        assert all(any(word in whole for word in need) for need in pattern.needs)


@pytest.mark.rare
@given(TEXTS, st.integers(0, 99), st.integers(0, 99))
def test_what_stands_in_a_text_as_it_is_read_stands_among_its_bare_letters(text, start, length):
    part = make_plain(text).text[start : start + length]

    assert close_all(part) in bare(text)


@pytest.mark.parametrize(
    ("regex", "words"),
    [
        ("救命(?!稻草|药)", {"救命"}),
        ("(?<!不)想(去|要)?死", {"想死", "想去死", "想要死"}),
        ("[打揍]我", {"打我", "揍我"}),
        ("他.{0,9}打", {"打"}),
        ("(ab){2,3}c", {"abc"}),
        ("a{0,3}bc", {"bc"}),
        ("(?:ab|cd)e", {"abe", "cde"}),
        (r"ab\d", set()),
        ("(?i)ab", set()),
        ("(?P<name>ab)", set()),
        ("ab|", set()),
        ("^ab$", {"ab"}),
        ("ab(?:$|c)", {"ab"}),
        (r"\bab", set()),
        ("[a-z]b", {"b"}),
        ("[^a]b", {"b"}),
    ],
)
def test_only_what_is_certain_is_read_off_an_expression(regex, words):
    assert part_of(regex).anchors.words == words


@pytest.mark.parametrize("regex", ["/他.{0,200}打/", r"/\w{1,3}死/"])
def test_an_expression_that_reads_far_or_of_which_nothing_is_known_is_found(regex):
    text = "他" + "哈哈呀" * 60 + "打" + "不死"

    found = [number for number, _ in find_all(make_finder([read_pattern(regex, {})]), text)]

    assert found == [0]


@pytest.mark.rare
def test_a_sieve_says_of_most_texts_that_nothing_is_in_them():
    texts = [
        "今天天气很好",
        "我们中午吃了面",
        "How do I report a lost bus card?",
        "No, not right now",
    ]

    assert {rules().sieve.passes(bare(text), bare("你好")) for text in texts} == {(False, False)}


@pytest.mark.parametrize(
    ("before", "text"), [("我想自", "杀"), ("我想死", "死"), ("I want to kil", "l myself")]
)
def test_a_sieve_sees_what_lies_across_the_end_of_a_message(before, text):
    assert rules().sieve.passes(bare(text), bare(before))[1]


def test_no_pattern_has_to_be_tried_in_every_text():
    everywhere = [each.sieve.clues.everywhere for each in (rules(), rules().contexts)]

    assert everywhere == [(), ()]
