"""Of what waits at once, who only chooses is answered before own words; nobody's order changes."""

import pytest
from running import prepare, settings_in
from small_town import SmallTown

from bot.domain.update import Kind


@pytest.fixture
def town(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    town = SmallTown(settings)
    town.add_worker(2001)
    yield town
    town.close()


def test_who_only_chooses_is_answered_before_those_who_tell_at_the_same_time(town):
    came = [("1001", "somebody is new in our class"), ("1002", "/start"), ("1003", "my father")]

    town.take(*(town.new_update(address, Kind.TEXT, text=text) for address, text in came))
    town.deliver()

    answered = dict.fromkeys(message.address for message in town.post.sent)
    assert list(answered) == ["1002", "1001", "1003"]


def test_what_one_contact_wrote_at_once_is_kept_as_it_was_written(town):
    wrote = ["/start", "somebody is new in our class", "my father beats me", "No, not right now"]
    other = town.new_update("1002", Kind.TEXT, text="/start")

    town.take(*(town.new_update("1001", Kind.TEXT, text=text) for text in wrote), other)

    [log] = town.see("1001").logs.values()
    assert [text for text in log if text in wrote] == wrote[1:]
