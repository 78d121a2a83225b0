"""Who does it says what blows are: a father's are no bullying, whatever a rule calls them.

A child whom a grown-up hits is spoken to as one who is hit, whomever it hit itself.
"""

from collections.abc import Collection, Sequence

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.domain.signal import Signal
from bot.engine.offered import PREGNANT
from bot.engine.plain import plain
from bot.intake.talk import Talk
from bot.triage.opinion_signal import SECOND_OPINION

_SEXUAL, _PARTNERS = "sexual_abuse", "domestic_violence"
_BULLYING, _BLOWS, _OWN = "bullying", "physical_abuse", "own_violence"
_LOOKED_AT = 10
"""In how many of their last messages it is looked up who does it."""

_GROWN = expression(
    r"\b(?:step ?)?(?:dad|daddy|father|mum|mom|mummy|mommy|mother|parents|uncle|aunt|auntie)\b"
    r"|\bgrand ?(?:pa|ma|d?ad|father|mother|parents)\b|\b(?:drunk|drinks|drinking)\b"
    r"|[爸妈爹娘爷奶叔伯舅姑姨]|父亲|母亲|父母|继父|继母|外公|外婆|喝(?:了|醉|多)?酒|喝醉|家里人"
)
"""An adult of the family, or who has drunk."""

_PUPIL = expression(
    r"\b(?:class ?mates?|boys?|girls?|kids|pupils?|students?|seniors?|room ?mates?|bull(?:y|ies)"
    r"|gang|team ?mates?|schoolmates?)\b"
    r"|同学|同桌|室友|舍友|男生|女生|高年级|班上|班里|队友|一群人|小混混"
)
_ONE_GROWN_EN = (
    r"(?:step ?)?(?:dad|daddy|father|mum|mom|mam|mummy|mommy|mother|parents|uncle|aunt|auntie)s?"
    r"|grand ?(?:pa|ma|d?ad|father|mother|parents)s?|granny|teacher|coach"
)
_HITS_EN = (
    r"(?:hits?|beats?|slap(?:s|ped)|smack(?:s|ed)|punche[sd]|kick(?:s|ed)|whip(?:s|ped)|hurts?"
    r"|hitting|beating|slapping|chok(?:es|ed)|spank(?:s|ed)|belt(?:s|ed))"
)
_GAP_EN = r"(?: (?!(?:not|never|dont|doesnt|didnt|wont|would|if|my|his|her|i)\b)\w+){0,4}"
_ONE_GROWN_ZH = (
    r"(?:[爸妈爹娘爷奶叔伯舅姑姨婶]|父亲|母亲|父母|继父|继母|外公|外婆|姥姥|姥爷|老师|教练|班主任"
    r"|家里人|大人)"
)
_HITS_ZH = r"(?:打|揍|踢|踹|捶|扇|抽|掐|打骂|毒打)"
_ME_ZH = r"我(?![的弟妹哥姐爸妈爷奶姨舅叔姑儿女孩娃])"
_HIT_BY_GROWN = expression(
    rf"\b(?:{_ONE_GROWN_EN}){_GAP_EN} {_HITS_EN} (?:me|us)\b"
    rf"|\b(?:i|and|so|then|but) (?:get|got|am|was|have been)(?: \w+)?"
    rf" (?:hit|beaten|slapped|smacked|kicked|whipped)(?: \w+)?"
    rf" by (?:my |our |the )?(?:{_ONE_GROWN_EN})\b"
    rf"|{_ONE_GROWN_ZH}[^不没别 ]{{0,8}}{_HITS_ZH}(?:了|过|完|起)?{_ME_ZH}"
    rf"|我(?:天天|又|也|就|就会|还|经常|老|老是|总是)?[被挨遭][^ 不没]{{0,4}}{_ONE_GROWN_ZH}"
    rf"[^不没 ]{{0,5}}{_HITS_ZH}"
)
"""That a grown-up of the family, or a teacher, hits whoever writes."""

_OWN_CHILD = expression(
    r"\bmy (?:\w+ )?(?:son|daughter|kids?|child|children|baby|toddler)\b"
    r"|(?<![男女])孩子|我娃|娃娃|儿子|女儿|小孩|宝宝|幺儿"
)
"""Whoever writes of one may be its parent."""

_PREGNANCY = frozenset({"pregnancy", "pregnant_en"})
"""Rules that see that somebody is pregnant."""

