"""Leafing through topics: sections, pages of a section, and back."""

import pytest
from flows.chat import NOW, Chat, chat

from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.offering import ON_A_PAGE, offer
from bot.engine.plan import make_plan
from bot.engine.reply import Outcome, Tap, Words
from bot.engine.turn import start, take_turn
from bot.flow.deeds import DEEDS
from bot.flow.reader import read_flow

FLOW = """\
flow: rights
version: 1
starts_at: choose
states:
  choose:
    ask: What?
    expect: topic
    then: {section: inside, text: find, skipped: out}
  inside:
    ask: Which?
    expect: topic
    then: {more: inside, text: find, skipped: out}
  find:
    do: find_guidance
    then: {found: tell, several: inside, nothing: out}
  tell:
    do: tell_answer
    then: {report: after, person: after, none: after}
  after:
    ask: And?
    answers: {yes: This helped, no: Not it}
    expect: topic
    then: {yes: out, no: out, text: find, skipped: out}
  out:
    end: done
"""
ALWAYS = """\
flow: always
version: 1
starts_at: anywhere
states:
  anywhere:
    answers: {back: Back, help: Help}
    then: {back: back, help: help}
  back:
    do: go_back
    then: {back: done, cannot: done}
  help:
    say: Help.
    then: done
  done:
    end: done
"""
TOPICS = tuple(f"t{number}" for number in range(1, 20))
SECTIONS = {"a": TOPICS[:3], "b": TOPICS}
FIRST = (*TOPICS[:8], "more.b.2.3")
SECOND = (*TOPICS[8:16], "earlier.b.1.3", "more.b.3.3")
LAST = (*TOPICS[16:], "earlier.b.2.3")
NAMES = {
    **{topic: (topic.upper(),) for topic in TOPICS},
    "section.a": ("First", "第一"),
    "section.b": ("Second",),
    "more": ("More", "更多"),
    "earlier": ("Earlier", "上一页"),
    "always.anywhere.answers.back": ("back",),
    "always.anywhere.answers.help": ("help",),
}


def a_plan(text=FLOW, sections=SECTIONS):
    flows = {flow.name: flow for flow in (read_flow(text, "a"), read_flow(ALWAYS, "b"))}
    return make_plan("r", flows, NAMES, TOPICS, sections)


PLAN = a_plan()


class Walk:
    """A conversation on the plan above; every deed turns out as told."""

    def __init__(self, plan=PLAN, **outcomes):
        self.plan, self.outcomes = plan, outcomes
        begun = Session(release="r", language="en")
        self.session = start(plan, begun, "rights.choose", NOW).session

    def says(self, *texts):
        for text in texts:
            self._take(Words(text=text))
        return self

    def taps(self, number):
        self._take(Tap(data=f"a:{self.session.step}:#{number}"))
        return self

    def _take(self, reply):
        turn = take_turn(self.plan, self.session, reply, NOW)
        self.session = turn.session
        state = self.plan.states.get(self.session.state)
        while state is not None and state.do:
            outcome = self.outcomes.get(state.do, Outcome(name=DEEDS[state.do][0]))
            self.session = take_turn(self.plan, self.session, outcome, NOW).session
            state = self.plan.states.get(self.session.state)

    @property
    def offered(self):
        return self.session.offered

    @property
    def at(self):
        return self.session.state.partition(".")[2]


def test_sections_come_first_then_the_topics_of_one():
    walk = Walk()
    assert walk.offered == ("section.a", "section.b")

    walk.taps(0)
    assert (walk.at, walk.offered) == ("inside", TOPICS[:3])


@pytest.mark.parametrize("said", ["1", "First", "first!", "第一"])
def test_a_section_is_chosen_by_number_and_by_name_in_every_language(said):
    assert Walk().says(said).offered == TOPICS[:3]


def test_a_long_section_has_pages_with_a_way_on_and_a_way_to_the_page_before():
    walk = Walk().taps(1)
    assert ON_A_PAGE == 8
    assert walk.offered == FIRST

    assert walk.taps(8).offered == SECOND
    assert walk.says("更多").offered == LAST
    assert walk.says("4").offered == SECOND
    assert walk.says("earlier").offered == FIRST


def test_back_from_a_page_leads_to_the_page_before_and_from_the_first_to_the_sections():
    walk = Walk().says("2", "more", "more")
    assert walk.offered == LAST

    assert walk.says("back").offered == SECOND
    assert walk.says("back").offered == FIRST
    assert walk.says("back").offered == ("section.a", "section.b")


def test_a_page_that_was_offered_before_pages_were_counted_still_leads_on():
    walk = Walk().taps(1)
    walk.session = replace(walk.session, offered=(*TOPICS[:8], "more.b.2"))

    assert walk.says("more").offered == SECOND


def test_own_words_are_looked_for_in_a_section_too():
    several = Outcome(name="several", choices=("t7",))

    walk = Walk(find_guidance=several).says("2", "what about my diary")

    assert (walk.at, walk.offered) == ("inside", ("t7",))
    assert walk.session.answers["rights.inside"] == "what about my diary"


def test_back_leads_to_the_page_one_came_from_and_then_to_the_sections():
    related = Outcome(name="report", choices=("t1", "t2"))
    walk = Walk(tell_answer=related).says("2", "more", "2")
    assert (walk.at, walk.offered) == ("after", ("t1", "t2"))

    assert walk.says("back").at == "inside"
    assert walk.offered == SECOND
    assert walk.says("back").offered == FIRST
    assert walk.says("back").offered == ("section.a", "section.b")
    assert walk.at == "choose"


def test_help_in_between_changes_nothing_of_what_is_offered():
    walk = Walk().says("2", "more")

    assert walk.says("help").offered == SECOND


def test_another_section_begins_on_its_first_page():
    walk = Walk().says("2", "more", "back", "back", "2")

    assert walk.offered == FIRST


def test_numbers_of_what_is_offered_go_on_behind_the_answers():
    related = Outcome(name="report", choices=("t5", "t6"))
    walk = Walk(tell_answer=related).says("1", "1", "3")

    assert walk.session.answers["rights.after"] == "t5"


def test_without_related_topics_none_are_offered_after_an_answer():
    assert Walk().says("1", "1").offered == ()


def test_a_flow_that_knows_no_sections_lists_the_first_topics_of_all():
    text = FLOW.replace("section: inside, ", "").replace("more: inside, ", "")
    walk = Walk(a_plan(text))

    assert walk.offered == TOPICS
    assert walk.says("2").session.answers["rights.choose"] == "t2"


def test_a_flow_kept_before_there_were_sections_goes_on():
    walk = Walk(a_plan(FLOW.replace("section: inside, ", ""), None))

    assert walk.offered == TOPICS


@pytest.mark.parametrize(
    "answer", ["", "section.", "section.zz", "more.b.x", "more.b.99", "earlier.b.0.3", "a.b"]
)
def test_a_strange_choice_never_breaks_a_question(answer):
    session = Session(release="r", language="en", answered="x", answers={"x": answer})

    offered = offer(PLAN, session, PLAN.states["rights.inside"])

    assert set(offered) <= {*TOPICS, *FIRST, *SECOND, *LAST}


def test_the_next_step_of_an_answer_is_that_of_its_topic():
    for outcome in DEEDS["tell_answer"]:
        told = Outcome(name=outcome, choices=("privacy",))
        talk: Chat = chat("rights.what_next", tell_answer=told).reply("what about diaries")
        names = {"report": "after_report", "person": "after_person", "none": "after_facts"}
        assert talk.asked == f"rights.{names[outcome]}"
        assert talk.session.offered == ("privacy",)
