"""Whatever happens in whatever order: nothing is lost, mixed up or done twice, nobody stranded."""

import itertools
import os
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from running import prepare, settings_in
from small_town import SmallTown

from bot.config import Settings
from bot.domain.errors import (
    ConflictError,
    NotAllowedError,
    PermanentSendError,
    RefusedError,
    TemporarySendError,
)
from bot.domain.ids import DAY, HOUR, MINUTE, SECOND
from bot.domain.level import Level
from bot.domain.message import Act
from bot.domain.update import Kind
from bot.domain.worker import Role
from bot.flow.danger import DANGERS
from bot.intake.asked import asks_about_danger
from bot.intake.flood import QUIET

BUDGET = settings(  # set LANTERN_ORDERS higher for a long night
    max_examples=int(os.environ.get("LANTERN_ORDERS", "6")),
    stateful_step_count=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    print_blob=True,
    derandomize=False,
    suppress_health_check=list(HealthCheck),
)
PEOPLE = ("1001", "1002", "1003")
CALM = ("we have a new sofa", "I do not know", "we live near the river", "it is about school")
GRAVE = ("my father beats me every day", "I want to kill myself", "he touches me at night")
SHORT = ("1", "2", "3", "yes", "no", "skip", "back", "help", "menu", "language", "person", "change")
ENDINGS = ("stop", "leave", "erase")
BYE = ("All right. Bye.", "好的，再见。")
HELP = ("Words that always work", "这些词随时都能用")
LETTERS = "bcdfghjklm"
NEVER_OVER = {"person", *DANGERS}
"""What an old button still counts for: a person is called, and danger is heard, at any time."""

MARK = re.compile(r"\bzq[bcdfghjklm]+x\b")

REMOVABLE = 47 * HOUR
people = st.sampled_from(PEOPLE)
workers = st.integers(0, 2)
phrases = st.sampled_from([*CALM, *GRAVE])
short = st.sampled_from([*SHORT, *ENDINGS])
bursts = st.lists(st.tuples(people, st.one_of(phrases, short)), min_size=1, max_size=6)
faults = st.sampled_from(
    [
        None,
        TemporarySendError("too many", retry_after=3),
        TemporarySendError("broken"),
        PermanentSendError("blocked", is_dead=True),
        PermanentSendError("refused", is_dead=False),
    ]
)


def mark(number: int) -> str:
    """Return a word of its own that neither the engine nor triage takes for anything."""
    return "zq" + "".join(LETTERS[int(digit)] for digit in str(number)) + "x"


def marks(texts) -> list[str]:
    return [found for text in texts for found in MARK.findall(text)]


