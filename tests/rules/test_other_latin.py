"""Another language of Latin letters is told only with certainty."""

import re
from pathlib import Path

import pytest

from bot.intake.latin_letters import WORDS_OF, is_in_other_latin
from bot.triage.pinyin import FILE

SOUNDS = frozenset(
    re.findall(r"^([a-z]{1,6})\t", Path(FILE).read_text(encoding="utf-8"), re.MULTILINE)
)
LONGEST = 6


@pytest.mark.parametrize(
    "text",
    [
        "mon père me frappe",
        "mon pere me frappe tous les soirs",
        "Aidez-moi s'il vous plaît",
        "J'ai peur de mon beau-père, je suis dans ma chambre",
        "mi papá me pega todos los días, tengo miedo",
        "ayúdame por favor",
        "meu pai me bate, socorro, tenho medo",
        "mein Vater schlägt mich",
        "ich habe Angst in der Schule",
        "bố tôi đánh tôi",
        "cứu tôi với",
        "bo toi danh toi, giup toi voi",
        "ayah memukul saya, tolong",
    ],
)
def test_several_words_of_another_language_tell_it(text):
    assert is_in_other_latin(text)


@pytest.mark.parametrize(
    "text",
    [
        *("wo ba da wo", "wǒ bàba dǎ wǒ", "Lǚ yóu", "baba da wo mei you ren bang wo", "lüse"),
        *("my dad hits me", "i ran away", "pls hlp me", "omg", "kms", "sos", "ok", "hola amigos"),
        *("how do you say je ne suis pas dans la maison", "je t'aime mon amour", "los angeles"),
        *("my friend said mon père me frappe", "naïve résumé café", "salut", "por favor"),
        *("我爸打我 mon père me frappe", "他说 je suis une des", "😀", "", "123"),
    ],
)
def test_english_pinyin_and_a_word_or_two_are_none(text):
    assert not is_in_other_latin(text)


def test_none_of_the_words_can_be_read_as_pinyin():
    assert SOUNDS
    words = [word for known in WORDS_OF.values() for word in known]
    assert [word for word in words if _is_spelled(word)] == []


def _is_spelled(word):
    """Whether *word* is nothing but sounds of Chinese."""
    ends = {0}
    for start in range(len(word)):
        if start in ends:
            ends |= {n for n in range(start + 1, start + LONGEST + 1) if word[start:n] in SOUNDS}
    return len(word) in ends
