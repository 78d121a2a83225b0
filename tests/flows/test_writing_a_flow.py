"""The page for authors says everything there is, and nothing that is not so."""

import re
from pathlib import Path

import pytest

from bot.authoring.script import CONVERSATION_WORDS, DONE, EXPECTED
from bot.flow.checks import check_flows
from bot.flow.deeds import DEEDS
from bot.flow.model import EXPECTS
from bot.flow.reader import read_flow
from bot.flow.words import FILE_WORDS, PLACEHOLDERS, STATE_WORDS

HERE = Path(__file__).parents[2]
PAGE = (HERE / "docs/writing-a-flow.md").read_text(encoding="utf-8")
FINDERS = (
    *HERE.glob("bot/flow/*.py"),
    *HERE.glob("bot/authoring/*.py"),
    HERE / "bot/strays.py",
)
CODE = "".join(path.read_text(encoding="utf-8") for path in FINDERS)
CODES = sorted(set(re.findall(r'"(F\d\d\d)"', CODE)))
EXAMPLE = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_first_example_has_no_findings():
    flow = read_flow(EXAMPLE, "flows/conversations/missing_school.yaml")

    assert check_flows({flow.name: flow}, {"emergency", "intake"}) == []


@pytest.mark.parametrize("code", CODES)
def test_every_finding_is_explained(code):
    assert re.search(rf"^\| (F\d+, )?{code}(, F\d+)? \|", PAGE, re.MULTILINE)


def test_nothing_is_explained_that_is_never_found():
    explained = re.findall(r"F\d\d\d", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL))

    assert set(explained) == set(CODES)


def _found_in(pattern, *folders):
    paths = [path for folder in folders for path in sorted((HERE / "bot").glob(folder))]
    return set(re.findall(pattern, "".join(path.read_text(encoding="utf-8") for path in paths)))


def _explained(letter):
    return set(re.findall(rf"^\| ({letter}\d\d\d)(?: \(warning\))? \|", PAGE, re.MULTILINE))


def test_every_finding_about_languages_is_explained_and_no_other():
    found = _found_in(r'"(L1\d\d)"', "*.py", "wording/*.py", "authoring/*.py", "casework/*.py")

    assert _explained("L") == found


def test_every_finding_about_the_directory_is_explained_and_no_other():
    named = _found_in(r'"(D1\d\d)"', "directory/*.py", "triage/*.py", "advising/*.py")
    numbered = _found_in(r"\.fault\((?:[^()]|\([^()]*\))*?, (1\d\d),", "directory/*.py")

    assert _explained("D") == named | {f"D{number}" for number in numbered} | {"D100"}


@pytest.mark.parametrize("word", [*FILE_WORDS, *STATE_WORDS, *EXPECTS])
def test_every_word_of_the_form_is_explained(word):
    assert f"\n| `{word}` |" in PAGE


@pytest.mark.parametrize("word", [*CONVERSATION_WORDS, *DONE, *EXPECTED])
def test_every_word_of_a_test_is_explained(word):
    assert f"\n| `{word}` |" in PAGE


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_is_explained_with_its_outcomes(deed):
    outcomes = " ".join(f"`{outcome}`" for outcome in DEEDS[deed])

    assert f"\n| `{deed}` | {outcomes} |" in PAGE


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_name_that_is_filled_in_is_listed(name):
    assert f"`{{{name}}}`" in PAGE
