"""Guidance: the topics' files, how an answer reads, and how a question finds it."""

import re
from itertools import product
from pathlib import Path

import pytest

from bot.advising.measuring import measure_search, read_questions
from bot.directory import read_directory
from bot.domain.errors import FlowError
from bot.guidance import Voice, check_guidance, find, read_topics, render
from bot.guidance.asker import asked_by
from bot.guidance.find import Found
from bot.guidance.language import language_of
from bot.guidance.question import is_question, only_asks_whether
from bot.guidance.read import read_shelf

ROOT = Path(__file__).parents[2]
PATTERNS = ("flows/directory/*.yaml", "flows/guidance/*.yaml", "locales/*/guidance/*.md")
FILES = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
TEXTS = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in FILES}
DIRECTORY = read_directory(TEXTS)
TOPICS = read_topics(TEXTS)
PAGES = read_shelf(TEXTS).pages
LANGUAGES = ("en", "zh_CN")
FACTS = "flows/guidance/bullying.yaml"
ENGLISH = "locales/en/guidance/bullying.md"
CHINESE = "locales/zh_CN/guidance/bullying.md"
CITED = re.search(r"citations:\n(?:  - .*\n)+", TEXTS[FACTS])[0]

NOT_OURS = {
    "en": [
        "what is the weather like",
        "can you do my homework",
        "what is 5 plus 7",
        "explain gravity",
        "do you like pizza",
        "who invented the telephone",
        "when does the bus come",
        "solve x squared equals 9",
        "lol",
        "",
        "?!",
    ],
    "zh_CN": [
        "今天冷不冷",
        "帮我做数学作业",
        "3加5等于几",
        "什么是重力",
        "番茄炒蛋怎么做",
        "世界上最高的山",
        "北京到上海多远",
        "哈哈哈",
        "嗯",
        "",
    ],
}
NEWER = {"join_activities", "feeling_sad", "being_afraid"}
"""Topics written after the labelled questions, by whoever knew what is asked about them."""

FEELINGS = {
    "feeling_sad": "我好难过|我哭了|我今天特别难过！",
    "being_afraid": "我好害怕",
    "feeling_very_low": "我讨厌我自己|我想死怎么办",
    "psychological_help": "心情不好|我不开心|我好烦|唉，烦死了",
    "lonely": "没有人爱我|没人喜欢我",
}
ENGLISH_FEELINGS = {
    "feeling_sad": "i am so sad|I'm really sad today|i cried",
    "being_afraid": "im scared",
    "feeling_very_low": "i hate myself",
    "psychological_help": "i feel bad|I am unhappy|i am worried",
    "lonely": "nobody loves me|No one likes me!",
}
BARE = [
    (topic, said, language)
    for language, feelings in (("zh_CN", FEELINGS), ("en", ENGLISH_FEELINGS))
    for topic, texts in feelings.items()
    for said in texts.split("|")
]
HERE = Path(__file__).parent / "guidance"
LABELLED = tuple(read_questions(sorted(HERE.glob("*.jsonl"))))
# The least that must be found, a few in a hundred below what was measured (docs/guidance.md).
LEAST = {"zh_CN": (0.84, 0.92, 0.8), "en": (0.74, 0.86, 0.86)}


def faults_after(file, old, new):
    """Check the files with one text replaced."""
    assert old in TEXTS[file]
    return check_guidance({**TEXTS, file: TEXTS[file].replace(old, new, 1)}, DIRECTORY)


def line_of(file, text):
    return TEXTS[file][: TEXTS[file].index(text)].count("\n") + 1


def test_the_guidance_that_is_shipped_has_no_faults():
    assert check_guidance(TEXTS, DIRECTORY) == []


def test_three_hundred_questions_of_each_language_are_measured_half_of_them_held_out():
    for language in LANGUAGES:
        those = [asked for asked in LABELLED if asked.language == language]
        assert len(those) >= 300
        assert abs(sum(asked.half == "held" for asked in those) - len(those) / 2) <= 2
        assert {topic for asked in those for topic in asked.topics} == {*TOPICS.by_id} - NEWER


