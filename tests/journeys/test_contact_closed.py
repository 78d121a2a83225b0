"""Writing again long after a case was closed."""

from fake_telegram import GENEROUS, FakeTelegram
from running import running

from bot.domain.case import EntryKind
from bot.domain.ids import DAY
from bot.domain.worker import Role


async def close_a_case(fake, run):
    """A child told something, and a supervisor has closed the case."""
    boss = await run.add_worker("Supervisor", role=Role.SUPERVISOR)
    child = fake.person(id=1001, language_code="en")
    await child.writes("my dad hits me")
    await child.hears("Who is writing?")
    [line] = await run.desk.queue(boss)
    line = await run.desk.claim(boss, line.id)
    await run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await child.hears("finished this for now")
    return boss, child, line


async def test_what_is_written_long_after_closing_begins_anew(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake, running(tmp_path, fake) as run:
        boss, child, _ = await close_a_case(fake, run)
        run.clock.advance(31 * DAY)

        await child.writes("hello")

        await child.hears("Hello again")
        assert await run.desk.queue(boss) == ()


async def test_asking_to_erase_after_closing_is_seen_in_the_closed_case(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake, running(tmp_path, fake) as run:
        boss, child, line = await close_a_case(fake, run)

        await child.writes("erase")
        await child.hears("Shall we erase")
        await child.writes("yes")
        await child.hears("It is erased")

        entries = (await run.desk.read(boss, line.id)).entries
        happened = [entry.text for entry in entries if entry.kind is EntryKind.STATUS]
        assert "asked_to_erase" in happened
