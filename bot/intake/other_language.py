"""Whoever writes plainly in the other language is greeted in it, or amid a talk offered it, once.

Their very first words are answered in their own language. Later somebody else may hold the phone,
or a word may be quoted, so it is only offered. Pinyin is Chinese, and is left as it is. Whoever
writes in letters that no rule can read, or certainly in another language of Latin letters, hears
so, once, and a person reads it.
"""

from bot.casework.weighing import Concern
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.intake.latin_letters import is_in_other_latin
from bot.intake.talk import Talk

_OFFER = Told(key="always.other_language.say")
_UNREAD = Told(key="always.unread_letters.say")
_ENGLISH, _CHINESE = "en", "zh_CN"

_HAN = expression(r"[㐀-鿿]")
_LATIN = expression(r"[A-Za-z]")
_OTHER = (
    "[\u0370-\u04ff\u0590-\u06ff\u0900-\u109f\u1780-\u18af\u3041-\u30fa\ua000-\ua4cf\uac00-\ud7af]"
)
_OTHER_LETTERS = expression(_OTHER)
"""Greek, Cyrillic, Hebrew, Arabic, the scripts of India, Thailand and Burma, Khmer, Mongolian,
kana, Yi and Hangul.
"""

_OF_A_WORD = expression(rf"({_OTHER})(?!\1){_OTHER}")
"""Two such letters together; in a face such as ಠ_ಠ there are only single ones."""

_ONLY_ENGLISH = frozenset(
    {
        *("the", "my", "is", "am", "are", "im", "and", "dont", "with", "school", "what", "how"),
        *("because", "help", "hits", "it", "of", "was", "not", "this", "that", "your", "they"),
        *("his", "her", "who", "when", "where", "there", "if", "but", "at", "for", "have", "has"),
        *("does", "do", "did", "please", "want", "worried", "about", "hello", "mother", "father"),
        *("dad", "mum", "mom", "child", "son", "daughter", "someone", "think", "know", "to"),
    }
)
"""English words that no syllable of pinyin looks like."""

_FEWEST_HAN, _FEWEST_WORDS, _FEWEST_SURE = 2, 3, 2
_FEWEST_HAN_TO_OFFER = 4


def speak_as_written(talk: Talk, update: Update) -> None:
    """Have whoever begins in the other language answered in it, before anything is said."""
    is_first = not (talk.session.step or talk.session.state or talk.case or talk.session.said)
    language = language_of(update.text) if update.kind is Kind.TEXT and is_first else ""
    if language in talk.house.languages:
        talk.session = replace(talk.session, language=language)


async def offer_language(talk: Talk, update: Update) -> None:
    """Offer the other language to whoever writes plainly in it amid a talk; once."""
    session = talk.session
    is_plain = update.kind is Kind.TEXT and not talk.word and bool(session.step)
    is_open = not (talk.is_owned or talk.is_called_quietly or session.is_language_offered)
    if not (is_plain and is_open) or not talk.release.plan.can_say(_OFFER.key):
        return
    language = language_of(update.text, fewest_han=_FEWEST_HAN_TO_OFFER)
    if language not in talk.house.languages or language == session.language:
        return
    talk.session = replace(session, is_language_offered=True)
    await talk.say((_OFFER,))


async def say_what_is_unread(talk: Talk, update: Update) -> None:
    """Tell whoever writes in letters that nothing here reads which there are; a person reads it."""
    is_open = not (talk.is_owned or talk.is_called_quietly or talk.session.is_language_offered)
    is_known = talk.release.plan.can_say(_UNREAD.key)
    if not (is_open and is_known) or update.kind is not Kind.TEXT or not is_unread(update.text):
        return
    talk.session = replace(talk.session, is_language_offered=True)
    if talk.case is None:
        await talk.request_case(Concern(queue="intake"))
    await talk.say((_UNREAD,))


@looks_once
def is_unread(text: str) -> bool:
    """Whether most of *text* is in letters of neither language, or all certainly in another."""
    others = len(_OTHER_LETTERS.findall(text))
    is_word = _OF_A_WORD.search(text) is not None
    is_most = is_word and others > len(_HAN.findall(text)) + len(_LATIN.findall(text))
    return is_most or is_in_other_latin(text)


def language_of(text: str, *, fewest_han: int = _FEWEST_HAN) -> str:
    """Return the code of the language in which all of *text* is written, ``""`` if in doubt."""
    language, han = _written_in(text)
    return "" if language == _CHINESE and han < fewest_han else language


@looks_once
def _written_in(text: str) -> tuple[str, int]:
    """Return the language in which all of *text* is written, and how many characters are Han."""
    han, has_latin = len(_HAN.findall(text)), _LATIN.search(text) is not None
    if han:
        return "" if has_latin else _CHINESE, han
    words = plain(text).split()
    sure = [word for word in words if word in _ONLY_ENGLISH]
    return _ENGLISH if len(words) >= _FEWEST_WORDS and len(sure) >= _FEWEST_SURE else "", 0