class AnyOrder(RuleBasedStateMachine):
    """Several contacts, three workers, a clock and a channel, in any order."""

    def __init__(self, fresh: Callable[[], Settings]) -> None:
        super().__init__()
        self.town = SmallTown(fresh())
        self.workers = [self.town.add_worker(number) for number in (2001, 2002)]
        self.workers.append(self.town.add_worker(2003, Role.SUPERVISOR))
        self.said = {person: [] for person in PEOPLE}
        self.plan = self.town.lantern.house.releases.current.plan
        self.grave = set()
        self.taken_up = set()
        self.answered = {}
        self.counter = itertools.count(1)

    def teardown(self) -> None:
        self.town.close()

    def words(self, person: str, text: str) -> str:
        """Make a phrase one that is told from every other, and remember who wrote it."""
        if text not in CALM and text not in GRAVE:
            return text
        sign = mark(next(self.counter))
        self.said[person].append(sign)
        if text in GRAVE:
            self.grave.add(sign)
        return f"{text} {sign}"

    def write(self, *texts: tuple[str, str], kind: Kind = Kind.TEXT) -> None:
        new = self.town.new_update
        self.town.take(*(new(who, kind, text=self.words(who, text)) for who, text in texts))

    # what contacts do

    @rule(texts=bursts)
    def burst(self, texts):
        self.write(*texts)

    @rule(person=people, text=phrases)
    def tells(self, person, text):
        before = self.held(person)
        self.write((person, text))
        after = self.held(person)
        if before is not None and after is not None:
            assert after == [*before, self.said[person][-1]]

    def held(self, person):
        """What the session holds while a question waits and there is no case; None otherwise."""
        place = self.town.place(person)
        if place is None or place.case is not None or not (place.session and place.session.state):
            return None
        return marks(said.text for said in place.session.said)

    @rule(person=people, text=phrases)
    def edits(self, person, text):
        self.write((person, text), kind=Kind.EDIT)

    @rule(person=people, chance=st.data(), times=st.integers(1, 2))
    def taps_what_is_asked(self, person, chance, times):
        place = self.town.place(person)
        step = place.session.step if place and place.session else 0
        asked = [b for b in self.town.buttons(person) if b.data.startswith(f"a:{step}:")]
        if not asked or not place.session.state:
            return
        data = chance.draw(st.sampled_from(asked)).data
        self.town.take(*(self.town.new_update(person, Kind.TAP, tap=data) for _ in range(times)))
        after = self.town.place(person).session
        changed = {
            question
            for question in after.answers.keys() - {place.session.state}
            if after.answers[question] != place.session.answers.get(question)
        }
        owed = place.session.owed
        taken_up = {
            each
            for each in changed
            if owed and (after.answers[each] == owed or owed.isdigit())  # "3" is the third of it
        }
        assert changed == taken_up  # what they wrote first of all, which the menu takes up
        assert len(taken_up) <= 1

    @rule(person=people, chance=st.data())
    def taps_what_is_over(self, person, chance):
        place = self.town.place(person)
        over = [
            button.data
            for button in self.town.buttons(person)
            if button.data.startswith("a:")
            and place
            and button.data.split(":")[1] != str(place.session.step)
            and button.data.split(":")[2] not in NEVER_OVER
        ]
        if over:
            data = chance.draw(st.sampled_from(over))
            self.town.take(self.town.new_update(person, Kind.TAP, tap=data))
            after = self.town.place(person).session
            assert (after.state, after.answers) == (place.session.state, place.session.answers)

    @rule(person=people)
    def sends_the_same_again(self, person):
        update = self.town.new_update(person, Kind.TEXT, text=self.words(person, CALM[0]))
        self.town.take(update, update)
        self.town.take(update)

    @rule(person=people)
    def blocks(self, person):
        self.town.take(self.town.new_update(person, Kind.BLOCKED))

    @rule(person=people)
    def asks_for_help(self, person):
        self.comes_to_rest()
        place = self.town.place(person)
        is_about_danger = place is not None and asks_about_danger(place.session.state)
        self.write((person, "help"))  # where danger is asked about, it is a cry for help
        self.town.deliver()
        said = self.town.post.to(person)[-1].text
        assert any(words in said for words in (*HELP, *(["110"] if is_about_danger else [])))

    @rule(person=people, is_at_once=st.booleans())
    def leaves(self, person, is_at_once):
        if not is_at_once:
            self.comes_to_rest()
        self.town.post.faults.clear()
        before = len(self.town.post.sent)
        self.write((person, "leave"))
        self.town.deliver()
        heard = [
            message.text
            for message in self.town.post.sent[before:]
            if message.address == person and message.act is Act.SAY
        ]
        assert len(heard) == 1
        assert heard[0] in BYE
        assert len(self.town.post.in_sight(person, self.town.clock() - REMOVABLE)) == 1
        session = self.town.place(person).session
        assert (session.state, session.answers, session.said) == ("", {}, ())

    # what happens by itself

    def comes_to_rest(self):
        self.town.post.faults.clear()
        for _ in range(3):
            self.town.clock.advance(10 * MINUTE)
            self.town.look()
            self.town.deliver()

    @rule(planned=st.lists(faults, max_size=4))
    def sends(self, planned):
        self.town.post.faults.extend(planned)
        self.town.deliver()

    @rule(step=st.sampled_from([QUIET, 3 * MINUTE, HOUR, DAY, -HOUR, 31 * DAY, SECOND]))
    def time_passes(self, step):
        self.town.clock.advance(step)
        self.town.look()

    @rule()
    def starts_again(self):
        self.town.restart()
        self.town.look()

    # what workers do

    def a_case(self, chance, *, is_open):
        found = [case for case in self.town.see().cases if (case.closed_at is None) is is_open]
        return chance.draw(st.sampled_from(found)) if found else None

    @rule(chance=st.data(), first=workers, second=workers)
    def two_claim(self, chance, first, second):
        case = self.a_case(chance, is_open=True)
        if case is None or first == second:
            return
        two = (self.workers[first], self.workers[second])
        came = self.town.at_desk(*(lambda desk, w=w: desk.claim(w, case.id) for w in two))
        after = next(found for found in self.town.see().cases if found.id == case.id)
        assert after.owner is not None
        assert case.owner in {None, after.owner}
        for worker, outcome in zip(two, came, strict=True):
            if worker.id == after.owner:
                assert not isinstance(outcome, Exception)
            else:
                assert isinstance(outcome, ConflictError)
                assert outcome.by == after.owner_name

    @rule(
        chance=st.data(),
        who=workers,
        deed=st.sampled_from(["read", "answer", "release", "hand_over", "close", "note"]),
    )
    def works(self, chance, who, deed):
        case = self.a_case(chance, is_open=True)
        if case is None:
            return
        worker, version = self.workers[who], case.version
        sign = mark(next(self.counter))
        more = {
            "read": (),
            "answer": (f"We are here {sign}",),
            "note": ("seen",),
            "release": (),
            "hand_over": (),
            "close": (),
        }[deed]
        named = {
            "hand_over": {"to": self.workers[who - 1].id, "summary": "look", "version": version},
            "close": {"outcome": "reported_to_police", "reason": "receipt 7", "version": version},
            "answer": {"version": version},
            "release": {"version": version},
        }.get(deed, {})
        self.answered[sign] = case.contact
        [came] = self.town.at_desk(
            lambda desk: getattr(desk, deed)(worker, case.id, *more, **named)
        )
        if isinstance(came, Exception):
            assert isinstance(came, ConflictError | RefusedError | NotAllowedError)
        self.town.look()

    @rule(chance=st.data(), who=workers)
    def takes_up_again(self, chance, who):
        case = self.a_case(chance, is_open=False)
        if case is None:
            return
        worker = self.workers[who]
        [came] = self.town.at_desk(lambda desk: desk.reopen(worker, case.id, version=case.version))
        assert not isinstance(came, Exception) or isinstance(came, ConflictError)
        if not isinstance(came, Exception):
            self.taken_up.add(case.id)

    # what always holds

    @invariant()
    def nothing_is_lost_mixed_up_or_forgotten(self):
        sight = self.town.see(*PEOPLE)
        logged = [sign for log in sight.logs.values() for sign in marks(log)]
        assert len(logged) == len(set(logged))
        for log in map(marks, sight.logs.values()):
            assert log == sorted(log, key=order)
            assert sum(bool(set(log) & set(self.said[person])) for person in PEOPLE) <= 1
        for person, place in sight.places.items():
            self.check_what_is_kept(person, place, logged)
        self.check_the_cases(sight, logged)
        self.check_what_was_heard(sight)

    def check_what_is_kept(self, person, place, logged):
        """What is neither in a case nor in the session was over before what is there began."""
        session = place.session if place else None
        held = marks(said.text for said in session.said) if session else []
        assert held == sorted(set(held), key=order)
        lost = [sign for sign in self.said[person] if sign not in logged and sign not in held]
        alone = [sign for sign in held if sign not in logged]
        assert not self.grave.intersection(lost)
        assert not lost or not alone or order(lost[-1]) < order(alone[0])
        if session and session.state:
            assert self.plan.states[session.state].is_question

    def check_the_cases(self, sight, logged):
        assert self.grave <= set(logged)
        still_open = [case for case in sight.cases if case.closed_at is None]
        untaken = {case.id for case in still_open if case.owner is None}
        assert untaken <= sight.alerted | sight.waiting
        pressing = {case.id for case in still_open if case.level < Level.ROUTINE}
        assert pressing <= sight.alerted  # at once, and not only when somebody reads
        opened = [case for case in still_open if case.id not in self.taken_up]
        assert len({case.contact for case in opened}) == len(opened)  # but what a worker took up

    def check_what_was_heard(self, sight):
        contacts = {person: place.contact for person, place in sight.places.items() if place}
        for message in self.town.post.sent:
            for sign in marks([message.text]):
                assert contacts[message.address] == self.answered[sign]


def order(sign: str) -> int:
    return int("".join(str(LETTERS.index(letter)) for letter in sign[2:-1]))


@pytest.fixture(params=["sqlite", "postgres"])
def fresh(request, tmp_path):
    """Makes a new, empty place for a Lantern each time it is called."""
    numbers = itertools.count(1)
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        settings_of = partial(on_server, server)
    else:
        prepare(settings_in(tmp_path))
        settings_of = partial(in_file, tmp_path)

    def make() -> Settings:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return settings_of(folder)

    return make


def in_file(template: Path, folder: Path) -> Settings:
    for file in template.glob("lantern.*"):
        shutil.copy2(file, folder)
    return settings_in(folder)


def on_server(server, folder: Path) -> Settings:
    database = server.url(server.new_database(like="lantern"))
    settings = settings_in(folder, LANTERN_DATABASE=str(database))
    prepare(settings)
    return settings


@pytest.mark.long
def test_in_whatever_order_things_happen_nothing_is_lost_mixed_up_or_done_twice(fresh):
    run_state_machine_as_test(lambda: AnyOrder(fresh), settings=BUDGET)
