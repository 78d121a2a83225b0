"""Whatever is written, tapped, sent or left unsaid, a turn never fails."""

import pytest
from chat import NOW, chat, plan, questions, vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.event import Wanted
from bot.domain.session import Session
from bot.engine.reply import FileSent, Outcome, Silence, Tap, Unreadable, Words
from bot.engine.turn import take_turn
from bot.engine.walk import LONGEST_TRAIL
from bot.flow.deeds import DEEDS

VOCABULARY = sorted({word for words in vocabulary().values() for word in words})
KEYS = sorted({key for state in plan().states.values() for key in state.answers})
WORDS = sorted(plan().states["always.anywhere"].answers)

texts = st.one_of(st.text(max_size=80), st.sampled_from(VOCABULARY), st.integers().map(str))
taps = st.one_of(
    st.text(max_size=64),
    st.builds("a:{}:{}".format, st.integers(0, 20), st.sampled_from(KEYS)),
    st.builds("a:{}:#{}".format, st.integers(0, 20), st.integers(-1, 12)),
    st.sampled_from(WORDS).map("w:{}".format),
)
replies = st.one_of(
    st.builds(Words, text=texts, is_followed=st.booleans()),
    st.builds(Tap, data=taps),
    st.sampled_from([FileSent(), Unreadable(), Silence()]),
)


def answered(turn, chance):
    """Bring what came of every deed that *turn* waits for."""
    for _ in range(10):
        deeds = [event.deed for event in turn.events if isinstance(event, Wanted)]
        if not deeds:
            return turn
        outcome = chance.draw(st.sampled_from(DEEDS[deeds[0]]))
        turn = take_turn(plan(), turn.session, Outcome(name=outcome), NOW)
    raise AssertionError(turn.session.state)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.lists(replies, max_size=25))
def test_a_conversation_of_any_replies_never_fails_and_always_waits_somewhere(chance, said):
    session = Session(release="r", language="en")
    for reply in said:
        session = answered(take_turn(plan(), session, reply, NOW), chance).session
        assert session.state == "" or plan().states[session.state].is_question
        assert len(session.calls) <= 1
        assert len(session.trail) <= LONGEST_TRAIL
        assert not any(place.startswith("always.") for place in session.trail)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(questions()), st.text(max_size=5000))
def test_no_text_fails_anywhere(place, text):
    chat(place).reply(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "/", "/@", "//", "🙂", "#0", "a:1:x", "{x}", "㉑" * 4000]
)
def test_no_odd_text_fails_in_any_state(text):
    for place in questions():
        chat(place).reply(text)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(replies, max_size=12))
def test_leave_and_help_work_wherever_any_replies_lead(chance, said):
    session = Session(release="r", language="en")
    for reply in said:
        session = answered(take_turn(plan(), session, reply, NOW), chance).session
    left = answered(take_turn(plan(), session, Words(text="leave"), NOW), chance)
    helped = take_turn(plan(), session, Words(text="help"), NOW)

    assert left.session.state == ""
    assert helped.events[0].key == "always.help.say"
