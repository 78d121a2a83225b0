"""Whoever asks on in few words is understood by what was spoken of right before."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last

from bot.domain.ids import DAY

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
HUKOU, SUPPORT, THEFT = "因为户口被歧视", "要给。", "你肯说出来"
ALL_OF_IT = {ZH: "上面都写了", "en": "What it does not say may differ"}


@at_once(
    ("texts", "hears"),
    [
        (("娃娃没得户口读书咋个办", "家长", "要什么材料"), ALL_OF_IT[ZH]),
        (("娃娃没得户口读书咋个办", "家长", "要什么材料", "在哪里办", "要好久"), ALL_OF_IT[ZH]),
        (("我家娃是残疾", "学校不收", "有没有补助"), "护理补贴怎么办"),
        (("打疫苗要钱不", "家长", "要到哪点补"), ALL_OF_IT[ZH]),
        (("打疫苗要钱不", "家长", "没有本本"), "上面"),
        (("收养孩子要什么条件", "家长", "单身可以吗"), ALL_OF_IT[ZH]),
        (("我妈能看我日记吗", "小孩", "那她看我手机呢"), "爸妈也不能翻你的聊天"),
        (("捡到一个娃娃 可以自己养吗", "家长", "要去派出所吗"), "上面已经说了"),
        (("学校收资料费600块，说不交不发书", "家长"), "学校不能违规收费"),
        (("学校收资料费600块，说不交不发书", "家长", "这是合法的吗"), ALL_OF_IT[ZH]),
        (("学校收资料费600块，说不交不发书", "家长", "去哪里投诉"), ALL_OF_IT[ZH]),
        (("娃儿听不到 学校不收", "家长"), "普通学校要接收"),
        (("我要改嫁 孩子能带走吗", "家长"), "一方去世，另一方还是监护人"),
        (("怎么跟孩子道歉", "家长"), "是我没管住自己"),
        (("娃娃耍游戏充了我5000块", "家长", "可以退不"), ALL_OF_IT[ZH]),
        (("我想问娃娃上学的事", "妈妈", "我们搬来凯里", "户口还在老家", "要什么手续"), "上学"),
    ],
)
async def test_a_short_question_is_read_with_what_was_asked_before(town, texts, hears):
    heard = await to_the_last(town, town.contact(ZH), *texts)

    assert hears in heard
    assert "写的都收到了" not in heard


async def test_it_is_read_with_a_question_to_which_only_topics_were_offered(town):
    person = town.contact(ZH)
    await to_the_last(town, person, "爸爸没结婚就走了，他该不该出钱养我", "小孩")

    heard = await to_the_last(town, person, "一个月该给多少")

    assert "答不好" not in heard


async def test_it_is_read_with_a_topic_that_was_chosen(town):
    person = town.contact(ZH)
    for text in ("/start", "2", "2"):
        await to_the_last(town, person, text)
    await to_the_last(town, person, "收养")

    assert ALL_OF_IT[ZH] in await to_the_last(town, person, "要好多钱")


async def test_the_next_day_nothing_is_spoken_of_any_more(town):
    person = town.contact(ZH)
    await to_the_last(town, person, "娃娃没得户口读书咋个办", "家长")
    town.later(DAY)
    await town.quiet()

    assert ALL_OF_IT[ZH] not in await to_the_last(town, person, "要好久")


async def test_english_too(town):
    person = town.contact()
    await to_the_last(town, person, "how can i adopt a child", "parent")

    assert ALL_OF_IT["en"] in await to_the_last(town, person, "how long does it take")


@pytest.mark.parametrize(
    ("texts", "hears", "not_heard"),
    [
        (("老师打我们手板心", "小孩", "犯法吗"), "老师不可以打你", "家里有人打我"),
        (("娃娃爸爸死了妈妈跑了", "奶奶", "怎么申请"), "没有能抚养他的人", "免费律师"),
    ],
)
async def test_amid_a_report_it_is_read_with_what_was_told(town, texts, hears, not_heard):
    person = town.contact(ZH)

    heard = await to_the_last(town, person, *texts)

    assert hears in heard
    assert not_heard not in "".join(person.chat.screen[-1].labels)


async def test_what_only_the_story_explains_goes_to_the_worker_and_offers_nothing(town):
    person = town.contact(ZH)

    heard = await to_the_last(town, person, "隔壁天天打娃娃", "邻居", "要什么条件")

    assert "问的这个，社工会看到" in heard
    assert person.chat.screen[-1].labels[0] == "有，现在就有"


@pytest.mark.parametrize(
    ("language", "texts", "hears"),
    [
        ("en", ("my dad beats me every day", "child", "where can we go now"), "a safe place"),
        (ZH, ("老师打我们手板心", "小孩", "临时照料呢"), "民政部门要先来照顾你"),
    ],
)
async def test_where_to_go_is_answered_whatever_harm_was_told(town, language, texts, hears):
    assert hears in await to_the_last(town, town.contact(language), *texts)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("can school fees be paid for me", "child", "how do i get away")),
        (ZH, ("打疫苗要钱不", "小孩", "怎么消失")),
    ],
)
async def test_how_to_get_away_stands_on_no_page_about_something_else(town, language, texts):
    heard = await to_the_last(town, town.contact(language), *texts)

    assert ALL_OF_IT[language] not in heard
