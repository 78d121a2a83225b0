"""Amid an emergency: another kind of danger, whoever cannot telephone, danger beside a worker."""

import itertools

import pytest
from journeys.at_once import at_once
from journeys.lives import said

from bot.domain.ids import HOUR, MINUTE

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLACE = "report_a_concern.where_now"
NAMES = itertools.count(1)


async def _hears(town, person, text):
    """What *person* hears after writing *text*."""
    before = len(person.heard)
    await person.writes(text)
    await town.quiet()
    return "\n".join(person.heard[before:])


async def _in_danger(town, language, *, told=""):
    """A child who said that there is danger, or *told* of it, and is asked for the place."""
    child = await town.child(language)
    for text in (told,) if told else ("1", "1"):
        await _hears(town, child, text)
    return child


async def _answers(town, person):
    return dict((await town.case_of(person)).answers)


@at_once(
    ("language", "told", "text", "line"),
    [
        ("zh-hans", "我朋友吃了很多安眠药", "叫不醒", "120，或者请身边的大人打"),
        ("zh-hans", "我朋友吃了很多安眠药", "她没呼吸了", "120，或者请身边的大人打"),
        ("zh-hans", "", "推她也没反应", "120，或者请身边的大人打"),
        ("zh-hans", "", "我吃了一瓶安眠药", "120，说清吃了什么"),
        ("zh-hans", "", "她吃了药了", "120，说清吃了什么"),
        ("zh-hans", "", "流了好多血", "120，或者请身边的大人打，说清出了什么事"),
        ("zh-hans", "", "他拿刀了", "不要去夺"),
        ("zh-hans", "", "他在砸门", "再锁一道门"),
        ("zh-hans", "", "我不想活了", "12356"),
        ("en", "my friend took a lot of pills", "she wont wake up", "Ask them what you can do"),
        ("en", "", "she isn't moving", "Ask them what you can do"),
        ("en", "", "i took pills", "say what was taken"),
        ("en", "", "i have pills", "Please put it far away"),
        ("en", "", "he is breaking the door", "lock one more door"),
        ("en", "", "he just came home with a knife", "Do not try to take it away"),
        ("en", "", "i want to die", "12356"),
    ],
)
async def test_another_kind_of_danger_hears_one_line_and_is_not_the_place(
    town, language, told, text, line
):
    child = await _in_danger(town, language, told=told)

    heard = await _hears(town, child, text)

    assert line in heard
    assert heard.endswith("Where are you now?" if language == "en" else "你现在在哪里？")
    assert text in said(await town.case_of(child))
    assert PLACE not in await _answers(town, child)
    assert line not in await _hears(town, child, text)


@pytest.mark.parametrize(
    ("language", "place", "told", "on"),
    [
        (
            "zh-hans",
            "三棵树镇",
            {"他在砸门": "再锁一道门", "他拿刀了": "不要去夺", "妈妈晕倒了": "问问该怎么做"},
            "可以在这里接着写。",
        ),
        (
            "en",
            "in sankeshu",
            {
                "he is breaking the door": "lock one more door",
                "he has a knife": "Do not try to take it away",
                "she stopped breathing": "Ask them what you can do",
            },
            "You can write on here.",
        ),
    ],
)
async def test_each_kind_behind_the_place_has_its_line_and_nothing_is_asked(
    town, language, place, told, on
):
    child = await _in_danger(town, language)
    await _hears(town, child, place)

    for text, line in told.items():
        heard = await _hears(town, child, text)
        assert line in heard
        assert heard.endswith(on)

    assert (await _answers(town, child))[PLACE] == place
    assert "120" in await _hears(town, child, list(told)[-1])


async def test_a_place_told_with_the_danger_is_kept(town):
    child = await _in_danger(town, "en")

    heard = await _hears(town, child, "she took pills and is in the school toilet")

    assert "say what was taken" in heard
    assert "tell more now?" in heard
    assert "toilet" in (await _answers(town, child))[PLACE]


async def test_a_parent_who_wants_to_die_amid_an_emergency_hears_whom_to_call(town):
    mother = town.contact("zh-hans")
    for text in ("/start", "2", "孩子我实在带不下去了 我怕我会伤害他", "2"):
        await _hears(town, mother, text)

    heard = await _hears(town, mother, "我不想活了")

    assert "12356" in heard
    assert "120" in heard


