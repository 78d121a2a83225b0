"""A return code is the contact's secret: it is hidden in what is kept, and nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.helplines import read_helplines
from bot.directory.hiding import HIDDEN, codes_in, hide_codes, hide_parts, nearly_codes_in
from bot.directory.return_code import CodeWords, is_code_alone, read_return_code


@pytest.fixture(scope="module")
def words():
    return read_helplines().code_words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("apple moon boat piano", HIDDEN),
        ("苹果月亮小船钢琴", HIDDEN),
        ("我的码是苹果、月亮、小船、钢琴，谢谢", f"我的码是{HIDDEN}，谢谢"),
        ("My code is APPLE-Moon_boat, piano!", f"My code is {HIDDEN}!"),
        ("ａｐｐｌｅ　ｍｏｏｎ　ｂｏａｔ　ｐｉａｎｏ", HIDDEN),
        ("1. apple\n2. moon\n3. boat\n4. piano", f"1. {HIDDEN}"),
        ("it is apple and moon, then boat and 钢琴", f"it is {HIDDEN}"),
        ("the cake was good; code: apple moon boat piano", f"the cake was good; code: {HIDDEN}"),
        ("apple moon boat pianno", HIDDEN),
        ("苹果月亮小船刚琴", HIDDEN),
        ("apple moon boat piano cake", HIDDEN),
        ("applemoonboatpiano", HIDDEN),
        ("my code is AppleMoonBoatPiano!", f"my code is {HIDDEN}!"),
        ("applemoon boatpiano", HIDDEN),
        ("he hits me, apple moonboat piano", f"he hits me, {HIDDEN}"),
        ("it is AppleMoonBoat Piano.", f"it is {HIDDEN}."),
        ("apple, moon, boatpiano", HIDDEN),
        ("applemoon-boatpiano", HIDDEN),
        ("ping guo yue liang xiao chuan gang qin", HIDDEN),
        ("Pingguo, yueliang, xiaochuan, gangqin!", f"{HIDDEN}!"),
        ("wo de pingguoyueliangxiaochuangangqin", f"wo de {HIDDEN}"),
        ("wo de kou ling shi ping guo yueliang 小船 piano", f"wo de kou ling shi {HIDDEN}"),
        ("applemoon\nboatpiano", HIDDEN),
        ("my code is apple moon boat pianno", f"my code is {HIDDEN}"),
        ("My code: apple, moon, bpat, piano. Thanks", f"My code: {HIDDEN}. Thanks"),
        ("我的口令是苹果月亮小船刚琴，谢谢", f"我的口令是{HIDDEN}，谢谢"),
        (f"apple moon boat piano or lion swan dove fox {HIDDEN}", f"{HIDDEN} or {HIDDEN} {HIDDEN}"),
    ],
)
def test_what_has_the_form_of_a_code_is_hidden_however_it_is_written(words, text, kept):
    assert hide_codes(text, words) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "I like apple, bread and milk",
        "我喜欢苹果面包牛奶",
        "he threw the bread and the milk and the cake at me, and the rice",
        "爸爸把面包扔了，把牛奶也倒了，还打翻了蛋糕和玉米",
        "the farmhouse and the treehouse",
        "ta da wo he ma wo, hai na mian bao he niu nai reng wo",
        "applemoonboat and pianos",
        "applemoonboatpianos",
        "applemoonboatpianocake",
        "applemoon boat",
        "applemoon and boatpianos",
        "apple" * 900,
        "applemoon x " * 400,
        "applemoonboat x" * 300,
    ],
)
def test_a_story_in_which_words_of_codes_stand_is_kept_as_it_is(words, text):
    assert hide_codes(text, words) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("apple moon", HIDDEN),
        ("apple something boat", f"{HIDDEN} something {HIDDEN}"),
        ("my code is apple moon boat pianno", f"my code is {HIDDEN}"),
        ("it is applemoonboatpiano", f"it is {HIDDEN}"),
        ("it was apple, I think, and boat", f"it was {HIDDEN}, I think, and {HIDDEN}"),
        ("apple he hit me boat", f"{HIDDEN} he hit me {HIDDEN}"),
        ("I forgot it and he hits me", "I forgot it and he hits me"),
        ("the bread fell and then he hit my brother and me with a plate of rice",) * 2,
    ],
)
def test_where_a_code_is_asked_for_a_part_of_one_is_hidden_too(words, text, kept):
    assert hide_codes(text, words, is_asked=True) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("apple moon he hits me", f"{HIDDEN} he hits me"),
        ("苹果月亮 我爸又打我", f"{HIDDEN} 我爸又打我"),
        ("he hits me again, apple moon lion", f"he hits me again, {HIDDEN}"),
        ("我爸又打我 苹果月亮小狗", f"我爸又打我 {HIDDEN}"),
        ("he hits me my code is house garden", f"he hits me my code is {HIDDEN}"),
        ("他打我 口令是农场房屋", f"他打我 口令是{HIDDEN}"),
        *((kept, kept) for kept in ("bus station he hits me", "he gave me candy and milk")),
        *((kept, kept) for kept in ("他拿板凳石头打我", "他打我 农场房屋", "sun moon star cloud")),
    ],
)
def test_a_part_of_a_code_is_hidden_where_it_stands_apart(words, text, kept):
    assert hide_parts(text, words) == kept


def test_two_words_stay_where_it_is_pressing_unless_they_are_called_a_code(words):
    assert hide_parts("sofa table, he has a knife", words, is_pressing=True).startswith("sofa")
    assert HIDDEN in hide_parts("code sofa table he has a knife", words, is_pressing=True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("apple moon boat pianno", "apple moon boat piano"),
        ("aple moon boat piano", "apple moon boat piano"),
        ("apple moon bpat piano", "apple moon boat piano"),
        ("苹果月亮小船刚琴", "苹果月亮小船钢琴"),
        ("my code is apple moon boat pianno, please", "apple moon boat piano"),
    ],
)
def test_what_a_misspelt_code_may_be_meant_as_is_known_wherever_the_mistake_is(words, text, meant):
    [code] = codes_in(meant, words)

    assert next(nearly_codes_in(text, words)) == code


def test_a_code_without_blanks_is_understood_as_one(words):
    code = read_return_code("apple moon boat piano", words)

    assert code is not None
    assert read_return_code("ApplemoonBOATpiano", words) == code
    assert read_return_code("my code is applemoonboatpiano", words) == code
    assert read_return_code("applemoon Boatpiano", words) == code
    assert is_code_alone("AppleMoonBoatPiano.", words.spelt)
    assert is_code_alone("my code is applemoon boat piano", words.spelt)
    assert not is_code_alone("AppleMoonBoatPiano is what she said", words.spelt)


@pytest.mark.parametrize("text", ["applemoonboat", "applemoonboatpianocake", "applemoonboatpianos"])
def test_what_is_not_four_words_without_blanks_is_no_code(words, text):
    assert read_return_code(text, words) is None
    assert not is_code_alone(text, words.spelt)


@pytest.mark.parametrize(
    "text", ["apple moon boat piano", "apple moon", "I see an apple, the moon and a boat"]
)
def test_what_is_no_misspelt_code_is_meant_as_none(words, text):
    assert list(nearly_codes_in(text, words)) == []


class LookedThrough(CodeWords):
    """Code words that are looked for in every text, whether there is a trace of them or not."""

    def may_hold(self, folded: str, count: int) -> bool:  # noqa: ARG002 - it never is ruled out
        return True


_WORDS = read_helplines().code_words
_EVERY_TEXT_LOOKED_THROUGH = LookedThrough(_WORDS)
_SPELLINGS = sorted({each for word in _WORDS for each in word.spellings.values()})
_SIGNS = (",", "、", " ", "\n", "1.", "Ｘ", "ß", "é", "😢")
_NOISE = ("the", "he hits me", "我爸", "和", "pianno", *_SIGNS)
_PIECES = st.sampled_from(_SPELLINGS) | st.sampled_from(_NOISE) | st.text(max_size=4)


@settings(deadline=None)
@given(
    pieces=st.lists(_PIECES, max_size=9),
    between=st.sampled_from(["", " ", ", "]),
    is_asked=st.booleans(),
)
def test_texts_without_a_trace_of_code_words_are_kept_as_if_they_were_looked_through(
    pieces, between, is_asked
):
    text = between.join(pieces)

    for each in (text, text.upper()):
        slowly = hide_codes(each, _EVERY_TEXT_LOOKED_THROUGH, is_asked=is_asked)
        assert hide_codes(each, _WORDS, is_asked=is_asked) == slowly
