"""A real database for each test."""

import pytest
from new_database import make_database

from storage import data_keys
from storage.opening import open_database
from storage.sealing import new_keys


@pytest.fixture
def path(tmp_path):
    """An empty database file, for what is about files."""
    make_database(tmp_path / "lantern.sqlite3")
    return tmp_path / "lantern.sqlite3"


@pytest.fixture
def keys():
    return new_keys()


@pytest.fixture
async def database(where, keys):
    """An open database of either kind."""
    database = await open_database(where, keys)
    await database.write(data_keys.make_house_key)
    yield database
    await database.close()


@pytest.fixture
async def file_database(path, keys):
    """An open database file, for what is about files."""
    database = await open_database(path, keys)
    await database.write(data_keys.make_house_key)
    yield database
    await database.close()
