"""Somebody with the page of the web chat open, spoken for over its own HTTP interface."""

import asyncio
from dataclasses import dataclass, field

import aiohttp
from fake_telegram import WITHIN

from bot import web_exchange
from bot.channels import web
from bot.domain.ids import new_id

web.LONGEST_WAIT = web_exchange._LONGEST_NAP = 2 * WITHIN  # noqa: SLF001
"""A page that is not woken by what is there for it finds that too late for any test."""


@dataclass(kw_only=True)
class Visitor:
    """A page: it sends as the real one does, and shows what it fetches."""

    http: aiohttp.ClientSession
    address: str
    language: str = "en"
    shown: list[dict] = field(default_factory=list)
    heard_up_to: int = 0
    way_back: str = ""

    async def opens(self) -> None:
        """Open the page; the conversation begins, or its last question is shown again."""
        answer = await self._post("/chat/open", {})
        self._show(await answer.json())

    async def says(self, text: str) -> None:
        await self._post("/chat/say", {"text": text})

    async def taps(self, label: str) -> None:
        """Tap the button with this label or data under the newest message that has buttons."""
        rows = next(message["buttons"] for message in reversed(self.shown) if message["buttons"])
        buttons = [button for row in rows for button in row]
        data = [one["data"] for one in buttons if label in {one["label"], one["data"]}]
        await self._post("/chat/say", {"tap": data[0] if data else label})

    async def sends(self, content: bytes, media_type: str) -> None:
        """Send a photo or a voice message."""
        form = aiohttp.FormData()
        form.add_field("id", new_id())
        form.add_field("lang", self.language)
        form.add_field("file", content, filename="x", content_type=media_type)
        answer = await self.http.post(
            f"{self.address}/chat/file", data=form, headers={"Origin": self.address}
        )
        assert answer.status == 204

    async def leaves(self) -> int:
        """Press "leave now": the phone drops everything it holds."""
        answer = await self._post("/chat/leave", [])
        return answer.status

    async def hears(self, text: str) -> dict:
        """Return the next message that contains *text*."""
        try:
            async with asyncio.timeout(WITHIN):
                while (found := self._unheard(text)) is None:
                    await self._fetch()
        except TimeoutError:
            later = [message["text"] for message in self.shown[self.heard_up_to :]]
            raise AssertionError(f"waited for {text!r}, heard {later}") from None
        return found

    async def answers(self, *steps: tuple[str, str]) -> str:
        """Write each answer and hear what is expected; return the last text."""
        text = ""
        for written, expected in steps:
            await self.says(written)
            text = (await self.hears(expected))["text"]
        return text

    async def news(self) -> int:
        """Return the status with which the page is answered when it asks for news."""
        async with self.http.get(f"{self.address}/chat/news") as answer:
            return answer.status

    def _unheard(self, text: str) -> dict | None:
        for place, message in enumerate(self.shown[self.heard_up_to :], self.heard_up_to):
            if text in message["text"]:
                self.heard_up_to = place + 1
                return message
        return None

    async def _fetch(self) -> None:
        after = self.shown[-1]["id"] if self.shown else ""
        async with self.http.get(f"{self.address}/chat/news", params={"after": after}) as answer:
            self._show(await answer.json())

    def _show(self, answer: dict) -> None:
        self.way_back = answer["way_back"]
        known = {message["id"] for message in self.shown}
        self.shown += [message for message in answer["messages"] if message["id"] not in known]

    async def _post(self, path: str, body: object) -> aiohttp.ClientResponse:
        if isinstance(body, dict):
            body = {"id": new_id(), "lang": self.language, **body}
        answer = await self.http.post(
            self.address + path, json=body, headers={"Origin": self.address}
        )
        assert answer.status in {200, 204}, await answer.text()
        return answer
