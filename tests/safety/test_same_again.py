"""The same again gives the same: what was kept comes back as it was, and a turn never wavers."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import prepare, settings_in, the_book
from small_town import SmallTown

from bot.domain.case import CaseBody
from bot.domain.ids import Instant
from bot.domain.level import Level
from bot.domain.session import Said, Session
from bot.domain.signal import Signal
from bot.domain.update import Kind
from bot.engine.reply import FileSent, Silence, Tap, Unreadable, Words
from bot.engine.turn import take_turn
from storage import cases, contacts

NOW = Instant(1_800_000_000_000_000)
QUICK = settings(max_examples=30, deadline=None, print_blob=True)
levels = st.sampled_from(Level)
times = st.integers(0, 2**62).map(Instant)
texts = st.text(max_size=40)
names = st.text(string.ascii_letters + string.digits + "._#", max_size=20)
tuples = st.lists(names, max_size=5).map(tuple)
said = st.builds(Said, at=times, state=names, text=texts)
sessions = st.builds(
    Session,
    release=names,
    language=names,
    state=names,
    step=st.integers(0, 2**31),
    asked_at=times,
    unclear=st.integers(0, 99),
    calls=tuples,
    trail=tuples,
    offered=tuples,
    answered=names,
    answers=st.dictionaries(names, texts, max_size=5),
    said=st.lists(said, max_size=5).map(tuple),
    case=st.none() | names,
    level=levels,
    comforted=levels,
    comforted_at=times,
    is_passed_on=st.booleans(),
    busy_since=times,
    busy_count=st.integers(0, 2**31),
)
replies = st.one_of(
    st.builds(Words, text=texts | st.sampled_from(["1", "2", "help", "leave", "back", "skip"])),
    st.builds(Tap, data=st.builds("a:{}:{}".format, st.integers(0, 9), names)),
    st.sampled_from([FileSent(), Unreadable(), Silence()]),
)
signals = st.builds(
    Signal,
    rule=names,
    category=names,
    level=levels,
    reason=texts,
    rules_version=names,
    words=texts,
    start=st.integers(0, 9_999),
    end=st.integers(0, 9_999),
)
bodies = st.builds(
    CaseBody,
    code=st.lists(st.integers(0, 2_047), max_size=4).map(tuple),
    language=names,
    who=names,
    safe_to_reply=texts,
    help_arrived=names,
    answers=st.dictionaries(names, texts, max_size=5),
    signals=st.lists(signals, max_size=4).map(tuple),
    is_settled=st.booleans(),
)


@pytest.fixture
def town(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    town = SmallTown(settings)
    town.take(town.new_update("1001", Kind.TEXT, text="my father beats me every day"))
    yield town
    town.close()


def test_a_session_of_any_content_comes_back_as_it_was_kept(town):
    contact = town.place("1001").contact

    @QUICK
    @given(sessions)
    def comes_back(session):
        town.write(lambda tx: contacts.save_session(tx, contact, session, now=NOW))
        assert town.place("1001").session == session

    comes_back()


def test_what_a_case_keeps_comes_back_as_it_was_kept_whatever_it_is(town):
    [case] = town.see().cases

    @QUICK
    @given(bodies)
    def comes_back(body):
        town.write(lambda tx: cases.save_body(tx, case.id, body))
        assert town.read(lambda tx: cases.read_body(tx, case.id)) == body

    comes_back()


def held(plan, said, *, among=()):
    """Every turn of the conversation *said*, with a turn of *among* taken in between."""
    session, other = Session(release="r", language="en"), Session(release="r", language="zh_CN")
    turns = []
    for number, reply in enumerate(said):
        turn = take_turn(plan, session, reply, NOW)
        turns.append(turn)
        session = turn.session
        if among:
            other = take_turn(plan, other, among[number % len(among)], NOW).session
    return turns


@pytest.mark.long
@settings(QUICK)
@given(st.lists(replies, max_size=15), st.lists(replies, min_size=1, max_size=5))
def test_the_same_conversation_is_held_the_same_whoever_else_is_spoken_with(said, others):
    plan = the_book().release().plan
    assert held(plan, said) == held(plan, said, among=others)