@pytest.mark.parametrize("half", ["open", "held"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_that_nobody_has_seen_find_their_answer(language, half):
    those = [asked for asked in LABELLED if (asked.language, asked.half) == (language, half)]
    hits = measure_search(those, TOPICS)
    first, among_three, out_of_scope = LEAST[language]

    assert hits.first.value >= first
    assert hits.among_three.value >= among_three
    assert hits.out_of_scope.value >= out_of_scope
    assert hits.told_wrongly.value <= 0.04


def test_a_labelled_question_stands_on_no_page():
    for asked in LABELLED:
        for topic in TOPICS.by_id:
            assert asked.text not in PAGES[topic][asked.language].asked_as


@pytest.mark.parametrize(
    ("language", "question"),
    [(language, question) for language, asked in NOT_OURS.items() for question in asked],
)
def test_what_is_not_ours_finds_nothing(language, question):
    assert find(question, language, TOPICS).best == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_ways_of_asking_on_a_page_find_that_page_first(language):
    asked = [
        find(question, language, TOPICS).best[:1] == (topic.id,)
        for topic in TOPICS.by_id.values()
        for question in PAGES[topic.id][language].asked_as[::4]
    ]

    assert sum(asked) / len(asked) > 0.9


def test_finding_is_sure_of_one_topic_or_offers_a_few():
    sure = find("my dad hits me", "en", TOPICS)
    several = find("teacher took my phone and hit me", "en", TOPICS)

    assert sure.is_sure
    assert sure.best == ("hit_at_home",)
    assert not several.is_sure
    assert 1 < len(several.best) <= 3


@pytest.mark.parametrize(("topic", "said", "language"), BARE)
def test_a_bare_feeling_is_answered_as_what_it_is(topic, said, language):
    assert find(said, language, TOPICS) == Found(best=(topic,), is_sure=True)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("我好难过好难过好难过", "zh_CN"),
        ("今天在学校一直哭，好伤心", "zh_CN"),
        ("家里没人笑了，好难过", "zh_CN"),
        ("哭了三天", "zh_CN"),
        ("no one laughs at home and I am sad", "en"),
        ("i cried for three days", "en"),
        ("i am sad and cry at night", "en"),
        ("why am I so sad all the time", "en"),
    ],
)
def test_nobody_who_is_only_sad_is_told_that_somebody_died(said, language):
    assert "grief" not in find(said, language, TOPICS).best


@pytest.mark.parametrize(
    ("said", "language"),
    [("外婆去世了，我好难过", "zh_CN"), ("my grandma died and i am so sad", "en")],
)
def test_whoever_says_that_somebody_died_is_told_about_grief(said, language):
    assert find(said, language, TOPICS).best[0] == "grief"


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("sextortion", "前任要我发不穿衣服的照片，不发就把以前的发群里"),
        ("sexual_abuse", "儿子说游泳教练摸他，是真的吗"),
        ("homework_too_much", "孩孑作业写到12点"),
        ("expelled", "老师叫我不要来学校了"),
        ("expelled", "if i am late again i need not come back"),
        ("online_fraud", "有人给我钱让我帮他收款"),
        ("temporary_care", "政府临时监护是什么意思"),
        ("child_support", "my ex never paid for our daughter, can i still get the money"),
        ("what_teachers_may_do", "wrote the text 50 times because of bad marks"),
        ("parenting_temper", "i yelled at my son and feel awful"),
        ("friend_in_danger_of_suicide", "my best friend wants to kill herself, keep it secret"),
        ("child_s_money", "uncle wants the house grandma left me"),
        ("summer_job", "老板不给我发工资我才17"),
        ("who_must_report", "who is required to report to police"),
        ("join_activities", "怎么报名活动"),
        ("which_number", "救命"),
    ],
)
def test_questions_that_were_answered_wrongly_once_find_their_topic(topic, said):
    language = language_of(said, ["zh_CN", "en"])

    assert find(said, language, TOPICS).best[:1] == (topic,)


def test_a_question_in_the_other_language_is_found_too():
    assert find("爸爸打我怎么办", "en", TOPICS).best[0] == "hit_at_home"
    assert find("my classmates bully me", "zh_CN", TOPICS).best[0] == "bullying"


@pytest.mark.parametrize(
    "question", ["MY DAD HITS ME!!!", "ｍｙ　ｄａｄ　ｈｉｔｓ　ｍｅ", "my  dad… hits me"]
)
def test_case_width_and_punctuation_make_no_difference(question):
    assert find(question, "en", TOPICS) == find("my dad hits me", "en", TOPICS)


