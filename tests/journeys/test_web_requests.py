"""The web chat over real HTTP: what is taken, what is refused, what is never given away."""

import re
from collections.abc import AsyncIterator
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

import aiohttp
import orjson
import pytest
from web_talk import Talk, served

import bot.channels
from bot.channels.web_page import Appearance, Pages, Phone
from bot.domain.update import Kind

FIRST = "0123456789abcdef"
TOKEN = "A" * 43
HTTPS = "https://talk.example"
HERE = Path(bot.channels.__path__[0])


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
async def address(talk: Talk) -> AsyncIterator[str]:
    async with served(talk) as url:
        yield url


async def post(address: str, path: str, cookie: str = "", **how: object) -> tuple[int, str]:
    """Post as our own page would; return the status and the text of the answer."""
    headers = {"Origin": address, "Cookie": f"m={cookie}", **how.pop("headers", {})}
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{address}{path}", headers=headers, **how) as answer,
    ):
        return answer.status, await answer.text()


def form(content: bytes, media_type: str) -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field("id", FIRST)
    data.add_field("file", BytesIO(content), filename="x", content_type=media_type)
    return data


@pytest.mark.parametrize("path", ["/", "/leaving", "/chat/static/chat.js", "/chat/news"])
async def test_every_answer_leaves_no_trace_and_lets_nothing_foreign_in(address, path):
    async with aiohttp.ClientSession() as client, client.get(address + path) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/leaving", "/?lang=zh_CN"])
async def test_a_page_names_neither_us_nor_what_it_is_for(address, path):
    async with aiohttp.ClientSession() as client, client.get(address + path) as answer:
        text = await answer.text()

    title = re.search(r"<title>(.*)</title>", text)
    assert title is not None
    assert title[1].lower() == "messages"
    assert not re.search(r"lantern|abuse|child|小橘灯", text, re.IGNORECASE)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/chat/open", "/chat/say", "/chat/file", "/chat/leave"])
async def test_another_page_cannot_speak_for_a_contact(talk, address, headers, path):
    entry = {"id": FIRST, "text": "not mine"}

    status, _ = await post(address, path, TOKEN, json=entry, headers=headers)

    assert status == 403
    assert talk.updates == []


async def test_only_the_public_address_counts_where_one_is_known(talk):
    async with served(talk, public_address="https://talk.example") as address:
        ours = {"Origin": "https://talk.example"}
        entry = {"id": FIRST, "text": "hello"}

        assert (await post(address, "/chat/say", TOKEN, json=entry))[0] == 403
        assert (await post(address, "/chat/say", TOKEN, json=entry, headers=ours))[0] == 204


@pytest.mark.parametrize(("public_address", "is_secure"), [("", False), (HTTPS, True)])
async def test_the_phone_holds_one_random_token_that_scripts_cannot_read(
    talk, public_address, is_secure
):
    async with served(talk, public_address=public_address) as address:
        headers = {"Origin": public_address or address}
        async with (
            aiohttp.ClientSession() as client,
            client.post(f"{address}/chat/open", json={"id": FIRST}, headers=headers) as answer,
        ):
            cookie = answer.headers["Set-Cookie"]

    token = re.match(r"m=([\w-]{43});", cookie)
    assert token is not None
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    assert ("Secure" in cookie) is is_secure
    assert "expires" not in cookie.lower()
    assert "max-age" not in cookie.lower()
    assert token[1] not in talk.updates[0].address


@pytest.mark.parametrize("token", ["", "short", "x" * 44, "../" * 14 + "x"])
async def test_nothing_is_taken_from_a_phone_without_a_token(talk, address, token):
    status, _ = await post(address, "/chat/say", token, json={"id": FIRST, "text": "hello"})

    assert status == 401
    assert talk.updates == []


async def test_what_is_sent_twice_counts_once_and_two_phones_never_mix(talk, address):
    entry = {"id": FIRST, "text": "hello"}
    for token in (TOKEN, TOKEN, "B" * 43):
        assert (await post(address, "/chat/say", token, json=entry))[0] == 204

    assert talk.heard == ["hello", "hello"]
    assert talk.updates[0].address != talk.updates[1].address


