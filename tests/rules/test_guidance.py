"""Guidance: the topics' files, how an answer reads, and how a question finds it."""

import re
import time
from itertools import product
from pathlib import Path

import pytest

from bot.directory import read_directory
from bot.domain.errors import FlowError
from bot.guidance import Voice, check_guidance, find, read_topics, render

ROOT = Path(__file__).parents[2]
PATTERNS = ("flows/directory/*.yaml", "flows/guidance/*.yaml", "locales/*/guidance/*.md")
FILES = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
TEXTS = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in FILES}
DIRECTORY = read_directory(TEXTS)
TOPICS = read_topics(TEXTS)
LANGUAGES = ("en", "zh_CN")
FACTS = "flows/guidance/bullying.yaml"
ENGLISH = "locales/en/guidance/bullying.md"
CHINESE = "locales/zh_CN/guidance/bullying.md"

# What each cited article speaks of, in our own words, checked against the statutes' texts.
ARTICLES = {
    ("MPL", "11"): "anyone may report; those who work with children must",
    ("MPL", "17"): "what parents must never do, violence at home among it",
    ("MPL", "21"): "under 8 never unattended, under 16 not living alone",
    ("MPL", "22"): "parents who work away entrust the child to an able adult",
    ("MPL", "23"): "tell school and village; weekly contact",
    ("MPL", "24"): "divorce: settle care, hear the child, no snatching",
    ("MPL", "27"): "no corporal punishment or humiliation at school",
    ("MPL", "28"): "no unlawful expulsion; register and call back who dropped out",
    ("MPL", "39"): "schools and bullying",
    ("MPL", "43"): "village and residents' committees watch over care",
    ("MPL", "52"): "sexual material of minors, even holding it, is banned",
    ("MPL", "54"): "trafficking, abuse, sexual assault and harassment are banned",
    ("MPL", "61"): "no hiring under 16",
    ("MPL", "63"): "letters, diaries and messages",
    ("MPL", "68"): "no harmful cures for internet addiction",
    ("MPL", "70"): "phones in class",
    ("MPL", "71"): "parents guide the use of the internet",
    ("MPL", "75"): "games: real names, none from 22 to 8",
    ("MPL", "77"): "bullying online: platforms must act when told",
    ("MPL", "103"): "nothing that identifies a child in a case is published",
    ("MPL", "107"): "courts respect the true wish of a child of 8 or older",
    ("MPL", "111"): "help for victims: counselling, money, legal aid, another school",
    ("MPL", "112"): "victims are asked once if possible; girls by women",
    ("MPL", "117"): "who must report and does not is disciplined",
    ("MPL", "119"): "schools that break the rules are ordered to put it right",
    ("MPL", "130"): "which units are in close contact with children; what bullying is",
    ("FEPL", "23"): "no violence in bringing up children",
    ("ADVL", "14"): "who must report violence at home; the reporter stays confidential",
    ("ADVL", "15"): "police come, stop it, and find a safe place",
    ("ADVL", "23"): "protection orders, also asked for by others",
    ("ADVL", "28"): "72 hours, 24 if urgent",
    ("CC", "20"): "under 8 has no capacity",
    ("CC", "145"): "from 8, dealings beyond the age need a parent's consent",
    ("CC", "1084"): "divorce: under 2, from 2, from 8",
    ("CC", "1085"): "child support",
    ("CC", "1086"): "visits",
    ("CL", "236"): "rape; sex with a girl under 14",
    ("CL", "237"): "molesting, children of either sex",
    ("PSAPL", "60"): "bullying of pupils, and schools that hide it",
    ("CEL", "2"): "nine years, no tuition fees",
    ("CEL", "5"): "parents and schools see to it that children go to school",
    ("CEL", "27"): "no expulsion in the nine years",
    ("CEL", "29"): "no corporal punishment by teachers",
    ("INT2023", "9"): "molesting through video chat and pictures",
    ("LAL", "31"): "legal aid for child support",
}

