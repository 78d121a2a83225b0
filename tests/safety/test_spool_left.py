"""What a Lantern on a file has left in its spool reaches people after the move to a server."""

import json

from away import all_taken_in, rows
from running import prepare, running, settings_in

from bot.config import spool_folder
from bot.domain.update import Kind, Update
from storage.packing import pack_update
from storage.sealing import read_keys
from storage.spool import Spool, count_kept

KEPT = Update(
    id="91",
    channel="telegram",
    address="1001",
    sender="1001",
    kind=Kind.TEXT,
    at=0,
    text="he is going to kill me now",
    language="en",
)


async def test_an_emergency_left_in_the_spool_of_a_file_is_a_case_on_the_server(
    tmp_path, fake, postgres
):
    file = settings_in(tmp_path, fake)
    prepare(file)
    spool = Spool(spool_folder(file), read_keys(file.key_file))
    spool.append([json.dumps({"update": pack_update(KEPT)}).encode()])
    spool.close()
    address = postgres.url(postgres.new_database(like="lantern")).whole
    async with running(tmp_path, fake, LANTERN_DATABASE=address) as run:
        await all_taken_in(run)
        assert await rows(run, "SELECT count(*) FROM cases") == [(1,)]
        assert count_kept(spool_folder(file)) == (0, 0)
