"""What a rule names is seen in its nearest words, and the nearest harmless ones are left."""

import pytest
from running import the_rules

from bot.triage.signals import contexts_in, find_signals

RULES = the_rules()

SEEN = {
    "gone_floppy_en": [
        "my baby is floppy dad is asleep",
        "she went limp and dad is laughing",
        "baby is all floppy dad wont stop laughing",
        "the baby is floppy she sleeps all the time since he shook her",
        "my sister is floppy she sleeps all the time since she fell",
        "my brother went limp and they laughed",
        "the baby went limp in his sleep",
        "he is limp and im running to you",
        "my brother is floppy since gym he hit his head",
        "he went limp when i tickled him and he wont wake up",
        "my sister went limp after gym",
        "the baby is floppy because she is asleep",
        "my brother is limp after practice he hit his head",
        "she went limp while we were laughing",
        "my baby went limp when dad was asleep",
        "he went limp after running and his lips are blue",
        "my sister is floppy when dad is asleep",
        "he is limp because he fell",
        "he went limp after he took pills",
    ],
    "gone_floppy": [
        "妹妹软绵绵地靠着我 好烫",
        "孩子感冒了全身发软",
        "他全身软绵绵的",
        "他突然软了，没反应",
        "他软了 脸色发白",
        "她突然全身软了",
        "他全身发软喊不醒",
        "她整个人软趴趴的",
        "孩子发烧以后全身软绵绵的",
        "女儿吐了，浑身发软",
        "弟弟软趴趴地躺在沙发上，好烫",
        "弟弟软绵绵地躺着，喊不醒",
        "妹妹软趴趴地趴着，发烧了",
        "妈妈打完他他软了",
        "孩子软绵绵的不吃东西",
        "孩子软了不说话",
        "孩子软了怎么办",
        "妈妈摇了他，他软了",
        "他软了倒在地上",
        "宝宝软绵绵地躺着不吃奶",
        "妹妹软绵绵地靠着我，怎么办",
        "他软了，身上好烫",
    ],
    "pregnancy": [
        "我告诉妈妈月经推迟两个月了",
        "我跟妈妈说月经推迟两个月了",
        "妈妈，我月经推迟两个月了",
        "我不敢问妈妈月经推迟两个月了怎么办",
        "我女儿月经推迟两个月了",
        "请问我月经推迟两个月怎么办",
        "我老婆才15岁，月经推迟两个月",
        "你好我月经推迟一个月",
    ],
    "lies_on_me_en": [
        "my brother gets on me every night",
        "my stepdad climbs on me when mum is asleep",
        "he got onto me and i couldnt move",
        "my uncle gets on me and his hand is in my pants",
        "my uncle climbs on me, his hands everywhere",
        "he gets on me with his hand over my mouth",
        "my cousin gets on me at night in my bed",
        "my dad gets on me every night and it hurts",
        "my uncle gets on me to undress me",
        "my dad gets on me every night. mum knows about it",
        "he gets on me puts hand down my pants",
        "he gets on me to touch me, his hand is under my shirt",
    ],
    "dies_with_child_en": [
        "let me jump with my son",
        "just let me jump with my baby",
        "nobody helps. let me jump with my daughter",
        "i will jump with my baby",
    ],
    "zh2_head_struck_bleeds": [
        "揪我头发往墙上一甩 流血了",
        "抓我头发往墙，我晕了",
        "爸爸把我的头撞墙，跟去年一样又流血了",
        "爸爸把我的头撞墙，比去年还狠，流血了",
        "他把我的头按到水里，我晕了",
        "他揪着我头发往上一提往墙上撞，流血了",
        "他抓我头发往后拖，我头上流血了",
        "他抓着我头发往下按，流血了",
        "爸爸拿我的头撞墙，和以前一样流血",
        "他扯着我头发往地上摔，流血了",
        "他抓我头发往墙上，流血了",
    ],
    "head_struck_bleeds_en": [
        "dad slammed my head into the pool edge and im bleeding",
        "my dad hit my head on the wall and i cannot stop bleeding",
        "he slammed my head into the door and i wasnt moving, blood came",
        "he slammed my head on the floor and it didnt stop bleeding",
        "he banged her head on the floor and there is blood",
        "dad smashed my head on the wall i wasnt bleeding but i passed out",
        "he pushed my head on the wall and it never stops bleeding",
    ],
}

