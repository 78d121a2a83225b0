"""What plainly asks not to be written to, and what only names a time or says that it is safe."""

import pytest

from bot.intake.safe_reply import refuses


@pytest.mark.parametrize(
    "text",
    [
        *("不要给我发消息", "别给我发消息", "不要发消息", "我妈会看到", "怕被爸爸看到，别发"),
        *("手机是我妈的，不要发", "不太安全", "不安全，爸爸会看手机", "no, dad reads my phone"),
        *("please don't write to me", "don't", "Not really", "no he checks my phone"),
    ],
)
def test_a_refusal_in_own_words_is_one(text):
    assert refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "别人看不到",
            "爸爸不会看到",
            "别在晚上发，白天可以",
            "放学后再发",
            "没人看我的手机",
            "不要紧",
        ),
        *("安全吗", "no problem", "nobody reads my phone", "don't write at night", "it is mine"),
        *("not when dad is home", "he will not see it", "什么意思"),
    ],
)
def test_anything_else_is_none(text):
    assert not refuses(text)
