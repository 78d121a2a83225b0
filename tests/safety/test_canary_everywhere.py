"""A marker at every place where a text can come in reaches no log line, whatever breaks meanwhile.

It is one plain word, as an id is, so that no rule of the log hides it that looks for prose.
"""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from fake_telegram import GENEROUS, FakeTelegram
from journeys.reading_desk import csrf_of
from process import Machine

import bot
from bot.desk.staff import SIGN_IN
from bot.domain.ids import DAY
from storage import tokens
from storage.schema import metadata

MARK = "canary7351"
CHILD, WORKER = 710_017_100_171, 720_027_200_272
HEADERS = ("Accept-Language", "Content-Language", "Referer", "User-Agent", "X-Forwarded-For")
FIELDS = (
    *("answer", "note", "summary", "reason", "outcome", "level", "to", "title", "venue", "details"),
    *("audience", "number", "seen", "form", "known", "case", "language", "done", "show", "name"),
    *("id", "text", "lang", "tap", "file"),
)
_ROUTES = re.compile(r"web\.(?:get|post)\(\s*f?\"(/[^\"]*)\"")
_PART = re.compile(r"\{+[^}]*\}+")
BROKEN = "UPDATE {} SET {} = zeroblob(60)"


def paths():
    """Every path that a page of ours answers, with the marker as each of its parts."""
    folder = Path(bot.__file__).parent
    found = {
        path for file in folder.rglob("*.py") for path in _ROUTES.findall(file.read_text("utf-8"))
    }
    deeds = ("claim", "answer", "note", "close", "level", "release", "hand-over", "reopen")
    more = [f"/desk/cases/{{case}}/{deed}" for deed in ("", *deeds, "files/{file}")]
    more += [f"/desk/activities{end}" for end in ("", "/new", "/{one}", "/{one}/edit")]
    more += [f"/desk/activities/{{one}}/{deed}" for deed in ("publish", "cancel", "attendance")]
    return sorted(_PART.sub(MARK, path) for path in {*found, *more, "/desk/helplines/{helpline}"})


def _marked(**more):
    return dict.fromkeys(FIELDS, MARK) | more


async def over_http(address, csrf, cookie):
    """Ask each path in each way, with the marker in all that a browser or a stranger can send."""
    headers = dict.fromkeys(HEADERS, MARK) | {"Origin": address, "Cookie": cookie}
    wrong = {**headers, "Origin": MARK, "Cookie": f"m={MARK}; s={MARK}; {MARK}={MARK}"}
    async with aiohttp.ClientSession(base_url=address) as http:
        for path in paths():
            if path.endswith(("/live", "/news")):
                continue  # these wait
            for given in (headers, wrong):
                asked = [
                    http.get(path, params=_marked(), headers=given),
                    http.post(path, data=_marked(csrf=csrf, version="0"), headers=given),
                    http.post(path, json=_marked(), headers=given),
                    http.post(path, data=f'{{"{MARK}": "{MARK}', headers=given),
                    http.request(MARK.upper(), path, headers=given),
                ]
                for each in asked:
                    async with each as answer:
                        await answer.read()


async def spoken_badly(address):
    """Send what is no HTTP, and what ends in the middle."""
    host, port = address.removeprefix("http://").split(":")
    for sent in (
        f"{MARK} {MARK} {MARK}\r\n\r\n",
        f"GET /{MARK} HTTP/1.1\r\n{MARK}\r\n{MARK}: \x00{MARK}\r\n\r\n",
        f"POST /chat/say HTTP/1.1\r\nHost: {MARK}\r\nContent-Length: {MARK}\r\n\r\n{MARK}",
        f"POST /chat/say HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{MARK}\r\n",
    ):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(sent.encode("latin-1"))
        writer.write_eof()
        await reader.read()
        writer.close()
        await writer.wait_closed()


def messages(sender):
    """Messages of every kind, with the marker wherever somebody chooses what stands there."""
    named = {"first_name": MARK, "last_name": MARK, "username": MARK, "language_code": MARK}
    file = {"file_id": MARK, "file_unique_id": MARK, "file_name": MARK, "mime_type": MARK}
    contents = (
        {"text": f"{MARK}: my father beats me every day"},
        {"text": f"/{MARK} {MARK}", "entities": [{"type": MARK, "offset": 0, "length": 9}]},
        {"document": file, "caption": MARK},
        {"photo": [{**file, "width": 1, "height": 1}], "caption": MARK},
        {"contact": {"phone_number": MARK, "first_name": MARK}},
        {"venue": {"title": MARK, "address": MARK, "location": {"latitude": 1, "longitude": 2}}},
        {"poll": {"id": MARK, "question": MARK, "options": [{"text": MARK}]}},
        {"dice": {"emoji": MARK, "value": 1}},
        {"sticker": {**file, "emoji": MARK}},
        {"game": {"title": MARK}, "new_chat_title": MARK, "quote": {"text": MARK}},
        {"text": {MARK: MARK}},
    )
    person = {"id": sender, "is_bot": False, **named}
    chat = {"id": sender, "type": "private", **named, "title": MARK}
    for number, content in enumerate(contents, 9_000):
        yield {"message_id": number, "date": 1, "from": person, "chat": chat, **content}
    yield {"message_id": MARK, "date": MARK, "from": {**person, "id": MARK}, "chat": chat}
    yield {"message_id": 1, "date": 1, "from": person, "chat": {**chat, "type": MARK}, "text": MARK}


def on_telegram(fake, sender):
    """Deliver each kind of message as each kind of update, and taps that nobody offered."""
    for message in messages(sender):
        for kind in ("message", "edited_message", "channel_post", MARK):
            fake.delivers({kind: message})
        query = {"id": MARK, "from": message["from"], "message": message, "data": MARK}
        fake.delivers({"callback_query": query, MARK: MARK})
    fake.delivers({"my_chat_member": {"chat": {"id": MARK}, MARK: MARK}})


def break_what_is_sealed(database):
    """Make all that is sealed unreadable, so that whatever is asked for fails."""
    sealed = [
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.startswith("sealed") and table.name != "outbox"
    ]
    with closing(sqlite3.connect(database)) as connection, connection:
        for table, column in sealed:
            connection.execute(BROKEN.format(table, column))


async def signed_in(machine, worker, address):
    """Sign *worker* in; return their cookie and the token of their forms."""
    async with machine.database() as database:
        token = await database.write(
            lambda tx: tokens.make_token(tx, SIGN_IN, worker, now=0, lasts=10**6 * DAY)
        )
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(address, cookie_jar=jar) as http:
        await http.post(f"/desk/sign-in/{token}", headers={"Origin": address})
        async with http.get("/desk") as page:
            csrf = csrf_of(await page.text())
        return "; ".join(f"{each.key}={each.value}" for each in jar), csrf


@pytest.mark.long
async def test_a_marker_wherever_a_text_can_come_in_is_in_no_line(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        worker = await machine.add_worker(fake.person(id=WORKER, language_code="en"))
        fake.person(id=CHILD, language_code="en", first_name=MARK)
        process = await machine.start()
        cookie, csrf = await signed_in(machine, worker, process.address)
        for is_broken in (False, True):
            if is_broken:
                await asyncio.to_thread(break_what_is_sealed, machine.settings.database)
            on_telegram(fake, CHILD)
            await over_http(process.address, csrf, cookie)
            await spoken_badly(process.address)
            await fake.all_taken()
        assert await process.stop() == 0

    log = process.log.read_text()
    assert '"case_opened"' in log
    assert '"turn_failed"' in log
    told = [line for line in log.splitlines() if MARK in line.lower() or str(CHILD) in line]
    assert told == []
