"""What is seen in a text, what is left, and where it stood."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import the_rules

from bot.domain.level import Level
from bot.triage.rules import with_own_texts
from bot.triage.signals import explain, find_signals, level_of

RULES = the_rules()

FRAGMENTS = st.sampled_from(
    [
        "我",
        "想",
        "不",
        "死",
        "打",
        "笑",
        "爸爸",
        "kill",
        " my",
        "self ",
        "。",
        ",",
        "\n",
        "zs",
        "K",
        "é",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(FRAGMENTS).map("".join))
RISKY = st.sampled_from([text for rule in RULES.rules.values() for text in rule.catch])


def level(text, *earlier):
    return level_of(find_signals(text, RULES, earlier))


def is_seen(rule, text):
    """Whether *rule* sees *text*; a benign rule does if nothing is seen there."""
    signals = find_signals(text, RULES)
    return not signals if rule.category == "benign" else rule.id in {s.rule for s in signals}


def test_each_rule_catches_its_examples():
    rules = RULES.rules.values()

    assert [
        (rule.id, text) for rule in rules for text in rule.catch if not is_seen(rule, text)
    ] == []


def test_each_rule_leaves_its_counter_examples():
    rules = RULES.rules.values()

    assert [(rule.id, text) for rule in rules for text in rule.leave if is_seen(rule, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "我想死",
        "我 想 死",
        "我.想.死",
        "我。想。死",
        "我\n想\n死",
        "我想\u200b死",
        "我想死死死死死",
        "我想自殺",
        "我想自*杀",
        "I want to DIE",
        "i  wanna   die",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i wanttt to dieeee",
        "k.i.l.l myself",
        "killl myself",
        "I don’t want to live",
    ],
)
def test_spelling_does_not_hide_a_wish_to_die(text):
    assert level(text) == Level.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "笑死我了",
        "热死了",
        "爷爷的紫砂壶",
        "奶奶我想死你了",
        "打王者又死了",
        "妈妈打我电话",
        "killing time with my brother",
        "this homework is killing me",
        "死记硬背",
        "今天天气很好",
        "how do I report a lost bus card",
        "",
    ],
)
def test_what_only_sounds_like_a_risk_is_left(text):
    assert level(text) == Level.NONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我不想死", Level.ROUTINE),
        ("我没想过自杀", Level.ROUTINE),
        ("I don't want to die", Level.ROUTINE),
        ("I would never kill myself", Level.ROUTINE),
        ("我怎么不去死", Level.URGENT),
        ("我不想死。可是我想死", Level.URGENT),
        ("要不要自杀", Level.URGENT),
        ("为什么不自杀", Level.URGENT),
        ("why don't I just kill myself", Level.URGENT),
        ("我没有不想活", Level.ROUTINE),
    ],
)
def test_a_not_before_it_takes_one_level_and_never_clears(text, expected):
    assert level(text) == expected


def test_a_comma_parts_what_only_seems_benign():
    assert level("妈妈打我，电话也摔了") == Level.URGENT


def test_nothing_benign_hides_an_emergency():
    assert level("打游戏的时候他正在打我妈") == Level.EMERGENCY


@pytest.mark.parametrize(
    "messages",
    [("我", "想", "死"), ("我不想", "活了"), ("i want to", "die"), ("老汉又", "打我了")],
)
def test_a_sentence_over_several_messages_is_seen_by_the_last(messages):
    *earlier, last = messages

    signals = find_signals(last, RULES, earlier)

    assert level_of(signals) == Level.URGENT
    assert all(last[signal.start : signal.end] == signal.words for signal in signals)


@pytest.mark.parametrize(
    ("earlier", "last", "begins"),
    [
        ("it rains. i want to", "die", "want to "),
        ("今天下雨，我不想", "活了", "不想 "),
        ("你好", "我想死", ""),
    ],
)
def test_it_is_known_how_far_back_begins_what_was_seen(earlier, last, begins):
    assert {signal.before for signal in find_signals(last, RULES, [earlier])} == {len(begins)}


def test_what_was_seen_in_an_earlier_message_does_not_count_again():
    assert find_signals("今天吃什么", RULES, ["我想死"]) == ()


def test_a_rule_that_an_earlier_message_raised_is_not_raised_over_the_seam_again():
    assert find_signals("死", RULES, ["我不想活", "我想"]) == ()


def test_an_earlier_message_leaves_the_next_one_as_it_is():
    assert find_signals("我想自杀", RULES, ["你好"]) == find_signals("我想自杀", RULES)


def test_each_rule_speaks_once():
    rules = [signal.rule for signal in find_signals("我想死我想死。我想死", RULES)]

    assert len(rules) == len(set(rules))


def test_words_are_those_the_contact_wrote():
    (signal,) = find_signals("唉，想 - 死 了", RULES)

    assert signal.words == "想 - 死"


def test_a_reason_is_given_in_each_language_and_says_when_it_was_lowered():
    (signal,) = find_signals("我不想死", RULES)

    assert "want to die" in explain(signal, "en")
    assert "一级" in explain(signal, "zh_CN")
    assert explain(signal, "fr") == explain(signal, "en")


def test_no_signal_is_no_level():
    assert level_of(()) == Level.NONE


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_positions_cut_the_words_out_of_any_text(text, earlier):
    for signal in find_signals(text, RULES, earlier):
        assert 0 <= signal.start < signal.end <= len(text)
        assert text[signal.start : signal.end] == signal.words


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_earlier_messages_never_make_a_text_less_pressing(text, earlier):
    assert level_of(find_signals(text, RULES, earlier)) <= level_of(find_signals(text, RULES))


def test_what_is_seen_alone_is_seen_as_a_paragraph_of_its_own():
    risky = [text for rule in RULES.rules.values() for text in rule.catch]

    assert [text for text in risky if level(f"é\n\n{text}\n\né") > level(text)] == []


@given(RISKY, TEXTS)
def test_a_paragraph_more_never_lowers_the_level(risky, text):
    assert level(f"{text}\n\n{risky}\n\n{text}") <= level(risky)


@pytest.mark.parametrize(
    "piece", ["我想死", "不想死", "笑死我了他打我妈", "他打我", "a", "死", "x "]
)
def test_a_text_made_to_be_slow_is_read_all_the_same(piece):
    text = piece * (20_000 // len(piece))
    began = process_time()

    find_signals(text, RULES, [text])

    assert process_time() - began < 1


@given(st.one_of(RISKY, TEXTS), st.lists(st.one_of(RISKY, TEXTS), max_size=3))
def test_a_text_of_our_own_is_read_once_and_means_the_same(text, earlier):
    remembering = with_own_texts(RULES, [text])
    theirs = [said for said in earlier if said != text]

    for before in ((), theirs, theirs[:1]):
        assert find_signals(text, remembering, before) == find_signals(text, RULES, before)


def test_nothing_is_remembered_of_what_others_write():
    remembering = with_own_texts(RULES, ["Yes, right now"])

    find_signals("I want to die", remembering, ["Yes, right now"])

    assert list(remembering.ours) == ["Yes, right now"]


@pytest.mark.parametrize(
    "text", ["我不去，他要杀我", "不要，我要跳楼了", "我不想，救命", "我不想 他在撬门 我要死了"]
)
def test_a_not_before_a_comma_makes_nothing_less_of_what_stands_behind_it(text):
    assert level_of(find_signals(text, RULES)) is Level.EMERGENCY
