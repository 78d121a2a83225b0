"""The desk's page of the helplines: who tried which, and when, in the organisation's own file."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from journeys.reading_desk import csrf_of
from running import running
from sqlalchemy import select

from bot.desk.helplines import read_helplines
from bot.directory import helpline_text
from bot.directory.model import Tried
from bot.directory.read import HELPLINES as FILE
from bot.domain.worker import Role
from storage.schema import audit
from storage.statements import ready

pytestmark = pytest.mark.long

_AUDIT = ready(
    select(audit.c.actor, audit.c.subject, audit.c.detail).where(
        audit.c.action == "helpline_checked"
    )
)


@pytest.fixture
async def run(tmp_path, own):
    async with running(tmp_path, LANTERN_CONTENT=str(own)) as run:
        yield run


class Visit:
    """Somebody signed in at the desk."""

    def __init__(self, http, address):
        self.http, self.address = http, address

    async def sees(self):
        async with self.http.get(f"{self.address}/desk/helplines") as answer:
            assert answer.status == 200
            return await answer.text()

    async def writes(self, name, **typed):
        page = await self.sees()
        form = page[page.index(f'action="/desk/helplines/{name}"') :]
        fields = {
            "csrf": csrf_of(form),
            "seen": re.search(r'name="seen" value="([^"]*)"', form)[1],
        }
        return await self.sends(name, **{**fields, **typed})

    async def sends(self, name, **fields):
        async with self.http.post(
            f"{self.address}/desk/helplines/{name}",
            data=fields,
            headers={"Origin": self.address},
        ) as answer:
            return answer.status, await answer.text()


async def signed_in(http, run, name, **more):
    worker = await run.add_worker(name, **more)
    token = await run.staff.invite(worker.id)
    headers = {"Origin": run.address}
    async with http.post(f"{run.address}/desk/sign-in/{token}", headers=headers) as answer:
        assert answer.status == 200
    return worker, Visit(http, run.address)


@pytest.fixture
async def http():
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield http


def today(run):
    moment = datetime.fromtimestamp(run.clock() / 1_000_000, UTC)
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).date()


HOURS = {"hours-en": "9 to 21, every day", "hours-zh_CN": "每天9点到21点"}


@pytest.mark.parametrize(
    ("language", "title", "done"),
    [("en", "Helplines", "It is written down"), ("zh_CN", "热线", "已经记下")],
)
async def test_a_supervisor_writes_down_what_they_found_out(  # noqa: PLR0917
    run, own, http, language, title, done
):
    boss, desk = await signed_in(http, run, "Boss", role=Role.SUPERVISOR, language=language)
    assert title in await desk.sees()

    status, page = await desk.writes("youth", verified="yes", not_all_night="yes", **HOURS)

    assert status == 200
    assert done in page
    line = read_helplines(own).helplines["youth"]
    assert line.last_checked == today(run)
    assert line.is_verified
    assert line.tried == Tried(on=today(run), by="supervisor")
    assert line.is_closed_at_night
    assert line.hours == {"en": "9 to 21, every day", "zh_CN": "每天9点到21点"}
    assert today(run).isoformat() in await desk.sees()
    [row] = await run.lantern.house.database.read(lambda tx: tx.all(_AUDIT))
    assert (row["actor"], row["subject"]) == (boss.id, "youth")


async def test_what_would_not_be_sound_is_refused_and_nothing_is_written(run, own, http):
    _, desk = await signed_in(http, run, "Boss", role=Role.SUPERVISOR)

    status, page = await desk.writes("youth", verified="yes", **{"hours-en": "9 to 21"})

    assert status == 422
    assert "Write the hours in every language, or in none." in page
    assert 'value="9 to 21"' in page
    assert " data-brought" in page.split("<body")[1].split(">")[0]
    assert not (own / FILE).exists()


@pytest.mark.parametrize("is_sure", [True, False])
async def test_hours_that_nobody_knows_are_emptied_and_none_are_told(run, own, http, is_sure):
    _, desk = await signed_in(http, run, "Boss", role=Role.SUPERVISOR)
    sure = {"verified": "yes"} if is_sure else {}
    await desk.writes("youth", **sure, **HOURS)

    status, page = await desk.writes("youth", **sure, **dict.fromkeys(HOURS, ""))

    directory = read_helplines(own)
    line = directory.helplines["youth"]
    assert status == 200
    assert (line.hours, line.is_verified) == ({}, is_sure)
    assert "9 to 21, every day" not in page
    assert ("check" in helpline_text(directory, line, "en")) is not is_sure
    await desk.writes("youth", **sure, **HOURS)
    assert read_helplines(own).helplines["youth"].hours["en"] == "9 to 21, every day"


async def test_each_worker_reads_the_hours_in_their_own_language(run, http):
    _, desk = await signed_in(http, run, "Reader", language="zh_CN")

    page = await desk.sees()

    assert "每天18小时" in page
    assert "18 hours a day" not in page
    assert "接听时间各地不同，请先确认" in page


async def test_the_file_is_read_anew_when_it_was_changed_elsewhere(run, own, http):
    _, desk = await signed_in(http, run, "Boss", role=Role.SUPERVISOR)
    await desk.writes("youth", verified="yes", **HOURS)
    assert "9 to 21, every day" in await desk.sees()

    file = own / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("9 to 21", "10 to 20"), "utf-8")

    assert "10 to 20, every day" in await desk.sees()


async def test_whoever_was_slower_is_told_and_changes_nothing(run, own, http):
    _, desk = await signed_in(http, run, "Boss", role=Role.SUPERVISOR)
    form = (await desk.sees()).partition("/desk/helplines/youth")[2]
    csrf, seen = re.findall(r'type="hidden" name="(?:csrf|seen)" value="([^"]*)"', form)[:2]
    await desk.writes("youth", verified="yes", **HOURS)

    status, _ = await desk.sends("youth", csrf=csrf, seen=seen)

    assert status == 409
    assert read_helplines(own).helplines["youth"].is_verified


async def test_a_worker_sees_them_and_cannot_change_them(run, own, http):
    _, desk = await signed_in(http, run, "Worker")
    page = await desk.sees()
    assert "Only a supervisor" in page
    assert "/desk/helplines/youth" not in page
    csrf = csrf_of(page)

    status, _ = await desk.sends("youth", csrf=csrf, seen="")

    assert status == 404
    assert not (own / FILE).exists()


async def test_without_a_folder_of_ones_own_it_says_why_nothing_can_be_changed(tmp_path, http):
    async with running(tmp_path) as run:
        _, desk = await signed_in(http, run, "Boss", role=Role.SUPERVISOR)

        page = await desk.sees()

        assert "LANTERN_CONTENT" in page
        assert "12355" in page
        assert "I tried it today" not in page
