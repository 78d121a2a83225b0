"""A backup that was taken while Lantern ran can be restored, and Lantern goes on with it."""

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from process import Machine, kept_of

TROUBLE = "my father beats me"


@pytest.mark.rare
async def test_a_backup_of_the_file_is_restored_and_goes_on(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        child = fake.person(id=3001, language_code="en")
        process = await machine.start()
        await child.writes(TROUBLE)
        await machine.everything_is_sent(process)
        await machine.does("db", "backup", "monday.sqlite3")
        await child.writes("it hurts")
        await machine.everything_is_sent(process)
        await process.kill()

        for file in tmp_path.glob("lantern.sqlite3*"):
            file.unlink()
        (tmp_path / "monday.sqlite3").rename(machine.settings.database)
        await goes_on(machine, child)


@pytest.mark.rare
async def test_a_dump_of_the_server_is_restored_and_goes_on(tmp_path, postgres):
    url = postgres.url(postgres.new_database(like="lantern"))
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake, database=url)
        child = fake.person(id=3001, language_code="en")
        process = await machine.start()
        await child.writes(TROUBLE)
        await machine.everything_is_sent(process)
        dump = postgres.dump(url.whole.rpartition("/")[2])
        await child.writes("it hurts")
        await machine.everything_is_sent(process)
        await process.kill()

        restored = postgres.url(postgres.restore(dump))
        await goes_on(Machine(tmp_path, fake, database=restored), child)


async def goes_on(machine, child):
    """Check that Lantern works on what was restored, and knows what was said before."""
    await machine.does("db", "check")
    process = await machine.start()
    await child.writes("please come")
    await machine.everything_is_sent(process)
    assert await process.stop() == 0
    assert await kept_of(machine, child) == [TROUBLE, "please come"]
