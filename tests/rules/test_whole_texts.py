"""A comfort holds for the plainest whole text alone: whatever stands beside it is heard."""

import pytest
from running import the_rules

from bot.domain.level import Level
from bot.triage.signals import contexts_in, find_signals, level_of

RULES = the_rules()

AT_ONCE = [
    "coach is beating us at volleyball",
    "my coach is beating me at basketball",
    "coach is beating my friend at volleyball",
    "dad is beating my little brother at football",
    "help me dad is beating me at cards",
    "please come dad is beating me at football",
    "i bleed dad is beating me at chess",
    "i am scared my dad is beating me at cards",
    "mama is beating me at maths",
    "baba is beating me at maths",
    "teacher is beating me in maths",
    "stepdad keeps beating me at mahjong",
    "my husband is beating me at chess",
    "dad is beating me at this game",
    "dad is beating me badly at cards",
    "dad is beating me at cards now",
    "dad is beating me at chess in the kitchen",
    "dad broke my arm. dad will kill me if i am late again",
    "dad beat me with a belt. dad will kill me if i get home late",
    "last time he beat me till i bled dad will kill me if i am late",
    "im in hospital dad will kill me if im late again",
    "i want to run away dad will kill me if i am late",
    "我同学说她今晚要死 不准我跟别人说",
    "她说今晚要死 叫我不要告诉别人",
    "她说今晚要死 叫我不要告诉老师",
    "他说今晚要死 求你们快来",
    "她说今晚要死 把门锁了",
    "他说今天要死了 他妈知道他考50分",
    "儿子说明天要死了 他成绩不好",
    "爸爸打妈妈 视频被我录了 我躲在房间",
    "爸爸打妈妈 视频我录了 我躲在衣柜",
    "爸爸打妈妈的手机砸了 我躲在床底",
    "爸爸在打妈妈 电话也不让打 我躲在床底",
    "爸爸打妈妈，电话被抢了，我躲在厕所",
    "爸爸打妈妈 电话打不通 我躲在厕所",
    "爸爸打妈妈 手机被抢了 我躲在厕所",
    "爸爸把弟弟头按进水学游泳 昏了",
    "他们把我头按进水里洗 我昏了",
    "洗头把我的头按进水里昏了",
    "爸爸把我头按进水里练憋气 不醒",
    "爸爸把我头往后面绑 撞昏了",
    "同学把我头按进水里冲 昏过去了",
    "我抱她 她全身都软了",
    "游戏里他说今晚要死 我好怕",
    "我同学的心理医生说她今晚要死",
    "她说今晚要死了 我笑死 她就走了",
    "她说今晚要死。你们能帮忙吗",
    "我跟医生说她今晚要死",
    "我跟护士说我今晚要死",
    "同学跟医生说她今晚要死 不准我说",
]

SEEN = {
    "lies_on_me_en": [
        "he climbs onto me to do it every night",
        "uncle climbs on me for sex at night",
        "cousin got on me every night to do it to me",
        "brother gets on me at night because he likes it",
        "he climbs on me at night to play",
        "he climbs on me for fun in bed",
        "he climbs on me when mum is late",
        "he climbs on me when mom is mad",
        "my dad gets on me when mum is late at work",
        "my dad gets on me when mum is mad",
        "my uncle gets on me about every night",
    ],
    "limb_struck_en": [
        "my stepfather hit my leg",
        "grandfather burned my arm",
        "stepmother burned my hand",
        "grandmother hit my hand",
        "dad hit my hand with a tennis racket",
        "dad hit my hand in the door",
        "dad hit my hand with a football boot",
        "mum hit my face with the door on purpose",
        "he hit my face with the ball on purpose",
        "dad came in and hit my face",
        "my dad got drunk and hit my face",
    ],
    "self_harm_en_signs": [
        "my friend burned her own arm",
        "she burned her own arm",
        "he hit his own face",
        "i hit my face when i am sad",
        "i got drunk and hit my legs",
    ],
    "zh2_head_struck_bleeds": ["同学把我头按进水里冲 昏过去了"],
    "online_zh_deadline": [
        "他说还有一个小时要发给老师",
        "对方说还有半个小时就发给老师",
        "还有半个小时就要发给我同学",
        "还有半个小时就发给我老师",
        "他录了我。还有半个小时就发给我同学。我好怕",
    ],
    "online_zh_threat": ["叫我脱光 现在要我打3000", "我脱光了 然后又要我充", "裸聊 然后叫我打赏"],
    "sexual_zh_touch": ["他脱光了 然后又要我打飞机"],
}

