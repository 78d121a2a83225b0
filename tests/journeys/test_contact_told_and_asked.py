"""Whoever told of harm, of a death or of a friend reads what fits it, also before they say who."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
DANGER = {"en": "in danger right now?", ZH: "现在有人有危险吗？"}
DANGER_ADULT = {"en": "Is a child in danger right now?", ZH: "孩子现在有危险吗？"}
AS_A_CHILD = {"en": "I write to you as to a child", ZH: "我把你当作小孩或青少年来说话"}
TELL_AN_ADULT = {"en": "Please tell an adult now", ZH: "请马上告诉一个能赶过去的大人"}


async def new_words(town, person, text):
    before = len(person.heard)
    await person.writes(text)
    await town.quiet()
    return person.heard[before:]


async def after(town, *texts):
    """Somebody new who wrote *texts*, and what they heard to the last."""
    person = town.contact("en" if texts[0].isascii() else ZH)
    heard = [await new_words(town, person, text) for text in texts]
    return person, heard[-1]


@at_once(
    ("language", "told", "asked", "answer"),
    [
        ("en", "my dad hit me with a belt", "where can i go tonight", "nowhere to sleep tonight"),
        (ZH, "我爸天天打我", "今晚住哪里", "今晚没地方睡"),
        ("en", "my dad hits me with a belt", "is that legal", "Nobody may hurt you at home"),
    ],
)
async def test_what_is_asked_before_they_say_who_they_are_is_answered_before_danger_is_asked(
    town, language, told, asked, answer
):
    _, heard = await after(town, told, asked)

    assert answer in heard[0]
    assert DANGER[language] in heard[-1]
    assert AS_A_CHILD[language] in heard[-1]


async def test_whoever_tells_on_and_asks_nothing_reads_no_page(town):
    _, heard = await after(town, "我爸天天打我", "他喝酒就打")

    assert "依据：" not in "".join(heard)


@at_once(
    ("told", "then"),
    [
        ("my friend cuts herself and made me promise not to tell", "do i have to tell"),
        ("my friend cuts herself and made me promise not to tell", "she will hate me"),
        ("我闺蜜说不想活了", "她叫我不要告诉她妈"),
        ("我闺蜜说不想活了", "我要不要告诉老师"),
    ],
)
async def test_whoever_fears_for_a_friend_hears_again_to_tell_an_adult(town, told, then):
    language = "en" if told.isascii() else ZH

    _, heard = await after(town, told, "1", then)

    assert TELL_AN_ADULT[language] in heard[-1]
    assert DANGER[language] in heard[-1]


async def test_whoever_tells_of_themselves_is_not_told_to_tell_on_somebody(town):
    _, heard = await after(town, "my dad hits me", "1", "do i have to tell")

    assert TELL_AN_ADULT["en"] not in "".join(heard)


@at_once("told", ["妈妈死了", "我妈去世了", "my mom died"])
async def test_whoever_lost_a_parent_hears_no_words_about_food_and_warmth(town, told):
    child, _ = await after(town, told)

    heard = "".join(child.heard)
    assert "有饭吃" not in heard
    assert "food, warmth" not in heard
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_whoever_feels_that_nobody_loves_them_hears_no_words_about_food_and_warmth(town):
    child, heard = await after(town, "nobody loves me", "1")

    assert "food, warmth" not in "".join(child.heard)
    assert "Feeling lonely" in heard[0]
    assert await town.case_of(child) is not None


@at_once("said", ["he says he fell", "she said she fell down the stairs", "他说是自己摔的"])
async def test_what_a_child_with_bruises_says_is_no_accident_of_this_minute(town, said):
    told = "im a teacher. a student came with bruises again"
    if not said.isascii():
        told = "我是老师 学生身上又有伤"

    person, heard = await after(town, told, said)

    assert DANGER_ADULT["en" if said.isascii() else ZH] in heard[-1]
    assert level_of(await town.case_of(person)) is Level.URGENT


async def test_a_teacher_who_calls_first_and_tells_of_a_pupil_is_spoken_to_as_an_adult(town):
    person, heard = await after(town, "老师", "学生身上有伤 他不说 我怎么办")

    assert DANGER_ADULT[ZH] in heard[-1]
    assert "这不是你的错" not in "".join(heard)
    assert (await town.case_of(person)).who == "other_adult"


async def test_a_hungry_child_alone_is_asked_about_danger(town):
    child, _ = await after(town, "我饿")
    assert await town.case_of(child)

    assert DANGER[ZH] in (await new_words(town, child, "奶奶不在家"))[-1]


async def test_which_proof_a_refund_needs_is_not_answered_with_that_of_violence(town):
    _, heard = await after(town, "打游戏充钱了能退吗", "2", "要什么证据")

    assert "验伤" not in "".join(heard)


async def test_a_child_who_says_its_age_and_asks_about_work_is_answered(town):
    _, heard = await after(town, "i am 14 can i work", "1")

    assert "Under 16" in heard[0]


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("a guy says he will come to my house if i dont send pics", "Please do not pay"),
        ("他说我不发照片就来我家", "不要再发任何东西"),
    ],
)
async def test_whoever_is_threatened_unless_they_send_pictures_hears_to_send_nothing(
    town, told, answer
):
    child, _ = await after(town, told)

    assert answer in "".join(child.heard)


async def test_whoever_could_not_hold_back_is_spoken_to_as_an_adult(town):
    person, heard = await after(town, "我忍不住打了娃娃 手打肿了", "要不要去医院")

    assert AS_A_CHILD[ZH] not in "".join(heard)
    assert (await town.case_of(person)).who == "parent"


async def test_whoever_asks_what_happens_now_reads_what_comes_of_telling(town):
    child, heard = await after(town, "my stepdad touches me", "1", "3", "what happens now")

    assert "Thank you for telling us" not in "".join(heard)
    assert "Law: " in heard[0]
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_whoever_takes_the_phone_after_somebody_left_is_not_taken_for_who_told(town):
    child, _ = await after(town, "我叔叔摸我", "1", "3", "/leave")
    told = await town.case_of(child)

    await new_words(town, child, "你好我是他妈妈")

    assert told.who == "child"
    assert (await town.case_of(child)).who == "child"
    assert (await town.case_of(child)).line.id == told.line.id
