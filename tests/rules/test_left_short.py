"""A question in few words is known, and what says by itself what it is about is not one."""

import pytest

from bot.guidance.left_short import is_left_short, may_be_left_short


@pytest.mark.parametrize(
    "text",
    [
        *("要什么材料", "需要带哪些证件", "在哪里办", "要到哪点补", "要好久", "多久能办好"),
        *("一个月该给多少", "一个月好多", "给到几岁", "怎么申请", "那该找谁", "找哪个管", "要钱不"),
        *("犯法吗", "他这样算违法吗", "有没有补助", "他不给咋整", "学校不收怎么办", "你们会抓我吗"),
        *(
            "会不会坐牢",
            "可以退不",
            "能要回来吗",
            "没有本本",
            "本本丢了呢",
            "请问去哪里申请",
            "what documents do i need",
        ),
        *("where do i go", "how long does it take", "and how much", "is that legal", "who pays"),
        *("多久了", "好久能办好"),
    ],
)
def test_a_question_that_leaves_out_what_it_is_about_is_known(text):
    assert is_left_short(text)


@pytest.mark.parametrize(
    "text",
    [
        *("离婚了他不给抚养费怎么办", "娃娃没得户口读书咋个办", "他几天没吃饭了", "没有爸爸"),
        *("不知道怎么说", "他不给我吃饭", "他要抓我", "我爸打我犯法吗", "没有", "在学校"),
        *("好久了", "好久了啊", "我好多了", "现在好多了", "how do i disappear"),
        *(
            "how do i get away",
            "where can i sleep",
            "where can we go now",
            "who can i tell",
            "how can i die",
        ),
        *("how do i get my child into school", "how can i help a friend", "what he did was bad"),
    ],
)
def test_what_says_what_it_is_about_or_asks_nothing_is_not_left_short(text):
    assert not is_left_short(text)


def test_a_short_question_may_lean_on_what_was_said_before():
    assert may_be_left_short("单身可以吗")
    assert not may_be_left_short("单身的人可以收养一个小女孩吗")
    assert not may_be_left_short("我是妈妈")
