"""What the second opinion holds of a text, as a signal that a worker can read."""

from collections.abc import Iterable

from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.triage.opinion import Opinion
from bot.triage.rules import LANGUAGES, Rules

SECOND_OPINION = "second_opinion"
_OPINION_SAYS = {
    "zh_CN": "没有一条规则认出它，但它读起来像有人说过的危险情形，最像的地方：{pieces}",
    "en": "No rule names it, but it reads like danger that others have told; most of all: {pieces}",
}


def second_opinion(text: str, read: str, rules: Rules, opinion: Opinion) -> Signal:
    """Return the signal of *text*, of which the opinion is that of what was *read*."""
    judged = opinion.judge(read)
    telling = dict.fromkeys(reason.piece for reason in judged.reasons if reason.weight > 0)
    return opinion_signal(text, rules, judged.level, judged.category, telling)


def opinion_signal(
    text: str, rules: Rules, level: Level, category: str, telling: Iterable[str]
) -> Signal:
    """Return the signal that no rule gave, but how the whole of *text* reads, *telling* most."""
    pieces = ", ".join(telling)
    return Signal(
        rule=SECOND_OPINION,
        category=category,
        level=level,
        reason="\n".join(
            f"{language}: {_OPINION_SAYS[language].format(pieces=pieces)}" for language in LANGUAGES
        ),
        rules_version=rules.version,
        words=text,
        start=0,
        end=len(text),
    )
