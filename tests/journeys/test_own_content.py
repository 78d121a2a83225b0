"""An organisation's own flows and locales, over Lantern's."""

import re

import pytest
from running import prepare, settings_in

from bot.app import open_lantern
from bot.authoring.proofs import prove_everything
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


@pytest.mark.parametrize(
    ("flow", "name", "kind"),
    [
        ("talk_to_a_person", "what_about", "question"),
        ("report_a_concern", "both", "answer"),
    ],
)
def test_a_name_that_the_desk_relies_on_is_missed_when_it_is_renamed(tmp_path, flow, name, kind):
    file = f"flows/conversations/{flow}.yaml"
    renamed = re.sub(rf"\b{name}(?=:)", f"{name}_2", read_content().texts[file])
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(renamed.replace(f": {name}\n", f": {name}_2\n"), encoding="utf-8")

    found = [each for each in prove_everything((), tmp_path).findings if each.code == "F112"]

    assert [each.text.partition(",")[0] for each in found] == [f'the {kind} "{name}"']


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
