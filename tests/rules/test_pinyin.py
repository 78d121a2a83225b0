"""What is typed in pinyin is read as the characters it stands for, and then for risk."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import the_book

from bot.content import content_root
from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.risk_check import read_triage
from bot.triage.closely import find_closely
from bot.triage.pinyin import FILE, read_pinyin, write_pinyin
from bot.triage.rules import FEAR, INSULT, PLEA, with_own_texts
from bot.triage.signals import contexts_in, explain, find_signals, level_of

PIECES = [("我爸打我", ["wo", "ba", "da", "wo"]), ("女儿", ["nv", "er"])]


@pytest.fixture(scope="module")
def pinyin():
    return read_pinyin((content_root() / FILE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rules():
    return read_triage()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wo bu xiang shang xue le", "我不想上学了"),
        ("wobuxiangshangxuele", "我不想上学了"),
        ("Wo bu xiang shang xue le!", "我不想上学了!"),
        ("wo 12 sui, wo ba you da wo", "我12岁,我爸又打我"),
        ("ta you da wo le", "他又打我了"),
        ("wo de nü'er bu jian le", "我的女儿不见了"),
        ("我ba昨晚又da我了，我bu gan回家", "我爸昨晚又打我了，我不敢回家"),
        ("wo ba ba zai kan NBA, bu gen wo shuo hua", "我爸爸在看 nba ,不跟我说话"),
    ],
)
def test_it_is_read_as_it_was_meant(pinyin, typed, meant):
    assert pinyin.read(typed) == meant


@pytest.mark.parametrize(
    "other",
    [
        "",
        "12345",
        "…",
        "我爸又打我了",
        "ni hao",
        "zs wbxhl qj",
        "he made me come in",
        "Are you a machine or a human?",
        "can you help me, my dad hits me",
        "women can run long",
        "我爸在看NBA",
    ],
)
def test_what_is_not_typed_in_pinyin_stays_as_it_is(pinyin, other):
    assert pinyin.read(other) == ""


@given(st.text(alphabet="abeghinouüxz ',。我1", max_size=60))
def test_it_never_fails_and_keeps_the_characters_that_are_there(pinyin, text):
    read = pinyin.read(text)
    assert not read or sum(c == "我" for c in text) <= sum(c == "我" for c in read)


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("wo ba da wo, da de wo er duo ting bu jian le", "physical_abuse"),
        ("lao zi yao nong si ta, deng zhe kan, gang guan dou cang hao le", "threat_to_others"),
    ],
)
def test_risk_is_seen_in_it_and_the_worker_reads_what_was_meant(rules, typed, category):
    signals = find_signals(typed, rules)
    assert level_of(signals) == Level.URGENT
    [signal] = [s for s in signals if s.category == category and s.words == typed][:1]
    assert (signal.start, signal.end) == (0, len(typed))
    assert rules.pinyin.read(typed) in explain(signal, "zh_CN")
    assert rules.pinyin.read(typed) in explain(signal, "en")


def test_what_it_was_read_as_stands_beside_the_reason_and_in_no_text_of_the_signal(rules):
    typed = "wo ba da wo, da de wo er duo ting bu jian le"
    for signal in find_closely(typed, rules):
        assert signal.read_as == rules.pinyin.read(typed)
        assert signal.read_as not in signal.reason
        assert "我爸" not in repr(signal)
        assert typed not in repr(signal)


def test_its_harmless_twin_is_read_closely_as_what_it_means(rules):
    typed = "wo zhen de bu xiang xie le zuo ye tai duo le"
    assert level_of(find_closely(typed, rules)) > Level.URGENT


def test_what_the_rules_see_in_the_letters_stays_whatever_they_are_read_as(rules):
    typed = "wo zhen de bu xiang huo le mei ren dong wo"
    of_letters = find_signals(typed, replace(rules, pinyin=None, opinion=None))
    seen = find_closely(typed, rules)
    assert of_letters
    assert {s.rule for s in of_letters} <= {s.rule for s in seen}
    assert len({s.rule for s in seen}) == len(seen)


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        ("bu yao gao su bie ren, ta you yao lai wo fang jian le", PLEA, "不要告诉别人"),
        ("wo hao pa, baba he zui le you lai le", FEAR, "好怕"),
        ("hou ma jiao wo gun yuan dian", INSULT, "滚远点"),
    ],
)
def test_what_is_told_besides_is_told_in_the_words_that_it_was_read_as(rules, typed, kind, words):
    assert contexts_in(typed, rules)[kind] == words


def test_a_long_one_is_read_where_nobody_waits_for_it(rules):
    harmless = "jin tian wo men ban shang ti yu ke pao bu hen kai xin, " * 6
    typed = harmless + "wo ba da wo, da de wo er duo ting bu jian le"
    assert not [s for s in find_signals(typed, rules) if s.words == typed]
    assert level_of(find_closely(typed, rules)) <= Level.URGENT


def test_what_was_said_before_is_read_as_it_was_meant_too(rules):
    alone = find_signals("wo ming tian jiu qu zuo le", rules)
    together = find_signals("wo ming tian jiu qu zuo le", rules, ["wo bu xiang", "huo le"])
    assert level_of(together) <= level_of(alone)


def test_labels_of_our_own_are_read_as_they_stand(rules):
    own = with_own_texts(rules, ["wo bu xiang huo"])
    assert not [s for s in find_signals("wo bu xiang huo", own) if "读作" in s.reason]


def test_the_same_pieces_give_the_same_file_and_it_is_read_as_written():
    text = write_pinyin(PIECES, ["made for a test"])
    assert text == write_pinyin(reversed(PIECES), ["made for a test"])
    assert read_pinyin(text).read("wo ba da nv er") == "我爸打女儿"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:0],
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("wo\t", "wo "),
        lambda text: text + "<html>\n",
    ],
)
def test_a_damaged_file_is_told(damage):
    with pytest.raises(FlowError) as told:
        read_pinyin(damage(write_pinyin(PIECES, ["made for a test"])))
    [finding] = told.value.findings
    assert (finding.file, finding.code) == (FILE, "T907")


def test_the_book_reads_pinyin_and_its_version_tells_so(rules):
    assert the_book().rules.pinyin is not None
    assert rules.pinyin.version in rules.version
