"""Whoever is asked along by somebody they do not know is heard, also where nobody pulls yet."""

import pytest
from running import the_rules

from bot.domain.level import Level
from bot.triage.signals import find_signals, level_of

RULES = the_rules()


@pytest.mark.parametrize(
    "text",
    [
        "陌生人叫我跟他走，给我糖",
        "有陌生人叫我跟他走",
        "不认识的阿姨说带我去买糖",
        "有个男的叫我上他的车",
        "有个大叔叫我去他家",
        "一个大叔叫我去他家看电影",
        "陌生人叫我跟他走怎么办",
        "a stranger gives me candy to go with him",
        "a man i dont know gave me money",
        "我跟妈妈说陌生人叫我跟他走，她不信",
        "a stranger gave my sister candy and told her to come",
        "学生说有个不认识的人要带她走",
        "这几天有个男的在幼儿园门口 给小朋友发糖要电话",
        "a weird guy grabbed a little girl and ran into the woods",
        "孩子说不认识的叔叔给她糖让她跟他走",
        "my little sister says a man wants to take her away",
    ],
)
def test_whom_somebody_unknown_asks_along_is_heard(text):
    assert level_of(find_signals(text, RULES)) <= Level.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "如果陌生人叫我跟他走怎么办",
        "孩子说警察叔叔带她回家",
        "my daughter asks what if a stranger wants to take her with him",
        "老师说陌生人叫我跟他走不能去",
        "不认识的警察叔叔说带我回家",
        "陌生人叫我让路",
        "a stranger gave me back my bag",
        "what if a stranger gives me candy",
        "一个大叔让我去他家的超市买盐",
        "有个阿姨天天在学校门口卖煎饼",
        "有个大叔叫我去他家买鸡蛋",
        "老师让我们写陌生人叫我跟他走怎么办的作文",
        "不认识的姐姐是志愿者说带我去报到",
        "a woman i dont know gave me candy at halloween",
        "a lady i dont know gave me a present at the christmas party",
    ],
)
def test_what_is_only_learned_or_harmless_is_left(text):
    assert level_of(find_signals(text, RULES)) > Level.URGENT
