"""What is asked in few words in the middle of it all is answered in one line, never with a page."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
DANGER = {"en": "in danger right now?", ZH: "现在有人有危险吗？"}
PLACE = {"en": "Where are you now?", ZH: "你现在在哪里？"}
A_LAW = {"en": "Law: ", ZH: "依据："}
HIT = {"en": "my dad hits me", ZH: "我爸打我"}
THREATENED = {
    "en": "someone has my nudes and wants money",
    ZH: "有个人说不给钱就把我的裸照发给全班",
}


async def last_heard(town, person, text):
    await person.writes(text)
    await town.quiet()
    return person.heard[-1]


async def somebody_who_told(town, language, told, *answers):
    """A child who told of harm, said who writes, and answered what was asked."""
    child = town.contact(language)
    await child.writes(told[language])
    await town.quiet()
    for answer in ("1", *answers):
        await last_heard(town, child, answer)
    return child


@at_once(
    ("language", "wait", "answer"),
    [
        ("en", "wait", "Take your time"),
        ("en", "hold on a sec", "Take your time"),
        (ZH, "等一下", "慢慢来"),
        (ZH, "等哈嘛", "慢慢来"),
    ],
)
async def test_whoever_needs_a_moment_gets_it_and_it_is_no_place(town, language, wait, answer):
    child = await somebody_who_told(town, language, HIT)

    heard = await last_heard(town, child, wait)
    assert answer in heard
    assert DANGER[language] in heard

    await last_heard(town, child, "1")
    heard = await last_heard(town, child, wait)
    assert "120" in heard
    assert answer not in heard
    assert PLACE[language] in heard

    await last_heard(town, child, "behind the school")
    answers = (await town.case_of(child)).answers
    assert [wait not in str(each) for each in answers if "behind" in str(each)] == [True]


@at_once(
    ("language", "asked", "answer"),
    [
        ("en", "should i pay him", "Please do not pay"),
        ("en", "do i have to pay", "Please do not pay"),
        ("en", "do i have to send another one", "Please do not pay"),
        (ZH, "我要不要给他钱", "不要给钱"),
        (ZH, "该不该给他们转钱", "不要给钱"),
    ],
)
async def test_whoever_is_threatened_with_pictures_and_asks_whether_to_pay_hears_not_to(
    town, language, asked, answer
):
    child = await somebody_who_told(town, language, THREATENED, "3")

    heard = await last_heard(town, child, asked)

    assert answer in heard
    assert A_LAW[language] not in heard


async def test_whoever_pays_so_as_not_to_be_beaten_hears_nothing_of_paying(town):
    child = await somebody_who_told(town, ZH, {ZH: "他们天天在厕所堵我 不给钱就打"})

    assert "不要给钱" not in await last_heard(town, child, "要不要给他们钱")


@at_once(
    ("language", "asked", "answer"),
    [
        ("en", "should i tell the police", "you may call 110 at any time"),
        ("en", "should i report it to the police", "you may call 110 at any time"),
        (ZH, "我要报警吗", "110 什么时候都能打"),
        (ZH, "要不要报警", "110 什么时候都能打"),
        (ZH, "我能不能直接报警", "110 什么时候都能打"),
        (ZH, "你为什么问这个", "怎么帮才合适"),
        (ZH, "问这么多干嘛", "怎么帮才合适"),
        ("en", "why do you need to know", "so that the right help can come"),
        ("en", "will my mom believe me", "It was right to tell"),
        ("en", "what if nobody believes me", "It was right to tell"),
        (ZH, "我妈会信我吗", "说出来是对的"),
        (ZH, "没人会相信我", "说出来是对的"),
        ("en", "my phone is dying", "while the phone still works"),
        (ZH, "手机快没电了", "趁还有电先打 110"),
        ("en", "will you arrest him", "We are social workers, not the police"),
        (ZH, "你们会抓我吗", "我们是社工，不是警察"),
        ("en", "why is nobody answering", "a social worker reads it"),
        (ZH, "为什么没人理我", "写的都留着，社工会看"),
        ("en", "when are you coming", "a social worker reads it"),
        (ZH, "你们什么时候来", "写的都留着，社工会看"),
        (ZH, "要等多久", "写的都留着，社工会看"),
    ],
)
async def test_what_they_ask_amid_a_report_is_answered_in_a_line(town, language, asked, answer):
    child = await somebody_who_told(town, language, HIT, "3")

    heard = await last_heard(town, child, asked)

    assert answer in heard
    assert A_LAW[language] not in heard
    assert asked in said(await town.case_of(child))


@at_once(
    ("language", "asked", "answer"),
    [
        ("en", "is it free", "Nobody is asked for money here"),
        (ZH, "要钱吗", "没有人会来收钱"),
        ("en", "are you a robot", "I am a program"),
        ("en", "will you arrest me", "We are social workers, not the police"),
        (ZH, "你们会抓我吗", "我们是社工，不是警察"),
    ],
)
async def test_what_they_ask_of_us_first_of_all_is_answered_once_they_say_who_writes(
    town, language, asked, answer
):
    person = town.contact(language)
    await last_heard(town, person, asked)

    heard = await last_heard(town, person, "1")

    assert answer in heard
    assert {"en": "What would you like to do?", ZH: "你想做什么？"}[language] in heard


async def test_what_others_want_money_for_is_no_question_of_ours(town):
    child = await somebody_who_told(town, ZH, {ZH: "他们天天在厕所堵我"}, "3")

    assert "没有人会来收钱" not in await last_heard(town, child, "要钱")


@pytest.mark.parametrize("told", ["i want to tell something", "我想告诉你一件事"])
async def test_whoever_wants_to_tell_something_is_led_to_telling(town, told):
    language = "en" if told.isascii() else ZH
    child = town.contact(language)
    await last_heard(town, child, told)

    heard = await last_heard(town, child, "1")

    assert DANGER[language] in heard
    assert A_LAW[language] not in "".join(child.heard)


@at_once(
    ("language", "told", "meant"),
    [
        ("en", "my kid is hit at school", "im actually the kid"),
        (ZH, "我家娃娃在学校被打了", "我其实就是那个孩子"),
        (ZH, "我家娃娃在学校被打了", "那个孩子就是我"),
    ],
)
async def test_a_child_who_spoke_as_a_parent_is_taken_at_its_word(town, language, told, meant):
    child = town.contact(language)
    await last_heard(town, child, told)

    assert DANGER[language] in await last_heard(town, child, meant)
    assert (await town.case_of(child)).who == "child"


@at_once(
    ("language", "yes"),
    [
        ("en", "right now yes"),
        ("en", "yes right now"),
        ("en", "yes he is back"),
        (ZH, "现在就有"),
        (ZH, "有 就是现在"),
        (ZH, "有 他回来了"),
    ],
)
async def test_a_yes_that_says_now_is_danger(town, language, yes):
    child = await somebody_who_told(town, language, HIT)

    assert {"en": "here are you", ZH: "在哪里"}[language] in await last_heard(town, child, yes)
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@pytest.mark.parametrize(("cry", "level"), [("🆘", Level.EMERGENCY), ("救", Level.URGENT)])
async def test_a_bare_cry_is_heard(town, cry, level):
    child = town.contact(ZH)
    await last_heard(town, child, cry)

    assert level_of(await town.case_of(child)) is level


@at_once(
    ("language", "no", "sure"),
    [
        ("en", "no he is at work", "in the next hours?"),
        (ZH, "现在没有 他上班去了", "接下来几个小时"),
        (ZH, "现在没有危险 她在学校", "接下来几个小时"),
        (ZH, "没有危险 他在厂里", "接下来几个小时"),
    ],
)
async def test_a_no_because_somebody_is_out_is_asked_about_once_more(town, language, no, sure):
    child = await somebody_who_told(town, language, HIT)

    assert sure in await last_heard(town, child, no)
    assert DANGER[language] not in await last_heard(town, child, no)
    assert level_of(await town.case_of(child)) is Level.URGENT
