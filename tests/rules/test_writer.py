"""Who writes is taken from their own words only where these say so plainly."""

import pytest

from bot.guidance.asker import asked_by
from bot.guidance.clauses import opening
from bot.guidance.model import Voice
from bot.guidance.writer import (
    CHILD,
    OTHER,
    PARENT,
    corrects_who,
    only_says_who,
    says_who,
    says_who_they_are,
)
from bot.guidance.writer_age import only_says_age, own_age

PLAIN = {
    CHILD: (
        "i am 9",
        "im a kid",
        "I'm 13 and my uncle hurts me",
        "我是小孩",
        "我9岁",
        "我今年十一岁，爸爸打我",
        "我15岁，我老公打我",
        "我是三年级学生",
        "I am a girl of 12",
        "我今年9岁被爸爸打了",
        "我10岁女生",
        "我9岁了爸爸打我",
        "im 12 years old and scared",
        "im 12 my dad hits me",
        "I'm 11 in grade 5",
        "我爸天天骂我，我9岁",
        "我不敢跟妈妈说，我才9岁",
        "我12岁，就是很难过",
        "I want to tell you, I'm 11",
        "I'm a kid my dad hits me",
        "My dad said: shut up. I'm 12.",
        "my husband beats me, I am only a child",
        "我老公打我，我还是个孩子",
        "孩子判给她，我就是那个孩子",
        "我是送外卖的，我今年15",
        "我今年才9 爸爸打我",
    ),
    PARENT: (
        "我是那个娃儿的公",
        "我是这个孩子的外公",
        "我是他奶奶，娃娃说不想活了",
        "我是他奶奶娃娃说不想活了",
        "我是妈妈，孩子爸爸打孩子",
        "我老公打孩子",
        "我是学生家长",
        "我是他妈，我今年36",
        "我是孩子他爸",
        "I am 40, a father",
        "i'm her grandma",
        "my husband hits our son",
        "my son is beaten",
        "儿子七岁",
        "我10岁大的女儿在学校被欺负了",
        "我9岁的儿子不想上学",
        "my kids are sad",
        "I'm her carer",
        "I'm a foster carer",
        "I am her carer and her mum hits her",
        "I'm a foster carer and the boy's mum hits him",
        "我家娃娃不听话",
        "我娃娃五岁，被同学打了",
        "我五岁的娃娃不说话",
        "我老公打娃娃",
        "我老公打我和孩子",
        "我是他妈妈不要再发消息给他",
        "我是他亲爹",
        "this is his mother, he is lying",
        "this is the kid's dad. stop it",
        "its her mum leave us alone",
        "this is his father what do you want",
        "this is her dad he is fine",
        "this is his mum what did he say",
        "this is the kid's father and who is this",
        "this is her dad hes writing nonsense",
        "this is her mum with her phone",
        "this is her dad and he wont answer you",
        "this is her mum leave us alone",
        "its her mum stop writing",
        "its her dad here stop it",
        "it is his mother speaking",
        "我是他爸不许再发了",
        "我是他爸不是坏人",
        "我是他妈妈不要怕",
        "我是他爸不要管",
        "我是他爸不用管",
        "我是她爸不要信她",
        "我是她妈不知道你们是谁",
        "我是他妈妈不知道怎么办 他爸天天打他",
        "我是他奶奶不识字 他爸打他",
        "我是她妈妈不敢报警 她爸摸她",
        "我是他妈妈不在家 他爸打他",
        "我是他奶奶不认字",
        "this is her dad she made it up",
        "this is her mum, she's lying",
        "this is her dad she's making it all up",
        "this is her dad everything is fine",
        "this is her mum i have her phone",
        "its her father speaking who is this",
        "我家孙崽造孽得很 他老者天天拿棒棒打",
        "我是他奶 我说了他不听",
        "离婚了 孩子判给她 她不让我见孩子 半年了",
        "My 15 year old doesn't eat anymore and throws up",
        "My 6-year-old is afraid of the teacher",
        "our 3 year old bites",
        "my ex doesnt pay for our son",
        "我昨天打了儿子",
        "我今天又打了女儿",
        "她不让我见我的孩子",
        "我和老婆离婚了 她不让我见孩子",
        "她不让我看孩子 法院把孩子判给她了",
        "前夫不让我见孩子",
        "我们离婚了，他不让我见女儿",
        *("我要离婚，儿子今年十六岁，归谁", "我和老公离婚了，娃娃16岁"),
        *("我想离婚，孩子3岁，抚养权归谁", "我离婚了，孩子归我", "我不想离婚，孩子还小"),
        *("离婚了他爸两年没给抚养费", "离婚后孩子他爸不给钱", "我和老公离婚了 娃娃判给他"),
    ),
    OTHER: (
        "I am a teacher. A girl in my class, 8, has bruises",
        "我是老师，班上有个孩子",
        "我是隔壁邻居",
        "我是一名小学老师",
        "我是西江小学三年级的老师",
        "我是凯里小学老师我班有个孩子身上有伤",
        "我是送外卖的我刚刚看到一个小孩被绑着",
        *("I run a small boarding house, one of the pupils has bruises", "we run a day care"),
        "i run a clinic, a mother brought a boy with burns",
        *("i run a shop, a girl told me her dad hits her", "we own a hotel, can you help us"),
        *("我是乡镇卫生院医生，今天接诊一个男孩", "我是卫生院的护士", "我在卫生院上班"),
        *("我开了个小饭桌 有个一年级的女孩", "我是房东 租客天天打孩子", "我是村妇联主席"),
        *("我是宿管阿姨 学生家长打我电话", "我是护士 有个爸爸打我的小病人"),
        *("我是他们家保姆 主人家打孩子", "我是派出所的", "我是社区工作人员", "我是跆拳道教练"),
        "我是西江小学的老师 班上一个女孩手上有烫的印子",
        "我是雷山三中的初中老师",
        "你好我是大塘中心学校语文老师",
        "我是送外卖的 刚刚看到一个小孩被绑着",
        "我是快递员",
        *("我是村小老师，班上有个女生身上经常有伤", "我是特岗老师", "我是幼儿园园长", "我是幼师"),
        *("我班学生两周没来上学 家里说打工去了", "我班上有个女学生没来"),
        *("我开小卖部的，有个小孩老来我店里偷吃的", "我是在学校门口开文具店的"),
        "im a delivery driver, just now i saw a kid tied up",
        "I am a taxi driver",
        "i am a delivery driver for the post office i saw a child",
        "我是凯里小学五年级语文老师",
        "我是凯里小学三年级班主任 有个学生身上有伤",
        "我是大山小学的老师有个学生身上有伤",
        "I am her neighbour and I hear shouting",
        "I'm his football coach",
        "I'm her piano teacher",
        "I am a tutor",
        "I work as a nurse in a township hospital. We have a 12 year old girl here",
        "I work at the county hospital, a girl here has burns",
        "I'm a volunteer English teacher from abroad at a village school",
    ),
}
DOUBTFUL = (
    "我是奶奶带大的",
    "如果我是老师",
    "我不是老师",
    "我是爸爸打的",
    "我是他妈生的",
    "我是他妈的倒霉",
    "我是她娘家人",
    "我是他爸爸的朋友",
    "this is her dad who hits her",
    "this is her dad and he hits her",
    "its her dad he always beats her",
    "its her dad i saw him hit her",
    "this is her dad's phone",
    "我是他爸不要的孩子",
    "我是她妈不想要的",
    "我是他爸不要我",
    "我是他爸不要她了",
    "我是他爸不要我他打我",
    "我是他爸不管我",
    "我是他爸不养的",
    "this is her dad i have her name",
    "its her dad",
    "its her dad again",
    "its her dad too",
    "its her dad with a belt",
    "its her dad he takes pictures of her",
    "its his dad too he is violent",
    "its her dad who i am scared of",
    "its her dad here he hits her",
    "its her dad stop him please",
    "this is her dad he comes into her room",
    "this is her dad he made her bleed",
    "this is her dad he burned him",
    "this is her dad he starves her",
    "this is her dad who i am scared of",
    "this is her dad hes got a knife",
    "this is her dad and i am scared of him",
    "this is her dad and i saw him hit her",
    "我弟9岁",
    "我9岁的弟弟被打",
    "我九岁那年",
    "我们学生太累了",
    "你儿子打我",
    "妈妈打我",
    "作为老师，他打我",
    "i am afraid of the teacher",
    "im 10 minutes away",
    "I am 5 weeks pregnant",
    "i am not a teacher",
    "as the teacher hit me i cried",
    "my dad says im a useless kid",
    "i am the daughter of a teacher",
    "我6岁他就开始摸我",
    "我6岁，他就开始摸我",
    "我6岁我爸就打我",
    "我五岁爸爸就走了",
    "我才6岁他就开始摸我",
    "我13岁被人强奸过，现在30岁",
    "我13岁，被人强奸过，现在30岁",
    "我5岁表弟被打",
    "I am 8 out of 10 sad",
    "I am 7.5 km away",
    "I am 10 years older than him",
    "I am 6 when he starts",
    "my kid sister is being hit by my dad",
    "my kid brother is sad",
    *("my 15 year old brother hits me", "my 16 year old boyfriend hits me"),
    *("my 15 year old self was happy", "my 4 year old cousin is here"),
    "my 12 year old sister won't eat",
    *("my 17 year old is my boyfriend and he hits me", "my 14 year old is my little sister"),
    "my ex sent our child porn to his friends",
    *("my ex sends my pictures to our class", "my ex hit me", "my ex hit the kid next door"),
    *("i'm scared of his football coach", "I'm the football coach's daughter", "im with my tutor"),
    *("my mum works as a nurse", "my dad works in a hospital", "im in a hospital"),
    "i want to be a nurse",
    "the staff in my children's home hit me",
    "I'm a young carer",
    "I'm a carer for my mum",
    "My mum is ill and I am her carer",
    "I am her carer, my mum cannot walk",
    "I am his carer and I am in grade 6",
    "Dad is drunk again and I am their only carer",
    "I'm her carer and my teacher is angry when I am late",
    "我的娃娃不见了",
    "我娃娃坏了",
    "弟弟抢我的娃娃",
    "我的娃娃被妹妹撕了，妈妈还打我",
    "我老公打我",
    "老公打我",
    "my husband beats me",
    "My teacher always says, I am the teacher and you obey",
    'My teacher shouts "You obey! I am the teacher!"',
    "我爸说，我是家长",
    "老师吼我：“听着。我是老师。”",
    "I am a student nurse",
    "I am a child therapist",
    "I am a boy scout leader",
    "I am a neighbour kid",
    "我是她邻居家的姐姐",
    "my dad tells me, i am a kid",
    "my dad said stop and i am the parent",
    "I am 9 and a half hours away",
    "I am 15 years old when it began",
    "我老公说我是个孩子",
    "我是西江小学的",
    *("我今年3次没来学校", "我今年12月结婚", "我今年就15那天在家"),
    "我是西江小学老师的孩子",
    "我是西江小学的学生，老师打我",
    "我是被小学的老师打的",
    "我是送外卖的人打的",
    *("i run from the boarding house", "my dad runs a shop", "i run to a shop when he hits"),
    *("we run the shop and dad hits us", "we own a restaurant, my dad hits me in the kitchen"),
    *("i run the store while mum is out and a man touched me", "we own a shop. my uncle is bad"),
    *("我是医生的女儿", "我是房东打的", "我是保姆带大的", "我是保姆 今年15", "我是派出所送回来的"),
    *("我是酒店服务员 经理摸我", "我是保姆 雇主打我", "我是教练昨天打我", "我是护工 我被人打了"),
    *("我是那个篮球教练昨天摸我", "我是食堂阿姨刚才打了我", "我是超市店员 老板不让我走 还骂我"),
    *("我是教练摸的", "我是小饭桌的学生", "我在小饭桌吃饭 老板打我", "我是去看医生"),
    "她不让我见弟弟",
    "我是他奶茶店的",
    "我判给妈妈了，她不让我见爸爸",
    "她不让我见孩子",
    *("妈妈走了 她不让我看小孩", "她不让我接孩子电话", "后妈带孩子 她不让我见小孩"),
    *("他不让我看孩子的书 他打我", "离婚女儿判给他了 他天天打我"),
    "爸妈离婚了 她不让我见小孩",
    *("我是西江小学五年级老师说我笨", "我是凯里小学三年级老师有时候打我"),
    *("我是大塘小学体育老师想摸我", "我是中心小学六年级语文老师在办公室摸我"),
    *("我是跑腿的我被他们打", "我是跑腿的，我被他们打", "im a courier for my gang"),
    *("我是大塘小学体育老师班上的人打我", "我是他爷我被他打", "我是送外卖的我今年15"),
    "im a delivery drivers son",
    "im a courier for the gang",
    "我是中心小学六年级语文老师 他在办公室摸我",
    "我是大山小学五年级语文老师，老师打我",
    "我和老婆婆住 她不让我见孩子",
    *("我爸妈要离婚，抚养权归谁", "我想让爸妈离婚，孩子归谁", "我妈想离婚，孩子归谁"),
    *("我想爸妈离婚", "离婚了我妈不管我", "我离婚的爸爸打我", "我想离婚", "他爸天天打他"),
    *("我是村小老师打的", "我是村小老师的女儿", "我是支教老师教的", "我被村小老师打了"),
    *("我14岁嫁人了，我想离婚，他打我和孩子", "我十六岁就嫁给他，我要离婚，孩子还小"),
    *("我还没满18，我想离婚，孩子归谁", "我想离婚，孩子还小，是家里逼我嫁的"),
    *("我班有个男学生亲我", "我班男学生脱我裤子", "我班的学生拿刀吓我", "我班学生都不跟我玩"),
    *("我班有个男学生很坏，他摸我", "我班有个学生死了，我好怕", "我班学生踹我们"),
    *("我班学生打我", "我班学生都笑我", "我班学生老师打", "我班男学生摸我", "我是园长打的"),
    *(
        "我爸开小卖部的",
        "我家开超市的",
        "我开小卖部的爸爸打我",
        "我在网吧",
        "我在店里打工 老板打我",
    ),
    "爸妈离婚了 她不让我看小孩",
    "我是老师的" + "很" * 500,
)


