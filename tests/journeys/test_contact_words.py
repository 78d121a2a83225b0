"""What is heard in the same turn in which something risky was written, by what it was."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of

from bot.console.pages import Pages
from bot.console.spoken import Spoken
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def heard_after(person, text):
    """Write *text* and return what follows it at once."""
    await person.writes(text)
    return (await person.hears("")).text


def in_order(text, *parts):
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


@at_once(
    ("language", "text", "parts"),
    [
        ("en", "I took a whole bottle of pills", ("120", "called a worker", "Where are you")),
        ("zh-hans", "我吞了一整瓶安眠药", ("120", "已经叫了社工", "你在哪里")),
        ("en", "I am standing on the roof and will jump", ("110", "12356", "Where are you")),
        ("zh-hans", "我现在站在天台上想跳下去", ("110", "12356", "你在哪里")),
        (
            "en",
            "he has a knife and is at the door now",
            ("110", "called a worker", "Where are you"),
        ),
        ("zh-hans", "爸爸正在打我妈", ("110", "已经叫了社工", "你在哪里")),
    ],
)
async def test_an_emergency_names_the_numbers_first_and_asks_one_thing(town, language, text, parts):
    child = town.contact(language)

    words = await heard_after(child, text)

    assert in_order(words, *parts), words
    assert words.count("?") + words.count("？") <= 2
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@at_once(
    ("language", "text", "parts"),
    [
        ("en", "I want to die", ("not your fault", "not all night", "do not have to carry")),
        ("zh-hans", "我不想活了", ("不是你的错", "夜里有几个小时没人接", "不用一个人")),
        ("en", "he says he will send my naked pictures to everyone", ("do not pay", "Keep")),
        ("zh-hans", "他说不给钱就把我的裸照发出去", ("不要给钱", "留着")),
        ("en", "my dad beats my mom every night", ("12338", "do not have to stop it")),
        ("zh-hans", "我爸天天打我妈", ("12338", "不用你去拦")),
        ("en", "they bully me at school every day", ("not your fault", "By law")),
        ("en", "I ran away from home", ("not your fault", "where there are people")),
        ("en", "I want to stab my teacher", ("so angry", "put down", "12356")),
        ("zh-hans", "我离家出走了", ("不是你的错", "有人的地方")),
    ],
)
async def test_urgent_words_say_what_helps_with_just_that(town, language, text, parts):
    child = town.contact(language)

    words = await heard_after(child, text)

    for part in parts:
        assert part in words, words
    assert level_of(await town.case_of(child)) <= Level.URGENT


async def test_a_grown_up_hears_the_same_in_words_for_a_grown_up(town):
    adult = town.contact("zh-hans")
    await town.answers(adult, ("/start", "请问"), ("家长", "您想做什么？"))

    words = await heard_after(adult, "我女儿被人拿裸照威胁要钱")

    assert "谢谢您告诉我们" in words
    assert "不要给钱" in words
    assert "你" not in words.replace("您", "")


async def test_of_several_kinds_of_harm_one_short_paragraph_is_said(town):
    child = town.contact("en")

    words = await heard_after(child, "they bully me at school and my dad beats my mom every night")

    assert len(words.split("\n\n")) == 2


async def test_nothing_said_asks_for_reasons_or_promises_secrecy(town):
    texts = town.run.lantern.house.wording.texts
    for language, words in texts.items():
        for key, text in words.items():
            if key.startswith("always.felt_"):
                for word in ("why", "secret", "nobody will know", "为什么", "保密", "没有人会知道"):
                    assert word not in text.lower(), (language, key)


@at_once(
    ("language", "text", "parts", "never"),
    [
        (
            "zh-hans",
            "我忍不住打了孩子",
            ("谢谢您说出来", "勇气", "120", "12356", "社工会看到"),
            "不是你的错",
        ),
        ("zh-hans", "怎么才能不打孩子", ("谢谢您说出来", "12338"), "不是你的错"),
        (
            "en",
            "I am afraid I will hit my son again",
            ("takes courage", "step away", "a doctor", "12356", "can help"),
            "not your fault",
        ),
        ("en", "I hit my daughter yesterday", ("takes courage", "child is safe"), "not your fault"),
    ],
)
async def test_whoever_tells_of_their_own_violence_gets_help_and_no_blame(
    town, language, text, parts, never
):
    adult = town.contact(language)

    words = await heard_after(adult, text)

    for part in parts:
        assert part in words, words
    assert never not in words
    case = await town.case_of(adult)
    assert level_of(case) is Level.URGENT
    assert "own_violence" in {signal.category for signal in case.signals}


@pytest.mark.parametrize(
    ("language", "who", "menu", "text", "danger"),
    [
        (
            "en",
            "parent",
            "your question",
            "I lost control and hit my child",
            "in danger right now?",
        ),
        ("zh-hans", "家长", "您想做什么", "我控制不住脾气打了孩子", "孩子现在有危险吗"),
    ],
)
async def test_a_parent_who_confesses_hears_one_short_answer(  # noqa: PLR0917 - one a column
    town, language, who, menu, text, danger
):
    adult = town.contact(language)
    await town.answers(adult, ("/start", ""), (who, menu))
    await town.quiet()
    before = len(adult.heard)

    await adult.writes(text)
    await adult.hears(danger)
    await town.quiet()

    answer, question = adult.heard[before:]
    assert "12338" in answer
    assert len(answer) < 720
    assert len(question) < 240


async def test_a_blow_that_may_kill_is_an_emergency_whoever_tells_of_it(town):
    adult = town.contact("zh-hans")

    words = await heard_after(adult, "我打了孩子，他现在昏迷不醒")

    assert "已经叫了社工" in words
    assert level_of(await town.case_of(adult)) is Level.EMERGENCY


async def test_the_worker_reads_that_somebody_tells_of_own_violence(town):
    adult = town.contact("en")
    await heard_after(adult, "I hit my daughter yesterday")
    case = await town.case_of(adult)
    house = town.run.lantern.house

    page = Pages(Spoken(wording=house.wording), house.languages)._environment("en")  # noqa: SLF001
    words = page.get_template("words.html").module

    seen = {str(words.word(words.categories, signal.category)) for signal in case.signals}
    assert "Tells of own violence" in seen
