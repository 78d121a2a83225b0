"""Who asks after others' words, wants to give or to report about us, or lives somewhere else."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
OF_OTHERS = {"en": "whether anybody else has written here", ZH: "别人有没有在这里写过"}
NOT_HERE = {"en": "no account number is given", ZH: "也不会给账号"}
DANGER = {"en": "danger right now?", ZH: "有危险吗？"}
AS_A_CHILD = {"en": "I write to you as to a child", ZH: "我把你当作小孩"}
ANYWHERE = {"en": "write here from anywhere", ZH: "在哪里都可以在这里写"}


@at_once(
    ("language", "text"),
    [
        (ZH, "我女儿是不是在这里告了我的状"),
        (ZH, "她跟你们说了什么"),
        (ZH, "你们把聊天记录给我看，我是她爸"),
        (ZH, "谁举报我的"),
        ("en", "did my stepdaughter write to you?"),
        ("en", "i need to see what she wrote, i am her legal guardian"),
        ("en", "who reported me"),
    ],
)
async def test_nobody_is_told_whether_another_person_wrote_here(town, language, text):
    adult = town.contact(language)

    heard = await to_the_last(town, adult, "/start", "2", text)

    assert OF_OTHERS[language] in heard
    assert await town.case_of(adult) is None


@pytest.mark.parametrize(
    ("language", "told", "text"),
    [
        (ZH, "我爸打我", "我女儿在这里说了什么"),
        ("en", "my dad hits me", "what did my daughter tell you"),
    ],
)
async def test_who_asks_so_on_a_child_s_phone_is_noted_for_the_worker(town, language, told, text):
    child = await town.child(language)

    heard = await to_the_last(town, child, told, text)

    assert heard.startswith(OF_OTHERS[language]) or OF_OTHERS[language] in heard.splitlines()[0]
    assert (await town.case_of(child)).may_be_taken


async def test_a_child_who_asks_what_somebody_said_here_keeps_its_phone(town):
    child = await town.child(ZH)

    await to_the_last(town, child, "我爸打我", "他跟你们说了什么")

    assert not (await town.case_of(child)).may_be_taken


@at_once(
    ("language", "text"),
    [
        (ZH, "我是记者，想采访一下你们机构"),
        (ZH, "我想当志愿者，怎么报名"),
        (ZH, "我想给留守儿童捐点衣服和钱"),
        ("en", "how can I donate to your organisation?"),
        ("en", "i am a journalist and would like to interview somebody"),
    ],
)
async def test_gifts_and_interviews_are_not_settled_here(town, language, text):
    adult = town.contact(language)

    heard = await to_the_last(town, adult, "/start", "3", text)

    assert NOT_HERE[language] in heard
    assert await town.case_of(adult) is None


async def test_a_journalist_s_first_words_are_answered_at_once(town):
    adult = town.contact("en")
    first = "hello, I am a journalist from Guiyang. Who can I speak to for an interview?"

    assert NOT_HERE["en"] in await to_the_last(town, adult, first)


@at_once(
    ("language", "text"),
    [
        (ZH, "学校要我们捐款，可以不捐吗"),
        (ZH, "老师要我做义工"),
        (ZH, "我爸是记者"),
        (ZH, "我是记者，我老公打我"),
        ("en", "i want to donate blood"),
    ],
)
async def test_what_others_ask_or_tell_is_not_taken_for_it(town, language, text):
    adult = town.contact(language)

    assert NOT_HERE[language] not in await to_the_last(town, adult, "/start", "3", text)


@at_once(
    ("language", "text"),
    [
        (ZH, "我在遵义，你们管不管"),
        (ZH, "我是遵义人，你们管吗"),
        (ZH, "我是外地的，你们能管吗"),
        (ZH, "我是贵阳的，你们能管吗"),
        (ZH, "我是天柱县的，你们能管吗"),
        ("en", "we are in beijing, can you help us"),
        ("en", "we are in leishan town can you help us"),
        ("en", "im in old kaili can you help me"),
        ("en", "We live in Beijing, can you still help?"),
        ("en", "I am not in Kaili, can you help me?"),
    ],
)
async def test_who_lives_elsewhere_may_write_as_well(town, language, text):
    adult = town.contact(language)

    assert ANYWHERE[language] in await to_the_last(town, adult, "/start", "2", text)


@at_once(
    ("language", "text"),
    [
        (ZH, "孩子在医院，你们能管吗"),
        (ZH, "我在外面，你们能管吗"),
        (ZH, "我住在凯里，你们能管吗"),
        (ZH, "我是孤儿，你们管吗"),
        (ZH, "我是农村的，你们管吗"),
        (ZH, "我是超市的，你们管吗"),
        (ZH, "我是聋人，你们能帮忙吗"),
        (ZH, "我是残疾人，你们管吗"),
        (ZH, "孩子是超生的，你们管吗"),
        ("en", "i am in class can you help me"),
        ("en", "i am stuck in traffic can you help me"),
        ("en", "i am in foster care can you help me"),
        ("en", "i am in love can you help me"),
        ("en", "i am in big trouble can you help me"),
        ("en", "i am in grade 3 can you help me"),
        ("en", "i am in hospital can you help me"),
        ("en", "im in physical danger can you help me"),
        ("en", "im in huge trouble can you help me"),
        ("en", "we live in constant fear can you help us"),
    ],
)
async def test_who_somebody_is_or_where_just_now_is_not_where_they_live(town, language, text):
    person = town.contact(language)

    assert ANYWHERE[language] not in await to_the_last(town, person, "/start", "2", text)


@pytest.mark.parametrize(
    ("language", "text"), [(ZH, "我想捐器官"), ("en", "how can i donate my organs")]
)
async def test_whoever_gives_themselves_away_is_no_donor(town, language, text):
    person = town.contact(language)

    assert NOT_HERE[language] not in await to_the_last(town, person, "/start", "1", text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (ZH, "我是记者，想采访那个被打的小孩"),
        (ZH, "我是贵州日报的记者，想报道那个被打的女孩"),
        ("en", "i'm a reporter, can i talk to the girl who was raped"),
        (
            "en",
            "we are from a newspaper and want to interview the boy who was beaten by his teacher",
        ),
    ],
)
@pytest.mark.parametrize("before", [("/start",), ("/start", "3")])
async def test_a_journalist_who_names_a_harmed_child_reports_none_and_is_read(
    town, language, text, before
):
    adult = town.contact(language)

    heard = await to_the_last(town, adult, *before, text)

    assert NOT_HERE[language] in heard
    assert DANGER[language] not in heard
    assert {ZH: "这不是你的错", "en": "It is not your fault"}[language] not in heard
    assert AS_A_CHILD[language] not in heard
    assert level_of(await town.case_of(adult)) is Level.URGENT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (ZH, "我是记者，想采访那个被打的小孩"),
        ("en", "i'm a reporter, can i talk to the girl who was raped"),
    ],
)
async def test_such_first_words_are_answered_once_it_is_said_who_writes(town, language, text):
    heard = await to_the_last(town, town.contact(language), text, "3")

    assert NOT_HERE[language] in heard
    assert DANGER[language] not in heard


@at_once(
    ("language", "text"),
    [
        (ZH, "我是记者，我邻居天天打他的小孩"),
        (ZH, "我是记者，想采访，可是我被打了"),
        (ZH, "我是小记者，想报道我们老师天天打我"),
        (ZH, "我是记者的女儿，我爸打我，想见妈妈"),
        ("en", "i am a journalist and my neighbour hits his child every day"),
        ("en", "i am a reporter and want to talk to somebody, my husband beats me"),
    ],
)
async def test_harm_that_a_journalist_tells_is_a_report(town, language, text):
    heard = await to_the_last(town, town.contact(language), "/start", "3", text)

    assert DANGER[language] in heard


async def test_a_journalist_who_writes_of_danger_now_hears_whom_to_call(town):
    text = "我是记者，想报道，孩子快没气了 救命"

    heard = await to_the_last(town, town.contact(ZH), "/start", "3", text)

    assert "120" in heard
    assert NOT_HERE[ZH] not in heard
