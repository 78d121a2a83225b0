"""What a Lantern counts about itself, for Prometheus. Numbers only; no label names a person."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.domain.message import Urgency

TURN_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
"""Upper bounds in seconds: a turn takes milliseconds, and one of a second is a fault."""


class Metrics:
    """The counts of one running Lantern, in a registry of its own.

    ``channel``, ``urgency`` and ``level`` are the words of the domain, in lower case.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._count_the_work()
        self._watch_the_waiting()

    def render(self) -> bytes:
        """Return everything counted, in the text format that Prometheus reads."""
        return generate_latest(self.registry)

    def begin(self, channels: Iterable[str]) -> None:
        """Count from nothing what may happen on each of *channels*.

        Whoever watches sees a number grow only from one that was there before: a count that first
        appears as 1 would raise no alarm.
        """
        for channel in channels:
            for count in (self.updates_taken, self.updates_set_aside, self.updates_spooled):
                count.labels(channel)
            for count in (self.messages_sent, self.messages_postponed, self.messages_failed):
                for urgency in Urgency:
                    count.labels(channel, urgency.name.lower())

    def _count_the_work(self) -> None:
        registry = self.registry
        sent_by = ("channel", "urgency")
        self.updates_taken = Counter(
            "lantern_updates_taken", "Updates taken in.", ["channel"], registry=registry
        )
        self.updates_set_aside = Counter(
            "lantern_updates_set_aside", "Updates set aside.", ["channel"], registry=registry
        )
        self.updates_spooled = Counter(
            "lantern_updates_spooled",
            "Updates kept in the spool while the database was away.",
            ["channel"],
            registry=registry,
        )
        self.close_readings_failed = Counter(
            "lantern_close_readings_failed",
            "Texts in doubt that could not be read closely.",
            registry=registry,
        )
        self.turn_seconds = Histogram(
            "lantern_turn_seconds",
            "Time from taking an update to its commit.",
            buckets=TURN_BUCKETS,
            registry=registry,
        )
        self.messages_sent = Counter(
            "lantern_messages_sent", "Messages a channel took.", sent_by, registry=registry
        )
        self.messages_postponed = Counter(
            "lantern_messages_postponed", "Sends put off.", sent_by, registry=registry
        )
        self.messages_failed = Counter(
            "lantern_messages_failed", "Messages given up.", sent_by, registry=registry
        )

    def _watch_the_waiting(self) -> None:
        registry = self.registry
        self.outbox_waiting = Gauge(
            "lantern_outbox_waiting", "Messages that wait.", ["urgency"], registry=registry
        )
        self.outbox_oldest_seconds = Gauge(
            "lantern_outbox_oldest_seconds",
            "How long the oldest due message has waited.",
            ["urgency"],
            registry=registry,
        )
        self.spool_waiting = Gauge(
            "lantern_spool_waiting", "Updates that wait in the spool.", registry=registry
        )
        self.database_away = Gauge(
            "lantern_database_away", "1 while the database cannot be written.", registry=registry
        )
        self.processes = Gauge(
            "lantern_processes", "Lanterns that share the database.", registry=registry
        )
        self.cases_open = Gauge(
            "lantern_cases_open", "Cases not closed.", ["level"], registry=registry
        )
        self._watch_the_alarm()
        self.alerts_unacknowledged = Gauge(
            "lantern_alerts_unacknowledged",
            "Alerts to which nobody has said that they have it.",
            registry=registry,
        )

    def _watch_the_alarm(self) -> None:
        registry = self.registry
        self.alarm_broken = Gauge(
            "lantern_alarm_broken", "1 while alerts reach nobody.", registry=registry
        )
        self.alarm_test_age_seconds = Gauge(
            "lantern_alarm_test_age_seconds",
            "How long ago the alarm was last tested.",
            registry=registry,
        )
        self.alarm_answer_age_seconds = Gauge(
            "lantern_alarm_answer_age_seconds",
            "How long ago somebody last answered a test or took a case.",
            registry=registry,
        )
