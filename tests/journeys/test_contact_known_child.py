"""What the child is to an adult is not asked of whoever has told it."""

import pytest
from journeys.at_once import at_once

pytestmark = pytest.mark.asyncio(loop_scope="module")


@at_once(
    ("told", "relation"),
    [
        ("my son was beaten up at school by three boys", "own_child"),
        ("My grandson is beaten by his father", "relative"),
        ("I am a teacher. A pupil of mine is beaten at home with a belt", "pupil"),
    ],
)
async def test_whoever_told_whose_child_it_is_is_not_asked_it(town, told, relation):
    adult = town.contact()
    await town.answers(adult, (told, "Is a child in danger right now?"))

    await town.answers(adult, ("no", "What you wrote is kept"))

    answers = dict((await town.case_of(adult)).answers)
    assert answers["report_a_concern_adult.who_is_it_about"] == relation


@at_once(
    ("told", "relation"),
    [
        ("我是村小老师，班上有个女生身上经常有伤", "pupil"),
        ("我开小卖部的，有个小孩身上都是伤，天天来我店里", None),
    ],
)
async def test_a_teacher_of_a_village_is_not_asked_it_but_a_shopkeeper_is(town, told, relation):
    adult = town.contact("zh-hans")
    await town.answers(adult, (told, "孩子现在有危险吗"))

    await town.answers(adult, ("没有", "您写的都留着" if relation else "孩子是您的什么人"))

    answers = dict((await town.case_of(adult)).answers)
    assert answers.get("report_a_concern_adult.who_is_it_about") == relation


async def test_a_mother_who_speaks_of_the_child_is_not_asked_whose_it_is(town):
    mother = town.contact("zh-hans")
    await town.answers(mother, ("我是妈妈，孩子被老师打了", "孩子现在有危险吗"))

    await town.answers(mother, ("没有", "您写的都留着"))

    answers = dict((await town.case_of(mother)).answers)
    assert answers["report_a_concern_adult.who_is_it_about"] == "own_child"


@pytest.mark.parametrize(
    "told", ["我是妈妈，隔壁的孩子天天被打", "我是妈妈，看到路上有人打一个孩子"]
)
async def test_a_mother_who_speaks_of_another_child_is_asked_whose_it_is(town, told):
    mother = town.contact("zh-hans")
    await town.answers(mother, (told, "孩子现在有危险吗"))

    await mother.writes("没有")
    await town.quiet()

    answers = dict((await town.case_of(mother)).answers)
    assert answers.get("report_a_concern_adult.who_is_it_about") != "own_child"


async def test_who_spoke_of_several_children_is_asked_which_it_is_about(town):
    adult = town.contact()
    told = "I am a mother. My neighbour's kid beats my daughter every day"
    await town.answers(adult, (told, "Is a child in danger right now?"))

    await town.answers(adult, ("no", "What is the child to you?"))


async def test_whoever_goes_back_is_asked_what_the_child_is_to_them(town):
    adult = town.contact()
    await town.answers(
        adult,
        ("my son was beaten up at school by three boys", "Is a child in danger right now?"),
        ("no", "What you wrote is kept"),
        ("back", "What is the child to you?"),
    )


async def test_an_adult_who_says_so_in_an_emergency_is_asked_on_as_an_adult(town):
    adult = town.contact()
    await town.answers(
        adult,
        ("the baby next door is alone at home and crying for hours", "Where are you"),
        ("i am a neighbour", "tell more"),
        ("yes", "with the child's own words"),
    )


@at_once(
    ("told", "age"),
    [
        (("我7岁", "爷爷打我"), "7"),
        (("我爸打我 我11",), "11"),
        (("妈妈打我弟弟 他9岁",), None),
    ],
)
async def test_a_child_who_said_how_old_it_is_and_what_is_done_to_it_is_not_asked_it(
    town, told, age
):
    child = town.contact("zh-hans")
    await town.answers(child, ("/start", "请问，你是？"), ("1", ""), *((text, "") for text in told))
    about = () if age else (("弟弟", ""),)

    steps = (("没有", ""), *about, ("就这些", "最近一次"), ("昨天", "哪里发生"))
    await town.answers(child, *steps, ("家里", "别人会看到" if age else "多大了"))

    answers = dict((await town.case_of(child)).answers)
    assert answers.get("report_a_concern.age") == age
