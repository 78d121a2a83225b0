"""What could be neither taken in nor set aside stays in the spool's folder, and nothing else."""

import json

from away import all_taken_in, rows
from running import prepare, running, settings_in

from bot.config import spool_folder
from bot.domain.ids import DAY
from bot.domain.update import Kind, Update
from storage.packing import pack_update
from storage.sealing import read_keys
from storage.spool import Spool, count_kept
from storage.tidying import forget

TROUBLE = "my father beats me every day"
SAID = "SELECT count(*) FROM entries WHERE kind = 'said'"
BEYOND_US = {"id": "5", "channel": "telegram", "content": "\u4e2d", "where": ""}


def spool_with(settings, *records):
    spool = Spool(spool_folder(settings), read_keys(settings.key_file))
    spool.append([json.dumps(record).encode() for record in records])
    spool.close()


def written(text):
    update = Update(
        id="91",
        channel="telegram",
        address="1001",
        sender="1001",
        kind=Kind.TEXT,
        at=0,
        text=text,
        language="en",
    )
    return {"update": pack_update(update)}


async def test_what_was_put_aside_is_put_back_weeks_later_and_the_rest_is_not_taken_in_twice(
    tmp_path, fake
):
    settings = settings_in(tmp_path, fake)
    prepare(settings)
    folder = spool_folder(settings)
    spool_with(settings, written(TROUBLE), {"raw": BEYOND_US})
    async with running(tmp_path, fake) as run:
        await all_taken_in(run)
        assert count_kept(folder) == (0, 1)
        assert await rows(run, SAID) == [(1,)]
        now = run.clock()
        await run.lantern.house.database.write(lambda tx: forget(tx, before=now + DAY))
        assert await rows(run, "SELECT count(*) FROM inbox") == [(0,)]
    [aside] = folder.glob("*.torn")
    aside.rename(aside.with_suffix(".spool"))
    async with running(tmp_path, fake, ahead=14 * DAY) as run:
        await all_taken_in(run)
        assert count_kept(folder) == (0, 1)
        assert await rows(run, "SELECT count(*) FROM cases") == [(1,)]
        assert await rows(run, SAID) == [(1,)]
        assert await rows(run, "SELECT count(*) FROM inbox") == [(0,)]
