"""A long text is read sentence by sentence, so that what is risky in it does not drown."""

from dataclasses import replace

import pytest
from running import the_book

from bot.channels.web_request import LONGEST_TEXT
from bot.domain.level import Level
from bot.triage.close import CloseReading
from bot.triage.closely import find_closely, is_in_doubt
from bot.triage.excerpts import MOST, excerpts_of, is_long, size_of
from bot.triage.rules import with_close_reading
from bot.triage.signals import glance, level_of

RISKY = {
    "zh_CN": "他每次都让我最后一个走还把灯关掉",
    "en": "we were on the bus and then he got off where i get off",
}
HARMLESS = {
    "zh_CN": ["今天数学考试", "中午吃了面条", "下午打了篮球", "我们班拿了第一名", "晚上看了动画片"],
    "en": [
        "we had a maths test today",
        "lunch was noodles with egg",
        "then we played football",
        "our class came first in the race",
        "tonight there is a cartoon on",
    ],
}


def told(language, *, at, full_stops=True, times=1):
    sentences = [*HARMLESS[language]] * times
    sentences.insert(at, RISKY[language])
    stop = {"zh_CN": "。", "en": ". "}[language] if full_stops else " "
    return stop.join(sentences)


class Hears:
    """A network to which only what is asked about and stands (nearly) alone is a risk."""

    def __init__(self, words, most=2.5, *, alone=9.0, else_=-9.0):
        self.words, self.most, self.read = words, most, []
        self.alone, self.else_ = alone, else_

    def answer(self, texts):
        self.read += texts
        kinds = [-9.0] * len(the_book().rules.closely.kinds)
        return [[self._risk(text), -9.0, -9.0, *kinds] for text in texts]

    def _risk(self, text):
        is_alone = self.words in text and size_of(text) < self.most * size_of(self.words)
        return self.alone if is_alone else self.else_

    def telling(self, _text, _question=0):
        return (self.words,)


def rules_with(network):
    rules = the_book().rules
    mix = replace(rules.closely.mix, quick=0.0, close=1.0, bias=0.0, sure=2.0)
    mix = replace(mix, letters=0.0)
    kinds = rules.closely.kinds
    reading = CloseReading(version="test", mix=mix, kinds=kinds, network=lambda: network)
    return with_close_reading(replace(rules, closely=None), reading)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    ("alone", "whole", "level"),
    [
        (5.6, 1.5, Level.URGENT),
        (5.6, -1.0, Level.URGENT),
        (5.6, -30.0, Level.ROUTINE),
        (3.0, -30.0, Level.NONE),
    ],
)
def test_the_further_the_whole_reads_from_a_risk_the_more_of_it_is_explained(
    language, alone, whole, level
):
    text = told(language, at=2)
    network = Hears(RISKY[language], alone=alone, else_=whole)
    assert level_of(find_closely(text, rules_with(network))) is level


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("at", [0, 2, 5])
@pytest.mark.parametrize("full_stops", [True, False])
def test_the_same_words_are_seen_before_between_and_behind_others(language, at, full_stops):
    text = told(language, at=at, full_stops=full_stops)
    assert is_long(text)
    [signal] = find_closely(text, rules_with(Hears(RISKY[language])))
    assert signal.level is Level.URGENT
    assert RISKY[language] in signal.words
    assert text[signal.start : signal.end] == signal.words
    assert len(signal.words) < len(text)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_stands_at_the_end_of_the_longest_message_is_seen(language):
    filling = told(language, at=0, times=1000).replace(RISKY[language], "")
    text = filling[: LONGEST_TEXT - len(RISKY[language])] + RISKY[language]
    network = Hears(RISKY[language])
    assert excerpts_of(text, the_book().rules.opinion)[-1].end <= len(text) == LONGEST_TEXT
    [signal] = find_closely(text, rules_with(network))
    assert RISKY[language] in signal.words


def test_a_short_text_is_read_as_it_is_and_once():
    network = Hears("nothing")
    rules = rules_with(network)
    text = "今天老师说我画得好，大家都鼓掌了。我很高兴。"
    assert not is_long(text)
    rules = replace(rules, closely=replace(rules.closely, mix=replace(MIX, doubt=-100.0)))
    find_closely(text, rules)
    assert network.read == [text]


MIX = the_book().rules.closely.mix


@pytest.mark.parametrize("text", ["今天天气很好" * 10, "the weather is fine today " * 10])
def test_a_long_text_is_always_in_doubt(text):
    rules = rules_with(Hears("nothing"))
    rules = replace(rules, closely=replace(rules.closely, mix=replace(MIX, doubt=100.0)))
    assert is_in_doubt(text, glance(text, rules), rules)
    short = replace(rules.closely.mix, worry_doubt=100.0)
    rules = replace(rules, closely=replace(rules.closely, mix=short))
    assert not is_in_doubt(text[:30], glance(text[:30], rules), rules)


ODD = {
    "chinese": "今天放学以后我和同学一起去操场上打篮球，后来下雨了。" * 200,
    "english": "we played football until it rained, then we went home. " * 100,
    "tiny": "好。" * 2048,
    "no end": "长" * 5000,
    "no space": "a" * 5000,
    "pictures": "👊🩸" * 2500,
    "halves": "\ud83d" * 5000,
    "tibetan": "ཁྱེད་རང་" * 700,
    "space": " " * 5000,
    "stops": "。！？" * 1500,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_however_long_a_text_is_little_of_it_is_read_closely(text):
    network = Hears("nothing")
    find_closely(text, rules_with(network))
    assert len(network.read) <= MOST + 1
    assert sum(size_of(read.strip()) for read in network.read) <= 400


@pytest.mark.parametrize("text", [told(language, at=2, times=20) for language in RISKY])
def test_every_sentence_may_be_read_and_what_reads_most_like_a_risk_comes_first(text):
    found = excerpts_of(text, the_book().rules.opinion)
    covered = bytearray(len(text))
    for excerpt in found:
        assert excerpt.text == text[excerpt.start : excerpt.end]
        covered[excerpt.start : excerpt.end] = b"\1" * (excerpt.end - excerpt.start)
    assert not [place for place, seen in enumerate(covered) if not seen and text[place].strip()]
    assert [excerpt.quick for excerpt in found] == sorted(
        (excerpt.quick for excerpt in found), reverse=True
    )
