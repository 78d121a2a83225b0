from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.flow.draw import as_mermaid, as_svg, wrap
from bot.flow.layout import lay_out
from bot.flow.picture import Arrow, Kind, picture_of, spell
from bot.flow.reader import read_flow
from bot.flow.show import as_page, walk_order

TEXT = """\
flow: worry
version: 2
starts_at: in_danger
if_silent: {after: 30 minutes, go: gone}
states:
  later:
    note: Comes <after> the rest.
    say: 'You can say "stop" & go.'
    then: again
  in_danger:
    ask: Is anyone in danger right now?
    skip: no
    answers: {danger: Yes, unsure: I am not sure, safe: No}
    also: {safe: nope | not now}
    then: {danger: emergency, unsure: emergency, safe: later}
  emergency:
    open_case: emergency
    say: Call {police_number}.
    then: again
  again:
    ask: Anything else?
    expect: text
    answers: {no: No}
    then: {no: ready, text: again, skipped: other.menu!}
  ready:
    do: who_is_writing
    then: {child: other.child, adult: kept, unknown: kept}
  kept: {open_case: intake, say: Kept., end: reported}
  gone: {open_case: intake, end: silent}
"""
FLOW = read_flow(TEXT, "flows/conversations/worry.yaml")


CHINESE = {"worry.in_danger.ask": "现在有人有危险吗？", "worry.in_danger.answers.safe": "没有"}


def chinese(key, source):
    return CHINESE.get(key, source)


def kinds():
    return {shape.id: shape.kind for shape in picture_of(FLOW).shapes}


def test_each_kind_of_state_is_drawn_as_what_it_is():
    assert kinds()["in_danger"] == Kind.QUESTION
    assert kinds()["later"] == Kind.SAYS
    assert kinds()["ready"] == Kind.DOES
    assert kinds()["kept"] == Kind.CASE
    assert kinds()["emergency"] == Kind.EMERGENCY
    assert kinds()["kept.end"] == Kind.END
    assert kinds()["gone.end"] == Kind.SILENT
    assert kinds()["ready>>other.child"] == Kind.ELSEWHERE


def test_answers_that_lead_to_the_same_state_are_drawn_together():
    headings = {shape.id: shape.heading for shape in picture_of(FLOW).shapes}

    assert headings["in_danger>emergency"] == "Yes / I am not sure"
    assert headings["again>again"] == "Own words"
    assert headings["again>other.menu!"] == "Skipped"
    assert headings["ready>>other.child"] == "Other: child (and back)"


def test_silence_is_a_way_of_its_own():
    arrows = picture_of(FLOW).arrows

    assert Arrow(source=".silence", target="gone", is_silence=True) in arrows
    assert Arrow(source="gone", target="gone.end", is_silence=True) in arrows


def test_a_question_that_says_where_silence_leads_shows_it():
    text = TEXT.replace("  again:\n", "  again:\n    if_silent: gone\n")
    flow = read_flow(text, FLOW.file)
    arrows = picture_of(flow).arrows

    assert Arrow(source="again", target="gone", is_silence=True) in arrows
    assert as_page(flow, lambda _, text: text, "en").count("has not replied for 30 minutes") == 2


def test_a_picture_holds_every_text_and_is_described():
    svg = as_svg(FLOW)

    assert 'You can say "stop" &amp; go.</text>' in svg
    assert "Is anyone in danger right now?</text>" in svg
    assert 'role="img"' in svg
    assert '<title id="worry-title">The conversation worry, version 2</title>' in svg
    assert "Yes / I am not sure leads to Emergency" in svg


def test_a_picture_is_in_the_language_it_is_asked_for():
    assert "现在有人有危险吗？" in as_svg(FLOW, chinese)
    assert "现在有人有危险吗？" in as_mermaid(FLOW, chinese)


def test_mermaid_is_given_nothing_that_means_something_to_it():
    text = as_mermaid(FLOW)

    assert text.startswith("flowchart TD\n")
    assert "You can say #quot;stop#quot; & go." in text
    assert ":::emergency_look" in text
    assert "-.->" in text


def test_text_is_broken_between_words_and_chinese_anywhere():
    assert wrap("one two three four", 9) == ["one two", "three", "four"]
    assert wrap("现在有人有危险吗", 8) == ["现在有人", "有危险吗"]
    assert wrap("a\nb", 9) == ["a", "b"]


NAMES = [f"box{number}" for number in range(9)]
EDGES = some.lists(some.tuples(some.sampled_from(NAMES), some.sampled_from(NAMES)), max_size=20)


@settings(deadline=None, max_examples=50)
@given(edges=EDGES)
def test_no_two_boxes_overlap_and_every_way_joins_its_boxes(edges):
    sizes = {name: (40.0 + 20 * number, 20.0 + 5 * number) for number, name in enumerate(NAMES)}
    layout = lay_out(sizes, edges)

    for one, other in combinations(layout.boxes.values(), 2):
        is_beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert is_beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    for source, target in edges:
        if source != target:
            path = layout.paths[source, target]
            assert touches(layout.boxes[source], path[0])
            assert touches(layout.boxes[target], path[-1])
    for box in layout.boxes.values():
        assert box.x > -1
        assert box.x + box.width < layout.width + 1


def touches(box, point):
    right, down = point
    is_on_edge = min(abs(down - box.y), abs(down - box.y - box.height)) < 1
    return is_on_edge and box.x - 1 <= right <= box.x + box.width + 1


@pytest.mark.parametrize(
    ("duration", "spelt"),
    [
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(days=1), "1 day"),
    ],
)
def test_a_duration_is_spelt_as_in_a_flow(duration, spelt):
    assert spell(duration) == spelt


def test_a_page_tells_the_steps_as_a_conversation_meets_them():
    names = [state.name for state in walk_order(FLOW)]

    assert names == ["in_danger", "emergency", "again", "ready", "kept", "later", "gone"]


def test_a_page_says_everything_in_the_language_it_is_asked_for():
    page = as_page(FLOW, chinese, "zh_CN")

    assert '<html lang="zh-CN">' in page
    assert "现在有人有危险吗？" in page
    assert "nope | not now" in page
    assert "Comes &lt;after&gt; the rest." in page
    assert '<a href="#step-2">2. Emergency</a>' in page
    assert "Cannot be skipped." in page
    assert "Ends here without a word." in page
    assert "another conversation: Other, menu" in page
    assert 'When the contact has not replied for 30 minutes: <a href="#step-7">7. Gone</a>' in page


def test_a_page_needs_nothing_else():
    page = as_page(FLOW, chinese, "en")

    assert "<script" not in page
    assert "src=" not in page
    assert "<link" not in page
    assert page.count("http") == page.count("http://www.w3.org/2000/svg")
    assert "<svg" in page
