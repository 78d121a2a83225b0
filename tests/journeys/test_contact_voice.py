"""Whoever says who they are is taken at their word: spoken to so, and not asked for it."""

import pytest
from journeys.at_once import at_once
from journeys.lives import said

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASKED_EN, ASKED_ZH = "Who is writing?", "请问，你是？"


@at_once(
    ("language", "text", "who", "hears", "never"),
    [
        (
            "en",
            "I am a teacher at a primary school. A girl in my class, 8, has bruises from her dad",
            "other_adult",
            "Is a child in danger right now?",
            "It is not your fault",
        ),
        ("zh-hans", "我是他奶奶，娃娃说不想活了", "parent", "孩子", "不是你的错"),
        ("zh-hans", "我是妈妈，孩子爸爸打孩子", "parent", "孩子现在有危险吗", "不是你的错"),
        ("en", "my husband beats our son every night", "parent", "a child in danger", "your fault"),
    ],
)
async def test_an_adult_is_spoken_to_as_one_from_the_first_reply_on(  # noqa: PLR0917 - a column each
    town, language, text, who, hears, never
):
    adult = town.contact(language)

    await adult.writes(text)

    await adult.hears(hears)
    heard = "\n".join(adult.heard)
    assert ASKED_EN not in heard
    assert ASKED_ZH not in heard
    assert never not in heard
    case = await town.case_of(adult)
    assert case.who == who
    assert text in said(case)


@pytest.mark.parametrize(
    ("language", "text", "hears", "otherwise", "then"),
    [
        ("en", "hi im 9", "as to a child", "I am an adult", "Report a concern"),
        ("zh-hans", "我是老师", "按大人", "我是小孩", "说说发生了什么"),
    ],
)
async def test_who_said_so_may_say_otherwise(  # noqa: PLR0917 - a column each
    town, language, text, hears, otherwise, then
):
    contact = town.contact(language)
    await town.answers(contact, (text, hears))

    await contact.writes(otherwise)

    await town.quiet()
    assert then in contact.chat.screen[-1].labels
    assert not [words for words in contact.heard if ASKED_EN in words or ASKED_ZH in words]


@at_once(
    ("language", "text", "is_adult"),
    [
        ("en", "I am a child", False),
        ("en", "im 9", False),
        ("en", "I'm a kid", False),
        ("en", "i am a boy", False),
        ("en", "teacher", True),
        ("en", "I'm her grandma", True),
        ("en", "mum of two", True),
        ("zh-hans", "我是小孩", False),
        ("zh-hans", "我9随", False),
        ("zh-hans", "我是他奶奶", True),
        ("zh-hans", "老师", True),
    ],
)
async def test_who_is_writing_is_answered_in_ones_own_words(town, language, text, is_adult):
    contact = town.contact(language)
    await town.answers(contact, ("hi", ASKED_EN if language == "en" else ASKED_ZH))

    await contact.writes(text)

    menu = await contact.hears("What would you like to do?" if language == "en" else "想做什么")
    tells = {"en": ("Tell what is happening", "Report a concern")}
    child, adult = tells.get(language, ("说说发生了什么", "我担心一个孩子"))
    assert (adult if is_adult else child) in menu.labels


async def test_what_an_adult_asks_besides_is_answered(town):
    contact = town.contact("en")
    await town.answers(contact, ("hi", ASKED_EN))

    await contact.writes("I'm her grandma, what can I do about bullying in our class?")

    await contact.hears("Which of these is closest")
    assert not [text for text in contact.heard if "choose one" in text]


@pytest.mark.parametrize(
    ("about", "is_asked"), [("1", False), ("2", True)], ids=["of themselves", "of another child"]
)
async def test_an_age_that_was_told_is_not_asked_if_it_is_sure_whose_it_is(town, about, is_asked):
    child = town.contact("en")
    await town.answers(child, ("I am 13", "as to a child"), ("1", "in danger right now?"))
    await town.answers(child, ("3", "Who needs help?"), (about, "in your own words"))
    await town.answers(child, ("they laugh at my shoes", "write on"), ("done", "happen last?"))
    await town.answers(child, ("longer", "Where did it happen?"))

    await child.writes("at home")

    await child.hears("How old" if is_asked else "May someone")
    assert is_asked == any("How old" in text for text in child.heard)


async def age_passed_over(town):
    """A child of 13 who said so first, at the question behind that for their age."""
    child = town.contact("en")
    await town.answers(child, ("I am 13", "as to a child"), ("1", "in danger right now?"))
    await town.answers(child, ("3", "Who needs help?"), ("1", "in your own words"))
    await town.answers(child, ("they laugh at my shoes", "write on"), ("done", "happen last?"))
    await town.answers(child, ("longer", "Where did it happen?"), ("at home", "May someone"))
    return child


async def test_back_asks_the_age_that_was_passed_over(town):
    child = await age_passed_over(town)

    await town.answers(child, ("back", "How old"), ("12", "May someone"))

    await town.answers(child, ("back", "How old"), ("back", "Where did it happen?"))


async def test_the_age_that_was_passed_over_can_be_changed(town):
    child = await age_passed_over(town)
    await child.writes("change an answer")
    asked = await child.hears("Which answer")

    await child.taps(next(label for label in asked.labels if "How old" in label))
    await child.hears("How old")
    await town.answers(child, ("12", "May someone"), ("person", ""))

    await town.quiet()
    case = await town.case_of(child)
    assert dict(case.answers)["report_a_concern.age"] == "12"


async def test_the_age_of_a_pupil_stands_with_the_case_and_is_not_asked(town):
    adult = town.contact("zh-hans")
    text = "我是老师，班上有个女孩今年八岁，她爸爸打她，身上有伤"
    await town.answers(adult, (text, "孩子现在有危险吗"), ("3", ""))
    for written in ("3", "身上青了", "就这些", "4", "家里"):
        await adult.writes(written)
    await town.quiet()

    assert not [words for words in adult.heard if "几岁" in words or "多大" in words]


@at_once(
    ("language", "words"),
    [("en", "2"), ("en", "parent"), ("en", "sorry, I am her mum"), ("zh-hans", "妈妈")],
)
async def test_whoever_goes_back_to_who_they_are_corrects_it_in_any_words(town, language, words):
    other = await town.child(language)
    back, asked = ("back", ASKED_EN) if language == "en" else ("返回", ASKED_ZH)
    menu = "just write your question" if language == "en" else "也可以直接写您的问题"

    await town.answers(other, (back, asked), (words, menu))
