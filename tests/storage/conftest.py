"""A real database file for each test."""

import pytest

from storage import data_keys
from storage.database import open_database
from storage.sealing import new_keys
from storage.upgrade import upgrade


@pytest.fixture
def path(tmp_path):
    upgrade(tmp_path / "lantern.sqlite3")
    return tmp_path / "lantern.sqlite3"


@pytest.fixture
def keys():
    return new_keys()


@pytest.fixture
async def database(path, keys):
    database = await open_database(path, keys)
    await database.write(data_keys.make_house_key)
    yield database
    await database.close()
