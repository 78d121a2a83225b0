"""What is meant for us, and what language is wanted, is told from what tells of something."""

import pytest

from bot.intake.about_us import about_us
from bot.intake.speaking import language_named


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i want to make a complaint", "complaint"),
        ("i want to make a complaint about your social worker", "complaint"),
        ("我要投诉你们的社工", "complaint"),
        ("i lost my code", "about_your_report"),
        ("i had a code but i lost it", "about_your_report"),
        ("i wrote yesterday", "about_your_report"),
        ("i wrote 3 days ago nobody answered", "about_your_report"),
        ("i already told you", "about_your_report"),
        ("i told you yesterday he hit me", ""),
        ("口令忘了", "about_your_report"),
        ("怎么还没人联系我", "about_your_report"),
        ("我上次报过 现在怎么样了", "about_your_report"),
        ("thank you, that helps a lot", "thanks"),
        ("谢谢您，明白了", "thanks"),
        ("好的 谢谢", "thanks"),
        *(
            (text, "")
            for text in ("我要投诉老师", "nobody talks to me", "没人管我", "thanks to him")
        ),
        *(
            (text, "")
            for text in ("有人看我", "有人管我", "有人理我吗", "有没有人管我", "有人在看")
        ),
        *(
            (text, "about_your_report")
            for text in ("有人看吗", "有没有人看我写的", "有人看我的消息没有", "有人回我吗")
        ),
        *(
            (text, "")
            for text in ("谢谢 我爸又打我", "我上次说过他打我", "no one calls me by name")
        ),
    ],
)
def test_what_is_meant_for_us(text, kind):
    assert about_us(text) == kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "en") for text in ("english", "speak english", "English please", "用英文")),
        *((text, "en") for text in ("i dont speak chinese", "can you speak english?")),
        *((text, "zh_CN") for text in ("中文", "请说中文", "我看不懂英文", "chinese please")),
        *(
            (text, "")
            for text in ("my english teacher", "英语老师打我", "i am chinese", "language")
        ),
    ],
)
def test_a_language_that_is_asked_for(text, code):
    assert language_named(text) == code


@pytest.mark.parametrize(
    "text", ["嗯" * 5000, "谢谢" * 2500, "please " * 700, "请" * 5000, "ok " * 1600]
)
def test_what_repeats_itself_is_read_at_once(text):
    assert about_us(text) == ""
    assert language_named(text) == ""