@pytest.mark.parametrize(("who", "text"), [(w, t) for w, texts in PLAIN.items() for t in texts])
def test_it_is_taken_where_it_is_plain(who, text):
    assert says_who(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("i am grandma. grandchild not eat, only phone", PARENT),
        ("im grandma of two", PARENT),
        ("we are grandparents raising 2 kids", PARENT),
        ("its his teacher", ""),
        ("im mum and dads only kid", ""),
    ],
)
def test_a_grown_up_of_the_family_may_say_it_in_few_words(text, who):
    assert says_who(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [("my son doesnt eat anything", ""), ("我儿子不肯去上学", ""), ("his mother", PARENT)],
)
def test_whose_child_it_is_tells_more_than_who_writes(text, who):
    assert says_who_they_are(text) == who


@pytest.mark.parametrize("text", DOUBTFUL)
def test_it_is_not_taken_where_it_is_not(text):
    assert not says_who(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("老师", OTHER),
        ("mum of two", PARENT),
        ("七岁", CHILD),
        ("nine years old", CHILD),
        ("老师打我", ""),
        ("mum hits me", ""),
        ("why", ""),
        ("孩子妈妈", PARENT),
        ("another adult", OTHER),
        ("its his teacher", OTHER),
    ],
)
def test_a_word_says_it_only_where_it_was_asked(text, who):
    assert says_who(text, is_asked=True) == who
    assert not says_who(text)


