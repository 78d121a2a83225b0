import pytest
from flows.chat import plan
from transitions import MachineError

from bot.engine.plan import Way


def test_a_way_asked_for_again_leads_where_the_machine_led():
    first = plan().move("welcome.hello", "word:help")

    assert plan().move("welcome.hello", "word:help") == first
    assert first[1] is Way.CALL


def test_what_leads_nowhere_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(KeyError):
            plan().move("welcome.hello", "no such trigger")
        with pytest.raises(MachineError):
            plan().move("welcome.hello", "skipped")


@pytest.mark.parametrize(
    ("key", "is_there"),
    [
        ("always.it_hurts.say", True),
        ("welcome.hello.say", True),
        ("always.it_hurts", False),
        ("always.on_no_release.say", False),
        ("always..say", False),
        ("", False),
    ],
)
def test_what_can_be_said_is_the_wording_of_a_state_there_is(key, is_there):
    assert plan().can_say(key) is is_there
