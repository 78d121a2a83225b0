"""A girl who bleeds and tells nothing else hears what it may be, and nobody is asked who."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

PERIOD = {"zh_CN": "可能是来月经", "en": "can be a period"}


@at_once(
    ("language", "text"),
    [
        ("zh_CN", "我下面流血了怎么办"),
        ("zh_CN", "内裤上有血 我害怕"),
        ("en", "i am bleeding down there"),
        ("en", "there is blood in my underwear"),
    ],
)
async def test_it_is_called_what_it_may_be_and_the_ambulance_is_named(town, language, text):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", "1", text)

    assert PERIOD[language] in heard
    assert "120" in heard
    assert level_of(await town.case_of(child)) <= Level.URGENT


@at_once(
    ("language", "text"),
    [
        ("zh_CN", "他摸我以后我下面流血"),
        ("zh_CN", "内裤上有血，教练碰我"),
        ("zh_CN", "老师带我去宿舍，回来下面流血"),
        ("zh_CN", "我怀孕了下面流血"),
        ("zh_CN", "我弟弟下面流血了"),
        ("zh_CN", "眼睛下面流血了"),
        ("en", "he raped me and i bleed down there"),
        ("en", "my little sister has blood in her underwear and she says grandpa did it"),
    ],
)
async def test_where_more_is_told_it_is_not_called_a_period(town, language, text):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", "1", text)

    assert PERIOD[language] not in heard
    assert level_of(await town.case_of(child)) <= Level.URGENT


@pytest.mark.parametrize(("who", "text"), [("1", "我被狗咬了"), ("2", "我女儿被狗咬了")])
async def test_whoever_was_bitten_by_a_dog_is_to_see_a_doctor(town, who, text):
    person = town.contact("zh_CN")

    heard = await to_the_last(town, person, "/start", who, text)

    assert "看医生" in heard
