"""A father or a mother writes on the phone of a child that told of harm.

An adult who was taken for a child says as well whose parent they are; so does who is hit at home
and tells where that is.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.engine.plain import plain
from bot.engine.telling import OF_SELF, tells_of_own_harm, what_was_told
from bot.engine.walk import WHO
from bot.guidance.clauses import own_sentences
from bot.guidance.writer import CHILD, PARENT, says_who, says_who_they_are, speaks_of_a_spouse
from bot.intake.in_flight import begs, has_it_fetched, is_a_spot, may_be_she
from bot.intake.kin_told import kin_of
from bot.intake.place import is_surely_a_place, place_of
from bot.intake.talk import Talk

LATELY = 4
"""Of how many of the last messages it is looked up whether they asked so."""

_LONGEST = 80
"""Characters beyond which a text says more."""

_ITS = ("its ", "it is ")
"""How a child begins as well that answers whose father it was."""

_BEGINS = (
    r"(?:this is|its|it is|i am|im|i m) (?:her|his|the (?:kid|child|boy|girl)s) (?:own )?"
    r"|(?:我|俺)就?是(?:他|她|这?孩子|娃娃?|小孩)的?亲?"
)
_OF_THEMSELVES = expression(_BEGINS)
"""How a parent of theirs begins who says so; a bare 妈妈 is what a child answers."""

_GROWN_ZH = (
    r"(?:后[爸妈]|继[父母]|爸妈|父亲?母亲?|老?爸爸?|老?妈妈?|父亲?|母亲?|爹|娘|老汉|爷爷?|奶奶?|外公|外婆|姥[姥爷]"
    r"|[叔伯舅]{1,2}|大?伯伯|姑{1,2}|[姑姨舅]妈|阿?姨|婶婶?|老师|班主任|校长)"
)
_PARENTS_EN = (
    r"(?:step ?)?(?:dad|daddy|father|mum|mom|mummy|mommy|mother)"
    r"|grand ?(?:pa|ma|d?ad|father|mother)|gran|granny|nana?"
)
_OF_A_CHILD = expression(
    r"(?:(?:我|俺)(?:们?家)?的?亲?"
    r"|(?:^| )(?:今天|昨天|昨晚|刚才|刚刚|每天|天天|经常|我?被|我?怕)*)"
    rf"(?P<zh>{_GROWN_ZH})(?!家)"
    rf"|\bmy (?:own |real )?(?P<my>{_PARENTS_EN}|parents|uncle|aunt|auntie|teacher|headteacher)\b"
    r"(?! in law)"
    rf"|(?:^|\b(?:and|because|when|but|so|that|of|by|help|now|me) )(?P<en>{_PARENTS_EN})\b"
    r"(?! (?:of|to|here)\b)"
)
"""Of whom a child tells, and hardly anybody who has a child: 我爸, "my dad", or 爸爸 alone."""

_IT_IS = expression(rf"(?:{_BEGINS})(?P<kin>(?:{_PARENTS_EN})\b|{_GROWN_ZH})")
_STEP = expression(r"step|后|继")

_DENIES = expression(
    r"\b(?:s?hes?|the (?:kid|child|boy|girl)s?)(?: is| was| just| only| always)* (?:lies|lied|lying"
    r"|ma(?:kes|de|king) (?:it|this|that|things|stuff) (?:all )?up)\b"
    r"|\b(?:dont|do not) (?:believe|listen to|trust) (?:her|him|what s?he \w+)\b"
    r"|(?:他|她|孩子|娃娃?|小孩)(?:都|就|是|在|净|总|老|爱|经常|说的|全)*(?:乱说|乱讲|瞎说|瞎讲|瞎编|胡说|撒谎"
    r"|说谎|扯谎|骗人|骗你|编的)|(?:别|不要|莫)(?:去)?(?:信|听|相信)(?:他|她)"
)
"""That what the child wrote is not so."""

_FORBIDS = expression(
    r"(?:别|不要|不许|不准|莫|停止)(?:再|给|跟|和|找|他|她|我|孩子|娃|家){0,4}(?:发|写|聊|找|联系|打扰|骚扰)"
    r"|\b(?:stop|dont|do not|never) (?:(?:ever )?(?:writ|text|talk|messag|contact|bother)\w*|it)"
    r"|\bleave (?:him|her|us|my \w+) alone\b"
)
"""What whoever has taken the phone says to us, and nobody who waits for help."""

_STOPS_IT = expression(
    r"(?:please )?(?:stop (?:writ|text|messag|contact)\w+|leave (?:her|him|us|my \w+) alone)\b"
)
_ALL_IS_WELL = expression(
    r"没事|没什么事?(?: |$)|没怎么|误会|好好的|[很挺都]好|闹着玩|开玩笑|不用(?:管|来|你们)"
    r"|\b(?:misunderstanding|mistake|all good|joke|joking|kidding"
    r"|(?<!not )(?<!isnt )(?<!arent )(?:fine|all right|okay)"
    r"|nothing (?:happened|is wrong)|no problem|not true)\b"
)
_TELLS_OF_THEM = expression(
    r"^ (?:(?:and |but |so |because )?(?:hes?|who|that|his|i saw|i heard)\b|again|too|as well"
    r"|with an? |when )"
    r"|\b(?:hit|beat|hurt|touch|kick|slap|punch|chok|threat|starv|rape|burn|kill)\w*"
    r"|\b(?:drunk|violent|knife|belt|scared|afraid|bleed|bled)\b"
    r"|^(?:[妈爸的家带养打骂生捡送卖害逼]|(?:叫|让|给)(?![你您]|我看|我把)"
    r"|不(?:想)?(?:要|认|管|养|疼|爱)(?:我|[他她]?们?(?:的|了|$| )))"
)
"""What a child says of another's father behind "its her dad", or 我是他爸 if it left out a word."""

