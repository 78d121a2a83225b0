"""Harm that was typed in pinyin is taken as the same told in characters."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of, said

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
WHO_NEEDS_HELP, MORE, A_PAGE = "谁需要帮助", "再多说一点", "下面有一篇可以看"


@at_once("told", ["wo ba da wo", "baba da wo", "wo ba tian tian da wo"])
async def test_whoever_told_of_themselves_is_not_asked_who_needs_help(town, told):
    child = town.contact(ZH)

    heard = await to_the_last(town, child, told, "小孩", "没有")

    assert MORE in heard
    assert WHO_NEEDS_HELP not in heard
    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert told in said(case)


@at_once("written", ["bu hui", "buhui", "ke neng", "bu zhi dao"])
async def test_whether_somebody_reads_along_may_be_answered_in_it(town, written):
    steps = ("wo ba da wo", "1", "mei you", "jiu zhe xie", "zuo tian", "jia li", "11")
    child = town.contact(ZH)
    await to_the_last(town, child, *steps)

    assert "给你发消息" in await to_the_last(town, child, written)


@pytest.mark.parametrize("told", ["wo ba da wo mei mei", "ta da wo men ban tong xue"])
async def test_harm_that_may_be_somebody_elses_is_still_asked_about(town, told):
    heard = await to_the_last(town, town.contact(ZH), told, "小孩", "没有")

    assert WHO_NEEDS_HELP in heard


async def test_what_can_be_read_about_it_is_offered(town):
    child = town.contact(ZH)

    heard = await to_the_last(town, child, "baba da wo", "小孩")

    assert A_PAGE in heard
    assert "家里有人打我" in "".join(child.chat.screen[-1].labels)


async def test_the_father_whom_a_child_named_in_pinyin_hears_nothing_of_it(town):
    child = town.contact(ZH)
    await to_the_last(town, child, "baba da wo", "小孩")

    heard = await to_the_last(town, child, "我是他爸，孩子没事")

    assert "打" not in heard.replace("打 110", "").replace("打 120", "").replace("打 12356", "")
    assert (await town.case_of(child)).may_be_taken


async def test_english_words_are_read_as_they_stand(town):
    child = town.contact("en")

    heard = await to_the_last(town, child, "my dad hits me", "child", "no")

    assert "Who needs help" not in heard