async def test_only_what_reads_like_danger_chooses_no_line(town):
    child = await _in_danger(town, "en", told="my dad is beating my mum right now")

    heard = await _hears(town, child, "my stomach hurts")

    assert "Call 120 now" not in heard


@pytest.mark.parametrize(
    ("language", "told", "lines", "where"),
    [
        (
            "en",
            "my dad is beating my mum right now",
            {
                "i cant call he will hear me": "I am a program and cannot call",
                "can you call for me": "I cannot call from here",
                "i have no phone credit": "I cannot call from here",
            },
            "Where are you now?",
        ),
        (
            "zh-hans",
            "我爸在打我妈",
            {
                "我不敢打电话 他会听到": "我是程序，不能打电话",
                "你能帮我打吗": "我这里打不了电话",
                "我手机没话费": "我这里打不了电话",
            },
            "你现在在哪里？",
        ),
    ],
)
async def test_whoever_cannot_telephone_hears_that_a_program_cannot_either(
    town, language, told, lines, where
):
    child = await _in_danger(town, language, told=told)

    for text, line in lines.items():
        heard = await _hears(town, child, text)
        assert line in heard
        assert "110" in heard
        assert "12110" not in heard
        assert heard.endswith(where)

    assert PLACE not in await _answers(town, child)


async def test_nothing_of_it_is_said_after_the_safe_word(town):
    child = await _in_danger(town, "en")
    word = town.run.lantern.house.directory.organisation.safe_words["en"]
    await _hears(town, child, word)

    assert "Call" not in await _hears(town, child, "he has a knife")
    assert "program" not in await _hears(town, child, "i cant call he will hear me")


async def _with_a_worker(town, language="en"):
    worker, _ = await town.worker(f"Near {next(NAMES)}")
    child = await _in_danger(town, language)
    await _hears(town, child, "in sankeshu")
    await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await child.hears("A social worker is reading" if language == "en" else "社工正在看")
    return child


@pytest.mark.parametrize(
    ("language", "text", "calm"),
    [("en", "he just came home with a knife", "we had rice"), ("zh-hans", "他拿刀了", "吃过饭")],
)
async def test_danger_beside_a_worker_is_answered_once_in_an_hour(town, language, text, calm):
    child = await _with_a_worker(town, language)

    assert await _hears(town, child, calm) == ""
    heard = await _hears(town, child, text)
    assert "110" in heard
    assert "120" in heard
    assert "We have called a worker" in heard or "已经叫了社工" in heard
    town.run.clock.advance(50 * MINUTE)
    assert await _hears(town, child, text) == ""
    town.run.clock.advance(HOUR)
    assert "110" in await _hears(town, child, text)


async def test_danger_beside_a_worker_shows_no_case_after_the_safe_word(town):
    child = await _with_a_worker(town)
    word = town.run.lantern.house.directory.organisation.safe_words["en"]
    await _hears(town, child, word)

    assert await _hears(town, child, "he has a knife") == ""


@at_once(
    ("language", "text", "words", "asked"),
    [
        (
            "en",
            "my friend says she will kill herself tonight",
            "even if you were asked to tell nobody",
            "Where are they now, and where are you?",
        ),
        ("zh-hans", "我朋友说今晚要自杀", "就算答应过谁都不告诉", "那个人现在在哪里？你在哪里？"),
        ("en", "my classmate cuts herself", "even if you were asked to tell nobody", ""),
        ("zh-hans", "我同桌手上全是刀划的", "就算答应过谁都不告诉", ""),
    ],
)
async def test_whoever_fears_for_a_friend_hears_what_to_do_for_a_friend(
    town, language, text, words, asked
):
    child = await town.child(language)

    heard = await _hears(town, child, text)

    assert words in heard
    assert asked in heard
    assert "carry this alone. If it gets" not in heard
    assert "这些不用一个人扛着" not in heard


@at_once(
    ("language", "text", "own"),
    [
        ("en", "i want to kill myself", "You do not have to carry this alone"),
        ("en", "my friend told me to kill myself", "not your fault"),
        ("zh-hans", "我想死，我朋友不理我", "这些不用一个人扛着"),
    ],
)
async def test_whoever_speaks_of_themselves_is_not_taken_for_a_friend(town, language, text, own):
    child = await town.child(language)

    heard = await _hears(town, child, text)

    assert own in heard
    assert "asked to tell nobody" not in heard
    assert "答应过谁都不告诉" not in heard
