"""What is said in place of a return code where somebody left, or had all erased.

Whoever writes there again may be another, who has the phone now. What they write is thanked for,
and reaches the case that there was, without a sign of it.
"""

from collections.abc import Callable, Sequence

from bot.domain.event import Event
from bot.domain.event import Said as Told
from bot.engine.plan import Plan

_INSTEAD = {
    "always.stopped.say": "always.stopped_empty.say",
    "talk_to_a_person.waiting.say": "always.person_called.say",
}
_TAKEN_IN, _ON_OLDER_RELEASES = "always.taken_in.say", "always.heard_you.say"


def without_the_code(
    events: Sequence[Event], plan: Plan, holds_code: Callable[[Sequence[str]], bool]
) -> Sequence[Event]:
    """Return *events*, with others for those whose wording ``holds_code``."""
    has_own = plan.can_say(_TAKEN_IN)
    otherwise = _TAKEN_IN if has_own else _ON_OLDER_RELEASES
    return [
        Told(key=_INSTEAD.get(event.key, otherwise))
        if isinstance(event, Told) and holds_code((event.key,))
        else event
        for event in events
    ]
