"""What all tests share: rules that were read before, and a PostgreSQL server if one wants it."""

import gc
import os
import subprocess
import sys
from pathlib import Path

# As in a running Lantern (`bot/risk_check.py`), before anything below imports numpy: where the
# cores are busy, threads of a small product of matrices wait for each other ten times as long.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import pytest
from hypothesis import HealthCheck, settings
from new_database import make_database
from postgres import PostgresServer
from remembering import read_once

from storage.upgrade import upgrade

os.environ["CACHE_DIRECTORY"] = str(Path(__file__).parents[1] / ".pytest_cache" / "shelf")
"""Here the rules are kept that were read and proved, for all processes of all tests."""

os.environ["COLUMNS"] = "200"
"""How wide a command prints is settled when it is loaded, whichever test does that first."""

settings.register_profile("lantern", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lantern")
"""No example fails because the machine is busy while it is tried or thought of."""

read_once()

gc.disable()
"""Until all tests are known: nothing of them is let go, and looking for it takes a quarter."""

_READS = "import remembering, running; running.the_book()"


def pytest_configure(config):
    """Where several processes test, have one more read and prove the rules for all of them."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        config.reads = subprocess.Popen(  # noqa: S603 - our own words alone
            [sys.executable, "-c", _READS],
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
        )


def pytest_unconfigure(config):
    reads = getattr(config, "reads", None)
    if reads:
        reads.kill()
        reads.wait()


def pytest_collection_finish():
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def postgres():
    """A server whose databases are empty or, made like ``lantern``, have the newest schema."""
    server = PostgresServer().make()
    server.sql("CREATE DATABASE lantern")
    upgrade(server.url("lantern"))
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgres"])
def where(request, tmp_path):
    """An empty database of the newest schema, of either kind."""
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        name = server.take_database()
        yield server.url(name)
        server.give_back(name)
        return
    make_database(tmp_path / "lantern.sqlite3")
    yield tmp_path / "lantern.sqlite3"