_SOMEBODY = expression(
    rf"\b(?:{_ONE_GROWN_EN}|he|him|his|hes|man|men|guy|boy|boys|brother|cousin|boyfriend|bf|ex"
    r"|neighbou?r|friend|stranger|someone|somebody|they|raped?|forced?|made me|drunk|drugged|asleep"
    r"|she|her|shes|sister|girlfriend|classmate|daughter|student|pupil|girl|boss|manager|owner"
    r"|landlord|mr|sir|master|pastor|priest|doctor|driver|tutor|roommate|husband|lover|gang"
    r"|sold|married|(?:never|didnt|did not|dont) want(?:ed)?(?= (?:it|to|him|that|this)\b)"
    r"|not my choice|no choice)\b"
    rf"|{_ONE_GROWN_ZH}|[他哥男人被逼强弄搞]|表弟|堂弟|同学|网友|邻居|对象|校长"
    r"|老板|经理|主任|师傅|房东|司机|亲戚|[她姐妹]"
)
"""Who may have done it, that it was done, or that somebody else is pregnant."""

_UNKNOWING = expression(
    r"\b(?:parents|mum|mom|mother|dad|father|family|they) (?:still )?(?:dont|doesnt|do not|does not"
    r"|must not|mustnt|cant|will|would|are going to|is going to)(?: ever| not)?"
    r" (?:know|find out|kill me|be mad)\b"
    r"|(?:爸妈|父母|[爸妈]{1,2}|家里人|他们)(?:还|都)*(?:不知道|会打死我|会骂我|不晓得)"
)
"""Who does not know of it."""


def kinds_of(signals: Sequence[Signal], text: str) -> Sequence[str]:
    """Return the categories of *signals*; a pregnancy of which nobody is named is one of its own.

    Who was there is not asked of it, where nothing else sexual was told.
    """
    is_of_it = any(signal.rule in _PREGNANCY for signal in signals)
    is_bare = is_of_it and not _SOMEBODY.search(_UNKNOWING.sub("", plain(text)))
    own = {*_PREGNANCY, SECOND_OPINION} if is_bare else frozenset()
    return [
        PREGNANT if each.category == _SEXUAL and each.rule in own else each.category
        for each in signals
    ]


def as_of_the_hit(signals: Sequence[Signal], text: str, *, is_child: bool) -> Sequence[Signal]:
    """Return *signals* without those of own blows where a grown-up hits the child that writes.

    It only says which words the child hears; the worker reads of both. ``is_child`` says that they
    told so; whoever has not, and writes of a child of their own, may be its parent.
    """
    said = plain(text)
    if not _HIT_BY_GROWN.search(said) or (not is_child and _OWN_CHILD.search(said)):
        return signals
    others = [signal for signal in signals if signal.category != _OWN]
    return others if any(signal.category == _BLOWS for signal in others) else signals


def as_told(talk: Talk, signals: Sequence[Signal]) -> Sequence[Signal]:
    """Return *signals* of what was just written, named by who writes and by who does it."""
    if not is_adult(talk.session.answers):
        signals = of_a_child(signals, talk.house.follow.adults)
    return blows_first(signals, [said.meant for said in talk.session.said])


def of_a_child(signals: Sequence[Signal], adults: Collection[str]) -> Sequence[Signal]:
    """Return *signals*, as pressing as before, where no adult is known to write.

    What rules of *adults* take for blows of a partner is no violence between adults, where it is
    blows to another rule as well.
    """
    blows = [signal.level for signal in signals if signal.category == _BLOWS]
    return [
        signal
        for signal in signals
        if not (
            signal.category == _PARTNERS
            and signal.rule in adults
            and any(level <= signal.level for level in blows)
        )
    ]


def blows_first(signals: Sequence[Signal], texts: Sequence[str]) -> Sequence[Signal]:
    """Return *signals*, as pressing as before, with blows before bullying if an adult does it.

    That is whom the newest of *texts* that names anybody names, the last of them.
    """
    categories = {signal.category for signal in signals}
    if not {_BULLYING, _BLOWS} <= categories or not _is_grown(texts[-_LOOKED_AT:]):
        return signals
    return sorted(signals, key=lambda signal: (signal.level, signal.category == _BULLYING))


def _is_grown(texts: Sequence[str]) -> bool:
    for text in map(plain, reversed(texts)):
        if _PUPIL.search(text):
            return False
        if _GROWN.search(text):
            return True
    return False
