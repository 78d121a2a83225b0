"""How the Telegram client speaks HTTP: on aiohttp, without logging addresses or contents.

The client's own carrier logs every address, which holds the token, and every answer that it
cannot read, which holds what people wrote; it is also several times slower.
"""

import json
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

CONNECTIONS: Final = 256
CONNECT_WITHIN: Final = 5.0
READ_WITHIN: Final = 20.0
_AS_JSON: Final = {"Content-Type": "application/json"}


class TooManyRequestsError(TelegramError):
    """Telegram wants a pause of so many ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class TelegramRequest(BaseRequest):
    """Posts calls over one pool of connections; none of its errors repeats what was sent.

    Proxies are taken from the environment (``HTTPS_PROXY``), once for each server. It cannot
    upload files.
    """

    __slots__ = ("_answer_within", "_proxies", "_session")

    def __init__(self, *, answer_within: float = READ_WITHIN) -> None:
        self._answer_within = answer_within
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        """The seconds within which an ordinary call must be answered."""
        return self._answer_within

    async def initialize(self) -> None:
        """Open the pool if it is not open."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Close the pool; calls under way end with an error."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **timeouts: object,
    ) -> tuple[int, bytes]:
        """Return the answer's code and body.

        Raises:
            TelegramError: no answer came, or Telegram wants a pause.

        """
        data = orjson.dumps(request_data.parameters) if request_data else None
        try:
            code, body = await self._exchange(method, url, data, timeouts.get("read_timeout"))
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            raise TooManyRequestsError(_pause(self.parse_json_payload(body)))
        return code, body

    async def _exchange(
        self, method: str, url: str, data: bytes | None, within: object
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("closed")  # noqa: EM101
        seconds = within if isinstance(within, int | float) else self._answer_within
        limits = aiohttp.ClientTimeout(sock_connect=CONNECT_WITHIN, sock_read=seconds)
        async with self._session.request(
            method, url, data=data, headers=_AS_JSON, timeout=limits, proxy=self._proxy(url)
        ) as response:
            return response.status, await response.read()

    def _proxy(self, url: str) -> str | None:
        """Return the way to *url*; looking at the environment takes longer than the call itself."""
        server = urlsplit(url).netloc
        if server not in self._proxies:
            self._proxies[server] = _proxy_for(url)
        return self._proxies[server]

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer's content.

        Raises:
            TelegramError: it is no answer of the Bot API.

        """
        answer = _read(payload)
        if not isinstance(answer, dict) or (answer.get("ok") and "result" not in answer):
            raise UnreadableAnswerError
        return answer


def _proxy_for(url: str) -> str | None:
    """Return the proxy that the environment names for *url*, None if there is none."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)


def _read(payload: bytes) -> object:
    """Return what is in *payload*, None if it is no JSON.

    Half a character, which some update may hold, is too much for the faster reader.
    """
    for read in (orjson.loads, json.loads):
        try:
            return read(payload)
        except ValueError:
            continue
    return None


class UnreadableAnswerError(TelegramError):
    """What came back is no answer of the Bot API."""

    def __init__(self) -> None:
        super().__init__("unreadable answer")


def _pause(answer: dict[str, Any]) -> float:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) else 1.0
