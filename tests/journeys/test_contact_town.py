"""What people of the town write, in the words in which they would, and what they hear."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
AS_AN_ADULT = "我按大人来跟您说话"


async def words_to(town, *texts):
    """Somebody new who writes *texts*, and all that they hear to the last."""
    person = town.contact(ZH)
    return person, await to_the_last(town, person, *texts)


@at_once(
    ("texts", "hears"),
    [
        (("我不想活了", "家长", "我想带着孩子一起走"), "请马上打 110 或 120"),
        (("娃娃晚上不回来", "奶奶", "昨晚上没回来", "现在还没回来"), "请马上打 110"),
        (("我和妹妹在家", "小孩", "妹妹2岁", "没吃的了"), "110"),
        (("我爸打我", "小孩", "他回来了 要来打我"), "现在就打 110"),
    ],
)
async def test_danger_told_in_pieces_is_an_emergency(town, texts, hears):
    person, heard = await words_to(town, *texts)

    assert hears in heard
    assert level_of(await town.case_of(person)) is Level.EMERGENCY


@at_once(
    ("texts", "not_heard"),
    [
        (("我爸妈在广东打工", "小孩", "我跟奶奶", "奶奶耳朵听不见"), "受了伤"),
        (("我不想回家", "小孩"), "要是又来了"),
        (("外婆天天骂我", "小孩", "她没打我"), "谁都不可以伤害你"),
        (("我爸爸不给我读书", "小孩"), "卖你"),
        (("我今天打了娃儿", "他手肿了"), "动手的人"),
        (("有个学生爸妈都不在", "老师", "衣服都是脏的", "我不知道该找谁"), "孩子不见了"),
    ],
)
async def test_nothing_is_said_as_if_it_had_been_told(town, texts, not_heard):
    person, _ = await words_to(town, *texts)

    assert not_heard not in "\n".join(person.heard)


async def test_whoever_answers_with_a_word_that_calls_a_grown_up_may_say_otherwise(town):
    person, heard = await words_to(town, "老师", "老师")
    assert AS_AN_ADULT in heard

    await person.writes("我是小孩")
    assert "说说发生了什么" in "".join((await person.hears("你想做什么？")).labels)


async def test_a_lone_mum_is_the_beginning_of_what_is_told(town):
    _, heard = await words_to(town, "我", "妈")

    assert "请问，你是？" in heard


async def test_somebody_of_the_village_is_a_grown_up(town):
    _, heard = await words_to(town, "我们村有个娃娃天天捡垃圾吃", "村里的")

    assert "孩子现在有危险吗？" in heard


async def test_a_grandmother_who_calls_first_is_not_asked_who_she_is(town):
    _, heard = await words_to(town, "老师啊我是他奶奶他爸妈都出去了这个娃娃我管不住了")

    assert AS_AN_ADULT in heard


@at_once(
    ("texts", "hears"),
    [
        (("我有口令", "小孩"), "请写口令"),
        (("我想说说发生了什么", "小孩"), "现在有人有危险吗？"),
        (("我爸打我", "小孩", "有人看吗"), "社工会看"),
        (("校园欺凌怎么办", "学生"), "被欺负不是你的错"),
        (("校园欺凌怎么办", "学生", "有帮助"), "随时可以在这里写"),
    ],
)
async def test_what_they_ask_for_is_what_they_get(town, texts, hears):
    _, heard = await words_to(town, *texts)

    assert hears in heard


async def test_what_only_sounds_like_a_topic_tells_none(town):
    _, heard = await words_to(town, "不知道算不算", "老师")
    assert "自愿" not in heard

    _, heard = await words_to(town, "我谈恋爱了", "14", "他对我很好")
    assert "后爸后妈" not in heard
