"""What is done once an hour is done by one of the processes that share a folder."""

import pytest

from bot.domain.ids import HOUR, MINUTE, NEVER
from storage.shared_times import SharedTimes

NOW = 1_800_000_000_000_000


def times(folder):
    return SharedTimes(folder, ["away"])


def claims(who, now):
    return who.claim("away", now=now, again_after=HOUR)


def test_one_of_two_is_to_do_it_and_either_an_hour_later(tmp_path):
    one, other = times(tmp_path), times(tmp_path)
    assert (claims(one, NOW), claims(other, NOW), claims(one, NOW + MINUTE)) == (True, False, False)
    assert other.last("away", now=NOW + MINUTE) == NOW
    assert (claims(other, NOW + HOUR), claims(one, NOW + HOUR)) == (True, False)


def test_what_a_process_that_is_gone_has_done_is_known_after_a_start(tmp_path):
    assert claims(times(tmp_path), NOW)
    assert not claims(times(tmp_path), NOW + MINUTE)


def test_a_clock_that_was_put_back_keeps_nobody_silent(tmp_path):
    assert claims(times(tmp_path), NOW + HOUR)
    assert claims(times(tmp_path), NOW)


@pytest.mark.parametrize("folder", [None, "missing"])
def test_without_a_folder_each_has_times_of_its_own(tmp_path, folder):
    where = tmp_path / folder if folder else None
    one, other = times(where), times(where)
    assert one.last("away", now=NOW) == NEVER
    assert (claims(one, NOW), claims(other, NOW), claims(one, NOW + MINUTE)) == (True, True, False)