@pytest.mark.parametrize(("length", "status"), [(20_000, 204), (20_001, 413), (400_000, 413)])
async def test_a_text_is_kept_whole_or_refused_clearly(talk, address, length, status):
    text = "痛" * length
    body = BytesIO(orjson.dumps({"id": FIRST, "text": text}))
    headers = {"Content-Type": "application/json"}

    answered, answer = await post(address, "/chat/say", TOKEN, data=body, headers=headers)

    assert answered == status
    assert talk.heard == ([text] if status == 204 else [])
    assert "痛" not in answer


@pytest.mark.parametrize(
    "entry",
    [
        [],
        "text",
        {"text": "no id"},
        {"id": "../../etc", "text": "odd id"},
        {"id": "a" * 49, "text": "longer than the inbox holds"},
        {"id": FIRST},
        {"id": FIRST, "text": "  "},
        {"id": FIRST, "text": 5},
        {"id": FIRST, "tap": "x" * 65},
        {"id": FIRST, "tap": "a b"},
    ],
)
async def test_what_our_page_would_never_send_is_refused_without_repeating_it(talk, address, entry):
    status, body = await post(address, "/chat/say", TOKEN, json=entry)

    assert (status, body) == (400, '{"fault": "not_known"}')
    assert talk.updates == []


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded"])
async def test_a_text_must_come_as_json(talk, address, media_type):
    body = '{"id": "0123456789abcdef", "text": "hello"}'
    headers = {"Content-Type": media_type}

    status, _ = await post(address, "/chat/say", TOKEN, data=body, headers=headers)

    assert status == 415
    assert talk.updates == []


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"picture", "image/jpeg", 204),
        (b"voice", "audio/ogg; codecs=opus", 204),
        (b"", "image/jpeg", 400),
        (b"<svg/>", "image/svg+xml", 415),
        (b"<script>", "text/html", 415),
        (b"x" * (20 * 1024 * 1024 + 1), "image/jpeg", 413),
        (b"x" * (21 * 1024 * 1024), "image/jpeg", 413),
    ],
    ids=["photo", "voice", "empty", "drawing", "page", "just too large", "far too large"],
)
async def test_only_photos_and_voices_of_a_fair_size_are_kept(
    talk, address, content, media_type, status
):
    answered, _ = await post(address, "/chat/file", TOKEN, data=form(content, media_type))

    assert answered == status
    assert talk.files == ([content] if status == 204 else [])
    assert len(talk.updates) == len(talk.files)


async def test_a_kept_photo_says_what_it_is(talk, address):
    await post(address, "/chat/file", TOKEN, data=form(b"picture", "image/png"))

    update = talk.updates[0]
    assert update.kind is Kind.FILE
    assert update.file is not None
    assert (update.file.kind, update.file.size, update.file.reference) == ("photo", 7, "file-1")


async def test_a_database_that_is_away_asks_the_page_to_try_again(talk, address):
    talk.is_away = True

    status, _ = await post(address, "/chat/say", TOKEN, json={"id": FIRST, "text": "hello"})

    assert status == 503


def test_every_panel_with_numbers_says_what_to_call_at_night():
    phones = (
        Phone(number="110", name="Police"),
        Phone(number="12356", name="Mental health line", night="at night 110"),
    )
    appearance = Appearance(languages=("en",), phones={"en": phones})
    page = Pages(appearance, lambda _: NullTranslations()).render("page.html", "en").text

    panels = re.findall(r'<ul class="phones".*?</ul>', page, re.DOTALL)
    assert len(panels) == 3
    for panel in panels:
        assert "Mental health line <small>at night 110</small>" in panel
        assert panel.count("<small>") == 1
    assert '"calls": ["110", "12356 (at night 110)"]' in page


def test_the_page_is_small_keeps_nothing_and_runs_on_old_phones():
    files = [*HERE.glob("static/*"), *HERE.glob("templates/*.html")]
    scripts = "".join(path.read_text() for path in HERE.glob("static/*.js"))

    assert sum(path.stat().st_size for path in files) < 40_000
    assert not re.search(r"localStorage|sessionStorage|indexedDB|Notification|caches", scripts)
    assert not re.search(r"\?\.[a-z(\[]|\?\?|catch \{|\|\|=|replaceChildren|import ", scripts)
