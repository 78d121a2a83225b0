"""An organisation's own flows and locales, over Lantern's."""

import pytest
from running import prepare, settings_in

from bot.app import open_lantern
from bot.building import read_book
from bot.content import read_content
from bot.domain.errors import ConfigError

WELCOME = "flows/conversations/welcome.yaml"


@pytest.fixture
def book(tmp_path):
    """A book in which one English sentence is the organisation's own, and has no Chinese."""
    changed = read_content().texts[WELCOME].replace("Who is writing?", "Who writes to us?")
    own = tmp_path / "own" / WELCOME
    own.parent.mkdir(parents=True)
    own.write_text(changed, encoding="utf-8")
    return read_book(tmp_path / "own")


async def test_it_does_not_start_when_an_own_sentence_would_take_a_language_away(tmp_path, book):
    settings = settings_in(tmp_path)
    prepare(settings)

    with pytest.raises(ConfigError, match="language zh_CN is not complete"):
        async with open_lantern(settings, book):
            pass


async def test_a_language_that_is_not_complete_can_be_left_out(tmp_path, book):
    settings = settings_in(tmp_path, LANTERN_LANGUAGES="en")
    prepare(settings)

    async with open_lantern(settings, book) as lantern:
        assert lantern.house.languages == ("en",)
