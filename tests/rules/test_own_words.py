"""What of all that was said is somebody's own: what a person must read if nothing more comes."""

import pytest
from running import the_book

from bot.domain.session import Said, Session
from bot.engine.plan import make_plan
from bot.intake.own_words import tells_of_their_own


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("▢▢▢▢", False),
        ("▢▢▢▢ 谢谢", False),
        ("▢▢▢▢ 他又来了", True),
        ("😭", True),
    ],
)
def test_a_hidden_code_alone_tells_nothing(text, is_own):
    plan = make_plan("r", the_book().flows, {})
    said = Said(at=2, state="start.menu", text=text)
    session = Session(release="r", language="zh_CN", said=(said,))

    assert tells_of_their_own(plan, session, since=1) is is_own
