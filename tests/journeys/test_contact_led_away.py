"""A child that is out alone, and whom somebody wants to take along, hears not to go."""

import pytest
from journeys.last_heard import to_the_last

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALONE = {
    "en": "i ran away, i am at the station at night and i have no money",
    "zh-hans": "我在凯里火车站 没有钱 手机快没电了",
}
WHY = {"en": "i fought with mum", "zh-hans": "跟妈妈吵架跑出来的"}
LED = {"en": "a man says i can stay at his place", "zh-hans": "有个叔叔说可以带我去住"}
STAY = {"en": "do not go with anybody you do not know", "zh-hans": "先别跟着走"}
MORE = {"en": "write on here", "zh-hans": "接着写"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_whom_somebody_unknown_wants_to_take_along_hears_not_to_go(town, language):
    child = town.contact(language)
    await to_the_last(town, child, ALONE[language], WHY[language])

    heard = await to_the_last(town, child, LED[language])

    assert STAY[language] in heard
    assert "110" in heard
    assert MORE[language] in heard
    assert STAY[language] not in await to_the_last(town, child, LED[language])


async def test_who_wishes_to_die_hears_of_that_before_being_led_away(town):
    child = town.contact("zh-hans")
    await to_the_last(town, child, ALONE["zh-hans"], WHY["zh-hans"])

    heard = await to_the_last(town, child, "我想跳下去 有个男人说带我去他家")

    assert "想死的时候" in heard
    assert STAY["zh-hans"] not in heard