def test_an_answer_says_how_things_are_what_to_do_the_law_who_helps_and_what_next():
    parts = render(TOPICS.by_id["bullying"], Voice.CHILD, "en", DIRECTORY).split("\n\n")

    assert parts[0].startswith("Being bullied is not your fault.")
    assert parts[1].startswith("• Go to where other people are.")
    assert parts[2].startswith("Law: Law on the Protection of Minors, articles 39, 77;")
    assert parts[3].startswith("Police 110: danger now\nMental health line 12356:")
    assert parts[4] == "You can tell us what is happening. You do not have to say your name."


def test_an_answer_in_chinese_names_the_law_as_chinese_does():
    text = render(TOPICS.by_id["hit_by_a_teacher"], Voice.ADULT, "zh_CN", DIRECTORY)

    assert "依据：《未成年人保护法》第27、119条；《义务教育法》第29条" in text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Rules: notice on online games of the National Press"),
        ("zh_CN", "规定：国家新闻出版署关于未成年人网络游戏的通知"),
    ],
)
def test_rules_that_are_no_law_are_named_below_the_law(language, line):
    parts = render(TOPICS.by_id["game_time"], Voice.CHILD, language, DIRECTORY).split("\n\n")

    assert parts[2].splitlines()[1].startswith(line)
    assert (
        "\n"
        not in render(TOPICS.by_id["bullying"], Voice.CHILD, language, DIRECTORY).split("\n\n")[2]
    )


def test_every_topic_leads_on():
    assert [topic.id for topic in TOPICS.by_id.values() if len(topic.related) < 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_reads_whole_and_fits_a_message(language):
    for topic, voice in product(TOPICS.by_id.values(), Voice):
        text = render(topic, voice, language, DIRECTORY)

        assert "{" not in text, topic.id
        assert len(text.encode("utf-16-le")) // 2 <= 4096, topic.id


@pytest.mark.parametrize("voice", Voice)
def test_chinese_speaks_to_a_child_as_ni_and_to_an_adult_as_nin(voice):
    for topic in TOPICS.by_id.values():
        page = topic.pages["zh_CN"]
        # What an adult is told to say to a child stands in marks or after a colon.
        text = re.sub("“[^”]*”|：.*", "", page.answers[voice] + "\n" + page.now[voice])

        assert ("您" if voice is Voice.CHILD else "你") not in text, topic.id


def test_no_page_has_a_helpline_number_typed_into_it():
    numbers = [line.number for line in DIRECTORY.helplines.values()]

    for topic, language in product(TOPICS.by_id.values(), LANGUAGES):
        text = TEXTS[topic.pages[language].file].partition("## Asked as")[0]
        assert not [number for number in numbers if re.search(rf"(?<!\d){number}(?!\d)", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_promises_secrecy_or_asks_a_child_why(language):
    unsaid = ("why did you", "we will not tell", "nobody will know", "你为什么", "不会告诉任何人")
    for topic in TOPICS.by_id.values():
        page = topic.pages[language]
        text = (page.answers[Voice.CHILD] + page.now[Voice.CHILD]).lower()

        assert [word for word in unsaid if word in text] == [], topic.id


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (FACTS, "{law: MPL, article: 39,", "{law: MPPL, article: 39,", "G105"),
        (FACTS, "{law: MPL, article: 39,", "{law: MPL, article: art. 39,", "G105"),
        (FACTS, "{law: MPL, article: 39,", "{law: MPL,", "G101"),
        (FACTS, CITED, "citations: law\n", "G103"),
        (FACTS, "helplines:", "helpline:", "G102"),
        (FACTS, "related: [school_hides", "related: [school_hide", "G107"),
        (FACTS, "related: [school_hides_bullying", "related: [bullying", "G107"),
        (FACTS, "next: report", "next: repot", "G103"),
        (FACTS, "helplines:", "sources: [GAMES2012]\nhelplines:", "G123"),
        (FACTS, "places: [education_bureau]", "places: [school]", "G125"),
        (FACTS, "audience: [child, adult]", "audience: []", "G103"),
        (FACTS, "audience: [child, adult]", "audience:", "G103"),
        (FACTS, "places: [education_bureau]", "needs: [欺凌]", "G103"),
        (FACTS, "on: 2026-11-23, by", "by", "G110"),
        (FACTS, "on: 2026-11-23", "on: last week", "G103"),
        (FACTS, "by: author", "by: me", "G110"),
        (FACTS, "topic: bullying", "topic: teasing", "G103"),
        (ENGLISH, "Button: Someone bullies me", f"Button: {'bullied ' * 4}", "G109"),
        (CHINESE, "Button: 有人欺负我", f"Button: {'有人欺负我' * 4}", "G109"),
        (ENGLISH, "threatened now: call {police_number}", "threatened: {police_nr}", "G111"),
        (ENGLISH, "## For a child", "## To a child", "G103"),
        (ENGLISH, "## For an adult", "## For a child", "G103"),
    ],
)
def test_a_bad_line_is_found_where_it_stands(file, old, new, code):
    places = [(found.code, found.file, found.line) for found in faults_after(file, old, new)]

    assert code in [place[0] for place in places]
    assert {place[1] for place in places if place[0] != "G114"} <= {file, FACTS}
    lines = [line for found, where, line in places if found == code and where == file]
    assert any(abs(line - line_of(file, old)) <= 1 for line in lines)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("  child: [police, crisis]", "child"),
        ("places: [education_bureau]", "places"),
        ("audience: [child, adult]", "audience"),
        (
            "related: [school_hides_bullying, extortion_at_school, cyberbullying, friend_is",
            "related",
        ),
    ],
)
def test_one_word_where_a_list_belongs_is_a_finding_and_not_dropped(line, key):
    indent = line[: line.index(key)]

    findings = faults_after(FACTS, line, f"{indent}{key}: police #")

    told = [(found.line, found.code, found.text) for found in findings]
    assert (line_of(FACTS, line), "G103", "write a list: [police]") in told


