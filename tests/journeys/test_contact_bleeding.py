"""A girl who bleeds and does not know what it is: both are said, and nobody is asked who."""

import pytest
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

PERIOD = {"zh_CN": "可能是来月经", "en": "can be a period"}


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh_CN", "他摸我以后我下面流血"), ("en", "he raped me and i bleed down there")],
)
async def test_what_somebody_did_is_answered_first(town, language, text):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", "1", text)

    assert PERIOD[language] not in heard
    assert level_of(await town.case_of(child)) <= Level.URGENT


async def test_an_emergency_that_nobody_named_is_answered_as_a_rule_names_it(town):
    adult = town.contact("zh_CN")

    heard = await to_the_last(town, adult, "/start", "2", "我女儿下面流血了怎么办")

    assert "第一次来月经" in heard
    assert "请不要追问她" in heard


async def test_whoever_was_bitten_by_a_dog_is_to_see_a_doctor(town):
    child = town.contact("zh_CN")

    heard = await to_the_last(town, child, "/start", "1", "我被狗咬了")

    assert "看医生" in heard
