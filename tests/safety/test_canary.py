"""What a contact wrote stands in no log line and no metric, whatever goes wrong."""

import asyncio
import sqlite3
from contextlib import closing

import aiohttp
import pytest
from fake_telegram import GENEROUS, FakeTelegram
from process import Machine

CANARY = "canary-7351"
COOKIE = "A" * 43
CHILD, WORKER = 710_017_100_171, 720_027_200_272
TROUBLE = f"{CANARY}: my father beats me every day"


async def through_the_web(address):
    """Have a conversation on the web page; return what it answered."""
    headers = {"Origin": address, "Cookie": f"m={COOKIE}"}
    async with aiohttp.ClientSession(base_url=address, headers=headers) as client:
        entry = {"id": f"{0:016x}", "lang": "en"}
        async with client.post("/chat/open", json=entry) as answer:
            assert answer.status == 200
        for number, words in enumerate((f"hello {CANARY}", TROUBLE, f"\ud800{CANARY}"), 1):
            await client.post("/chat/say", json={"id": f"{number:016x}", "text": words})
        await client.post("/chat/say", data=f'{{"id": "{CANARY}", "text": ')
        await client.post("/chat/say", json={"id": CANARY, "text": CANARY})
        await client.post(f"/chat/say/{CANARY}?text={CANARY}", json={"text": CANARY})
        async with client.get("/chat/news") as answer:
            return await answer.text()


async def metrics_of(address):
    async with aiohttp.ClientSession() as client, client.get(f"{address}/metrics") as answer:
        return await answer.text()


async def on_telegram(fake, child, worker):
    await child.writes("/start")
    await child.hears("I am a program")
    await child.writes(TROUBLE)
    alert = await worker.hears("Nobody has it yet")
    assert CANARY not in alert.text
    await worker.taps("I have it")
    await child.hears("A social worker is reading")
    fake.mischief.fail("getFile", status=502)
    await child.sends_photo(b"picture", caption=CANARY)
    await child.sends_document(b"letter", name=f"{CANARY}.pdf")
    await child.edits(await child.writes(CANARY), f"edited {CANARY}")
    fake.mischief.garble("sendMessage")
    fake.mischief.drop_answer("sendMessage")
    await fake.all_taken()


async def break_everything(machine, fake, child):
    """Make turns fail, in the session and in the case, while more is written."""

    def tamper():
        with closing(sqlite3.connect(machine.settings.database)) as connection, connection:
            connection.execute("UPDATE sessions SET sealed_body = zeroblob(60)")
            connection.execute("UPDATE cases SET sealed_body = zeroblob(60)")

    await asyncio.to_thread(tamper)
    await child.writes(f"after it broke {CANARY}")
    fake.delivers({"message": {"text": CANARY, "message_id": CANARY}})
    fake.delivers({"message": {"text": CANARY, "chat": {"id": CANARY}, CANARY: CANARY}})
    await child.hears("a person will read it")
    await fake.all_taken()


@pytest.mark.long
async def test_no_log_line_and_no_metric_holds_what_was_written(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        worker = fake.person(id=WORKER, language_code="en")
        await machine.add_worker(worker)
        process = await machine.start()
        child = fake.person(id=CHILD, language_code="en", first_name=CANARY)
        await on_telegram(fake, child, worker)
        assert "I am a program" in await through_the_web(process.address)
        await break_everything(machine, fake, child)
        metrics = await metrics_of(process.address)
        assert await process.stop() == 0

    log = process.log.read_text()
    for action in ("case_opened", "ladder_climbed", "turn_failed", "update_set_aside", "stopped"):
        assert f'"{action}"' in log
    assert "lantern_updates_set_aside_total" in metrics
    for text in (log, metrics):
        for word in (CANARY, "canary", "father", str(CHILD), str(WORKER), "test-token", COOKIE):
            assert word not in text, word
    dump = b"".join(file.read_bytes() for file in tmp_path.glob("lantern.sqlite3*"))
    assert CANARY.encode() not in dump
