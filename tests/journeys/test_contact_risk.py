"""Whatever is told, wherever it is told: safety words at once, and a person who reads it."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said

from bot.domain.ids import HOUR
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


@at_once(
    ("language", "text", "comfort"),
    [
        ("zh-hans", "我爸打我", "这不是你的错"),
        ("en", "I want to die", "It is not your fault"),
        ("en", "my uncle touches me at night", "It is not your fault"),
    ],
)
async def test_a_first_message_that_tells_of_harm_is_answered_and_kept(
    town, language, text, comfort
):
    child = town.contact(language)

    await child.writes(text)

    words = await child.hears(comfort)
    assert "110" in words.text
    assert "12356" in words.text
    await child.hears("Who is writing?" if language == "en" else "请问，你是？")
    case = await town.case_of(child)
    assert said(case) == [text]
    assert level_of(case) <= Level.URGENT
    assert all(signal.words in text for signal in case.signals)


async def test_an_emergency_told_first_is_asked_where_and_not_who(town):
    child = town.contact("en")

    await child.writes("he has a knife and is at the door now")

    await child.hears("We have called a worker")
    await town.hears_nothing(child)
    assert "Where are you, and are you safe right now?" in child.heard[-1]
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@at_once(
    "way",
    [
        (),
        (("1", "in danger right now?"), ("no", "Who needs help?")),
        (("1", "in danger right now?"), ("no", "Who needs help?"), ("1", "in your own words")),
        (("2", "What would you like to know?"),),
        (("2", "What would you like to know?"), ("my diary", "anything else?")),
        (("3", "What is your code?"),),
        (("4", "is anyone in danger"), ("no", "What is it about?")),
        (("help", "I am a program"),),
        (("language", "choose a language"),),
        (("erase", "Shall we erase"),),
    ],
)
async def test_harm_told_in_any_state_is_answered_in_the_same_turn(town, way):
    child = await town.child()
    await town.answers(child, *way)

    await child.writes("my dad hits me")

    await child.hears("It is not your fault")
    case = await town.case_of(child)
    assert "my dad hits me" in said(case)
    assert case.signals
    assert level_of(case) is Level.URGENT


async def test_whoever_tells_of_harm_never_hears_that_there_is_no_answer(town):
    child = await town.child()

    await child.writes("my dad hits me and zzz qqq xxx")
    await child.hears("It is not your fault")
    await town.quiet()

    assert not [text for text in child.heard if "no good answer" in text]


async def test_an_emergency_told_at_the_menu_is_asked_where(town):
    child = await town.child()

    await child.writes("he has a knife, help")

    await child.hears("called a worker")
    await town.hears_nothing(child)
    await town.answers(child, ("behind the school", "tell more now?"))


async def test_the_same_harm_told_twice_is_comforted_once_and_kept_twice(town):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"))
    await child.hears("write on")

    await town.answers(child, ("my dad hits me every day", "write on"))

    assert len([text for text in child.heard if "not your fault" in text]) == 1
    kept = said(await town.case_of(child))
    assert "my dad hits me" in kept
    assert "my dad hits me every day" in kept


async def test_harm_of_another_kind_is_comforted_again(town):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"))
    await child.hears("write on")

    answer = await town.answers(child, ("I want to die", "this as well"))

    assert "You do not have to carry this alone" in answer
    assert "People read here" not in answer


async def test_a_grown_up_too_hears_less_of_what_they_have_heard(town):
    adult = town.contact("zh-hans")
    await town.answers(adult, ("/start", "请问"), ("家长", "您想做什么？"))
    await town.answers(adult, ("我看到邻居打孩子", "谢谢您"))

    answer = await town.answers(adult, ("孩子说不想活了", "谢谢您把这些也告诉我们"))

    assert "社工看消息的时间" not in answer


async def test_after_half_a_day_the_same_harm_is_comforted_again(town):
    child = town.contact("en")
    await town.answers(child, ("my dad hits me", "not your fault"))
    town.run.clock.advance(13 * HOUR)

    await town.answers(child, ("my dad hits me", "not your fault"))


async def test_a_grown_up_is_not_spoken_to_as_a_child(town):
    adult = town.contact("zh-hans")
    await town.answers(adult, ("/start", "请问"), ("家长", "您想做什么？"))

    await town.answers(adult, ("我看到邻居打孩子", "谢谢您"))


@at_once(
    "text",
    [
        "不要告诉别人，他又要来我房间了",
        "bu yao gao su bie ren, ta you yao lai wo fang jian le",
        "wo hao pa, baba he zui le you lai le",
    ],
)
async def test_what_is_told_beside_a_plea_or_a_fear_opens_a_case_also_in_pinyin(town, text):
    child = await town.child("zh-hans")

    await child.writes(text)

    await town.quiet()
    assert level_of(await town.case_of(child)) <= Level.URGENT


async def test_words_that_only_sound_so_open_no_case(town):
    child = await town.child("zh-hans")

    await child.writes("我要被作业打败了")
    await town.quiet()

    assert await town.case_of(child) is None


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    ("text", "of_another_matter"),
    [("我爸赌钱输了就打我们", "赌"), ("爸爸打我，不许我告诉别人", "保密")],
)
async def test_whoever_tells_of_violence_is_told_nothing_of_another_matter(
    town, text, of_another_matter, is_first
):
    child = town.contact("zh-hans") if is_first else await town.child("zh-hans")
    await child.writes(text)
    await child.hears("这不是你的错")
    if is_first:
        await child.writes("1")

    await child.hears("有危险吗？")
    await town.quiet()

    assert not [heard for heard in child.heard if of_another_matter in heard]


async def test_nor_is_whoever_has_told_it_before_and_is_awaited_by_a_worker(town):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "write on"), ("menu", "What would you like"))

    await child.writes("he loses money gambling and then he hits us")

    await child.hears("passed on")
    assert not [heard for heard in child.heard if "lotter" in heard]
