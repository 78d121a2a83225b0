"""What waits together is taken in an order that costs least, and each address keeps its own."""

import asyncio

from bot.domain.ids import Instant
from bot.domain.looking import OwnTexts
from bot.domain.update import Kind, Update
from bot.intake.letters import Letter, own_words_last
from bot.intake.refuge import RawUpdate

OWN = OwnTexts({"Yes", "/start"})


def comes(address, text):
    update = Update(
        id=f"{address}:{text}",
        channel="telegram",
        address=address,
        sender=address,
        kind=Kind.TEXT,
        at=Instant(1),
        text=text,
    )
    return waits(update, box=f"telegram:{address}")


def waits(record, *, box):
    return Letter(record=record, taken=asyncio.get_running_loop().create_future(), box=box)


def texts(letters):
    return [letter.record.text for letter in letters]


async def test_who_chooses_is_answered_before_who_writes_words_of_their_own():
    batch = [comes("1", "my dad"), comes("2", "Yes"), comes("3", "my mum"), comes("4", "/start")]

    assert texts(own_words_last(batch, OWN)) == ["Yes", "/start", "my dad", "my mum"]


async def test_what_comes_from_one_address_stays_in_its_order():
    batch = [comes("1", "Yes"), comes("1", "my dad"), comes("1", "/start"), comes("2", "Yes")]

    assert own_words_last(batch, OWN) == [batch[3], *batch[:3]]


async def test_what_cannot_be_read_and_what_has_no_text_take_no_time():
    unreadable = RawUpdate(id="r", channel="telegram", content="{", where="")
    raw = waits(unreadable, box="unreadable")
    batch = [comes("1", "my dad"), raw, comes("2", "")]

    assert own_words_last(batch, OWN) == [raw, batch[2], batch[0]]
