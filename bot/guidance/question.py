"""Whether a text asks something, as far as its words show; clause by clause.

A clause asks if it ends in a question mark or as only questions end, or begins as only questions
begin. In doubt something is told, and not asked: 他怎么打我的我都记得, "what he did was bad".
"""

import re
from collections.abc import Sequence

from bot.domain.expression import expression
from bot.domain.looking import looks_once

_CLAUSES = expression(
    r"[。！!，,；;：:\n…]+|(?<=[?？])|(?<=\w)\.(?:\s|$)|\b(?:and|but|so|also)\b", re.IGNORECASE
)
"""What stands between clauses; a question mark stays with its clause."""

_LETTER = expression(r"\w")
_MARKS = ("?", "？")
_HAN = "[㐀-鿿]"

_CALLS = r"(?:请问(?:一?下)?|那么?|老师好|你好|您好|还有|就是|我?想问(?:一?下)?)*\s*"
_OR_NOT = (
    "能不能|可不可以|可以不可以|该不该|应不应该|会不会|要不要|有没有|是不是"
    "|算不算|犯不犯法|违不违法"
)
_FIRST = r"怎么|怎样|咋|啷个|如何|为什么|为啥|什么|哪(?!天)|谁|多少|几(?!个人|个同学)"
_LAST = (
    "吗|嘛|么|呢|怎么办|怎么样|咋办|咋个办|咋整|啷个[办整做]|跟谁(?:过|住|生活)?|归谁|找谁|谁管|多少|几岁|什么|哪里|哪个|什么时候"
    "|去?哪里?(?:睡|住|躲|待)|[该能]去哪|多[远久大长高]|(?:犯法|违法|可以)不"
)
_IN_CHINESE = (
    rf"^{_CALLS}(?:{_FIRST})(?!.*[都也就])(?!.*的$)"
    rf"|^{_CALLS}(?!.*不(?:知道|晓得|懂|管)){_HAN}{{0,6}}?(?:{_OR_NOT})(?!.*的$)"
    rf"|(?<![那这没什])(?:{_LAST}|{_OR_NOT})$"
)

_WHO = (
    r"i|we|he|she|it|they|you|my|our|his|her|their|parents?|teachers?|schools?|children|kids"
    r"|pupils|police|somebody|someone|anyone|the|an?|this|that|there"
)
_ONE = r"i|we|he|she|it|they|you|my|our|his|her|their|parents?|teachers?|schools?"
_IS = r"can|could|may|might|must|should|shall|will|would|is|are|am|do|does|did|has|have"
_OWN = r"has|have|did"
_CALLING = r"^\W*(?:(?:please|hi|hello|then|sorry)\W+)*"
_IN_ENGLISH = (
    rf"{_CALLING}(?:(?!{_OWN})(?:{_IS})\s+(?:{_WHO})\b|(?:{_OWN})\s+(?:{_ONE})\b"
    rf"|(?:what|which|whose|how)\s+(?:(?!(?:{_WHO}|{_IS})\b)\w+\s+){{0,2}}(?:{_IS})\s+(?:{_WHO})\b"
    rf"|(?:who|whom|where|when|why)\s+(?:{_IS})\s+(?:{_WHO}|not)\b"
    r"|what\s+(?:(?:will|would)\s+)?happens?\s+(?:if\s+i|next|now|when\s+i\s+tell)\b"
    r"|(?:what|how|where|who|whom|when)\s+to\b|how\s+(?:much|many|old|long|often|far)\b"
    r"|(?:what|how)\s+about\b|what\s+if\b|who\s+(?:can|may|must|should|will|gets|pays|reads)\b)"
)

_MAY = "可以|能|准|许|有权|有资格|应该"
_NOT_ASKED = "".join(f"(?<!{word})" for word in "以能准许该会要便权手")
_TOLD = (
    rf"{_NOT_ASKED}(?:(?:打|骂|摸|踢|揍|掐|扇|抽|逼|脱)(?:了|过|着)?(?:我|他|她|孩子|娃|弟|妹|妈|爸)|亲[我她他])"
    "(?!的?(?:电话|手机|视频))"
    r"|\b(?:hits|beats|touches|touched|hurts|kicks|slaps|rapes|raped|kisses|undresses|forces|forced"
    r"|locks|locked)\s+(?:me|us|him|her|them|my|our|his)\b"
)
"""Harm that is told beside what is asked, and not what is asked: 我能不能报警我爸打我."""

