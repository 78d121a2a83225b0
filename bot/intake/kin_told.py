"""Whether whom a child calls so is one of those of whom it told: "my father" is "dad"."""

from collections.abc import Iterable

from bot.domain.expression import expression
from bot.engine.plain import plain

_KIN = (
    expression(r"后爸|继父|老爸|爸|爹|老汉|父|parents|(?:step ?)?(?:dad|father)"),
    expression(r"后妈|继母|老妈|妈|娘|母|爸妈|父母|父亲母亲|parents|(?:step ?)?(?:mum|mom|mother)"),
    expression(r"爷|外公|姥爷|grand ?(?:pa|d?ad|father)"),
    expression(r"奶|外婆|姥姥|阿婆|婆婆|grand ?(?:ma|mother)|gran|nan"),
)
"""Who is called so is the same person to whoever writes of them and to themselves."""

_MY = expression(r"(?:(?:my|our|the|step|big|little|older|elder) |我们?的?)*")
"""What stands before it."""


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
