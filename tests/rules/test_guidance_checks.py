"""What keeps a topic from being shown, and citations compared with the law."""

import re
from datetime import date, timedelta

import pytest
from rules.test_guidance import CHINESE, DIRECTORY, ENGLISH, FACTS, ROOT, TEXTS

from bot.advising.characters import common_characters
from bot.advising.library import find_source, read_library
from bot.directory.model import Statute
from bot.directory.sheet import open_sheet
from bot.domain.errors import FlowError
from bot.guidance import Voice, check_guidance, find
from bot.guidance.check import Known
from bot.guidance.read import read_shelf
from bot.guidance.shown import read_shown
from bot.guidance.statutes import HAND_FILE, ByHand, Edition, compare, read_by_hand

pytestmark = pytest.mark.long

LONG = f"You {'may ' * 30}go. "
TODAY = date(2026, 11, 28)


def after(file, old, new):
    assert old in TEXTS[file]
    return {**TEXTS, file: TEXTS[file].replace(old, new, 1)}


def codes(texts, known=None):
    return [(found.code, found.file) for found in check_guidance(texts, DIRECTORY, known)]


def test_a_citation_without_words_that_the_article_holds_is_a_finding():
    texts = after(FACTS, ", speaks_of: 欺凌 | 立即制止 | 不得隐瞒", "")

    [found] = check_guidance(texts, DIRECTORY)

    assert (found.code, found.file, found.line) == ("G113", FACTS, 4)


def test_words_of_a_citation_are_told_apart_with_and_without_spaces():
    texts = after(FACTS, "speaks_of: 欺凌 | 立即制止", "speaks_of: 欺凌|立即制止")

    assert codes(texts) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (CHINESE, "正在挨打、被威胁，打{police_number}。", "喊人。", "only there {police_number}"),
        (ENGLISH, "tell another.", "tell another, 2 or 3.", "only there 2 3"),
        (CHINESE, "先听孩子说完", "先听孩子说完{crisis_number}", "only here {crisis_number}"),
    ],
)
def test_numbers_that_only_one_language_has_are_a_finding(file, old, new, says):
    [found] = check_guidance(after(file, old, new), DIRECTORY)

    assert (found.code, found.file) == ("G114", CHINESE)
    assert says in found.text


@pytest.mark.parametrize(
    ("file", "sentence", "code"),
    [
        (CHINESE, "，" + "你" * 29 + "。", "G115"),
        (CHINESE, "你" * 15 + "；" + "你" * 15 + "。", "G115"),
        (CHINESE, "你" * 15 + "：" + "你" * 15 + "。", "G115"),
        (ENGLISH, "You may " + "really " * 17 + "go. ", "G115"),
        (ENGLISH, "You may " + "really " * 8 + "go; you " + "really " * 8 + "may. ", "G115"),
        (CHINESE, "你的监护人要管。", "G116"),
        (ENGLISH, "A Guardian must help. ", "G116"),
    ],
)
def test_what_a_child_would_stumble_over_is_a_finding_on_its_line(file, sentence, code):
    old = (
        "抢东西、骂人、在网上骂你，都算欺负。"
        if file == CHINESE
        else "Being bullied is not your fault. "
    )

    [found] = check_guidance(after(file, old, sentence), DIRECTORY)

    assert (found.code, found.file, found.line) == (code, file, 8)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [(CHINESE, "您" * 61 + "。"), (ENGLISH, "You " + "may " * 29 + "go. ")],
)
def test_what_is_one_long_sentence_for_an_adult_is_a_finding(file, sentence):
    fits = sentence.replace("您", "", 1).replace("may ", "", 1)
    heading = "## For an adult\n\n"

    [found] = check_guidance(after(file, heading, heading + sentence), DIRECTORY)

    assert (found.code, found.file) == ("G124", file)
    assert "for an adult" in found.text
    assert check_guidance(after(file, heading, heading + fits), DIRECTORY) == []


