"""When something happened last, as people tell it, and what tells more than a time."""

import pytest

from bot.intake.when import when

TOLD = {
    "today": (
        *("last night", "this morning", "just now", "20 minutes ago", "an hour ago", "a day ago"),
        *(
            "yesterday evening",
            "it was last night",
            "It was yesterday.",
            "昨天放学的时候",
            "昨晚吧",
        ),
        *("今天早上", "刚刚", "半小时前", "两个小时前", "昨天晚上他打的"),
    ),
    "days": (
        *("2 days ago", "3 days ago", "a few days ago", "last Tuesday", "on the weekend"),
        *("a week ago", "Tuesday", "the day before yesterday", "last saturday night"),
        *("三四天前", "星期三", "上个星期天", "前天晚上", "一周前", "3天前", "上周五", "这几天"),
    ),
    "longer": (
        *("two weeks ago", "a month ago", "10 days ago", "last year", "in the summer holidays"),
        *("when I was 8", "in 2019", "last summer", "半年前", "两个星期前", "半个月前", "三个月前"),
        *("去年夏天", "十几天前", "十五天前", "二十天前", "我三年级的时候", "暑假", "好几年前"),
    ),
    "now": (
        *("every night", "every weekend", "all the time", "since last year", "每天都这样"),
        *("天天晚上", "从去年开始的", "每个星期都打", "一直都这样"),
    ),
    "not_yet": (
        *("it hasnt happened yet", "It hasn't happened yet", "not yet", "next month"),
        *("tomorrow", "in two weeks", "还没发生", "下个月", "下个月办酒", "还没有呢"),
    ),
}


@pytest.mark.parametrize(("answer", "text"), [(a, t) for a, texts in TOLD.items() for t in texts])
def test_a_time_told_in_many_ways_is_one_of_the_answers(answer, text):
    assert when(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        *("my dad hit me yesterday with a belt", "he comes every night and touches me"),
        *("昨天我爸喝了酒拿棍子打我", "今天他又拿刀了", "前天他把我推下楼", "昨天我想死"),
        *("he hits me every day", "idk", "at home", "学校", "他又打我了", "是爸爸", "没有", "没"),
        *("my brother", "7", "when will you come", "not", "last", "", "tomorrow i will jump"),
        *("明天我要跳楼", "在" * 2000, "in the " * 500),
    ],
)
def test_what_tells_more_than_a_time_or_none_is_left_to_a_person(text):
    assert when(text) == ""
