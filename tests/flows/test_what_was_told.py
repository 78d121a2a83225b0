"""What was told already, as the flows ask for it."""

import pytest

from bot.domain.ids import HOUR, Instant
from bot.domain.session import Said, Session
from bot.domain.values import replace
from bot.engine.telling import tells_of_own_harm, what_was_told

NOW = Instant(100 * HOUR)


def session(*texts, is_risky=True):
    said = tuple(Said(at=Instant(NOW + n), state="", text=text) for n, text in enumerate(texts))
    risky = tuple(each.at for each in said) if is_risky else ()
    return Session(release="r", language="en", said=said, risky_at=risky, asked_at=NOW)


@pytest.mark.parametrize(
    "text",
    [
        *("my dad hits me", "he touches me at night, I hate it", "i dont want to live"),
        *("my aunt locks me in", "they bully me.", "I want to die", "she hurt me badly"),
        *("I do not want to live", "my aunt beats me every day", "我爸打我", "他摸了我"),
        *("我不想活了", "他们天天欺负我", "我不敢回家"),
        *("家里就我一个人 已经四天了", "我大姨妈推迟两个星期了"),
        *("mum and dad went away and im alone 4 days now", "my period is two weeks late"),
        "教练训练完叫我去他房间换衣服",
        *("她们在厕所脱我裤子拍视频 发到群里了", "我手上有好多印子 自己划的"),
        "家里收了彩礼 叫我过年嫁人",
        *("我被同学欺负了", "我被人堵在厕所", "我今天被她们打了"),
        *("he hits me when he is drunk", "my coach touches me when he does the massage"),
        *("宿舍头几个大的天天晚上捶我", "我16岁,家里要把我嫁了,彩礼都收了"),
        *("teacher hit my hand with a ruler", "我13 好像怀孕了 不敢跟妈妈讲"),
        "my mother burns me with a cigarette when im loud",
        *("my dad hits me when hes drunk", "my dad hits me when drunk"),
        *("my dad hits me when my mum is out", "she hits me when shes angry"),
        *(
            "my mum screams at me all day and calls me names",
            "they call me stupid every day",
        ),
        *("我爸收了人家彩礼八万 要我过年就嫁过去", "我妈天天吼我", "全班孤立我"),
        *("同学天天打我", "我们班男生总是欺负我，还抢我饭钱", "同学天天喊我贱人还抢我饭钱"),
        *("几个高年级的同学堵我", "舍友骂我", "我同桌抢我的钱"),
        *("my classmate hits me", "some boys at my school kick me every day"),
        *("同学打我，还骂我", "同桌踢我肚子", "同学又打了我一顿", "同学打我两次了", "男生推我下楼"),
    ],
)
def test_harm_to_themselves_is_known(text):
    assert what_was_told(session(text)) == "of_self"


@pytest.mark.parametrize(
    "text",
    [
        *("he hits me and my brother", "my uncle beats my sister", "she hit us", "i hit my son"),
        *("he never hits me but he beats my little sister with a belt", "they hit her"),
        *("my friend told me: my stepdad touches me at night", "it hurts me when dad hits her"),
        *("he beats my little brother with a belt and threatens me if I tell",),
        *("他打我妹妹", "我爸打我妈", "他打我们", "邻居打孩子", "他欺负我弟", "老师天天打我班同学"),
        *("我同学天天被他爸打，身上都是伤，老师可以打我电话", "打我最好的朋友", "欺负我闺蜜"),
        *("后爸从来没打过我，他天天拿皮带打我妹妹", "我妹说我不想活了", "他不打我，他饿我"),
        *("my sister is alone at home", "我同学大姨妈推迟两个星期了", "i am alone with my brother"),
        *("同学打我弟弟", "同学天天打我们班一个女生", "同学打我的好朋友", "同学打我，也打我弟"),
        *("同学们打我室友", "同学推我后面的女生", "同学打我前桌", "同学打我崽", "同学打我闺女"),
        *("同学打我和小明", "同学打我跟他", "同学打我，也打他", "同学打我，还欺负小明"),
        *("我同学说老师打我们班的人", "同学打我电话说他爸打他", "同学喊我去看他爸打他"),
        *("my classmate hits me and my sister", "boys hit me", "a boy in my class hits my sister"),
        *("我被同学打了，我弟也是", "我被他骂，他还打我妹妹"),
        *("he hits me when dad is out and my sister too", "他们要把我妹嫁了"),
        *("he hits me when my brother cries", "he hits me if he is drunk"),
        *(
            "she screams at me and my sister",
            "他们要我姐过年就嫁过去",
            "她吼我弟",
            "she calls my sister names",
        ),
    ],
)
def test_whoever_may_have_told_of_somebody_else_is_asked_who_needs_help(text):
    assert what_was_told(session(text)) == "told"


@pytest.mark.parametrize(
    "text",
    [
        *("my dad hits me", "my dad hits me if i cry", "he hits me and my sister"),
        *("he hits me when my brother cries", "我爸打我，也打我弟弟"),
        *("my dad hits me and says i deserve it", "my dad hits me and he didnt stop"),
        *(
            "爸爸打我 我告诉老师了",
            "我爸打我，没有人管",
            "爸爸说我不听话就打我",
            "爸爸打我 同学都知道",
        ),
        *("我爸打我，也打我同学", "my dad hits me in front of my friends", "my dad beats us"),
        *("爸爸打我们", "我是女孩子，爸爸打我", "i am a kid and my dad hits me"),
    ],
)
def test_own_harm_is_told_whoever_else_is_harmed_too(text):
    assert tells_of_own_harm(session(text))


@pytest.mark.parametrize(
    "text",
    [
        *("he never hits me but he beats my little sister", "what if he hits me", "he hits her"),
        *("my friend told me: my stepdad touches me at night", "he hits me and my son"),
        *("my dad never hits me", "爸爸没有打我", "他不会打我", "she says dad hits me at home"),
        *("她说爸爸打我", "我同学爸爸打我", "my friends dad hits me", "他打我们", "她爸打我们"),
        *("他打我妹妹", "我同学说他爸打他", "is it bad if he hits me", "他打我，也打孩子"),
    ],
)
def test_own_harm_is_not_told_where_it_is_of_others_alone_asked_or_of_whoever_has_a_child(text):
    assert not tells_of_own_harm(session(text))


def test_a_boyfriend_is_nobody_else_who_may_need_help():
    assert what_was_told(session("我大姨妈推迟两个星期了", "我跟男朋友有过一次")) == "of_self"
    assert what_was_told(session("我大姨妈推迟两个星期了", "我朋友有过一次")) == "told"


def test_harm_to_themselves_and_to_another_is_asked_about():
    assert what_was_told(session("my dad hits me", "he hits my sister too")) == "told"


def test_whoever_said_it_is_about_another_is_asked_anew():
    known = session("my dad hits me")
    told = replace(known, answers={"report_a_concern.who_is_it_about": "child"})
    assert what_was_told(told) == "told"


def test_what_holds_no_risk_tells_nothing():
    assert what_was_told(session("my friend hits me with a pillow", is_risky=False)) == "nothing"


@pytest.mark.parametrize(
    "change",
    [
        {"told_since": Instant(NOW + 1)},  # the conversation ended since, or it was not meant so
        {"asked_at": Instant(NOW + 2 * HOUR)},  # somebody else may be holding the phone
        {"is_quiet": True},  # they used the safe word
        {"has_left": True},
    ],
)
def test_what_was_told_before_counts_for_nothing(change):
    assert what_was_told(replace(session("my dad hits me"), **change)) == "nothing"
