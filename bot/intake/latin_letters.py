"""Whether a text is certainly in another language that is written in Latin letters.

A few words that nobody does without tell it, where several stand in one text and nothing in it is
English: French, Spanish, Vietnamese and some more. None of them is an English word, nor can any
be read as pinyin, also without spaces. In doubt a text is in none of them.
"""

import unicodedata

from bot.domain.expression import expression
from bot.domain.looking import looks_once

_WORD = expression(r"[^\W\d_]+")
_HAN = expression(r"[㐀-鿿]")
_ONLY_VIETNAMESE = expression(r"[ơưđăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
"""Letters that no other language writes in many words; pinyin marks its tones with none of them."""

WORDS_OF = {
    "French": frozenset(
        {
            *("je", "suis", "les", "des", "une", "mon", "mes", "il", "elle", "nous", "vous"),
            *("pas", "avec", "dans", "qui", "mais", "sur", "pere", "frere", "soeur", "frappe"),
            *("peur", "aidez", "moi", "jour", "soir", "tous", "tres", "bonjour", "besoin"),
            *("secours", "maison", "ecole", "parce", "toujours", "quand", "encore", "tout"),
        }
    ),
    "Spanish or Portuguese": frozenset(
        {
            *("los", "las", "una", "por", "para", "pero", "estoy", "esta", "muy", "mucho"),
            *("muito", "socorro", "auxilio", "tenho", "miedo", "medo", "quiero", "porque"),
            *("golpea", "pegou", "padre", "madre", "meu", "uma", "voce", "estou", "hermano"),
            *("hermana", "mis", "cuando", "quando", "conmigo", "comigo", "favor", "dias"),
            *("escuela", "irmao", "siempre", "sempre", "ayudenme", "noche", "noite"),
        }
    ),
    "Italian": frozenset(
        {
            *("padre", "madre", "sono", "della", "perche", "aiuto", "aiutatemi", "picchia"),
            *("paura", "fratello", "sorella", "tutti", "giorni", "questo", "molto", "una"),
            *("ogni", "scuola", "quando", "nessuno", "sempre", "sera"),
        }
    ),
    "German": frozenset(
        {
            *("ich", "nicht", "und", "mein", "vater", "mutter", "schlagt", "mich", "mir"),
            *("hilfe", "bitte", "ist", "eine", "einen", "wir", "habe", "angst", "schule"),
            *("bruder", "schwester", "immer", "jeden", "wenn", "auch", "aber", "sehr"),
        }
    ),
    "Vietnamese": frozenset(
        {
            *("toi", "khong", "giup", "cuu", "nguoi", "duoc", "nhung", "trong", "ngay"),
            *("voi", "biet", "muon", "thuong", "chau", "viec", "nhieu", "truong"),
        }
    ),
    "Indonesian": frozenset(
        {
            *("tidak", "tolong", "ayah", "ibu", "bapak", "dipukul", "memukul", "untuk"),
            *("takut", "setiap", "rumah", "sekolah", "saat", "ini", "itu"),
        }
    ),
    "Tagalog": frozenset(
        {
            *("ako", "mga", "hindi", "tatay", "nanay", "sinasaktan", "aking", "kapatid"),
            *("araw", "takot", "bahay"),
        }
    ),
}
"""Words of each, without accents."""

_ENGLISH = frozenset(
    {
        *("the", "my", "is", "are", "im", "and", "dont", "what", "how", "because", "help", "it"),
        *("of", "this", "that", "your", "they", "his", "her", "who", "when", "where", "but"),
        *("for", "have", "has", "does", "please", "want", "about", "with", "you", "we", "she"),
        *("i", "can", "like", "from", "say", "said", "mean", "means", "not", "called"),
    }
)
"""English words; where one stands, what else stands there may be quoted."""

_FEWEST, _FEWEST_ACCENTED = 3, 2


@looks_once
def is_in_other_latin(text: str) -> bool:
    """Whether all of *text* is certainly in another language of Latin letters."""
    if _HAN.search(text):
        return False
    words = [unicodedata.normalize("NFC", word) for word in _WORD.findall(text.casefold())]
    if not _ENGLISH.isdisjoint(words):
        return False
    if sum(_ONLY_VIETNAMESE.search(word) is not None for word in words) >= _FEWEST_ACCENTED:
        return True
    bare = set(map(_without_accents, words))
    fewest = _FEWEST if bare.issuperset(words) else _FEWEST_ACCENTED
    return any(len(bare & known) >= fewest for known in WORDS_OF.values())


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
