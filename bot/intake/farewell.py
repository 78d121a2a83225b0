"""What says no more than goodbye, or that nothing more is said."""

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain

_GOODBYE = expression(
    r"(?:(?:那|好的?|嗯|谢谢[你您]?|我先?走|我先?下)了?吧?\s?)*"
    r"(?:再见|拜拜|拜|晚安|明天见|回头见|下次见)[了啦吧哦噢呀啊]*"
    r"|(?:(?:ok|okay|well|thanks|thank you)\s)*"
    r"(?:good\s?bye|bye(?:\s?bye)?|see (?:you|ya)(?: later| soon| tomorrow)?|good night)"
    r"(?: (?:then|now|for now|everyone|all))?"
)
_RESIGNED = frozenset(
    {"算了", "算了吧", "算了不说了", "算了 不说了", "当我没说", "够了", "先这样", "先这样吧"}
    | {"算了我不说了", "算了 我不说了", "算了不想说了", "算了 不想说了"}
    | {"never mind", "nevermind", "never mind then", "forget it", "thats enough", "enough"}
)


@looks_once
def only_says_goodbye(text: str) -> bool:
    """Whether *text* only says goodbye."""
    return _GOODBYE.fullmatch(plain(text)) is not None


@looks_once
def is_resigned(text: str) -> bool:
    """Whether *text* is no more than a "never mind"."""
    return plain(text) in _RESIGNED