LEFT = {
    "zh_hiding_from_blows": [
        "爸爸打妈妈的电话没人接，我躲在房间里",
        "爸爸打妈妈电话，我躲在房间里",
        "爸爸打妈妈手机，我躲在房间里",
    ],
    "violence_en_now": [
        "dad is beating me at chess",
        "my big brother is beating me at uno",
        "hi my mum is beating me at cards again",
        "dad is beating me at football lol",
        "brother is beating me at video games",
    ],
    "violence_now_en": ["my dad is beating me at chess", "my mum will kill me if i am late"],
    "suicide_soon": [
        "医生说她明天要死",
        "爷爷生病 医生说他今晚要死了",
        "医生说他今晚要死了 我好难过",
        "算命的说他今天要死",
        "她说今天要死了 我笑死",
        "游戏里他说今晚要死",
        "她说今晚要死磕数学",
    ],
    "gone_floppy": [
        "女朋友说她全身软了",
        "猫咪 他全身软绵绵的",
        "老公跑完马拉松他全身软了",
        "按摩完他全身软了",
    ],
    "online_zh_deadline": ["还有半个小时就发给老师", "还有一个小时要发给老师"],
    "online_zh_threat": ["爸爸叫我脱衣服 然后叫我打", "他脱光了 然后又要我打飞机"],
    "sexual_zh_touch": ["脱了外套打飞机大战"],
    "self_harm_en_signs": [
        "dad came in and hit my face",
        "my dad got drunk and hit my face",
        "she got angry and hit my legs",
    ],
    "limb_struck_en": ["he hit my face with the ball", "she hit my hand by accident lol"],
    "lies_on_me_en": [
        "my dad gets on me at night about my marks",
        "my mum gets on me every night because i dont do my homework",
    ],
}

LED_AWAY = [
    "有个男的没说要带我去哪里 就叫我上他的车",
    "有个叔叔也没说要带我去哪 拉我上了车",
    "有个女的没说要带我回家 就说让我住她家",
    "有个大叔没想带我去派出所 要带我回他家",
    "a guy says he will take me to guangdong",
    "a guy says he will take me to beijing",
    "a guy says he will take me to the mountains",
    "a guy says he will take me abroad",
    "a guy says he will take me to meet his boss",
    "a guy says he will take me for a ride",
    "a guy says he will take me to the club",
    "a guy says he will take me out of here",
    "a guy wants to take me to the cinema and then to his room",
    "a man says his taxi can take me",
    "a man says a bus will take me to the city where i can work",
    "a man says the train will take me to a job",
    "a woman wants to take me to the shops and then to her home",
    "a lady wants to take me to the store to buy sweets",
]

ON_AN_OUTING = ["a boy wants to take me fishing", "a lady wants to take me to the store"]

STRIKERS = (
    "dad daddy father papa baba mum mom mummy mommy mama mother stepdad stepmum stepmom stepfather "
    "stepmother stepbrother he she they teacher coach trainer tutor boss principal headmaster "
    "uncle aunt aunty auntie cousin brother sister bro sis grandpa grandma grandfather grandmother "
    "granddad granny grany parents husband wife boyfriend girlfriend bf gf friend friends boy boys "
    "girl girls kid kids classmate classmates man woman neighbor neighbour guardian nanny "
    "babysitter someone somebody"
)


def _each(of_rules):
    return [(rule, text) for rule, texts in of_rules.items() for text in texts]


def _seen(text):
    return {signal.rule for signal in find_signals(text, RULES)}


@pytest.mark.parametrize("text", AT_ONCE)
def test_what_cannot_wait_is_heard_beside_a_comfort(text):
    assert level_of(find_signals(text, RULES)) is Level.EMERGENCY


@pytest.mark.parametrize(("rule", "text"), _each(SEEN))
def test_harm_is_seen_beside_a_comfort(rule, text):
    assert rule in _seen(text)


@pytest.mark.parametrize(("rule", "text"), _each(LEFT))
def test_the_plainest_whole_texts_are_left(rule, text):
    assert rule not in _seen(text)


@pytest.mark.parametrize("text", LED_AWAY)
def test_whom_somebody_unknown_lures_is_led_away(text):
    assert "led_away" in contexts_in(text, RULES)


@pytest.mark.parametrize("text", ON_AN_OUTING)
def test_an_outing_that_is_all_leads_nobody_away(text):
    assert "led_away" not in contexts_in(text, RULES)


@pytest.mark.parametrize("striker", STRIKERS.split())
def test_a_blow_of_somebody_else_is_no_harm_done_to_oneself(striker):
    seen = _seen(f"{striker} hit my leg")

    assert "limb_struck_en" in seen
    assert not {"self_harm_en_signs", "self_harm_en"} & seen
