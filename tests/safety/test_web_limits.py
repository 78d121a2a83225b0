"""The web chat takes no more than it can keep, says so kindly, and never holds up what is grave."""

import io

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request
from running import running

from bot.channels import web_limits
from bot.channels.web_limits import ENTRIES, FILES, NEWCOMERS, Limit, Limits, Meter
from bot.domain.ids import HOUR, Instant, new_id

TROUBLE = "my father beats me every day"
LONG = "今天数学考试，中午吃了面条，下午打了篮球，我们班拿了第一名，晚上看了动画片。" * 3


class Page:
    """One page of the web chat, on the line *line* of those behind the proxy."""

    def __init__(self, http: aiohttp.ClientSession, address: str, *, line: str = "") -> None:
        self.http, self.address, self.fault = http, address, ""
        self.headers = {"Origin": address} | ({"X-Forwarded-For": line} if line else {})

    async def opens(self) -> dict:
        async with self._post("/chat/open", {"id": new_id(), "lang": "en"}) as answer:
            assert answer.status == 200
            return await answer.json()

    async def says(self, **entry: str) -> int:
        async with self._post("/chat/say", {"id": new_id(), "lang": "en", **entry}) as answer:
            self.fault = (await answer.json())["fault"] if answer.status >= 400 else ""
            return answer.status

    def _post(self, path: str, body: dict):
        return self.http.post(f"{self.address}{path}", json=body, headers=self.headers)

    async def sends_photo(self, size: int) -> int:
        form = aiohttp.FormData()
        form.add_field("id", new_id())
        form.add_field("file", io.BytesIO(b"x" * size), filename="x", content_type="image/jpeg")
        post = self.http.post(f"{self.address}/chat/file", data=form, headers=self.headers)
        async with post as answer:
            return answer.status


@pytest.fixture
async def run(tmp_path):
    async with running(tmp_path) as run:
        yield run


@pytest.fixture
async def page(run):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Page(http, run.address)


async def test_whoever_writes_faster_than_any_finger_waits_a_moment_and_loses_nothing(run, page):
    await page.opens()
    taken = [await page.says(text="the bus is late today") for _ in range(ENTRIES.much)]
    assert set(taken) == {204}
    assert await page.says(text="the bus is late today") == 429
    assert page.fault == "slowly"
    run.clock.advance(ENTRIES.within)
    assert await page.says(text="the bus is late today") == 204


async def test_no_limit_holds_up_what_is_grave_nor_the_way_out(run, page):
    await page.opens()
    while await page.says(text="again") == 204:
        pass
    assert await page.says(text=LONG) == 429
    assert await page.says(text=f"{LONG}继父每次趁我妈上夜班就叫我去他屋里睡。{LONG}") == 204
    worker = await run.add_worker("Worker 1")
    assert await page.says(text=TROUBLE) == 204
    assert len(await run.desk.queue(worker)) == 1
    for tap in ("w:help", "w:person:3", "w:leave"):
        assert await page.says(tap=tap) == 204


@pytest.mark.long
async def test_too_many_files_are_refused_for_good_so_that_texts_behind_them_go_on(page):
    await page.opens()
    size = web_limits.MEGABYTE * 15
    taken = [await page.sends_photo(size) for _ in range(FILES.much // size)]
    assert set(taken) == {204}
    assert await page.sends_photo(size) == 422
    assert await page.says(text="that was the photo") == 204


@pytest.mark.long
async def test_a_line_with_very_many_newcomers_is_told_and_others_notice_nothing(run):
    async def comes(line: str) -> Page:
        http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return Page(http, run.address, line=line)

    crowd, other = await comes("198.51.100.7"), await comes("198.51.100.8")
    for _ in range(NEWCOMERS.much):
        assert not (await crowd.opens())["is_crowded"]
    assert (await crowd.opens())["is_crowded"]
    assert not (await other.opens())["is_crowded"]
    run.clock.advance(HOUR)
    assert not (await crowd.opens())["is_crowded"]
    for page in (crowd, other):
        await page.http.close()


@pytest.mark.long
async def test_in_a_crowd_a_newcomer_who_is_in_danger_is_heard_at_once(run):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        page = Page(http, run.address, line="198.51.100.7")
        for _ in range(NEWCOMERS.much):
            await page.opens()
            http.cookie_jar.clear()
        assert (await page.opens())["is_crowded"]
        assert await page.says(text="good morning") == 429
        assert page.fault == "crowded"
        assert await page.says(text=LONG) == 429
        worker = await run.add_worker("Worker 1")
        assert await page.says(text=TROUBLE) == 204
        assert len(await run.desk.queue(worker)) == 1


def test_a_meter_forgets_in_time_and_when_the_clock_is_put_back():
    now = [Instant(10 * HOUR)]
    meter = Meter(Limit(much=1, within=HOUR), lambda: now[0])
    meter.count("a")
    assert meter.is_over("a")
    assert not meter.is_over("b")
    now[0] = Instant(9 * HOUR)
    assert not meter.is_over("a")


def test_a_meter_holds_only_so_many():
    meter = Meter(Limit(much=1, within=HOUR), lambda: Instant(HOUR))
    for number in range(web_limits.KEPT + 10):
        meter.count(str(number))
    assert not meter.is_over("0")
    assert meter.is_over(str(web_limits.KEPT))


@pytest.mark.parametrize(
    ("remote", "named", "other", "is_same"),
    [
        ("93.184.216.34", "", ("93.184.216.34", "9.9.9.9"), True),
        ("93.184.216.34", "", ("93.184.216.35", ""), False),
        ("127.0.0.1", "9.9.9.9", ("127.0.0.1", "8.8.8.8, 9.9.9.9"), True),
        ("127.0.0.1", "9.9.9.9", ("127.0.0.1", "8.8.8.8"), False),
        ("127.0.0.1", "2001:db8::1", ("127.0.0.1", "2001:db8::2"), True),
    ],
)
def test_a_line_is_where_somebody_comes_from_as_far_as_a_proxy_nearby_says(
    remote, named, other, is_same
):
    limits = Limits(lambda: Instant(HOUR))
    lines = [limits.line_of(_request(*one)) for one in ((remote, named), other)]
    assert (lines[0] == lines[1]) is is_same
    assert remote not in lines[0]


def test_without_a_word_from_the_proxy_nobody_is_counted_as_of_one_line():
    assert Limits(lambda: Instant(HOUR)).line_of(_request("127.0.0.1", "")) == ""


def _request(remote: str, named: str):
    headers = {"X-Forwarded-For": named} if named else {}
    return make_mocked_request("GET", "/", headers=headers).clone(remote=remote)
