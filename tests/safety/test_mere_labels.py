"""A label that is known to say no more is answered as if all had been looked for in it."""

import dataclasses
from itertools import cycle

import pytest
from running import prepare, settings_in, the_book
from safety.small_town import Clock

from bot.app import open_lantern
from bot.directory.hiding import hide_codes
from bot.domain.ids import HOUR, MINUTE
from bot.domain.looking import OwnTexts
from bot.domain.place import OwnerKind
from bot.domain.session import Said
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.flow.model import ANYWHERE
from bot.guidance.left_short import is_left_short
from bot.intake.mere_label import LOOKS, is_mere
from bot.intake.taking import take_one
from storage import contacts, outbox

WORKER = "a worker comes"
TOLD = (
    (),
    ("I am a parent",),
    ("my dad beats me every day",),
    ("I am on the roof and want to die",),
    ("I am on the roof and want to die", WORKER),
)
SAID_BEFORE = ((), ("he is coming", "wait"), ("why me?",), ())
"""What stood before it, and may change what is meant."""

BY_LOT = "learning."
"""Where each contact is asked something else."""

OF_A_CASE = "check_on_my_report."
"""Where somebody comes only who has a case."""

MOST_SAID, MOST_TURNS = 20, 25

SAY_MORE = (
    ("report_a_concern.tell_more", "bye"),
    ("report_a_concern.in_danger", "not really"),
    ("report_a_concern.in_danger", "can i delete my messages"),
    ("report_a_concern.safe_to_reply", "no idea"),
    ("report_a_concern.safe_to_reply", "do not write to me"),
    ("report_a_concern.what_happened", "i'm scared"),
    ("report_a_concern.who_is_it_about", "怎么删除消息"),
    ("welcome.child_menu", "thank you"),
    ("welcome.who_are_you", "算了"),
)
"""Texts of Lantern's own that are more than an answer, where that makes a difference."""

NOT_THE_SAME = dict.fromkeys(("case", "code_of", "sits_with", "apart_from"))
"""What each contact has of their own: cases."""


class Twins:
    """Two who write the same to houses that differ in nothing but what is known of own texts."""

    def __init__(self, lantern, clock):
        self.houses = [lantern.house, dataclasses.replace(lantern.house, own_texts=OwnTexts())]
        self.clock = clock
        self.numbers = iter(range(1, 1_000_000))

    async def begin(self, tx, *told):
        names = [f"{next(self.numbers)}", f"{next(self.numbers)}"]
        for text in told:
            if text == WORKER:
                await self.hand_over(tx, names)
            else:
                await self.write(tx, names, text)
        return names

    async def write(self, tx, names, text):
        for name, house in zip(names, self.houses, strict=True):
            number = f"{next(self.numbers)}"
            came = Update(
                id=number,
                channel="telegram",
                address=name,
                sender=name,
                kind=Kind.TEXT,
                at=self.clock(),
                text=text,
                language="en",
            )
            await take_one(tx, house, came)

    async def move(self, tx, names, state, before, language):
        """Have both wait at *state*, having said what stood *before*."""
        for name in names:
            place = await contacts.find_place(tx, "telegram", name)
            said = [Said(at=self.clock(), state=state, text=text) for text in before]
            moved = replace(place.session, state=state, calls=(), language=language, busy_count=0)
            session = replace(moved, said=(*place.session.said, *said)[-MOST_SAID:])
            await contacts.save_session(tx, place.contact, session, now=self.clock())

    async def hand_over(self, tx, names):
        """Have a worker own both conversations."""
        for name in names:
            place = await contacts.find_place(tx, "telegram", name)
            until = self.clock() + HOUR
            await contacts.set_owner(tx, place.contact, OwnerKind.WORKER, "w1", until)

    async def are_known(self, tx, names):
        """Whether both are still there: nobody has erased what they wrote."""
        places = [await contacts.find_place(tx, "telegram", name) for name in names]
        return bool(places) and all(place is not None and place.session for place in places)

    async def outcome(self, tx, names):
        """Return what became of both: their sessions, and what they heard last."""
        found = []
        for name in names:
            place = await contacts.find_place(tx, "telegram", name)
            if place is None or place.session is None:
                found.append(None)
                continue
            heard = await outbox.latest_for(tx, place.address, most=3)
            words = self.houses[0].directory.code_words
            said = [(hide_codes(m.text, words), m.buttons, m.urgency) for m in heard]
            found.append((replace(place.session, **NOT_THE_SAME), said, place.case is None))
        return found


@pytest.fixture
async def twins(tmp_path):
    settings, clock = settings_in(tmp_path), Clock()
    prepare(settings)
    async with open_lantern(settings, the_book(), clock=clock) as lantern:
        yield Twins(lantern, clock)


def questions(house):
    """Return every question of which both are asked the same, whatever they told."""
    states = house.releases.current.plan.states
    elsewhere = (ANYWHERE, BY_LOT, OF_A_CASE)
    return [p for p, each in states.items() if each.is_question and not p.startswith(elsewhere)]


def labels(house):
    """Yield at each question some of the labels that answer it."""
    own, meanings = sorted(house.own_texts.made_out), house.releases.current.plan.meanings
    for number, place in enumerate(questions(house)):
        meant = [text for text in own if plain(text) in meanings[place]]
        yield from ((place, text) for text in meant[number % 3 :: 3])


def own_texts(house):
    """Yield every text of Lantern's own at some question that it need not answer."""
    asked = questions(house)
    for number, text in enumerate(sorted(house.own_texts.made_out)):
        yield asked[7 * number % len(asked)], text


async def are_alike(twins, typed):
    """Have what is *typed* written at its questions, and be sure that both are always alike."""
    told, before, language = cycle(TOLD), cycle(SAID_BEFORE), cycle(("en", "zh_CN"))

    async def live(tx):
        names = []
        for number, (state, text) in enumerate(typed):
            if number % MOST_TURNS == 0 or not await twins.are_known(tx, names):
                names = await twins.begin(tx, "/start", *next(told))
            await twins.move(tx, names, state, next(before), next(language))
            await twins.write(tx, names, text)
            one, other = await twins.outcome(tx, names)
            assert one == other, (state, text)
            twins.clock.advance(MINUTE)

    await twins.houses[0].database.write(live)


@pytest.mark.long
@pytest.mark.parametrize("typed", [labels, own_texts])
async def test_whatever_waits_a_label_does_the_same_as_if_it_were_looked_at(twins, typed):
    await are_alike(twins, typed(twins.houses[0]))


async def test_a_text_of_ours_that_says_more_is_answered_for_that(twins):
    own = twins.houses[0].own_texts
    assert all(own.hold(text) for _, text in SAY_MORE)

    await are_alike(twins, SAY_MORE)


def test_most_labels_say_no_more_and_no_look_makes_anything_of_these():
    book = the_book()
    own = book.own_texts()

    mere = [text for text in own if is_mere(text, book.rules)]

    assert len(mere) > len(own) * 0.8
    assert not [(look, text) for look in (*LOOKS, is_left_short) for text in mere if look(text)]