# Ways of asking that stand in no page.
ASKED = {
    "en": {
        "bullying": [
            "some girls at school are mean to me and hide my things",
            "my friend gets bullied",
            "my sons classmates beat him up",
            "a classmate spits at me",
            "they call me fat and laugh",
        ],
        "hit_at_home": [
            "my mum slapped me again",
            "daddy hit me with a shoe",
            "may a father hit his son",
            "he beats us when he comes home drunk, he is my stepfather",
            "my granma slaps me",
        ],
        "hit_by_a_teacher": [
            "teacher pulled my hair",
            "can teachers beat students",
            "teecher hit me with a book",
            "our class teacher called me an idiot",
        ],
        "sexual_abuse": [
            "the old man next door touched me",
            "my brother touches me when I sleep",
            "somebody touched me on the bus",
            "i was raped",
        ],
        "online_pictures": [
            "a guy from the internet wants me to send photos",
            "i am being blackmailed with a video",
            "a man I met in a game asks for pics",
            "they want money or they post my video",
        ],
        "left_alone": [
            "nobody takes care of me",
            "im alone at home at night",
            "is it allowed to leave a 5 year old at home",
            "my parents both work in Zhejiang and i am alone",
        ],
        "divorce": [
            "mom and dad split up",
            "who gets custody",
            "how much child support do I get",
            "where will I live when they divorce",
        ],
        "dropping_out": [
            "can a school expel a 13 year old",
            "i hate school and dont want to go",
            "my father says girls dont need school",
            "they make me work in the shop instead of going to school",
        ],
        "privacy": [
            "can parents read my diary",
            "mum reads my messages when I sleep",
            "my parents spy on my chats",
            "dad opened my letters",
        ],
        "games_and_phones": [
            "how to limit screen time",
            "my son plays honor of kings all night",
            "mom took away my phone",
            "get refund for game",
        ],
        "who_must_report": [
            "is the school obliged to report abuse",
            "can I report anonymously",
            "who do I report to when a child is abused",
            "does a social worker have to report",
        ],
    },
    "zh_CN": {
        "bullying": [
            "班里同学老欺负我",
            "高年级的找我收保护费",
            "同桌老是掐我",
            "娃儿在班上遭整",
            "女生宿舍的人排挤我",
        ],
        "hit_at_home": [
            "我妈用衣架打我",
            "老汉打我打得凶",
            "爸爸昨天又动手了",
            "家长能打小孩吗",
            "我昨天扇了孩子",
        ],
        "hit_by_a_teacher": [
            "老师用书砸我",
            "老师扯我头发",
            "老师罚我们蹲马步",
            "班主任打了我儿子一巴掌",
        ],
        "sexual_abuse": [
            "舅舅摸我",
            "表哥晚上爬到我床上",
            "有人在公交上摸我",
            "被强奸了",
        ],
        "online_pictures": [
            "网友让我拍身体给他看",
            "他说要把我照片发到网上威胁我",
            "游戏里认识的人要我发照片",
            "儿子被人要裸照",
        ],
        "left_alone": [
            "我一个人带弟弟",
            "爸妈都在浙江上班",
            "五岁小孩能一个人在家吗",
            "家里没饭吃",
        ],
        "divorce": [
            "爸妈离了",
            "法院会问我想跟谁吗",
            "前妻不让我见孩子",
            "男方不给生活费",
        ],
        "dropping_out": [
            "家里穷读不起书",
            "学校要开除我",
            "爸爸说女孩不用读书",
            "我14岁在饭店做事",
        ],
        "privacy": [
            "爸妈半夜看我手机",
            "我不想让妈妈看我微信",
            "能看女儿的日记吗",
            "我妈翻我手机",
        ],
        "games_and_phones": [
            "儿子通宵打王者",
            "充值的钱能退吗",
            "未成年一周能玩几个小时",
            "娃儿耍手机耍到一两点",
        ],
        "who_must_report": [
            "匿名举报可以吗",
            "学校必须报告吗",
            "我是社工要不要报告",
            "孩子被虐待我报给谁",
        ],
    },
}
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
QUESTIONS = [
    (language, topic, question)
    for language, topics in ASKED.items()
    for topic, questions in topics.items()
    for question in questions
]


def faults_after(file, old, new):
    """Check the files with one text replaced."""
    assert old in TEXTS[file]
    return check_guidance({**TEXTS, file: TEXTS[file].replace(old, new, 1)}, DIRECTORY)


def line_of(file, text):
    return TEXTS[file][: TEXTS[file].index(text)].count("\n") + 1


def test_the_guidance_that_is_shipped_has_no_faults():
    assert check_guidance(TEXTS, DIRECTORY) == []