def test_a_helpline_that_the_directory_does_not_know_is_a_finding():
    findings = faults_after(FACTS, "child: [police, crisis]", "child: [police, crysis]")

    assert [finding.code for finding in findings] == ["G106"]
    assert 'did you mean "crisis"?' in findings[0].text


@pytest.mark.parametrize(
    ("file", "heading", "too_much"),
    [(ENGLISH, "## For a child\n", "Word word. " * 60), (CHINESE, "## For a child\n", "字。" * 90)],
)
def test_an_answer_that_is_too_long_is_a_finding(file, heading, too_much):
    findings = faults_after(file, heading, f"{heading}\n{too_much}\n")

    assert [(found.code, found.file) for found in findings] == [("G108", file)]
    assert findings[0].line == line_of(file, heading)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_without_a_page_in_a_language_is_a_finding(language):
    missing = f"locales/{language}/guidance/bullying.md"
    texts = {file: text for file, text in TEXTS.items() if file != missing}

    findings = check_guidance(texts, DIRECTORY)

    assert [(found.code, found.file) for found in findings] == [("G104", FACTS)]


@pytest.mark.parametrize("alone", [FACTS, ENGLISH, CHINESE])
def test_a_topic_of_which_one_file_alone_is_there_is_a_finding_and_no_crash(alone):
    texts = {file: text for file, text in TEXTS.items() if "/bullying." not in file}

    found = check_guidance({**texts, alone: TEXTS[alone]}, DIRECTORY)

    there = [(each.code, each.file) for each in found if each.file == alone]
    assert there == ([("G104", FACTS)] * 2 if alone == FACTS else [("G100", alone)])


@pytest.mark.parametrize("voice", ["a child", "an adult"])
def test_a_page_without_one_of_the_voices_is_a_finding(voice):
    text = re.sub(rf"## For {voice}\n\n.*\n\n", "", TEXTS[ENGLISH])
    assert text != TEXTS[ENGLISH]

    findings = check_guidance({**TEXTS, ENGLISH: text}, DIRECTORY)

    assert [(found.code, found.file) for found in findings] == [("G104", ENGLISH)]


def test_a_page_without_facts_is_a_finding():
    texts = {file: text for file, text in TEXTS.items() if file != FACTS}

    findings = check_guidance(texts, DIRECTORY)

    assert ("G100", ENGLISH) in [(found.code, found.file) for found in findings]


def test_too_few_ways_of_asking_are_a_finding():
    head, _, _ = TEXTS[ENGLISH].partition("## Asked as")

    findings = check_guidance({**TEXTS, ENGLISH: f"{head}## Asked as\n\n- bullies\n"}, DIRECTORY)

    assert [finding.code for finding in findings] == ["G112"]


