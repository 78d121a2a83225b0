"""Pushing updates to the bot's own address until it says 200."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

import aiohttp

from fake_telegram.clock import MovableClock, Pulse
from fake_telegram.updates import Updates, Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BATCH = 40
PAUSE = 0.05


class Webhook:
    """Pushes one update after the other, in order, each until it is taken."""

    def __init__(self, updates: Updates, pulse: Pulse, clock: MovableClock) -> None:
        self._updates = updates
        self._pulse = pulse
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self.url = ""
        self.secret = ""
        self.last_error: tuple[int, str] | None = None
        self.answers: list[int] = []

    async def point_at(self, url: str, secret: str) -> None:
        """Push to *url* from now on."""
        await self.stop()
        self.url, self.secret, self.last_error = url, secret, None
        self._task = asyncio.create_task(self._push_for_ever())

    async def stop(self) -> None:
        """Push nothing any more."""
        self.url = self.secret = ""
        task, self._task = self._task, None
        if task:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def describe(self) -> Mapping[str, Any]:
        """Return what getWebhookInfo says."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.waiting),
        }
        if self._updates.allowed:
            info["allowed_updates"] = sorted(self._updates.allowed)
        if self.last_error:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    async def knock(self, body: object, secret: str | None) -> int:
        """Post *body* once with another secret (or none), and return the answer's code."""
        async with aiohttp.ClientSession() as session:
            return await self._post(session, body, secret)

    async def _push_for_ever(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                await self._pulse.until(lambda: self._updates.waiting)
                for update in self._updates.batch(BATCH):
                    await self._push(session, update)

    async def _push(self, session: aiohttp.ClientSession, update: Waiting) -> None:
        while (code := await self._post(session, update.body, self.secret)) != 200:
            said = f"Wrong response from the webhook: {code}"
            self.last_error = (int(self._clock.now()), said)
            await asyncio.sleep(PAUSE)
        self._updates.forget(update)

    async def _post(self, session: aiohttp.ClientSession, body: object, secret: str | None) -> int:
        headers = {SECRET_HEADER: secret} if secret else {}
        try:
            async with session.post(self.url, json=body, headers=headers) as response:
                code = response.status
        except aiohttp.ClientError:
            code = 0
        self.answers.append(code)
        self._pulse.beat()
        return code