def test_every_citation_is_an_article_that_somebody_looked_up():
    cited = {
        (citation.law, citation.article)
        for topic in TOPICS.by_id.values()
        for citation in topic.citations
    }

    assert cited == ARTICLES.keys()


@pytest.mark.parametrize(("language", "topic", "question"), QUESTIONS)
def test_a_question_finds_its_topic_in_words_of_its_own(language, topic, question):
    assert question not in TOPICS.by_id[topic].pages[language].asked_as
    assert topic in find(question, language, TOPICS).best


@pytest.mark.parametrize(
    ("language", "question"),
    [(language, question) for language, asked in NOT_OURS.items() for question in asked],
)
def test_what_is_not_ours_finds_nothing(language, question):
    assert find(question, language, TOPICS).best == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_way_of_asking_on_a_page_finds_that_page_first(language):
    for topic in TOPICS.by_id.values():
        for question in topic.pages[language].asked_as:
            assert find(question, language, TOPICS).best[0] == topic.id


def test_finding_is_sure_of_one_topic_or_offers_a_few():
    sure = find("my dad hits me", "en", TOPICS)
    several = find("teacher took my phone and hit me", "en", TOPICS)

    assert sure.is_sure
    assert sure.best == ("hit_at_home",)
    assert not several.is_sure
    assert 1 < len(several.best) <= 3


def test_a_question_in_the_other_language_is_found_too():
    assert find("爸爸打我怎么办", "en", TOPICS).best[0] == "hit_at_home"
    assert find("my classmates bully me", "zh_CN", TOPICS).best[0] == "bullying"


@pytest.mark.parametrize(
    "question", ["MY DAD HITS ME!!!", "ｍｙ　ｄａｄ　ｈｉｔｓ　ｍｅ", "my  dad… hits me"]
)
def test_case_width_and_punctuation_make_no_difference(question):
    assert find(question, "en", TOPICS) == find("my dad hits me", "en", TOPICS)


def test_a_search_takes_less_than_two_milliseconds():
    questions = [question for _, _, question in QUESTIONS]
    began = time.perf_counter()
    for question in questions:
        find(question, "en", TOPICS)

    assert (time.perf_counter() - began) / len(questions) < 0.002


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
    ("topic", "voice", "language"), list(product(TOPICS.by_id, Voice, LANGUAGES))
)
def test_every_answer_reads_whole_and_fits_a_message(topic, voice, language):
    text = render(TOPICS.by_id[topic], voice, language, DIRECTORY)

    assert "{" not in text
    assert len(text.encode("utf-16-le")) // 2 <= 4096


@pytest.mark.parametrize(("topic", "voice"), list(product(TOPICS.by_id, Voice)))
def test_chinese_speaks_to_a_child_as_ni_and_to_an_adult_as_nin(topic, voice):
    page = TOPICS.by_id[topic].pages["zh_CN"]
    # What an adult is told to say to a child stands after a colon and is spoken to the child.
    text = re.sub("：谢谢你.*", "", page.answers[voice] + "\n" + page.now[voice])

    assert ("您" if voice is Voice.CHILD else "你") not in text


def test_no_page_has_a_helpline_number_typed_into_it():
    numbers = [line.number for line in DIRECTORY.helplines.values()]

    for topic, language in product(TOPICS.by_id.values(), LANGUAGES):
        text = TEXTS[topic.pages[language].file]
        assert not [number for number in numbers if re.search(rf"(?<!\d){number}(?!\d)", text)]


@pytest.mark.parametrize("topic", TOPICS.by_id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_promises_secrecy_or_asks_a_child_why(topic, language):
    page = TOPICS.by_id[topic].pages[language]
    text = (page.answers[Voice.CHILD] + page.now[Voice.CHILD]).lower()

    for word in ("why did you", "we will not tell", "nobody will know", "为什么", "不会告诉任何人"):
        assert word not in text


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (FACTS, "{law: MPL, article: 39,", "{law: MPPL, article: 39,", "G105"),
        (FACTS, "{law: MPL, article: 39,", "{law: MPL, article: art. 39,", "G105"),
        (FACTS, "{law: MPL, article: 39,", "{law: MPL,", "G101"),
        (FACTS, "helplines:", "helpline:", "G102"),
        (FACTS, "related: [online_pictures", "related: [online_picture", "G107"),
        (FACTS, "related: [online_pictures", "related: [bullying", "G107"),
        (FACTS, "next: report", "next: repot", "G103"),
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
