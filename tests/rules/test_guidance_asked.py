"""Guidance: what families ask in plain words finds the topic that answers it."""

from pathlib import Path

import pytest

from bot.guidance import find, read_topics
from bot.guidance.find import Found
from bot.guidance.language import language_of

ROOT = Path(__file__).parents[2]
PATTERNS = ("flows/directory/*.yaml", "flows/guidance/*.yaml", "locales/*/guidance/*.md")
FILES = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
TEXTS = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in FILES}
TOPICS = read_topics(TEXTS)

HARM = {
    "bullying": (
        "同学打我怎么办|同学打我|高年级的打我怎么办|a classmate hits me|kids at school hit me"
    ),
    "friend_is_bullied": "同学被人打我怎么办",
    "hit_at_home": (
        "后爸打我能报警吗|爷爷打我能报警吗|我妈打我|爸爸打我怎么办|爸爸喝醉就打人|我老公打孩子犯法吗"
        "|my husband hits our son, is it a crime|my stepdad hits me can I call the police"
        "|my stepfather hit me|my mom hits me|dad hits me, can I call the police"
    ),
    "hit_by_a_teacher": "老师打我怎么办|my teacher hit me",
    "parents_fight": (
        "爸爸打妈妈怎么办|爸爸喝醉就打妈妈|后爸打我妈怎么办|my dad beats my mum"
        "|they shout every night"
    ),
    "sextortion": "不给钱就把裸照发给同学|send money or i post your nudes he says",
}
"""The plainest questions about harm: told at once, and never another topic."""

ASKED = {
    "child_labour": (
        "饭店老板招了个15岁的洗碗工，可以吗|a bakery employs a 14 year old, is that legal"
    ),
    "kindergarten": (
        "幼儿园招生要考试面试合理吗|nursery wants to test my three year old before taking her"
    ),
    "smoking_and_vapes": "隔壁小超市卖烟给我侄子|corner shop sells vapes to my little brother",
    "running_away": (
        "闺女和我吵架后出门，三天没回家"
        "|my son stormed out after a fight and hasn't been home for 2 nights"
    ),
    "custody": (
        "爸妈要离婚，我今年九岁，可以自己选跟谁吗"
        "|my parents are getting divorced, i'm nine, can i choose who to live with"
    ),
    "left_alone": (
        "能把七岁娃单独放家几个小时吗|is it allowed to leave a six year old home for an hour"
    ),
    "reading_my_chats": "该不该查女儿的微信|should parents read their teenager's texts",
    "entrusted_care": (
        "放二姨那儿要办什么手续|what papers are needed if the kids stay with my brother"
    ),
    "parent_in_prison": "我妈妈进监狱了|my dad got locked up",
    "poor_family_help": "食堂的饭太贵，学校能补贴吗|school meals, any aid",
    "hit_at_home": "考砸了不敢回家",
    "does_not_want_school": "我不想上学|不想上学了怎么办|i dont wanna go to school",
    "dropping_out": "我爸不让我上学|I want to quit school and earn money",
    "divorce": "爸妈离婚我跟谁",
    "not_wanted_at_home": "妈妈会不会不要我们|爸爸妈妈会不会不要我",
    "health_and_vaccines": "她说她肚子痛|娃儿肚子痛|my granddaughter says her tummy hurts",
    "pregnant_minor": "女儿肚子大了我才发现",
}
"""What was answered wrongly once, or not at all, and what stands close to it."""

NOT_OURS = (
    "合同纠纷开庭怎么答辩|argue at my contract dispute hearing|房东押金起诉状"
    "|公司合同纠纷仲裁怎么答辩|draft a claim for my rent deposit|装修合同违约怎么办"
)


def asked_of(table):
    return [(topic, said) for topic, texts in table.items() for said in texts.split("|")]


def found_for(said):
    return find(said, language_of(said, ["zh_CN", "en"]), TOPICS)


@pytest.mark.parametrize(("topic", "said"), asked_of(HARM))
def test_a_plain_question_about_harm_is_answered_at_once(topic, said):
    assert found_for(said) == Found(best=(topic,), is_sure=True)


@pytest.mark.parametrize(("topic", "said"), asked_of(ASKED))
def test_a_plain_question_finds_its_topic_first(topic, said):
    assert found_for(said).best[:1] == (topic,)


@pytest.mark.parametrize("said", NOT_OURS.split("|"))
def test_what_a_lawyer_is_asked_about_contracts_finds_nothing(said):
    assert found_for(said).best == ()