@pytest.mark.parametrize("blank", [" ", "\t", " \n", "\u3000"])
def test_a_run_of_blanks_counts_as_one(blank):
    text = f"hi{blank * 20_000}i am 12"

    assert len(opening(text)) == len("hi i am 12")
    assert says_who(text) == CHILD


def test_no_more_than_the_beginning_is_read():
    assert len(opening("so " * 10_000)) < 410
    assert says_who("so " * 100 + "I am 12") == CHILD
    assert not says_who("so " * 200 + "I am 12")


@pytest.mark.parametrize("cut", ["I am 12", "I am a kid", "I am the teacher's pet"])
def test_what_is_cut_in_two_says_nothing(cut):
    assert not any(says_who("." * (400 - kept) + cut) for kept in range(2, len(cut)))


def test_a_word_alone_may_be_long():
    assert not says_who(f"mum of {'a' * 380} b c d e", is_asked=True)


def test_nothing_but_who_it_is():
    assert only_says_who("I am an adult.") == OTHER
    assert only_says_who("我是小孩") == CHILD
    assert not only_says_who("我是奶奶，孩子被打")


def test_ones_own_age_is_taken_only_if_it_is_said_once():
    assert (own_age("我十三岁"), own_age("I am 13"), own_age("im twelve")) == (13, 13, 12)
    assert (own_age("家里要我嫁人 我16 不想嫁"), own_age("我13"), own_age("我14了")) == (16, 13, 14)
    assert [own_age(text) for text in ("我12点睡", "我5", "我37", "他16", "我9次", "我16那年")] == [
        0
    ] * 6
    assert own_age("我9岁。我13岁") == 0
    assert own_age("my brother is 9") == 0


