"""The address of a server names the database that is connected to, however it is written."""

import pytest

from storage.known_as_ours import answer_to
from storage.postgres_connection import connect
from storage.sealing import new_keys
from storage.server_url import ServerUrl

QUESTION = "0123456789abcdef" * 2


@pytest.fixture
def name(postgres):
    taken = postgres.take_database()
    yield taken
    postgres.give_back(taken)


@pytest.mark.parametrize(
    "address",
    [
        "lantern:secr%40et@{at}/{name}",
        "lantern@{at}/{name}?application_name=x@y",
        "lantern@{at}/{quoted}",
        "lantern@{at}?dbname={name}",
        "{at}?database={name}&user=lantern",
        "{at}?user=lantern&dbname={name}",
        "lantern@{at}/",
        "lantern@{at}",
        "{at}?user=lantern",
    ],
)
async def test_the_database_is_the_one_that_is_connected_to(postgres, name, address):
    quoted = "".join(f"%{ord(letter):02x}" for letter in name)
    at = f"127.0.0.1:{postgres.port}"
    url = ServerUrl(f"postgresql://{address.format(at=at, name=name, quoted=quoted)}")
    connection = await connect(url)
    try:
        assert url.database == await connection.fetchval("SELECT current_database()")
    finally:
        await connection.close()


def test_databases_that_are_named_behind_a_question_mark_are_told_apart():
    keys = new_keys()
    one, other = (
        answer_to(QUESTION, keys, ServerUrl(f"postgresql://h?dbname={name}&user=x@y"))
        for name in ("a", "b")
    )
    assert one != other


def test_what_is_no_address_names_no_database():
    assert ServerUrl("postgresql://[u@h/a").database == ""
