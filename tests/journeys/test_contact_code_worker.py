"""Whoever comes back with the code to a worker writes to them, and is not led through a menu."""

import pytest
from journeys.lives import said

pytestmark = pytest.mark.asyncio(loop_scope="module")

MENU = "What would you like to do?"


async def came_back(town, *, is_claimed=True):
    """Somebody who has typed the code of a case on another phone, and the case."""
    child = await town.teller()
    await town.answers(child, ("he hits me every day", "write on"), ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    text = await town.answers(child, ("yes", "Your code to come back"))
    await town.answers(child, ("no", "That is fine"))
    code = text.split("from any phone: ")[1].splitlines()[0]
    case = await town.case_of(child)
    if is_claimed:
        worker, _ = await town.worker(f"Worker of {case.line.code}")
        await town.run.desk.claim(worker, case.line.id)
        await town.quiet()
    other = town.contact()
    await town.answers(other, (code, MENU))
    return other, case.line.id


async def hears_to(town, person, text):
    before = len(person.heard)
    await person.writes(text)
    await town.quiet()
    return "\n".join(person.heard[before:])


async def test_what_they_write_is_passed_on_once_and_no_menu_stands_under_it(town):
    other, case = await came_back(town)

    first = await hears_to(town, other, "when can we meet? i am free on friday")
    second = await hears_to(town, other, "at three")

    assert "This has been passed on." in first
    assert MENU not in first
    assert "Add something" not in other.chat.screen[-1].labels
    assert second == ""
    kept = said(await town.run.desk.read(town.watcher, case))
    assert {"when can we meet? i am free on friday", "at three"} <= set(kept)


@pytest.mark.parametrize(
    ("text", "hears"), [("add", "Please write"), ("help has come", "elp"), ("done", "Take care")]
)
async def test_what_is_chosen_there_is_still_done(town, text, hears):
    other, _ = await came_back(town)

    assert hears in await hears_to(town, other, text)


async def test_where_nobody_has_the_case_the_choices_stay(town):
    other, _ = await came_back(town, is_claimed=False)

    assert MENU in await hears_to(town, other, "when can we meet? i am free on friday")
