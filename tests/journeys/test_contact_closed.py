"""Writing again long after a case was closed."""

from fake_telegram import GENEROUS, FakeTelegram
from running import running

from bot.domain.ids import DAY
from bot.domain.worker import Role


async def test_what_is_written_long_after_closing_begins_anew(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake, running(tmp_path, fake) as run:
        boss = await run.add_worker("Supervisor", role=Role.SUPERVISOR)
        child = fake.person(id=1001, language_code="en")
        await child.writes("my dad hits me")
        await child.hears("Who is writing?")
        [line] = await run.desk.queue(boss)
        line = await run.desk.claim(boss, line.id)
        await run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
        await child.hears("finished this for now")
        run.clock.advance(31 * DAY)

        await child.writes("hello")

        await child.hears("Hello again")
        assert await run.desk.queue(boss) == ()
