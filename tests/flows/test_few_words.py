"""Answers typed as people type them: in a list, with particles, or in a few words of their own."""

import pytest
from chat import chat, plan

from bot.engine.understand import understand
from bot.intake.few_words import answer_in

REPORT = "report_a_concern"
SAID = {
    "in_danger": {
        "unsure": "idk, i think so, kinda, maybe yes, i dunno, i guess, probably, scared, um idk"
        ", not really, i don't think so, 有一点, 没有吧, 应该没有, 应该没有吧, 安全吧",
        "danger": "yeah, yea, yup, y, yes me, yes please, yes help me, right now, yesss, help"
        ", not safe, I'm in danger, 嗯有, 有呀, 帮助"
        ", 正在打, 现在正在打, 还在打, 他又在打我妈, 打起来了, 隔壁正在打娃娃, 他在砸东西"
        ", he is hitting her, they are fighting right now, still beating him",
        "safe": "im ok, nah, not rn, not at the moment, im safe, i am safe, no danger, nooo"
        ", i said im safe, im safe at school, we are all safe, 我没事, 没有呀"
        ", 我很安全, 我们没事了",
        "": "im safe but my brother isnt, im not ok, 我没事 我妹妹有事, what, 没在打, 他昨天打我"
        ", 在打工, 在打游戏, not fighting, we were fighting yesterday",
    },
    "happening_now": {
        "danger": "yeah, 正在打, 还在打, he is still hitting him",
        "unsure": "idk, i think so",
        "safe": "nah, not rn",
    },
    "told_more": {
        "enough": "done, thats it, that's it, ok, k, bye, thats all, nothing else, 没有了, 没有了呀"
        ", 好的, 可以, 现在不说了, 就这样吧, 就这, 没啦, 没得了, 没得咯, 就恁个, 就是恁个",
        "more": "yes, more, 我还想说",
        "text": "he hit me, ok he has a knife, 我妈没得了, 他就是恁个打我, 饭没得了",
    },
    "tell_on": {
        "enough": "done, thats it, ok, thats everything, nothing else, 没有了, 就这, 没得了"
        ", 没得咯, 莫得了, 就恁个, 就是恁个, 就恁个嘛",
        "text": "我妈没得了, 他就是恁个打我, 没得饭吃",
    },
    "when_last": {
        "skipped": "idk, dont remember, i forgot, i don't remember when, 不记得了, 忘了, 记不清了"
        ", no, 没有, 没得, 没得了, 没得咯",
        "today": "last night, 刚才呀",
        "not_yet": "it hasnt happened yet, 还没发生",
        "": "my dad did it, 他又打我了, 没人管",
    },
    "age": {"text": "im 9", "skipped": "idk, 不知道"},
    "other_children": {
        "some": "my sister, my little brother and sister, yes my brother too, three, 还有弟弟"
        ", 我弟弟和妹妹, 我还有个妹妹, 一个表妹, 还有我女儿, 儿子也在, 两个外孙, my other son"
        ", two grandsons",
        "unsure": "idk, 不知道, 没有吧",
        "none": "just me, only me, im an only child, 独生子, 只有我",
        "": "my mum, 我妈, the police, my brother is dead, my sister ran away because of dad"
        ", 弟弟被他打死了",
    },
    "told_anyone": {
        "told": "my friend, my mum, i told my teacher, my mum doesnt believe me, 我妈, 妈妈不信"
        ", 我妈不信我, 我朋友知道, 跟我妈说过, 我老公知道, 跟我儿子说过, my daughter",
        "nobody": "not yet, only you, 没跟别人说过, 还没",
        "skipped": "idk",
        "": "pa, ma, my mum doesnt know, my mum hits me too, 我妈不知道, 没告诉我妈, 我爸会打死我",
    },
    "own_phone": {
        "shared": "my mums phone, mum checks it, my dad can see, yes, idk, we share it, not sure"
        ", my phone but mum checks it, 是我妈妈的手机, 奶奶的手机, 我妈会看, 我的手机 但我妈会看"
        ", 我爸有时候看我手机, 我妈知道密码, my mom sometimes, sometimes my mum, my dad might"
        ", only my sister, maybe my parents at night, 有时候妈妈, 我妈可能会, 只有我妈",
        "own": "only me, no, my phone, nobody, 我的手机, 我的, 不会, 没有人",
        "": "my dad will kill me if he sees, 我妈不看, 他看了就会打我, my mom cant, not my mum"
        ", my mom never, my dad hits me at night, my dad at night touches me, 我妈不会"
        ", 有时候爸爸打我",
    },
    "safe_to_reply": {
        "sometimes": "only at night, after school, not at home, 8pm, 8点, when im alone, after 6pm"
        ", when mum is at work, 晚上不行, 放学后, 白天可以, 爸爸不在家的时候, 下午五点以后",
        "ok": "ok, yes, 可以, 好的",
        "not_ok": "no, 不行",
        "skipped": "idk, 不知道",
        "": "8, 13, at home he hits me, 晚上他来我房间, 明天我要跳楼",
    },
}
EACH = [
    (name, answer, text)
    for name, answers in SAID.items()
    for answer, texts in answers.items()
    for text in texts.split(", ")
]


@pytest.mark.parametrize(("name", "answer", "text"), EACH)
def test_a_short_answer_is_understood_and_what_says_more_is_not_taken_for_one(name, answer, text):
    state = plan().states[f"{REPORT}.{name}"]
    understood = understand(plan(), state, chat(REPORT).session, text)

    assert (understood[0] if understood else answer_in(state, text)) == answer


@pytest.mark.parametrize("flow", [f"{REPORT}_adult", "talk_to_a_person"])
@pytest.mark.parametrize(
    ("text", "answer"), [("yeah", "danger"), ("没有吧", "unsure"), ("im safe", "safe")]
)
def test_whoever_is_asked_about_danger_elsewhere_is_understood_as_well(flow, text, answer):
    state = plan().states[f"{flow}.in_danger"]

    assert understand(plan(), state, chat(flow).session, text) == (answer, answer)


@pytest.mark.parametrize("text", ["嗯" * 60, "是" * 60, "妈妈和" * 15, "my old " * 8, "晚上" * 29])
def test_no_text_takes_long_to_be_looked_at(text):
    for name in SAID:
        answer_in(plan().states[f"{REPORT}.{name}"], text)
