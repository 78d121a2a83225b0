"""The sections of the guidance: which topics they list, and what stands on their buttons."""

from dataclasses import replace

import pytest
from rules.test_guidance import DIRECTORY, TEXTS
from running import the_book

from bot.directory.sheet import open_sheet
from bot.domain.errors import FlowError
from bot.guidance.model import Voice
from bot.guidance.read import read_shelf
from bot.guidance.sections import FILE, filled, label_of, look_for_gaps, names_of, read_contents
from bot.guidance.shown import read_shown

LANGUAGES = ("en", "zh_CN")
MEANS_ADULTS = frozenset(
    ("found_a_baby", "parenting_temper", "sheltering_a_runaway", "your_name_stays_private")
) | {"who_helps_in_the_village"}
"""Topics in whose labels "I" and "my" are as much an adult's."""

SECTIONS = """\
more: {en: More | next, zh_CN: 更多 | 下一页}
earlier: {en: Earlier, zh_CN: 上一页}
sections:
  home:
    names: {en: At home, zh_CN: 在家里}
    topics: [privacy, not_there, bullying]
  empty:
    names: {en: Nothing, zh_CN: 空的}
    topics: [not_there]
  rest:
    names: {en: The rest, zh_CN: 其他}
    topics: []
"""


def contents(text=SECTIONS):
    sheet = open_sheet({FILE: text}, FILE, kind="G", languages=LANGUAGES)
    return read_contents(sheet), [found.code for found in sheet.findings]


def test_one_word_where_topics_are_listed_is_a_finding():
    assert contents(SECTIONS.replace("[not_there]", "not_there"))[1] == ["G103"]


def topics(*names, **sections):
    known = read_shelf(TEXTS).topics
    return {name: replace(known[name], section=sections.get(name, "")) for name in names}


def test_sections_list_what_there_is_in_their_order():
    found = filled(contents()[0], topics("bullying", "privacy"))

    assert {name: section.topics for name, section in found.items()} == {
        "home": ("privacy", "bullying")
    }


def test_a_topic_may_name_its_section_and_one_that_has_none_stands_in_the_last():
    found = filled(contents()[0], topics("bullying", "divorce", "left_alone", left_alone="home"))

    assert found["home"].topics == ("bullying", "left_alone")
    assert found["rest"].topics == ("divorce",)


def test_what_is_in_no_section_and_what_is_no_topic_are_warned_of():
    listed = topics("bullying", "privacy", "divorce", "left_alone", left_alone="hme")

    found = [(each.code, each.file) for each in look_for_gaps(contents()[0], listed)]

    assert found == [
        ("G120", "flows/guidance/divorce.yaml"),
        ("G120", "flows/guidance/left_alone.yaml"),
        ("G121", FILE),
        ("G121", FILE),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("more:", "mroe:", "G102"),
        ("names: {en: At home, zh_CN: 在家里}", "names: {en: At home}", "G104"),
        ("topics: []", "topcs: []", "G101"),
        ("At home", "At home with everybody who lives there", "G109"),
    ],
)
def test_a_fault_of_the_sections_stops_the_start(old, new, code):
    broken = SECTIONS.replace(old, new, 1)
    assert code in contents(broken)[1]

    with pytest.raises(FlowError):
        read_shown({**TEXTS, FILE: broken}, DIRECTORY)


def test_every_topic_of_ours_stands_in_a_section():
    shelf = read_shelf(TEXTS)

    assert [
        each for each in look_for_gaps(shelf.contents, shelf.topics) if each.code == "G120"
    ] == []


def test_buttons_and_names_of_topics_sections_and_more():
    shown = read_shown({**TEXTS, FILE: SECTIONS}, DIRECTORY)

    assert label_of(shown, "section.home", "zh_CN") == "在家里"
    assert label_of(shown, "more.home.2", "en") == "More (2)"
    assert label_of(shown, "more.home.2.3", "en") == "More (2 of 3)"
    assert label_of(shown, "more.home.2.3", "zh_CN") == "更多 (2/3)"
    assert label_of(shown, "earlier.home.1.3", "zh_CN") == "上一页 (1/3)"
    assert label_of(shown, "privacy", "en") == "My diary and chats"
    for gone in ("section.gone", "more.gone.2", "gone", "rights.what_next", ""):
        assert label_of(shown, gone, "en") == ""
    names = names_of(shown)
    assert names["section.home"] == ("At home", "在家里")
    assert names["more"] == ("More", "next", "更多", "下一页")
    assert "My diary and chats" in names["privacy"]


def test_whoever_is_an_adult_reads_an_adults_label_where_there_is_one():
    topics = the_book().topics

    assert label_of(topics, "hit_at_home", "en", Voice.ADULT) == "Someone hits the child"
    assert label_of(topics, "legal_aid", "en", Voice.ADULT) == label_of(topics, "legal_aid", "en")
    assert "Someone hits the child" in names_of(topics)["hit_at_home"]


def test_no_label_speaks_to_an_adult_as_to_a_child():
    for topic in the_book().topics.by_id.values():
        english, chinese = (topic.pages[one].label_for(Voice.ADULT) for one in ("en", "zh_CN"))
        own = {"i", "me", "my"} & set(english.lower().split())
        assert not own or "child" in english or topic.id in MEANS_ADULTS, english
        assert "我" not in chinese or "孩子" in chinese or topic.id in MEANS_ADULTS, chinese