@pytest.mark.parametrize("text", ["我想离婚，孩子归谁", "I want a divorce, who gets the kids"])
def test_whoever_wants_a_divorce_is_an_adult(text):
    assert asked_by(text) is Voice.ADULT


@pytest.mark.parametrize(
    "text",
    [
        "我15岁，我老公打我",
        "my husband beats me, i am a child",
        "my kid sister is hit by my dad",
        "My teacher says, I am the teacher",
        "My mum is ill and I am her carer",
        "弟弟抢我的娃娃",
        "我的娃娃被妹妹撕了，妈妈还打我",
        *("my foster mum hits me", "my foster kid brother hits me", "my foster sister is sad"),
        *("我养母打我", "我是领养的 养父打我", "我继父摸我", "我是养女 他们打我"),
    ],
)
def test_a_child_is_answered_as_one(text):
    assert asked_by(text) is Voice.CHILD


@pytest.mark.parametrize(
    "text",
    [
        *(
            "我老公打我",
            "my husband beats me",
            "我侄女被打",
            "my niece is hit",
            "我家娃娃不听话怎么办",
        ),
        *("我养女7岁 她说爷爷摸她", "我继子天天不上学", "我领养的女儿说有人摸她"),
        *("my foster daughter says her granddad touched her", "my adopted son was hit at school"),
    ],
)
def test_whose_words_are_an_adults_is_answered_as_one(text):
    assert asked_by(text) is Voice.ADULT


