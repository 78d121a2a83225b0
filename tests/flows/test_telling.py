"""What was told already, as the flows ask for it."""

import pytest

from bot.domain.ids import Instant
from bot.domain.session import Said, Session
from bot.engine.telling import what_was_told

NOW = Instant(1)


def session(text, *, is_risky=True):
    said = Said(at=NOW, state="welcome.child_menu", text=text)
    return Session(release="r", language="en", said=(said,), risky_at=(NOW,) if is_risky else ())


@pytest.mark.parametrize(
    "text",
    [
        *("my dad hits me", "he touches me at night, I hate it", "i dont want to live"),
        *("my aunt locks me in", "they bully me.", "I want to die", "she hurt me badly"),
        *("我爸打我", "他摸了我", "我不想活了", "他们天天欺负我", "我不敢回家"),
    ],
)
def test_harm_to_themselves_is_known(text):
    assert what_was_told(session(text)) == "of_self"


@pytest.mark.parametrize(
    "text",
    [
        *("he hits me and my brother", "my uncle beats my sister", "she hit us", "i hit my son"),
        *("他打我妹妹", "我爸打我妈", "他打我们", "邻居打孩子", "他欺负我弟"),
    ],
)
def test_whoever_may_have_told_of_somebody_else_is_asked_who_needs_help(text):
    assert what_was_told(session(text)) == "told"


def test_what_holds_no_risk_tells_nothing():
    assert what_was_told(session("my friend hits me with a pillow", is_risky=False)) == "nothing"
