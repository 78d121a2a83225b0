"""A case that was claimed on a phone has not been read: it looks so until its page is opened."""

import pytest
import pytest_asyncio

from bot.domain.errors import NotReadError
from bot.domain.worker import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def staff(town):
    """A worker and their supervisor, each with a phone."""
    return await town.worker("Anna"), await town.worker("Boss", role=Role.SUPERVISOR)


async def claimed_on_a_phone(town, phone):
    """A child in danger, and the case that the worker of *phone* took there."""
    child = await town.teller(danger="1")
    case = await town.case_of(child)
    await town.quiet()
    await phone.notices(await phone.taps(f"have:{case.line.id}"))
    await town.quiet()
    return child, case.line


async def test_all_in_it_stays_unread_until_they_open_it(town, staff):
    (worker, phone), _ = staff
    _, line = await claimed_on_a_phone(town, phone)

    taken = await town.run.desk.line(worker, line.id)
    assert (taken.owner, taken.unread) == (worker.id, line.unread)
    assert (await town.run.desk.counts(worker)).unread == 1

    await town.run.desk.read(worker, line.id)
    assert (await town.run.desk.line(worker, line.id)).unread == 0


async def test_they_are_told_of_the_first_that_comes_after_it_and_not_of_each(town, staff):
    (_, phone), _ = staff
    child, line = await claimed_on_a_phone(town, phone)

    for text in ("my room is on the left", "it is the blue door", "there is a red gate"):
        await child.writes(text)
        await town.quiet()

    news = [text for text in phone.heard if "something new" in text and line.code in text]
    assert len(news) == 1


async def test_a_supervisor_does_not_close_it_before_anybody_has_read_it(town, staff):
    (_, phone), (boss, _) = staff
    _, line = await claimed_on_a_phone(town, phone)
    version = (await town.run.desk.line(boss, line.id)).version

    with pytest.raises(NotReadError):
        await town.run.desk.close(boss, line.id, outcome="helped", reason="x", version=version)
