"""What plainly asks not to be written to, and what only names a time or says that it is safe."""

import pytest

from bot.intake.safe_reply import refuses


@pytest.mark.parametrize(
    "text",
    [
        *("我妈会看到", "怕被爸爸看到，别发", "手机是我妈的，不要发", "不太安全"),
        *("不安全，爸爸会看手机", "不要给我发消息", "别给我发消息", "不要发消息"),
        *("会被看到", "我妈会翻我手机", "他会查我的微信", "家里人会看见的"),
        *("我爸妈天天看我的手机", "不方便", "手机不是我的", "手机是我爷爷奶奶的"),
        *("我怕他看到", "怕我妈发现", "不可以发", "他看得到", "我爸知道我的密码"),
        *("别回复", "不要再写了", "手机是我爸爸", "别发微信，他会看到"),
        *("no, dad reads my phone", "please don't write to me", "don't", "Not really"),
        *("no he checks my phone", "my mom can see my messages", "they read my texts"),
        *("no thank you", "he will see it", "my dad might read it", "it's not safe"),
        *("no, it's not safe", "please do not text", "don't call or text"),
        *("don't call me or text me", "my parents check my phone"),
        *("she goes through my phone", "dad will find out", "no please don't"),
        *("not at all", "never text me here", "he'd see it", "my stepdad has my phone"),
        *("dad looks at it", "my brother reads everything", "别回我", "不要回信"),
        *("don't send me anything", "别写给我", "不要发给我", "it is not fine to write here"),
        "it's not ok now",
        *("please don't write any more", "don't send any messages", "never write any more"),
        *("dont write the answer here", "don't text the house phone", "it's not ok, sorry"),
        *("its not ok at all", "no it's not ok thanks", "it's not ok for you to write"),
        *("stop texting me", "please stop writing to me", "ok stop sending me messages please"),
        *("no more messages please", "不要再找我了", "别打扰我", "不用发消息给我", "以后别找我啦"),
        *("别回啊", "不要回哦", "别回这个手机", "别回任何消息", "不方便说话", "不要回"),
    ],
)
def test_a_refusal_in_own_words_is_one(text):
    assert refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        *("no, it's fine", "no it is ok to write", "No, you can write"),
        *("No, you can write any time", "我不怕别人看", "不怕被看到", "我不怕他看到"),
        *("没事，我爸看我的手机也没关系", "My mom has my phone number"),
        *("my friend has my phone number too, call me", "no, write to me any time"),
        *("no, that is okay", "No, he is at work, write to me", "手机是我爸给我买的"),
        *("手机是我爸送我的", "会知道我在学校吗", "你们会知道我是谁吗"),
        *("会联系吗怎么知道你们回复了", "我会看到的", "我会看见", "会的 我会看到"),
        *("我会看手机", "会知道的", "I will see it", "I will read it"),
        *("yes I will read it", "yes, I will see it", "i will find it", "会发现吗"),
        *("ok i will read this", "会的，我会知道", "会的，我会看到", "可以，我会看到"),
        *("好，我会看见的", "嗯我会看到", "方便", "怕看不到消息", "我怕看漏了"),
        *("I might see it late", "ok don't call, text is fine"),
        *("please don't call me, but text", "please don't call, text me"),
        *(
            "i told him to stop texting me",
            "he should stop writing to me",
            "别找我妈",
            "别找我家里人",
        ),
        *("stop writing on my arm", "他叫别打扰我睡觉", "不用回我家", "no more messages from him"),
        *("不要打电话，发消息就好", "别打电话，发微信", "别打电话 写字", "不能打电话"),
        *("不敢打电话，发信息行", "别打电话，发消息就好", "I check my phone every day"),
        *("i read my messages", "I'm not safe here", "我不敢回家", "不能回家"),
        *("别联系我爸妈", "不要联系我家里人", "don't contact my parents"),
        *("please don't call my mom", "please don't write to my mom", "不要发给别人"),
        *("会给我发消息我会看到吗", "我看我手机", "不方便打电话，发消息"),
        *("没人看我的手机", "别人看不到", "爸爸不会看到", "别在晚上发，白天可以"),
        *("放学后再发", "不要紧", "安全吗", "no problem", "nobody reads my phone"),
        *("don't write at night", "it is mine", "not when dad is home"),
        *("he will not see it", "什么意思", "I don't write much", "no one will see it"),
        *("手机是我的", "手机是我妈给的", "我爸看了也没事", "他不能看到"),
        *("我妈从不翻我手机", "没翻我手机", "they don't read my phone"),
        *("my parents do not check my phone", "he would not see it"),
        *("he could not find out", "it isn't locked", "it is not okay what he did"),
        *("dont send the police please", "never contact my school", "不方便打电话"),
        *("please do not contact my school", "不要写我的名字", "别发给我爸", "别写信给我爸"),
        *(
            "不能回外婆家",
            "不敢回宿舍",
            "不要发消息给我妈",
            "不敢回我家",
            "it is not okay to hit children",
            "never contact his school",
            "不能回我家",
        ),
    ],
)
def test_anything_else_is_none(text):
    assert not refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "手机是" + "爸" * 5000 + "x",
        "会被" * 2000,
        "my dad " * 700,
        "no no " * 800 + "x",
        "请" * 5000,
    ],
)
def test_what_repeats_itself_for_5000_characters_is_read_at_once(text):
    assert not refuses(text)
