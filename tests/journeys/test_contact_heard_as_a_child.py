"""What children write in few words, for themselves or a friend, is heard as they mean it."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of
from journeys.told_reports import DANGER, child_who_told

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"


@at_once(
    ("language", "told", "plea", "answer"),
    [
        (ZH, "爸爸打我", "没有，别告诉我妈", "我们不能保证没有别人知道"),
        ("en", "i want to die", "no dont call anyone", "cannot telephone"),
        ("en", "my dad hits me", "please dont call my dad", "cannot telephone"),
        ("en", "my dad hits me", "no dont tell anyone", "We cannot promise"),
    ],
)
async def test_a_plea_behind_a_no_is_answered(town, language, told, plea, answer):
    child = await child_who_told(town, language, told)

    assert DANGER[language] in await town.answers(child, (plea, answer))


async def test_whose_friend_cuts_themselves_hears_what_to_do_for_a_friend(town):
    child = await town.child(ZH)

    heard = await town.answers(child, ("我朋友用刀片划自己的手", "就算答应过谁都不告诉"))

    assert "离会伤到你的东西远一点" not in heard


@at_once(
    ("language", "told"),
    [
        ("en", "i was raped"),
        ("en", "my aunt makes me work in her shop all night and i dont get paid"),
        (ZH, "我好像怀孕了"),
    ],
)
async def test_who_told_of_themselves_is_not_asked_who_needs_help(town, language, told):
    child = await child_who_told(town, language, told)

    await town.answers(
        child,
        ("没有" if language == ZH else "no", "再多说一点" if language == ZH else "tell us more"),
    )


@at_once(
    ("language", "asked", "answer"),
    [
        (ZH, "你能陪我聊天吗", "我可以听"),
        (ZH, "你可以陪我说说话吗", "我可以听"),
        (ZH, "你是机器人吧", "我是程序"),
        (ZH, "我想找个真人", "会有真人来看"),
        ("en", "can you just talk to me", "I can listen"),
        ("en", "ur a bot", "I am a program"),
    ],
)
async def test_who_wants_to_talk_or_asks_who_we_are_is_answered(town, language, asked, answer):
    child = await town.child(language)

    await town.answers(child, (asked, answer))


@pytest.mark.parametrize(
    ("language", "told", "asked", "answer"),
    [
        (ZH, "爸爸打我", "有人看了吗", "写的都留着，社工会看"),
        ("en", "my dad hits me", "did anyone read it", "a social worker reads it"),
    ],
)
async def test_who_comes_back_and_asks_whether_it_was_read_is_answered(
    town, language, told, asked, answer
):
    child = await child_who_told(town, language, told)
    await child.writes("停止" if language == ZH else "stop")
    await child.hears("110")

    await town.answers(child, (asked, answer))


async def test_who_bleeds_and_dares_not_tell_is_not_spoken_to_as_if_they_wanted_to_die(town):
    child = await town.child(ZH)
    for text in ("我下面流血了怎么办", "没有人弄我", "是不是要死了", "不敢跟爸爸说"):
        await child.writes(text)
        await town.quiet()

    assert not any("想死的时候" in text for text in child.heard)


@at_once(
    ("language", "told", "hears"),
    [
        (ZH, "我打了弟弟，爸爸打我", "这不是你的错"),
        (ZH, "我打了弟弟，我被妈妈打了", "这不是你的错"),
        (ZH, "我把弟弟打哭了，爷爷就拿棍子抽我", "这不是你的错"),
        ("en", "i hit my brother and dad hit me", "It is not your fault"),
        ("en", "i hit my little sister and got beaten by my mum", "It is not your fault"),
        ("en", "mom hits me so i hit my brother", "It is not your fault"),
        (ZH, "我昨天打了弟弟", "火气又上来时"),
        (ZH, "我打了弟弟，爸爸没打我", "火气又上来时"),
        ("en", "i hit my brother", "When the anger comes back"),
        ("en", "i hit my brother and my dad told me off", "When the anger comes back"),
    ],
)
async def test_whom_a_grown_up_hits_hears_what_a_hit_child_hears(town, language, told, hears):
    child = await child_who_told(town, language, told)

    own = "火气又上来时" if language == ZH else "When the anger comes back"
    heard = "\n".join(child.heard)
    assert (hears in heard, own in heard) == (True, hears == own)


@at_once(
    ("language", "told", "asked"),
    [
        (ZH, "我打了弟弟，爸爸打我", "现在有人有危险吗"),
        ("en", "i hit my brother and dad hit me", "Is anyone in danger right now?"),
        (ZH, "我打了儿子，打得有点重", "孩子现在有危险吗"),
        ("en", "i hit my son too hard", "Is a child in danger right now?"),
    ],
)
async def test_whom_a_grown_up_hits_is_asked_as_a_child_before_they_say_who_they_are(
    town, language, told, asked
):
    child = town.contact(language)

    await town.answers(child, ("/start", ""), (told, asked))


@at_once(
    ("language", "told", "gone", "hears"),
    [
        ("en", "my friend wants to die", "i dont know where she is", "Where were they last"),
        (ZH, "我朋友说不想活了", "不知道她在哪里", "最后是在哪里见到"),
        ("en", "i ran away from home", "i dont know where i am", "alone outside"),
        ("en", "i want to die and i ran away", "i dont know where i am", "Where are you"),
    ],
)
async def test_who_does_not_know_where_a_friend_is_that_wants_to_die_hears_what_to_do(
    town, language, told, gone, hears
):
    child = await child_who_told(town, language, told)

    await town.answers(child, (gone, hears))

    assert level_of(await town.case_of(child)) is Level.EMERGENCY
