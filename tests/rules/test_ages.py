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
        (["my son is 30"], 0),
    ],
)
def test_of_the_child_that_is_told_of(texts, age):
    assert child_age_in(texts) == age


@pytest.mark.parametrize(
    ("texts", "age"),
    [(["我今年十一岁"], 11), (["hi", "I am 13"], 13), (["im 9", "I am 12"], 0), (["我弟9岁"], 0)],
)
def test_of_the_child_who_writes(texts, age):
    assert own_age_in(texts) == age
