"""When the alarm is tested, and from when on it counts as broken."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.directory.hours import read_heartbeat
from bot.domain.errors import FlowError
from bot.domain.ids import Instant
from bot.triage.alarm import read_alarm

TIMES = """\
alarm:
  taken_within: 2 minutes
  answered_within: 1 day
  worker_silent_after: 3 days
"""
KAILI = ZoneInfo("Asia/Shanghai")


def at(text):
    return Instant(int(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1_000_000))


@pytest.mark.parametrize(
    ("schedule", "now", "due"),
    [
        ("08:30", "2026-11-23T08:29+08:00", "2026-11-23T08:30+08:00"),
        ("08:30", "2026-11-23T08:30+08:00", "2026-11-24T08:30+08:00"),
        ("mon-fri 09:00", "2026-11-27T09:00+08:00", "2026-11-30T09:00+08:00"),
        ("mon 07:00", "2026-11-23T07:00+08:00", "2026-11-30T07:00+08:00"),
        ("23:59", "2026-12-31T16:00+00:00", "2027-01-01T15:59+00:00"),
    ],
)
def test_the_next_test_comes_at_the_organisation_s_own_time(schedule, now, due):
    assert read_heartbeat(schedule).after(at(now), KAILI) == at(due)


def test_a_clock_that_is_changed_in_spring_moves_no_test():
    heartbeat = read_heartbeat("08:30")
    first = heartbeat.after(at("2027-03-27T12:00+01:00"), ZoneInfo("Europe/Berlin"))
    assert first == at("2027-03-28T08:30+02:00")


def test_off_means_never():
    assert read_heartbeat("Off") is None


def test_times_are_read_as_they_are_written():
    times = read_alarm(TIMES, "alarm.yaml")
    assert times.taken_within == timedelta(minutes=2)
    assert times.answered_within == timedelta(days=1)
    assert times.worker_silent_after == timedelta(days=3)


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("  taken_within: 2 minutes\n", "", "T202"),
        ("taken_within", "taken_inside", "T201"),
        ("2 minutes", "soon", "T203"),
        ("2 minutes", "0 minutes", "T203"),
        ("alarm:", "alarms:", "T201"),
    ],
)
def test_times_that_are_none_are_told(right, wrong, code):
    with pytest.raises(FlowError) as raised:
        read_alarm(TIMES.replace(right, wrong), "alarm.yaml")
    assert code in {finding.code for finding in raised.value.findings}