def test_short_sentences_and_words_that_only_look_alike_are_none():
    sentences = f"{'你' * 28}。{'你' * 28}！"
    english = f"You may {'really ' * 15}go. A minority, the Minories. Being"
    texts = after(
        CHINESE, "被欺负不是你的错。打人、吓唬人、抢东西、骂人、在网上骂你，都算欺负。", sentences
    )
    texts[ENGLISH] = after(ENGLISH, "Being bullied is not your fault. Hitting", english)[ENGLISH]

    assert codes(texts) == []


def test_an_adult_may_be_told_in_the_words_of_the_law():
    assert codes(after(CHINESE, "学校发现欺凌要马上制止", "监护人可以找学校")) == []


def test_rare_characters_are_found_where_the_common_ones_are_known():
    texts = after(CHINESE, "被欺负不是你的错。", "别彳亍，侗家的娃也一样。")
    known = Known(common=common_characters())

    [found] = check_guidance(texts, DIRECTORY, known)

    assert (found.code, found.line) == ("G116", 8)
    assert "彳亍" in found.text
    assert "侗" not in found.text
    assert codes(texts) == []


def test_a_review_of_more_than_eighteen_months_ago_is_a_finding_but_stays_shown():
    texts = after(FACTS, "on: 2026-11-23", "on: 2025-05-01")

    assert codes(texts, Known(today=TODAY)) == [("G117", FACTS)]
    assert codes(texts, Known(today=TODAY - timedelta(days=90))) == []
    assert "bullying" in read_shown(texts, DIRECTORY).by_id


# What is shown


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        (FACTS, TEXTS[FACTS].replace("[school_hides_bullying", "[nowhere"), "G107"),
        (ENGLISH, TEXTS[ENGLISH].partition("## Asked as")[0] + "## Asked as\n\n- x\n", "G112"),
        (ENGLISH, TEXTS[ENGLISH].replace("an adult\n\n", f"an adult\n\n{LONG}", 1), "G124"),
    ],
)
def test_a_right_answer_is_not_taken_away_for_links_few_questions_or_length(file, text, code):
    texts = {**TEXTS, file: text}

    assert codes(texts) == [(code, file)]
    assert "bullying" in read_shown(texts, DIRECTORY).by_id


@pytest.mark.rare
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FACTS, "law: MPL, article: 39", "law: MPPL, article: 39"),
        (FACTS, "topic: bullying", "topic: teasing"),
        (FACTS, "helplines:", "helpline:"),
        (FACTS, "on: 2026-11-23, by", "by"),
        (ENGLISH, "## For an adult", "## To an adult"),
        (CHINESE, "{police_number}", "{police_numbr}"),
    ],
)
def test_a_topic_with_a_finding_is_left_out_and_everything_else_is_shown(file, old, new):
    topics = read_shown(after(file, old, new), DIRECTORY)

    assert set(topics.left_out) == {"bullying"}
    assert topics.left_out["bullying"]
    assert set(topics.by_id) == {name for name in read_shelf(TEXTS).topics if name != "bullying"}
    for language in ("en", "zh_CN"):
        assert "bullying" not in find("同学欺负我怎么办 bullied at school", language, topics).best


@pytest.mark.parametrize("missing", [CHINESE, FACTS])
def test_a_topic_of_which_a_file_is_missing_is_left_out(missing):
    texts = {file: text for file, text in TEXTS.items() if file != missing}

    topics = read_shown(texts, DIRECTORY)

    assert set(topics.left_out) == {"bullying"}
    assert "bullying" not in topics.by_id


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (FACTS, "topic: ["),
        ("flows/guidance/concepts.yaml", "conceps: {}"),
        ("flows/guidance/plain_words.yaml", "words: {}"),
    ],
)
def test_what_cannot_be_read_or_all_rest_on_stops_the_start(file, text):
    with pytest.raises(FlowError):
        read_shown({**TEXTS, file: text}, DIRECTORY)


def test_all_of_our_topics_are_shown():
    topics = read_shown(TEXTS, DIRECTORY)

    assert topics.left_out == {}
    assert all(Voice.CHILD in topic.helplines for topic in topics.by_id.values())


