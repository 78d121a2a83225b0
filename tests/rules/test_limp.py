"""A child who goes limp is an emergency whatever is told with it; play and cushions are none."""

import pytest
from running import the_rules

from bot.domain.level import Level
from bot.triage.signals import find_signals, level_of

RULES = the_rules()


@pytest.mark.parametrize(
    "text",
    [
        "打完球，儿子突然软了",
        "跑完步孩子突然全身发软",
        "体育课上同学突然全身软了",
        "弟弟从床上掉下来 软绵绵的",
        "宝宝被摇了以后软软的",
        "宝宝软软的没力气",
        "我弟弟发烧软趴趴地趴着不说话",
        "孩子吃了药全身发软",
        "she is limp after practice and cant talk",
        "my daughter is limp after pe she is hot",
        "my brother is limp because he is asleep and dad gave him something",
        "my baby is limp from laughing gas",
        "妹妹把头撞了软软的",
        "弟弟把药吃了全身软了",
    ],
)
def test_who_is_limp_is_an_emergency(text):
    assert level_of(find_signals(text, RULES)) is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "宝宝软软的好可爱",
        "弟弟摔了 垫子软软的",
        "宝宝软软的小手",
        "跑完步她全身发软",
        "the baby is very floppy from laughing",
        "my brother is going limp from laughing",
        "my son is so limp after football practice",
        "宝宝摇了摇软软的尾巴",
        "女儿摔了软软的小熊",
        "弟弟把蛋糕撞软了",
        "妈妈看孩子发烧就软了",
        "my brother is limp after practice he cant wait for dinner",
    ],
)
def test_who_plays_or_rests_is_left(text):
    assert level_of(find_signals(text, RULES)) > Level.URGENT