LEFT = {
    "gone_floppy_en": [
        "he goes limp when i tickle him",
        "she is so limp after training",
        "he is limp because he fell asleep",
        "my sister is so floppy after gym",
        "my brother is floppy from laughing so hard",
        "she is all floppy after running",
        "my brother is all limp because he is asleep",
        "my kid goes limp when she is asleep",
        "the baby goes all limp when i tickle her",
        "her hat is floppy",
        "the dog has floppy ears",
        "my son is so limp after football practice",
        "he is floppy when he is sleeping",
        "my baby brother has a floppy hat",
        "my daughter is limp after pe",
    ],
    "gone_floppy": [
        "他软了不说话",
        "跑完步她全身发软不吃东西",
        "弟弟软趴趴地躺在沙发上不吃饭",
        "蛋糕给她软了不吃",
        "面包给他软了不吃",
        "孩子突然软了语气",
        "爸爸骂完他软了不说话",
        "男朋友那里他软了怎么办",
        "弟弟软趴趴地躺倒在沙发上看电视",
        "我家猫他全身软绵绵的",
        "抱着弟弟他全身软绵绵的好舒服",
        "打完球他全身发软",
        "女儿突然软了声音说对不起",
        "他软了抽烟去了",
        "饼干给孩子软了不吃",
        "面条给孩子软了怎么办",
        "他看到她全身发软",
        "毛衣给他穿全身软绵绵的",
        "弟弟软趴趴地趴在桌上不说话",
        "她软了态度不说话",
        "跑完步她浑身软绵绵的",
        "练完舞他全身软趴趴的",
    ],
    "pregnancy": [
        "你好我老婆月经推迟半个月",
        "我的老婆月经推迟半个月",
        "我家老婆月经推迟半个月",
        "请问我妈妈月经推迟两个月怎么办",
        "我妈妈的月经推迟两个月了",
        "医生，我妈月经推迟两个月怎么办",
        "您好，我媳妇月经推迟二十天",
    ],
    "lies_on_me_en": [
        "my teacher gets on me about my handwriting",
        "my teacher gets on me to wash my hands",
        "my dad gets on me. my hand hurts",
        "my dad gets on me every night about homework",
        "my coach gets on me every night to stretch",
        "my dad gets on me when mum is late",
        "my dad gets on me for my handiwork",
        "my father gets on me and hands me a mop",
        "my dad gets on me about beds. i am asleep by ten",
        "my mum gets on me about bed. his hand is cold",
    ],
    "dies_with_child_en": [
        "let me jump with my son on the trampoline",
        "they wont let me jump with my son",
        "will they let me jump with my son",
        "let me jump with my baby brother",
        "i want to jump with my son",
        "let me jump with my kids in the pool",
        "the park doesnt let me jump with my daughter",
    ],
    "zh2_head_struck_bleeds": [
        "妈妈给我洗头把我的头按在水里晕",
        "教练把我的头按到水里学憋气，头晕",
        "妈妈抓着我的头发往上扎，摔了一跤流血了",
        "奶奶揪着我的头发往两边梳，梳得我出血",
        "爸爸把我头撞到墙上去年流血缝了针",
        "妈妈把我的头发往上盘，太晕了",
        "老师把我的头按到水里练憋气，我晕",
        "妈妈抓我头发往后扎马尾，我摔了一跤流血",
    ],
    "head_struck_bleeds_en": [
        "mom pushed my head in the pool i wasnt bleeding",
        "dad hit my head on the car door, it didnt bleed",
        "my brother pushed my head into the sofa there wasnt any blood",
        "mom pushed my head in the pool and i never bled",
        "he slammed my head into the pillow without blood",
        "she hit my head on the shelf but its not bleeding",
    ],
}

LED_AWAY = [
    "a man says he will take me to my mum",
    "a stranger said he would take me to my parents",
    "a man says he can take me to my dads house",
    "a woman says she will take me to my mum",
    "a lady wants to take me to her house",
    "a guy wants to take me to a hotel",
    "a boy i dont know wants to take me to his room",
    "a man wants to take me to the movies",
    "a driver says he can take me to the city",
    "a woman says she will take me to a job in guangdong",
    "a lady offers to take me home",
    "a man says he will take me to the market",
    "a guy wants to take me with him",
    "有个男的没穿衣服，叫我上他的车",
    "有个男的没说什么就拉我上车",
    "有个人没说是谁，要带我走",
    "一个人没说话就拉我上车",
    "有个叔叔说要带我走",
    "有个女的没告诉我名字，说带我去住",
    "有个叔叔没喝酒，说要送我回家",
    "一个人说要接我",
    "a woman wants to take me to the city",
    "a lady says she can take me to guangdong",
    "a woman wants to take me across the border",
    "a lady i dont know wants to take me",
    "a guy wants to take me somewhere",
    "a boy i dont know wants to take me to the river",
    "a man offers to take me to the shop",
]

ON_AN_OUTING = [
    "a boy asks me if he can take me to the movies",
    "a guy asked to take me to the dance",
    "a boy wants to take me to the cinema",
    "a woman offered to take me to the shop",
    "a lady told me that the train will take me to beijing",
    "a man told me that the bus will take me to kaili",
    "a lady says she will take me to the shelter",
    "a man says he will take me to my school",
    "a boy wants to take me to the park",
    "a guy wants to take me to prom",
    "a girl says a boy will take me to the party",
    "a woman says she will take me to the police",
    "a lady said she can take me to the hospital",
    "a man shouts at me",
    "my uncle says he will take me home",
    "a man said the train can take me home",
    "一个人也没想接我",
    "一个人也没要接我",
    "有个叔叔没说要带我走",
    "一个人都没说来接我",
    "有个男的没要带我走",
    "有个阿姨没想送我回家",
    "那个人没说要我跟他走",
    "一个人也没说带我走",
    "a woman says she can take me to the bus stop",
    "a lady wants to take me to the childrens home",
    "a woman says she will take me to a teacher",
]


def _each(of_rules):
    return [(rule, text) for rule, texts in of_rules.items() for text in texts]


def _sees(rule, text):
    return rule in {signal.rule for signal in find_signals(text, RULES)}


@pytest.mark.parametrize(("rule", "text"), _each(SEEN))
def test_what_a_rule_names_is_seen(rule, text):
    assert _sees(rule, text)


@pytest.mark.parametrize(("rule", "text"), _each(LEFT))
def test_what_only_sounds_alike_is_left(rule, text):
    assert not _sees(rule, text)


@pytest.mark.parametrize("text", LED_AWAY)
def test_whom_somebody_unknown_wants_to_take_along_is_led_away(text):
    assert "led_away" in contexts_in(text, RULES)


@pytest.mark.parametrize("text", ON_AN_OUTING)
def test_an_outing_and_whoever_does_not_ask_lead_nobody_away(text):
    assert "led_away" not in contexts_in(text, RULES)