# Compared with the law

LAW = "中华人民共和国未成年人保护法"
STATUTES = {"MPL": Statute(name=LAW, as_of=date(2024, 4, 26), line=1)}


def bullying(words="欺凌", article="39"):
    text = (
        f"topic: bullying\ncitations:\n  - {{law: MPL, article: {article}, speaks_of: {words}}}\n"
    )
    return [read_shelf({**TEXTS, FACTS: text}).topics["bullying"]]


def library(as_of="2024-04-26", **articles):
    return {LAW: Edition(as_of=as_of, articles=articles or {"39": "学校对学生\n欺凌行为"})}


def test_an_article_that_holds_the_words_is_compared():
    found = compare(bullying("欺凌 | 学生欺凌"), STATUTES, library(), {})

    assert (found.findings, found.compared, found.unchecked) == ((), 1, ())


@pytest.mark.parametrize(
    ("words", "article", "says"),
    [("家暴", "39", 'MPL 39 does not hold "家暴"'), ("欺凌", "239", "there is no MPL 239")],
)
def test_a_wrong_article_and_a_word_it_does_not_hold_are_findings(words, article, says):
    [found] = compare(bullying(words, article), STATUTES, library(), {}).findings

    assert (found.code, found.file, found.line) == ("G118", FACTS, 3)
    assert says in found.text


@pytest.mark.parametrize(
    ("statutes", "carried", "why"),
    [
        ({}, library(), "does not carry"),
        (STATUTES, {}, "does not carry"),
        (STATUTES, library("2020-10-17"), "carries the text of 2020-10-17"),
    ],
)
def test_what_the_source_lacks_is_named_and_must_have_been_read_by_hand(statutes, carried, why):
    read = {"MPL": ByHand(articles=frozenset({"39"}), on=TODAY, by="author")}

    for by_hand, expected in (({}, ["G119"]), (read, [])):
        found = compare(bullying(), statutes, carried, by_hand)
        [unchecked] = found.unchecked
        assert found.compared == 0
        assert (unchecked.law, unchecked.article) == ("MPL", "39")
        assert why in unchecked.why
        assert unchecked.by_hand == by_hand.get("MPL")
        assert [finding.code for finding in found.findings] == expected


def test_the_independent_source_carries_the_laws_as_they_are_in_force():
    names = {code: statute.name for code, statute in DIRECTORY.statutes.items()}
    carried = read_library(find_source(), names.values())

    old = {code for code, name in names.items() if name not in carried}
    assert old == set()
    outdated = {
        code
        for code, statute in DIRECTORY.statutes.items()
        if carried[statute.name].as_of != statute.as_of.isoformat()
    }
    assert outdated == {"CL"}
    assert "性关系" in carried[names["CL"]].articles["236-1"]
    assert len(carried[names["MPL"]].articles) == 132


def test_what_was_read_by_hand_says_when_and_by_whom():
    sheet = open_sheet(TEXTS, HAND_FILE, kind="G", languages=())
    read = read_by_hand(sheet)

    assert sheet.findings == []
    assert set(read) <= set(DIRECTORY.laws)
    assert all(each.by and each.on >= date(2026, 1, 1) for each in read.values())


def test_one_word_where_articles_are_listed_is_a_finding():
    text = TEXTS[HAND_FILE].replace("articles: [9, 14]", "articles: 9")
    sheet = open_sheet({HAND_FILE: text}, HAND_FILE, kind="G", languages=())

    read_by_hand(sheet)

    assert [found.text for found in sheet.findings] == ["write a list: [9]"]


def test_every_code_is_explained_in_the_docs():
    page = (ROOT / "docs/guidance.md").read_text("utf-8")
    sources = [*ROOT.glob("bot/guidance/*.py"), *ROOT.glob("bot/advising/*.py")]
    named = {code for path in sources for code in re.findall(r"[GD]1\d\d", path.read_text("utf-8"))}

    assert {code for code in named if code not in page} == set()
