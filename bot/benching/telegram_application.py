"""python-telegram-bot's own Application, as its users run it, to be measured over the wire."""

import asyncio
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, PersistenceInput, PicklePersistence

from bot.benching.lean_telegram import TOKEN
from bot.benching.subject import Order
from bot.benching.telegram_peer import add_conversation, fill


class Durable(Application[Any, Any, Any, Any, Any, Any]):
    """Writes everything it knows to its file after each update."""

    __slots__ = ()

    async def process_update(self, update: object) -> None:
        """Handle *update*, then write."""
        await super().process_update(update)
        await self.update_persistence()
        if self.persistence:
            await self.persistence.flush()


async def run_application(order: Order) -> None:
    """Poll until cancelled; with the bot ``ptb_pickle`` everything is kept in a file."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{order.api}/bot")
    is_kept = order.bot == "ptb_pickle"
    if is_kept:
        kept = PicklePersistence[Any, Any, Any](
            Path(order.folder) / "peer.pickle",
            store_data=PersistenceInput(bot_data=False, chat_data=False, callback_data=False),
            on_flush=True,
        )
        await fill(kept, order.contacts)
        builder = builder.application_class(Durable).persistence(kept)
    peer = builder.build()
    add_conversation(peer, is_kept=is_kept)
    async with peer:
        if peer.updater is None:
            return
        await peer.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await peer.start()
        try:
            await asyncio.Event().wait()
        finally:
            await peer.updater.stop()
            await peer.stop()
