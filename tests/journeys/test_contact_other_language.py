"""Whoever begins in the other language is answered in it; amid a talk it is offered once."""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("phone", "first", "greeting"),
    [
        ("en", "你好", "我是一个程序"),
        ("zh-hans", "Hello, I am worried about the child of my neighbour", "I am a program"),
    ],
)
async def test_the_first_words_are_answered_in_their_own_language(town, phone, first, greeting):
    person = town.contact(phone)

    await town.answers(person, (first, greeting))


@pytest.mark.parametrize("first", ["hi", "wo ba da wo", "ok", "test"])
async def test_a_greeting_or_pinyin_changes_nothing(town, first):
    person = town.contact("zh-hans")

    await person.writes(first)

    await person.hears("你是")


async def test_amid_a_talk_the_other_language_is_offered_once(town):
    child = await town.child()
    await town.answers(child, ("1", "danger"))

    await town.answers(child, ("我在家里害怕", "要我说中文吗"), ("中文", "现在有人有危险吗"))


async def test_the_other_language_is_not_offered_twice(town):
    child = await town.child()
    await town.answers(child, ("1", "danger"), ("家里很吵", "要我说中文吗"))
    await town.quiet()
    before = len(child.heard)

    await child.writes("楼下也很吵")
    await town.quiet()

    assert not any("中文" in text for text in child.heard[before:])
