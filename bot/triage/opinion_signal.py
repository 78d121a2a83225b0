"""What the second opinion holds of a text, as a signal that a worker can read."""

from collections.abc import Iterable, Sequence

from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.triage.opinion import Opinion
from bot.triage.rules import LANGUAGES, Rules

SECOND_OPINION = "second_opinion"
_OPINION_SAYS = {
    "zh_CN": "读起来像有人说过的危险情形，最像的地方：{told}",
    "en": "It reads like danger that others have told; most of all: {told}",
}
_WORRY_SAYS = {
    "zh_CN": "读起来像有人说过的烦心事，最像的地方：{told}",
    "en": "It reads like worries that others have told; most of all: {told}",
}
_BETWEEN = {"zh_CN": "、", "en": ", "}


def second_opinion(text: str, read: str, rules: Rules, opinion: Opinion) -> Signal:
    """Return the signal of *text*, of which the opinion is that of what was *read*."""
    judged = opinion.judge(read)
    telling = dict.fromkeys(reason.piece for reason in judged.reasons if reason.weight > 0)
    return opinion_signal(text, rules, judged.level, judged.category, telling)


def opinion_signal(
    text: str,
    rules: Rules,
    level: Level,
    category: str,
    telling: Iterable[str],
    *,
    place: tuple[int, int] | None = None,
    is_small: bool = False,
) -> Signal:
    """Return the signal that no rule gave, but how *text* reads, *telling* most.

    ``is_small`` if it is but a small worry. *place* is where the part of *text* stands that reads
    so; without it, all of it does.
    """
    start, end = place or (0, len(text))
    told, says = tuple(telling), _WORRY_SAYS if is_small else _OPINION_SAYS
    return Signal(
        rule=SECOND_OPINION,
        category=category,
        level=level,
        reason="\n".join(
            f"{language}: {_says(told, says[language], language)}" for language in LANGUAGES
        ),
        rules_version=rules.version,
        words=text[start:end],
        start=start,
        end=end,
    )


def _says(told: Sequence[str], says: str, language: str) -> str:
    quoted = _BETWEEN[language].join(f"“{' '.join(words.split())}”" for words in told)
    return says.format(told=quoted)