@pytest.mark.parametrize("text", ["爸妈想离婚，我跟谁", "my parents want a divorce, where do I go"])
def test_whose_parents_want_one_is_a_child(text):
    assert asked_by(text) is Voice.CHILD


@pytest.mark.parametrize(
    "text",
    [
        *("我10岁", "im 12", "9岁", "10 years old", "我今年十一岁了"),
        *("我上初二", "读三年级", "im in grade 8", "8th grade"),
    ],
)
def test_nothing_but_an_age(text):
    assert only_says_age(text)


@pytest.mark.parametrize(
    "text", ["我10岁，他打我", "im 12 and sad", "", "10", "how old must I be", "不想上初二"]
)
def test_more_than_an_age(text):
    assert not only_says_age(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("点错了 我是大人", OTHER),
        ("我不是小孩 我是家长", PARENT),
        ("我不是家长我是小孩", CHILD),
        ("no im the teacher", OTHER),
        ("wrong, I'm an adult", OTHER),
        ("sorry I am not a child, I am his mother", PARENT),
        ("oops wrong button, im a kid", CHILD),
    ],
)
def test_whoever_was_taken_for_somebody_else_says_who_they_are(text, who):
    assert corrects_who(text) == who


@pytest.mark.parametrize(
    "text",
    [
        *("im a kid", "I am not a child", "no im a girl he hit", "sorry i am a bad child"),
        *("我不是小孩", "我不是孩子的爸爸，他打我", "不是我是他打的", "点错了", ""),
    ],
)
def test_what_tells_more_corrects_nothing(text):
    assert corrects_who(text) == ""


@pytest.mark.parametrize("text", ["no " * 1600, "点错" * 2500, "对不起 " * 1200])
def test_a_correction_that_repeats_itself_is_read_at_once(text):
    assert corrects_who(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "老奶奶一个人带我，她没钱，我三天没吃饭了",
        "i volunteer at school and my stepdad hits me with a belt",
        "im teaching my little brother because mom is drunk",
    ],
)
def test_a_child_is_not_taken_for_an_adult_by_what_others_or_it_do(text):
    assert says_who(text) not in {PARENT, OTHER}
