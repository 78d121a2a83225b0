"""How the Telegram client speaks HTTP: on aiohttp, without logging addresses or contents.

The client's own carrier logs every address, which holds the token, and every answer that it
cannot read, which holds what people wrote; it is also several times slower.
"""

import json
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

CONNECTIONS: Final = 256
CONNECT_WITHIN: Final = 5.0
READ_WITHIN: Final = 20.0


class TooManyRequestsError(TelegramError):
    """Telegram wants a pause of so many ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class TelegramRequest(BaseRequest):
    """Posts calls over one pool of connections; none of its errors repeats what was sent.

    Proxies are taken from the environment (``HTTPS_PROXY``). It cannot upload files.
    """

    __slots__ = ("_answer_within", "_session")

    def __init__(self, *, answer_within: float = READ_WITHIN) -> None:
        self._answer_within = answer_within
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The seconds within which an ordinary call must be answered."""
        return self._answer_within

    async def initialize(self) -> None:
        """Open the pool if it is not open."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=True)

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
        data = request_data.json_parameters if request_data else None
        try:
            code, body = await self._exchange(method, url, data, timeouts.get("read_timeout"))
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            raise TooManyRequestsError(_pause(self.parse_json_payload(body)))
        return code, body

    async def _exchange(
        self, method: str, url: str, data: dict[str, str] | None, within: object
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("closed")  # noqa: EM101
        seconds = within if isinstance(within, int | float) else self._answer_within
        limits = aiohttp.ClientTimeout(sock_connect=CONNECT_WITHIN, sock_read=seconds)
        async with self._session.request(method, url, data=data, timeout=limits) as response:
            return response.status, await response.read()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer's content.

        Raises:
            TelegramError: it is no answer of the Bot API.

        """
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or (answer.get("ok") and "result" not in answer):
            raise UnreadableAnswerError
        return answer


class UnreadableAnswerError(TelegramError):
    """What came back is no answer of the Bot API."""

    def __init__(self) -> None:
        super().__init__("unreadable answer")


def _pause(answer: dict[str, Any]) -> float:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) else 1.0
