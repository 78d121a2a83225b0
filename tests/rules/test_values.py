from io import StringIO

import pytest
from rich.console import Console

from bot.casework.posting import Letter
from bot.casework.speech import Voice
from bot.domain.event import Answered, Wanted
from bot.domain.ids import AddressId, ContactId, Instant, new_id
from bot.domain.message import Button
from bot.domain.place import Place
from bot.domain.session import Heard, Said, Session
from bot.domain.update import FileReference, Kind, Update
from bot.domain.values import Value, replace
from bot.engine.reply import FileSent, Words
from bot.triage.rules import Alone
from bot.triage.signals import Glance
from storage import packing

CANARY = "he hits me"
SAID = Said(at=Instant(1), state="report.what_happened", text=CANARY)
HOLDING_CONTENTS = (
    Update(
        id="1",
        channel="telegram",
        address=CANARY,
        sender=CANARY,
        kind=Kind.TEXT,
        at=Instant(1),
        text=CANARY,
        tap=CANARY,
    ),
    FileReference(kind="photo", media_type="image/jpeg", size=1, reference=CANARY),
    SAID,
    Session(release="r", language="en", said=(SAID,), answers={"report.what": CANARY}),
    Place(
        contact=ContactId("c"),
        address=AddressId("a"),
        channel="telegram",
        where=CANARY,
        spoken_at=Instant(1),
        session=Session(release="r", language="en", said=(SAID,)),
    ),
    Heard(at=0, state="", text=CANARY),
    Answered(state="report.what", answer=CANARY),
    Wanted(deed="find_guidance", argument=CANARY),
    Words(text=CANARY),
    FileSent(text=CANARY),
    Button(label=CANARY, data="a:1:yes"),
    Letter(text=CANARY, buttons=((Button(label=CANARY),),)),
    Voice(house=None, release=None, language="en", values={"worker_messages": CANARY}),
    packing.Letter(
        address=CANARY,
        text=CANARY,
        buttons=((Button(label=CANARY),),),
        references=(),
        is_from_person=False,
    ),
    Alone(letters=CANARY, signals=(), opinion=(), quick=0.0, worry=0.0),
    Glance(signals=(), before=CANARY, quick=0.0, worry=0.0, is_ours=False, read_as=CANARY),
)


@pytest.mark.parametrize("value", HOLDING_CONTENTS, ids=lambda value: type(value).__name__)
def test_what_somebody_wrote_is_not_shown_where_a_value_is(value):
    printed = StringIO()
    Console(file=printed).print(value)

    assert CANARY not in repr(value)
    assert CANARY not in printed.getvalue()
    assert type(value).__name__ in repr(value)


def test_nothing_that_hides_something_is_left_out_above():
    hiding = {kind for kind in _kinds(Value) if kind.hidden}

    assert hiding == {type(value) for value in HOLDING_CONTENTS}


def _kinds(kind):
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def test_a_value_names_what_may_be_shown():
    assert repr(SAID) == "Said(at=1, state='report.what_happened')"


def test_a_copy_leaves_the_value_it_was_made_of_as_it_was():
    before = Session(release="r", language="en", state="welcome.hello")
    after = replace(before, state="welcome.again")

    assert (before.state, after.state) == ("welcome.hello", "welcome.again")
    assert replace(after, state="welcome.hello") == before


def test_a_value_cannot_be_changed():
    with pytest.raises(AttributeError):
        SAID.text = "other"


def test_ids_sort_in_the_order_in_which_they_were_made():
    ids = [new_id() for _ in range(10_000)]

    assert ids == sorted(set(ids))
    assert all(len(id_) == 32 and id_[12] == "7" for id_ in ids)
