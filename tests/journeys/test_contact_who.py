"""Nobody is kept at the question who is writing: what they tell or ask leads on."""

import pytest
from journeys.at_once import at_once
from journeys.lives import said

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def told_of_harm(town, text, *, asked="Who is writing?", language="en"):
    person = town.contact(language)
    await town.answers(person, (text, asked))
    return person


@at_once(
    ("language", "told", "asked", "more", "danger"),
    [
        ("en", "my dad locked me out", "Who is", "outside our building", "in danger right now?"),
        ("en", "i dont want to live anymore", "Who is", "in my room", "in danger right now?"),
        ("en", "a man touched me on the bus", "Who is", "he went off", "in danger right now?"),
        ("zh-hans", "我爸打我", "请问，你是", "用棍子", "现在有人有危险吗？"),
    ],
)
async def test_whoever_told_of_harm_is_asked_about_danger_though_they_say_not_who_they_are(  # noqa: PLR0917 - one a column
    town, language, told, asked, more, danger
):
    child = await told_of_harm(town, told, asked=asked, language=language)

    await town.answers(child, (more, danger))

    case = await town.case_of(child)
    assert said(case)[:2] == [told, more]
    assert case.line.level is Level.URGENT


@at_once("who", ["girl 13", "12 yo boy", "im her brother 13", "im 16 girl", "13", "boy, 12", "13f"])
async def test_age_and_girl_or_boy_say_that_a_child_writes(town, who):
    child = await told_of_harm(town, "my uncle touches me")

    await town.answers(child, (who, "in danger right now?"))

    assert (await town.case_of(child)).who == "child"


async def test_a_second_question_where_it_is_asked_who_writes_is_answered(town):
    child = town.contact()
    await town.answers(child, ("hi", "Who is writing?"), ("who reads this", "Who is writing?"))

    await child.writes("will my parents know")
    await child.hears("I write to you as to a child")
    await child.hears("Law:")


async def test_whoever_will_not_say_who_they_are_is_led_on_all_the_same(town):
    child = town.contact()
    await town.answers(child, ("hi", "Who is writing?"), ("it is all so strange", "Who is"))

    await town.answers(
        child, ("everything is strange at home lately", "You can tell what is happening here")
    )


@at_once(
    ("told", "asked"),
    [
        ("I teach English at a school in Kaili and a boy told me his uncle touches him", "a child"),
        ("One of my pupils has bruises, her father beats her", "a child"),
        ("I look after my 2 grandchildren. Their father beats them", "a child"),
    ],
)
async def test_whoever_says_what_they_are_to_the_child_is_not_asked_who_writes(town, told, asked):
    adult = town.contact()

    await town.answers(adult, (told, f"Is {asked} in danger right now?"))

    assert await town.case_of(adult) is not None


async def test_a_word_or_two_where_it_is_asked_who_writes_is_looked_up_nowhere(town):
    child = town.contact()
    await town.answers(child, ("hi", "Who is writing?"), ("h", "Who is writing?"))

    text = await town.answers(child, ("my mum", "What would you like to do?"))

    assert text.startswith("I write to you as to a child")


async def test_whoever_tells_of_harm_where_it_is_asked_who_writes_hears_how_they_are_spoken_to(
    town,
):
    teacher = town.contact("zh-hans")
    await town.answers(teacher, ("老师", "请问，你是"))

    text = await town.answers(teacher, ("我班上有个孩子身上有伤", "现在有人有危险吗"))

    assert "要是不对，写“我是大人”" in text
    await town.answers(teacher, ("我是大人", "孩子现在有危险吗"))


@at_once(
    ("first", "who", "hears"),
    [
        ("im hungry", "1", "in danger right now?"),
        ("hi", "my ex wont let me see my daughter", "a right to visit"),
        ("hi", "my son doesnt eat anything", "You can tell what is happening here"),
    ],
)
async def test_what_is_told_before_or_with_who_writes_is_answered(town, first, who, hears):
    person = town.contact("en")
    await town.answers(person, (first, "Who is writing?"))

    await person.writes(who)
    await town.quiet()

    assert hears in "".join(person.heard[1:])