_DOES_NOT = expression(r"\b(?:never|not|didnt|dont|doesnt|wont) (?:\w+ )?(?:hit|beat|hurt|touch)")

_ASKS_WHO = expression(
    r"(?:那|请问)?(?:你们?|您)(?:到底)?是(?:谁|哪个|什么人)[啊呀呢]*"
    r"|who (?:are|r|is) (?:you|u|this)"
)
_ASKS_US_FIRST = expression(
    r"^(?:那|请问)?(?:你们?|您|这里?|这个)(?:到底|都)?是(?:谁|哪个|哪里的?|(?:个)?(?:什么|啥)"
    r"(?:人|单位|部门|地方|东西|平台|组织|公司|机构|群)|(?:干|做|搞)(?:什么|啥|嘛)的)[啊呀呢]* "
)
"""The same, and what stands behind it: 你们是什么单位 我是他爸."""

_OWN_DEED = expression(
    r"\bi (?:(?:only|just|always|had to|have to|must|did|sometimes) )*(?:hit|beat|slap|smack"
    r"|spank|punish|disciplin|kick|hurt|rais)\w* (?:her|him|my|the)\b"
    r"|\bshe (?:\w+ )?(?:hit|kick|bite|bit|hurt|beat|attack)s?(?:ed)? me\b"
    r"|\b(?:hit|hurt|cut|cuts|hurts|hits|did it to|bruised|burned) (?:herself|himself)\b"
    r"|^(?: (?:again|now|ok|so|please|just))* stop\b(?! (?:him|her (?:dad|mum|mom)))"
    r"|怎么[了啦样]|别管|不用管|打[他她](?!的)|打[两几一]下|管教?[他她](?!的)|[带叫][他她]"
)
"""What they did, or had done to them, and think right."""

_OF_TWO = expression(
    r"\bnot mine\b|\bmine(?:s| is| was)\b|\bthey live\b|\bnext door\b"
    r"|\bwhos (?!(?:this|there|that|texting|writing|talking)\b)"
)
"""That a child speaks of another's father beside its own."""

_THEIR_OWN = (_DENIES, _FORBIDS, _ALL_IS_WELL, _ASKS_WHO, _DOES_NOT, _OWN_DEED)
"""What they say for themselves, and no child of another's father."""

_NO_NAME_ZH = "[我们在他她的到去是从来个这那了就住回没有上下里外]"
_NAMES_A_PLACE = expression(
    rf"(?:(?!{_NO_NAME_ZH})[一-鿿]){{2}}(?:小区|街道|大道|县|镇|乡|村|寨|路(?!上)|街(?!上)|巷|十字|百货|超市|广场"
    r"|市场|酒店|宾馆|医院|车站|花园|小学|中学|一中|路口|大厦|公寓)"
    r"|\b(?:road|street|avenue|lane|building|block|floor|unit|apartment|flat|room|number|no) \d"
    r"|\b\d{1,5}[a-z]? (?:\w+ ){1,3}?(?:road|street|avenue|lane|rd|st)\b"
    r"|\b(?!(?:the|our|his|her|this|that|from|same|whole|near|bus|train|police|and|home|left)\b)"
    r"[a-z]{3,} (?:road|street|avenue|lane|village|township|county|district|square|hotel"
    r"|market|station)\b"
    r"|\b(?:in|at|of|to|near|from|mum|mom|mother)"
    r" (?!(?:the|our|his|her|this|that|same|whole|near|every|any|another)\b)"
    r"[a-z]{3,} (?:town|city)\b(?! of\b)"
)
"""A road, a village or a house by its name or number, and not "the village"."""

_A_MOTHER = expression(
    rf"^(?:{_BEGINS})(?:(?:step ?)?(?:mum|mom|mummy|mommy|mother)\b|老?妈妈?|母亲|娘)"
)


