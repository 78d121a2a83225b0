"""What the page sends, read strictly."""

import re
from dataclasses import dataclass, field

import orjson
from aiohttp import BodyPartReader, web

from bot.channels.web_guard import RefusedError
from bot.domain.expression import expression

LONGEST_TEXT = 20_000
"""Characters in one text; the page sends a longer one in parts."""

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes in one photo or voice message."""

_LARGEST_BODY = 12 * LONGEST_TEXT + 4_096
_LARGEST_FIELD = 256
_MOST_UNSENT = 50

_ID = expression(r"[0-9a-f]{16,48}")
"""Pages make 32 digits; with more than 63 an update would not fit into the inbox."""

_TAP = expression(r"[!-~]{1,64}")

_KINDS = {
    "image/jpeg": "photo",
    "image/png": "photo",
    "image/gif": "photo",
    "image/webp": "photo",
    "image/heic": "photo",
    "image/heif": "photo",
    "audio/aac": "voice",
    "audio/amr": "voice",
    "audio/3gpp": "voice",
    "audio/mp4": "voice",
    "audio/x-m4a": "voice",
    "audio/mpeg": "voice",
    "audio/ogg": "voice",
    "audio/wav": "voice",
    "audio/x-wav": "voice",
    "audio/webm": "voice",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing the page sent: a text, a tap or neither; ``id`` stays the same when it retries."""

    id: str
    language: str = ""
    text: str = field(default="", repr=False)
    tap: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A photo or voice message, whole."""

    entry: Entry
    kind: str
    media_type: str
    content: bytes = field(repr=False)


async def read_entry(request: web.Request) -> Entry:
    """Return what *request* carries.

    Raises:
        RefusedError: it is not JSON of the known shape, or is too long.

    """
    if request.content_type != "application/json":
        raise RefusedError(415, "not_json")
    return _entry(_parsed(await _body(request)))


def read_after(request: web.Request) -> str:
    """Return the id of the last message the page has shown, or ``""``.

    Raises:
        RefusedError: it cannot be an id.

    """
    after = request.query.get("after", "")
    return _matching(_ID, after) if after else ""


async def read_unsent(request: web.Request) -> tuple[Entry, ...]:
    """Return the texts a leaving page had not sent yet; what cannot be read is passed over."""
    try:
        items = _parsed(await _body(request))
        return tuple(map(_entry, items[:_MOST_UNSENT])) if isinstance(items, list) else ()
    except RefusedError:
        return ()


async def _body(request: web.Request) -> bytes:
    chunks = bytearray()
    async for chunk in request.content.iter_chunked(65_536):
        chunks += chunk
        if len(chunks) > _LARGEST_BODY:
            raise RefusedError(413, "too_long")
    return bytes(chunks)


def _parsed(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise RefusedError(400, "not_json") from None


def _entry(item: object) -> Entry:
    if not isinstance(item, dict):
        raise RefusedError(400, "not_known")
    tap = _text(item.get("tap"))
    entry = Entry(
        id=_matching(_ID, _text(item.get("id"))),
        language=_text(item.get("lang")),
        text=_text(item.get("text")),
        tap=_matching(_TAP, tap) if tap else "",
    )
    if len(entry.text) > LONGEST_TEXT:
        raise RefusedError(413, "too_long")
    return entry


def _matching(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise RefusedError(400, "not_known")
    return value


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RefusedError(400, "not_known")
    return value


async def read_file(request: web.Request) -> SentFile:
    """Return the photo or voice message that *request* carries.

    Raises:
        RefusedError: it is no form, of no known kind, or too large.

    """
    if request.content_type != "multipart/form-data":
        raise RefusedError(415, "not_a_form")
    if (request.content_length or 0) > LARGEST_FILE + _LARGEST_BODY:
        raise RefusedError(413, "too_large")
    try:
        return await _file_of_form(request)
    except (ValueError, AssertionError):
        raise RefusedError(400, "not_known") from None


async def _file_of_form(request: web.Request) -> SentFile:
    fields: dict[str, str] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise RefusedError(400, "not_known")
        if part.name == "file":
            return await _file(part, _entry(fields))
        content = await _content(part, _LARGEST_FIELD)
        fields[part.name or ""] = content.decode()
    raise RefusedError(400, "not_known")


async def _file(part: BodyPartReader, entry: Entry) -> SentFile:
    media_type = part.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type not in _KINDS:
        raise RefusedError(415, "kind")
    content = await _content(part, LARGEST_FILE)
    if not content:
        raise RefusedError(400, "not_known")
    return SentFile(entry=entry, kind=_KINDS[media_type], media_type=media_type, content=content)


async def _content(part: BodyPartReader, most: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(65_536):
        content += chunk
        if len(content) > most:
            raise RefusedError(413, "too_large")
    return bytes(content)
