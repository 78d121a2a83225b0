"""Whoever is threatened if they tell is heard, whatever the threat is called."""

import pytest
from running import the_rules

from bot.domain.level import Level
from bot.triage.signals import find_signals, level_of

RULES = the_rules()


@pytest.mark.parametrize(
    "text",
    [
        "教练说我敢讲出去就把我踢出队",
        "教练说如果我说出去就不让我上场",
        "他说我讲出去他就收拾我",
        "老师说要是说出去就开除我",
        "if i tell he kicks me out of the team",
        "he said if i tell anyone he kicks me out of the team",
        "coach says if i tell my mum he will throw me off the team",
        "if i tell he will hurt me",
        "if i say anything she will hurt my dog",
        "he said if i ever tell anybody they will take me away",
        "叔叔问我能不能不告诉妈妈",
        "叔叔说能不能不告诉妈妈",
        "舅舅说能不能别跟你妈讲",
        "哥哥讲我们能不能不跟爸妈说",
        "if i tell my dad he takes me to the shed",
        "if i tell mum he takes my phone",
    ],
)
def test_a_threat_against_telling_is_heard(text):
    assert level_of(find_signals(text, RULES)) <= Level.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "她说我讲出去就不跟我玩了",
        "他说答案说出去就不让我抄了",
        "if i tell him he will laugh",
        "我能不能跟妈妈住",
        "他问我能不能不告诉他作业答案",
        "if i tell mum she will take me to the zoo",
        "if i tell my mum she takes my phone",
        "if i tell you will you help me",
        "they kicked her off the basketball team",
        "he kicked me out of the group chat",
    ],
)
def test_what_only_sounds_like_one_is_left(text):
    assert level_of(find_signals(text, RULES)) > Level.URGENT
