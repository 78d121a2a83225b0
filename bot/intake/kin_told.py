"""Whether whom a child calls so is one of those of whom it told: "my father" is "dad"."""

from collections.abc import Iterable

from bot.domain.expression import expression
from bot.engine.plain import plain
from bot.intake.kin_words import KIN_EN, KIN_ZH

_KIN = (
    expression(r"后爸|继父|老爸|爸|爹|老汉|父|parents|(?:step ?)?(?:dad|father)"),
    expression(r"后妈|继母|老妈|妈|娘|母|爸妈|父母|父亲母亲|parents|(?:step ?)?(?:mum|mom|mother)"),
    expression(r"爷|外公|姥爷|grand ?(?:pa|d?ad|father)"),
    expression(r"奶|外婆|姥姥|阿婆|婆婆|grand ?(?:ma|mother)|gran|nan"),
)
"""Who is called so is the same person to whoever writes of them and to themselves."""

_MY = expression(r"(?:(?:my|our|the|step|big|little|older|elder) |我们?的?)*")
"""What stands before it."""

_BLOWS_EN = (
    r"(?:hit|beat|hurt|touch|kick|slap|punch|chok|burn|whip|rap(?:e|ing)|threaten|bull(?:y|ie)|lock)"
    r"(?:e?s|ed|en|ing|ting|t)?"
)
_BLOWS_ZH = "[打骂揍捶踢踹抽扇掐摸砸砍锁逼亲]|欺负|动手|虐|威胁|伤害"
_NO_GAP_EN = rf"(?:{KIN_EN}|s?he|they|me|my|i|not|never|\w+nt)\b"
_STRIKES = expression(
    rf"\b(?P<en>{KIN_EN}|s?he|man|guy|boss|coach)(?: (?!{_NO_GAP_EN})\w+){{0,4}}? {_BLOWS_EN}\b"
    rf"|\bby (?P<by>{KIN_EN}|him|her|an? \w+)\b"
    rf"|(?P<zh>{KIN_ZH}|[他她](?!们)|教练|老板|男的)[^ 我不没从他她爸妈]{{0,6}}(?:{_BLOWS_ZH})"
)
"""Who does harm, by name."""

_EVERYBODY = expression(
    r"\b(?:they|theyre|them|parents|family|everybody|everyone|both)\b"
    r"|\b(?:get|gets|got|getting|im|am|is|are|was|were|be|been|being)(?: \w+){0,2}?"
    r" (?:hit|beat|beaten|hurt|touched|kicked|slapped|punched|burned|whipped|raped)\b(?! by\b)"
    r"|[他她]们|家里人|家人|大人|爸妈|父母|爹娘|爹妈|全家|亲戚|家里(?:都|就|又|还|天天|经常|总|老|也)*(?:打|骂|揍)"
    rf"|被(?:人|别人)?(?:{_BLOWS_ZH})|挨[打揍骂]|受伤"
)
"""Who may be anybody there: "they hit me", 我被打."""

_WOMAN = expression(
    r"[妈娘母奶婆婶姐妹姑姨]|姥姥|(?:step|grand)? ?(?:m[ou]m|mam|mother|ma\b)|gran|nan|aunt|sis"
    r"|girl|wife"
)
_MAN = expression(
    r"[爸爹爷叔伯舅哥弟父]|外公|老汉|老公|(?:step|grand)? ?(?:dad|father|pa\b)|uncle|bro\b|brother"
    r"|boy|husband"
)
_HE, _SHE = frozenset({"he", "him", "他", "man", "guy", "男的"}), frozenset({"she", "her", "她"})


def kin_of(called: str) -> set[int]:
    """Return which of a child's kin *called* begins with."""
    return {which for which, names in enumerate(_KIN) if names.match(called)}


def tells_of(called: str, texts: Iterable[str]) -> bool:
    """Whether one of *texts* names whoever is *called* so, as themselves or in another word."""
    match = _MY.match(called)
    bare = called[match.end() :] if match else called
    known = [_KIN[which] for which in kin_of(bare)]
    return any(
        bare in text or any(names.search(text) for names in known) for text in map(plain, texts)
    )


def did_another(called: str, texts: Iterable[str]) -> bool:
    """Whether *texts* name who does harm, and nobody who may be whoever is *called* so.

    "They", parents, or blows of nobody by name may be of everybody.
    """
    said = list(map(plain, texts))
    if any(map(_EVERYBODY.search, said)):
        return False
    doers = [match[match.lastgroup or 0] for text in said for match in _STRIKES.finditer(text)]
    return bool(doers) and not any(_may_be(doer, called) for doer in doers)


def _may_be(doer: str, called: str) -> bool:
    doer, called = _MY.sub("", doer, count=1), _MY.sub("", called, count=1)
    if doer in _HE:
        return not _WOMAN.match(called)
    if doer in _SHE:
        return not _MAN.match(called)
    return doer in called or called in doer or bool(kin_of(doer) & kin_of(called))
