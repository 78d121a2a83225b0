"""Who cries for help or in tears behind a report, while a worker is awaited, and tells no more."""

from collections.abc import Sequence

from bot.domain.expression import expression
from bot.domain.ids import MINUTE, NEVER, Instant
from bot.domain.looking import looks_once
from bot.domain.session import Said
from bot.engine.plain import plain
from bot.intake.small_talk import kind_of

CRY, TEARS = "passed_on_in_danger", "tears"
"""What is said to either, which is how they are told apart."""

_ONCE_IN = 3 * MINUTE
"""In how long each is answered once, however often it is cried."""

_CRIES = expression(
    r"(?:求求?你们?|请|你们?|您|社工|有没有人|谁|来人|快|赶紧|马上|真的|能不能|可不可以|可以|拜托)*"
    r"(?:(?:快|赶紧|马上|快点|赶快|早点)(?:点儿?|些)?(?:来|过来|救|帮)?(?:人|一下|救我|帮我|帮帮我|我们?|这里)*"
    r"|(?:来|过来)(?:人|一下|救我|帮我|帮帮我|这里)+|帮(?:帮|一帮|一下|帮一下)?(?:我们?|忙)(?:一下)?)"
    r"[吧啊呀嘛好不了吗 ]*"
    r"|(?:(?:please|pls|plz|just|ok|can|could|will|somebody|someone|anyone|you|u) )*"
    r"(?:come(?: here| over| and| to me| get me)*|hurry(?: up)?|be quick|quick|quickly"
    r"|help(?: me| us)|(?:please|pls|plz) help|i (?:really |just )?need (?:some )?help"
    r"|send (?:someone|somebody))"
    r"(?: (?:please|pls|plz|now|right now|here|quick|quickly|fast|soon|up|help me|help us))*"
)
_TEARS = expression(
    r"(?:我|还|又|一直|现在|都|就|在|好|很|想|要|忍不住|偷偷|躲着|真的|只想)*"
    r"哭(?:了|着|死了|不停|个不停|得停不下来)?[啊呀呜 ]*"
    r"|我?(?:心里|现在|真的|还是|一直|好|很|太|有点儿?)*(?:难过|难受|伤心|委屈)"
    r"(?:死|得很|得要死)?[了啊呀呜 ]*"
    r"|(?:(?:i|im|i am|still|just|so|really|cant|cannot|stop|keep|and|now|wanna|want to) )*"
    r"cry(?:ing)?(?: (?:so much|a lot|again|now|right now|all (?:day|night)|and crying))*"
    r"|(?:i am|im|i feel|feeling) (?:so |very |really |just )*sad(?: (?:now|right now|today))*"
)


@looks_once
def cry_of(text: str) -> str:
    """Return which of the two *text* is, and no more; ``""`` if it is neither."""
    said = plain(text)
    if kind_of(text) == TEARS or _TEARS.fullmatch(said):
        return TEARS
    return CRY if _CRIES.fullmatch(said) else ""


def is_to_be_answered(kind: str, earlier: Sequence[Said], *, now: Instant) -> bool:
    """Whether a cry of *kind* is answered now; *earlier* is what was said before it."""
    answered_at = NEVER
    for said in earlier:
        is_later = said.at - answered_at >= _ONCE_IN
        if is_later and not said.state and cry_of(said.text) == kind:
            answered_at = said.at
    return now - answered_at >= _ONCE_IN
