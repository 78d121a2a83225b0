"""A turn that opens a case asks the database hardly more often than any other."""

import pytest
from running import prepare, settings_in
from small_town import SmallTown

from bot.domain.update import Kind

RISKY = "He hits me with a belt and I want to die."


@pytest.fixture
def town(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    town = SmallTown(settings)
    yield town
    town.close()


class Asked:
    """Keeps what SQLite is asked in the next transaction, in which everything is taken in."""

    def __init__(self):
        self.said = []
        self.commits = 0

    def __call__(self, statement):
        self.commits += statement == "COMMIT"
        if statement.startswith("SELECT") and self.commits == 1:
            self.said.append(statement)


def ask_of(town, asked):
    async def trace(tx):
        await tx._connection.set_trace_callback(asked)  # noqa: SLF001 - none else sees it

    town.write(trace)


def taking(town, *texts):
    """Return what is read while *texts* are taken in together, each of somebody else."""
    asked = Asked()
    ask_of(town, asked)
    town.take(*(town.new_update(f"{n}", Kind.TEXT, text=text) for n, text in enumerate(texts)))
    ask_of(town, None)
    return asked.said


def test_opening_cases_reads_only_what_they_are_counted_by(town):
    taking(town, "/start", "/start", "/start")
    ordinary = taking(town, "hello", "hello", "hello")
    opening = taking(town, RISKY, RISKY, RISKY)
    later = taking(town, RISKY, RISKY, RISKY)
    assert len(town.see("0", "1", "2").cases) == 3
    assert len(opening) == len(ordinary) + 2
    assert len(later) <= len(ordinary) + 1


def test_who_writes_in_the_same_batch_after_a_case_was_opened_is_known_without_reading(town):
    ordinary = taking(town, "/start", "/start")
    risky = [town.new_update(name, Kind.TEXT, text=RISKY) for name in ("7", "7", "8")]
    asked = Asked()
    ask_of(town, asked)
    town.take(*risky)
    assert len(asked.said) == len(ordinary) + 2
    assert len(town.see("7", "8").cases) == 2