_WHETHER = (
    rf"^{_CALLS}(?!.*不(?:知道|晓得|懂|管)){_HAN}{{0,8}}?(?:(?:{_MAY}).*[吗嘛么]|(?:{_OR_NOT}).*)$"
    r"|(?:跟谁|归谁|找谁|谁管|几岁|多少)$"
    rf"|{_CALLING}(?:can|could|may|might|must|should|shall)\s+(?:{_WHO})\b"
    rf"|{_CALLING}(?:is|are)\s+(?:{_WHO})\b.*\b(?:allowed|permitted)\b"
    rf"|{_CALLING}is\s+it\s+(?:legal|illegal|allowed|ok|okay|against\s+the\s+law)\s+(?:for|to)\b"
)

_CRIES = expression(
    r"[帮救]|\b(?:you|help|stop|please|save|protect)\b|\b(?:kill|rape|die)\b", re.IGNORECASE
)
"""Whoever asks us to do something, or for a life, asks for more than how things are."""

_ONLY_CALLS = expression(
    r"(?:你好|您好|请问|喂|哈喽|嗨|老师|小橘灯|有没有人|有人|人|在|还在|吗|嘛|么|呢|不|啊|呀|\s)+"
    r"|(?:(?:is|are|hi|hello|hey|any\s?(?:one|body)|some\s?(?:one|body)|you|there|here|please)\W*)+",
    re.IGNORECASE,
)
"""Somebody who only calls: 你好，在吗, "hello, is anybody there"."""

_SEEKS = expression(
    r"怎么办|咋办|咋个办|咋整|啷个[办整做]|[该能]怎么|要怎么|找谁|[该能可](?:以)?[跟告](?:诉)?谁|谁能[帮管]"
    r"|\b(?:what|where|who|how)\s+(?:can|could|should|must|do|shall)\s+(?:i|we)\b"
    r"|(?<!he )(?<!she )(?<!they )\b(?:know|tell\s+me|idea|sure)\s+(?:what|where|who|how)\s+to\b",
    re.IGNORECASE,
)
"""What whoever wants to be told something writes anywhere: "my stepdad hits me what can i do"."""

_ASKS = expression(f"{_IN_CHINESE}|{_IN_ENGLISH}", re.IGNORECASE)
_ASKS_WHETHER = expression(_WHETHER, re.IGNORECASE)
_TELLS = expression(_TOLD, re.IGNORECASE)


@looks_once
def is_question(text: str) -> bool:
    """Whether *text* asks something; in doubt it is told, and not asked. Calling is not asking."""
    return any(_asks(clause) for clause in _clauses(text))


def wants_an_answer(text: str) -> bool:
    """Whether *text* asks something, or for what can be done, and does not only tell."""
    return is_question(text) or bool(_SEEKS.search(text))


def only_asks_whether(text: str) -> bool:
    """Whether *text* only asks what may be done, or who decides, and tells of nothing done.

    老师可以打我吗 does; 我爸打我怎么办, 后爸打我能报警吗 and 我爸打我？ tell that it is done.
    """
    clauses = [clause.rstrip("?？ ") for clause in _clauses(text)]
    is_whether = bool(clauses) and all(_ASKS_WHETHER.search(clause) for clause in clauses)
    return is_whether and not (_CRIES.search(text) or _TELLS.search(text))


@looks_once
def only_asks(text: str) -> bool:
    """Whether every clause of *text* asks something: nothing is told beside it."""
    clauses = _clauses(text)
    return bool(clauses) and all(_asks(clause) for clause in clauses)


@looks_once
def only_calls(text: str) -> bool:
    """Whether *text* only calls: 你好，在吗, "hello, is anybody there?", or a mark."""
    return all(_ONLY_CALLS.fullmatch(clause.rstrip("?？ ")) for clause in _clauses(text))


@looks_once
def _asks(clause: str) -> bool:
    seems_asked = clause.endswith(_MARKS) or _ASKS.search(clause) is not None
    return seems_asked and not only_calls(clause)


@looks_once
def _clauses(text: str) -> Sequence[str]:
    found = (part.strip() for part in _CLAUSES.split(text) if part)
    return tuple([clause for clause in found if _LETTER.search(clause)])
