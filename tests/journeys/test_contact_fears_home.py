"""Small signs: a child who fears who comes home, a parent who sees no way to keep a child."""

import pytest
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("language", "text", "offer"),
    [
        ("zh_CN", "没考好 我爸快回来了", "找人聊聊"),
        ("en", "i failed my exam and my dad will be home soon", "talk to a person"),
    ],
)
async def test_a_person_is_offered_and_a_worker_reads_it(town, language, text, offer):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", "1", text)

    assert offer in heard
    assert level_of(await town.case_of(child)) <= Level.ROUTINE


async def test_who_sees_no_way_to_keep_a_child_is_shown_what_there_is(town):
    parent = town.contact("zh_CN")

    heard = await to_the_last(town, parent, "/start", "2", "想把孩子送人 养不起了")

    assert "下面有一篇可以看" in heard
    assert level_of(await town.case_of(parent)) is Level.URGENT