def speaks_for_a_child(talk: Talk, text: str) -> bool:
    """Whether *text* says, where a child told something, that its mother or father writes.

    So only if they say that it is not true, have just asked who we are, or a child told of harm to
    itself. Who is hit at home and tells where that is keeps their phone, if they are not the very
    parent of whom the child told; whoever may be that one is taken for them in doubt.
    """
    said = _ASKS_US_FIRST.sub("", plain(text))
    is_none = talk.case is None or is_adult(talk.session.answers) or len(said) > _LONGEST
    if is_none or not _OF_THEMSELVES.match(said):
        return False
    is_said = _is_a_parent(text, said)
    if is_said and _DENIES.search(said):
        return True
    earlier = [each.meant for each in talk.session.said if each.text != text]
    if any(map(speaks_of_a_spouse, earlier)):
        return False
    if not is_said:
        return told_of_own_harm(talk) and _may_be_the_one(said, earlier)
    has_asked = any(_ASKS_WHO.fullmatch(plain(each)) for each in earlier[-LATELY:])
    has_asked = has_asked or said != plain(text)
    return has_asked or _told_of_harm(talk, text, earlier)


def _is_a_parent(text: str, said: str) -> bool:
    """Whether *text* says so; "its her dad" alone says of a child's friend who did it."""
    if not said.startswith(_ITS):
        return says_who_they_are(text) == PARENT
    first, *behind = (*chain.from_iterable(own_sentences(text)), "")
    is_told_off = says_who_they_are(first) == PARENT and any(map(_STOPS_IT.match, behind))
    return is_told_off or says_who(text) == PARENT


def _told_of_harm(talk: Talk, text: str, earlier: Sequence[str]) -> bool:
    """Whether a child told of harm to itself, and *text* is no answer of who is hit as well."""
    if not told_of_own_harm(talk):
        return False
    said, named = plain(text), list(_named_by_a_child(earlier))
    begins = _OF_THEMSELVES.match(said)
    if begins and kin_of(said[begins.end() :]) & set().union(*map(kin_of, named)):
        return True
    is_child = talk.session.answers.get(WHO) == CHILD or bool(named)
    if not (is_child and place_of(talk.session.state)):
        return is_child
    return not (_answers_where(text) or (not named and _has_it_fetched(said, earlier)))


def told_of_own_harm(talk: Talk) -> bool:
    """Whether whoever writes told of harm that is done to themselves."""
    return what_was_told(talk.session) == OF_SELF or tells_of_own_harm(talk.session)


def _may_be_the_one(said: str, earlier: Sequence[str]) -> bool:
    """Whether *said* may be written by just whom *earlier* texts tell of, as by a child of theirs.

    In doubt it is: they hear only what tells nothing.
    """
    match = _IT_IS.match(said)
    tail = said[match.end() :] if match else ""
    if not match or _OF_TWO.search(tail):
        return False
    is_denied = any(words.search(tail) for words in (_DENIES, _ALL_IS_WELL, _DOES_NOT))
    is_alike = _is_kin if is_denied else _is_same
    if not any(is_alike(match["kin"], named) for named in _named_by_a_child(earlier)):
        return False
    is_clear = any(words.search(tail) for words in _THEIR_OWN)
    return is_clear or not _TELLS_OF_THEM.search(tail)


def _is_same(called: str, named: str) -> bool:
    """Whether one is called so as the other is; a stepfather is no father here."""
    is_step = bool(_STEP.match(called)) == bool(_STEP.match(named))
    return is_step and _is_kin(called, named)


def _is_kin(called: str, named: str) -> bool:
    """Whether one may be the other; whoever denies may be a stepfather who says father."""
    return bool(kin_of(called) & kin_of(named))


def _named_by_a_child(earlier: Sequence[str]) -> Iterator[str]:
    """Yield whom *earlier* texts name as only a child calls them."""
    for text in map(plain, earlier):
        if not _OF_THEMSELVES.match(text):
            for match in _OF_A_CHILD.finditer(text):
                yield match["zh"] or match["my"] or match["en"]


def _answers_where(text: str) -> bool:
    """Whether *text* names where they are, and neither forbids, asks nor says that all is well.

    A mother may as well say no more than that she hides, in which room she is, or to be quick.
    """
    said = plain(text)
    if any(words.search(said) for words in (_FORBIDS, _ALL_IS_WELL, _ASKS_WHO)):
        return False
    if is_surely_a_place(said) or _NAMES_A_PLACE.search(said):
        return True
    return _A_MOTHER.match(said) is not None and _is_in_flight(text)


def _has_it_fetched(said: str, earlier: Sequence[str]) -> bool:
    """Whether a mother says no more than that the child is to be fetched.

    A father who says the same may be the one who is fled from, and so may she, by *earlier* texts.
    """
    if _A_MOTHER.match(said) is None or may_be_she(map(plain, earlier)):
        return False
    return has_it_fetched(_A_MOTHER.sub("", said).strip())


def _is_in_flight(text: str) -> bool:
    """Whether a mother's *text* begs for help, or says in what spot she is."""
    clauses = (_A_MOTHER.sub("", each).strip() for each in chain.from_iterable(own_sentences(text)))
    return begs(plain(text)) or any(map(is_a_spot, clauses))