def test_reading_stops_at_faults_of_form_and_names_them_all():
    broken = {**TEXTS, FACTS: "topic: [", ENGLISH: "# Bullying\n\n## Wrong\n"}

    with pytest.raises(FlowError) as caught:
        read_topics(broken)

    assert {finding.file for finding in caught.value.findings} == {FACTS, ENGLISH}


@pytest.mark.parametrize(
    ("text", "is_adult"),
    [
        ("my son does not do his homework", True),
        ("May I look into my daughter's phone?", True),
        ("my 7-year-old daughter will not sleep", True),
        ("As a teacher, whom must I tell?", True),
        ("my parents read my diary", False),
        ("may a teacher hit me", False),
        ("what are the rights of a child", False),
        ("我孩子不写作业", True),
        ("我家娃天天玩手机", True),
        ("孩子不写作业怎么办", True),
        ("我家的女儿不想上学", True),
        ("班上学生身上有伤", True),
        ("爸妈可以看我的日记吗", False),
        ("老师可以打我吗", False),
        ("爸妈打孩子犯法吗", False),
        ("我老公打孩子犯法吗", True),
        ("我的妻子天天骂娃", True),
        ("老婆打娃怎么办", True),
        ("我孙子不想上学", True),
        ("my husband hits our son, is it a crime", True),
        ("my ex-wife will not let me see her", True),
        ("dad hits his wife", False),
        ("爸爸打他老婆", False),
        ("老婆婆在路上哭", False),
    ],
)
def test_who_asks_is_guessed_from_the_words(text, is_adult):
    assert (asked_by(text) is Voice.ADULT) is is_adult


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("may a teacher look into my bag", True),
        ("my stepdad beats me, and what can i do", True),
        ("我爸打我怎么办", True),
        ("你们会告诉我妈吗", True),
        ("爸妈离婚我跟谁", True),
        ("他怎么打我的我都记得", False),
        ("他怎么打我的，我不想说", False),
        ("哪里都疼", False),
        ("几个人打我", False),
        ("我不知道能不能说", False),
        ("what he did was bad", False),
        ("where he touches me it hurts", False),
        ("who hits me is my uncle", False),
        ("how old must i be to work", True),
        ("老师可以翻我的书包吗", True),
        ("He is new in our class and would like to join a club.", False),
        ("he is at the door and has a knife", False),
        ("他在门口", False),
        ("你好，在吗？", False),
        ("有人在吗", False),
        ("Hello? Is anybody there?", False),
        ("are you there", False),
        ("有人打我怎么办", True),
    ],
)
def test_what_asks_is_told_from_what_tells(text, asks):
    assert is_question(text) is asks


@pytest.mark.parametrize(
    ("text", "is_only_asked"),
    [
        ("老师可以打我吗", True),
        ("老师能不能没收手机？", True),
        ("can a teacher hit me?", True),
        ("is my dad allowed to hit me", True),
        ("我爸打我", False),
        ("我爸打我？", False),
        ("我爸打我怎么办", False),
        ("我爸打我犯法吗", False),
        ("后爸打我能报警吗", False),
        ("我该不该报警我爸天天打我", False),
        ("我能不能报警我爸打我", False),
        ("能不能告诉老师叔叔摸我", False),
        ("叔叔脱我裤子可以吗", False),
        ("Can I call the police because my dad beats me every night?", False),
        ("Should I tell my mum that my uncle touches me", False),
        ("爸爸能打我吗", True),
        ("可以打孩子吗", True),
        ("老师能不能骂我", True),
        ("爸妈可以打我电话吗", True),
        ("can my dad hit me", True),
        ("隔壁天天打娃我能举报吗", False),
        ("我爸打我，老师可以管吗", False),
        ("my dad hits me, may he do that?", False),
        ("what can i do if my dad hits me", False),
        ("爸爸不管我能不能吃饱", False),
        ("can you help me my dad hits me", False),
        ("can my dad kill me", False),
        ("你们可以帮我吗", False),
    ],
)
def test_what_only_asks_whether_something_may_be_done_tells_of_nothing(text, is_only_asked):
    assert only_asks_whether(text) is is_only_asked
