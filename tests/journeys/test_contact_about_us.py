"""Who we are, what became of a report, complaints, thanks and the language: each is answered."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last

pytestmark = pytest.mark.asyncio(loop_scope="module")

HAVE_CODE = {"en": "I have a code", "zh-hans": "我有口令"}


@at_once(
    ("language", "text"),
    [
        ("en", "i lost my code"),
        ("zh-hans", "口令忘了"),
        ("zh-hans", "怎么还没人联系我"),
        ("zh-hans", "我上次报过 现在怎么样了"),
    ],
)
async def test_whoever_asks_for_their_report_is_offered_the_code(town, language, text):
    contact = town.contact(language)

    await to_the_last(town, contact, "/start", "2", text)

    assert HAVE_CODE[language] in contact.chat.screen[-1].labels


@pytest.mark.parametrize(
    ("language", "text", "hears"),
    [
        ("en", "i want to make a complaint about your social worker", "supervisors"),
        ("zh-hans", "我要投诉你们的社工", "督导"),
    ],
)
async def test_a_complaint_reaches_a_person(town, language, text, hears):
    contact = town.contact(language)

    answer = await to_the_last(town, contact, "/start", "2", text)

    assert hears in answer
    assert "12345" in answer
    assert (await town.case_of(contact)) is not None


@at_once(
    ("language", "texts", "hears", "never"),
    [
        ("en", ["can a teacher take a phone", "thank you, that helps a lot"], "Take care", "tell"),
        ("zh-hans", ["我能报警吗", "谢谢您，明白了"], "照顾好自己", "说说"),
        ("zh-hans", ["你们是什么地方"], "小橘灯", "收到了"),
        ("zh-hans", ["那你是干嘛的"], "小橘灯", "收到了"),
        ("en", ["what is this place?"], "Lantern", "no good answer"),
        ("en", ["wrong chat"], "That is all right", "Thank you for writing"),
        ("en", ["lol are you a robot"], "I am a program", "Thank you for writing"),
        ("en", ["haha ok robot tell me a joke"], "not good at that", "Thank you for writing"),
        ("en", ["how old do i have to be to use this"], "Lantern", "no good answer"),
        ("zh-hans", ["打错了"], "改", "没有可以"),
    ],
)
async def test_what_tells_nothing_is_answered_kindly(town, language, texts, hears, never):
    contact = town.contact(language)

    answer = await to_the_last(town, contact, "/start", "2", *texts)

    assert hears in answer
    assert never not in answer


@at_once(
    ("language", "texts", "hears"),
    [
        ("zh-hans", ["my dad hit me", "english"], "Is anyone in danger right now?"),
        ("zh-hans", ["my dad hit me", "speak english", "3"], "What you wrote is kept"),
        ("en", ["我爸爸打我", "中文"], "现在有人有危险吗"),
        ("en", ["my dad hit me", "/language", "it hurts"], "Is anyone in danger right now?"),
        ("en", ["my dad hit me", "/language", "no"], "What you wrote is kept"),
    ],
)
async def test_a_language_that_is_named_is_spoken_at_once(town, language, texts, hears):
    contact = town.contact(language)

    answer = await to_the_last(town, contact, "/start", "1", *texts)

    assert hears in answer


async def test_whoever_begins_with_a_language_is_greeted_in_it(town):
    contact = town.contact("zh-hans")

    assert "Who is writing?" in await to_the_last(town, contact, "english")
