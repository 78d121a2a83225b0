"""Whoever begins in the other language is answered in it; amid a talk it is offered once."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of

from bot.domain.level import Level

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


@at_once("first", ["hi", "wo ba da wo", "ok", "test"])
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


@pytest.mark.parametrize(
    ("language", "hears"), [("en", "only understand Chinese"), ("zh-hans", "只看得懂中文和英文")]
)
async def test_who_writes_in_letters_that_nothing_reads_hears_so_once_and_a_person_reads(
    town, language, hears
):
    child = await town.child(language)

    for text in ("아빠가 나를 때려요", "도와주세요"):
        await child.writes(text)
        await town.quiet()

    said = [text for text in child.heard if hears in text]
    assert len(said) == 1
    assert "110" in said[0]
    assert await town.case_of(child) is not None


@at_once("text", ["살려줘", "도와줘", "도와", "ꆈꌠꁱꂷ", "ᠮᠣᠩᠭᠣᠯ", "βοήθεια", "помоги", "アメ"])
async def test_a_cry_in_a_few_of_such_letters_is_heard_as_well(town, text):
    child = await town.child()

    await child.writes(text)
    await town.quiet()

    assert any("only understand Chinese" in heard for heard in child.heard)
    assert await town.case_of(child) is not None


@at_once("text", ["i like ラーメン so much", "я", "π", "😀 ω", "ok の", "ಠ_ಠ", "ヾ(・ω・)"])
async def test_a_few_of_such_letters_change_nothing(town, text):
    child = await town.child()

    await child.writes(text)
    await town.quiet()

    assert not any("only understand" in text for text in child.heard)


@pytest.mark.parametrize(
    ("language", "hears"), [("en", "only understand Chinese"), ("zh-hans", "只看得懂中文和英文")]
)
@pytest.mark.parametrize(
    "texts",
    [("mon père me frappe", "aidez moi, je suis tout seul"), ("bố tôi đánh tôi", "cứu tôi với")],
)
async def test_who_writes_in_another_language_of_our_letters_hears_so_once_as_well(
    town, language, hears, texts
):
    child = await town.child(language)

    for text in texts:
        await child.writes(text)
        await town.quiet()

    said = [text for text in child.heard if hears in text]
    assert len(said) == 1
    assert "110" in said[0]
    assert await town.case_of(child) is not None


async def test_what_is_risky_in_such_a_text_is_risky_all_the_same(town):
    child = await town.child()

    await child.writes("mon père frappe, kms tonight, aidez moi")
    await town.quiet()

    assert level_of(await town.case_of(child)) <= Level.URGENT
    assert "110" in "".join(child.heard[-3:])


@at_once("text", ["my friend said je suis dans la maison", "hola amigos", "wo baba da wo"])
async def test_a_few_words_of_it_change_nothing(town, text):
    child = await town.child()

    await child.writes(text)
    await town.quiet()

    assert not any("only understand" in heard for heard in child.heard)
