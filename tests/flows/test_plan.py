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
