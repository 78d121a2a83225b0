"""An age is taken from what was told only if it is sure whose it is."""

import pytest

from bot.guidance.ages import child_age_in, own_age_in


@pytest.mark.parametrize(
    ("texts", "age"),
    [
        (["儿子七岁，他爸打他"], 7),
        (["我女儿今年十一岁"], 11),
        (["A girl in my class, 8, has bruises"], 8),
        (["my son is 9 and afraid"], 9),
        (["a 12-year-old boy next door"], 12),
        (["儿子七岁，女儿九岁"], 0),
        (["儿子七岁", "女儿九岁"], 0),
        (["儿子七岁那年"], 0),
        (["my son, 3 times this week"], 0),
        (["my son is 9, his brother 12"], 0),
        (["他打了孩子"], 0),
        (["我女儿被欺负", "12岁"], 12),
        (["my daughter is 9. My other one is three"], 0),
        (["he is bullied", "8 years old"], 8),
        (["儿子9岁", "12岁"], 0),
        (["12岁", "we waited 3 years"], 12),
        (["40岁"], 0),
        (["my son is 30"], 0),
        (["女儿8岁被人摸过"], 0),
        (["孩子3岁爸爸就打她"], 0),
        (["孩子3岁，爸爸就打她"], 0),
        (["女儿今年8岁被人摸了"], 8),
        (["孩子8岁了，爸爸打她"], 8),
        (["孩子8岁我很担心"], 8),
        (["儿子二十岁"], 0),
        (["侄女九岁，被她爸打"], 9),
        (["my son is eight"], 8),
        (["my niece is 9 years old"], 9),
        (["my daughter was 8 when he touched her"], 0),
        (["my son is 8 out of 10 sad"], 0),
        (["my daughter is 6 when it begins"], 0),
        (["I was a 12-year-old girl when he began"], 0),
        (["a girl aged 12 was hit"], 12),
    ],
)
def test_of_the_child_that_is_told_of(texts, age):
    assert child_age_in(texts) == age


@pytest.mark.parametrize(
    ("texts", "age"),
    [
        (["我今年十一岁"], 11),
        (["hi", "I am 13"], 13),
        (["im 9", "I am 12"], 0),
        (["我弟9岁"], 0),
        (["我6岁他就开始摸我"], 0),
    ],
)
def test_of_the_child_who_writes(texts, age):
    assert own_age_in(texts) == age
