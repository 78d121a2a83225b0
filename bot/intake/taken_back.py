"""A child takes back what it told: it was a lie, a joke, or never happened; or says it is true.

Many take back who told something true, so it is neither believed nor doubted. Nobody is blamed for
it, what was told stays, and the worker reads this as well. Whoever says that it is no joke hears
that it is taken seriously.
"""

from bot.casework.cases import is_adult
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.engine.plain import plain
from bot.intake.case_shown import shows_case
from bot.intake.parting import WAYS_ON
from bot.intake.place import ask_again
from bot.intake.talk import Talk

_TAKEN_BACK = Told(key="always.taken_back.say")
_SERIOUSLY = Told(key="always.taken_seriously.say")
_ALL_EN = r"(?:that|it|this|everything|what i (?:said|wrote|told you))"
_BACK_EN = (
    r"(?:i (?:was )?(?:just |only )*(?:lying|lied|joking|kidding)(?: to you)?"
    r"|(?:just|im) (?:joking|kidding)|jk"
    rf"|it was (?:just |only |all )*a (?:joke|lie|prank)|i made {_ALL_EN} (?:all )?up"
    rf"|{_ALL_EN} (?:is|was)(?: just| only| all)* (?:a lie|a joke|made up|lies)"
    r"|what i (?:said|wrote|told you) (?:is|was)(?:nt| not) true|nothing (?:really )?happened"
    r"|(?:it|that) (?:never (?:really )?happened|didnt (?:really )?happen)"
    rf"|(?:please )?(?:forget|ignore) (?:about )?{_ALL_EN}|i take (?:it|that|everything) back"
    rf"|(?:pretend|just pretend) i (?:didnt|never|did not) (?:say|write|tell)"
    rf" (?:{_ALL_EN}|anything)"
    rf"|i (?:shouldnt|should not) have (?:said|told|written) (?:{_ALL_EN}|anything|you))"
)
_AROUND_EN = r"(?:no|ok|okay|sorry|actually|and|but|lol|haha|im sorry)"
_ENGLISH = rf"(?:{_AROUND_EN} )*{_BACK_EN}(?: (?:{_AROUND_EN}|{_BACK_EN}))*"
_EARLIER_ZH = r"(?:刚才|刚刚|前面|之前|昨天|上面)?(?:我)?(?:刚才|刚刚|前面|之前|昨天|上面)?"
_CHINESE = (
    r"(?:对不起|不好意思|其实|没有(?= )|不是(?= 我)|算了|哈(?=哈)|(?<=哈)哈(?!哈)| )*(?:"
    rf"{_EARLIER_ZH}(?:说|写|讲)?的?(?:都|全)?(?:是)?(?:我)?(?:骗|逗|耍)(?:你们?|您)?(?:玩)?的"
    rf"|{_EARLIER_ZH}(?:说|写|讲)?的?(?:都|全|只)?(?:是)?(?:我)?(?:在)?(?:乱说|乱写|乱讲|瞎说|瞎写|瞎编|编|胡说|撒谎|说谎"
    r"|开(?:个)?玩笑|说着玩|闹着玩)(?:的|了)?"
    rf"|{_EARLIER_ZH}(?:说|写|讲)的?(?:都|全)?(?:不是真的|是假的)"
    r"|(?:根本|什么都|什么事都|其实|也)*没有?发生过?"
    r"|(?:就)?当我(?:什么都)?没(?:说|讲|写)过?|我(?:后悔说了|不该说(?:的|这些)?)"
    r")(?:对不起|不好意思|算了|[啦了啊呀哦哈吧]| )*"
)
_TAKES_BACK = expression(f"{_ENGLISH}|{_CHINESE}")
_TRUE_EN = (
    r"(?:(?:i ?m|i am|its|it is|this is|thats|that is|i was)? ?(?:really |seriously )?"
    r"not (?:joking|kidding|lying|a joke|a lie|made up)"
    r"|i (?:didnt|did not) (?:lie|make (?:it|this) up)"
    r"|no (?:joke|lie)|(?:its|it is|this is|thats|that is) (?:all |really |actually )*true"
    r"|(?:i ?m|i am) (?:being )?(?:serious|telling the truth)|i (?:really )?mean it|i swear)"
)
_TRUE_ZH = (
    r"(?:(?:我|刚才|刚刚|前面|上面|说|写|讲|的|这|那|都|全|真|就|并|可)*(?:没有?|不是|不在)(?:在)?"
    r"(?:跟你们?|和你们?)?(?:骗(?:你们?|人|您)?|乱说|乱写|乱讲|瞎说|瞎编|编|撒谎|说谎|开玩笑|闹着玩|假)(?:的|了|过)?"
    r"|(?:我|刚才|刚刚|前面|上面|说|写|讲|的|这|那|都|全|就)*是真的|真的(?:是)?真的|我(?:是)?认真的"
    r"|(?:我)?发誓)"
)
_INSISTS = expression(
    rf"(?:(?:{_AROUND_EN}|please|believe me|you have to believe me) )*{_TRUE_EN}"
    rf"(?: (?:{_AROUND_EN}|please|believe me|about (?:it|this)|{_TRUE_EN}))*"
    rf"|(?:其实|求求?你们?|相信我|请相信我|哈(?=哈)|(?<=哈)哈(?!哈)| )*{_TRUE_ZH}"
    rf"(?:{_TRUE_ZH}|(?:请|求求?你们?)?(?:你们?|要|一定|一定要)*相信我|[啦了啊呀哦哈吧嘞]| )*"
)


@looks_once
def takes_back(text: str) -> bool:
    """Whether *text* takes back what was told, and says no more."""
    return _TAKES_BACK.fullmatch(plain(text)) is not None


@looks_once
def says_it_is_true(text: str) -> bool:
    """Whether *text* says that what was told is true and no joke, and says no more."""
    return _INSISTS.fullmatch(plain(text)) is not None


async def answer_taking_back(talk: Talk, update: Update) -> bool:
    """Blame nobody who takes back what a worker reads, and ask again what waits.

    Whoever says that it is true hears that it is taken seriously. Returns whether it was either.
    An adult is not answered so.
    """
    if update.kind is not Kind.TEXT or talk.word:
        return False
    if not shows_case(talk) or is_adult(talk.session.answers):
        return False
    said = _answer_to(update.text)
    if said is None or not talk.release.plan.can_say(said.key):
        return False
    again = ask_again(talk.release.plan, talk.session, talk.now)
    talk.session = again.session
    await talk.say((said, *again.events), words=() if again.events else WAYS_ON)
    return True


def _answer_to(text: str) -> Told | None:
    if takes_back(text):
        return _TAKEN_BACK
    return _SERIOUSLY if says_it_is_true(text) else None
