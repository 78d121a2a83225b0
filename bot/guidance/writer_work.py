"""Who writes, by the work of grown-ups near children that they say they do.

我是乡镇卫生院的医生 and 我是房东 say so; 我是医生的女儿 and 我是去看医生 do not.
"""

from collections.abc import Sequence

from bot.domain.expression import expression
from bot.guidance.writer_alone import serves

_NOT_A_CHILD = r"(?!被|今年|才|刚满|\d|[他她]?[爸妈])"
_GOES_ON = (
    rf"(?=$|我{_NOT_A_CHILD}|刚|今[天早晚]|昨|有一?[个名]|接诊|看[到见]|发现|怀疑"
    r"|想(?:问|请|举报|反映|告诉)|在(?:路|小区|门口|楼)|(?:我们?|这个|那个)?(?:租客|租户|房客|主人家|雇主))"
)
_NAME = r"[^我你他她它们说给被让不去看找怕恨喊叫把在当做]{0,6}?"
_AT = (
    rf"(?:{_NAME}(?:卫生院|医院|卫生室|诊所|服务站|急诊科?|儿科|骨科|门诊|妇产科|[县镇乡村区]|社区|街道|小区|楼"
    r"|学校|小学|中学|幼儿园|托管班?|小饭桌|培训班|辅导班|食堂|宿舍|跆拳道|武术|篮球|足球|游泳|舞蹈|钢琴|美术|书法|英语"
    r"|数学|语文|孩子|[他她]们?家?|这里|这家|这边)的?){0,3}"
)
_ROLES = (
    r"(?:值班|实习|家庭|全科|妇产科|儿科|骨科|急诊)?(?:医生|大夫|护士|护工|村医)|房东|保姆|月嫂|家政(?:阿姨|工)?|育儿嫂"
    r"|宿管(?:阿姨|老师|员)?|食堂(?:阿姨|师傅)|(?:托管班?|辅导班?|生活|补习|舞蹈|钢琴|美术)老师|教练|保安|物业"
    r"|妇联(?:主席|干部|主任)|工作人员|(?:网吧|超市|宾馆|旅馆|酒店)(?:老板娘?|前台|店员|服务员)|图书馆?管理员"
)
_OFFICES = (
    r"派出所|居委会|村委会?|妇联|民政局|民政所|街道办(?:事处)?|卫生院"
    r"|社区(?:服务中心|卫生服务站)?|残联|团委|司法所|法院|检察院"
)
_YOUNG = expression(
    r"(?:我|俺)?(?:今年|现在|刚满|刚|才|还|只有|虚岁|快)*(?:1[0-7]|十[一二三四五六七])岁?(?:了|多|不到)?"
)
_DONE_TO_ME = expression(
    r"(?:打|揍|踢|踹|捶|扇|抽|掐|骂|吼|摸|亲|抱|碰|咬|欺负|强奸|强暴|性侵|猥亵|威胁|关|绑|逼|骗|脱|扣)(?:了|过|着|到)?"
    r"(?:我|俺)(?!们?(?:的|家|班|弟|妹|孙|儿|女|孩|娃|爸|妈|老公|老婆|学生|这[里儿]?|电话|手机))"
    r"|(?:我|俺)(?:就|又|也|刚|刚才|今天|昨天|经常|天天)*[被挨]|不[让给准许](?:我|俺)"
)
"""What is done to whoever writes, who may be young and work there, or name whoever does it."""

_WORKS = expression(
    rf"^(?:你好|您好|请问)?(?:我|俺)(?:就)?是(?:一个|个|一名|名)?{_AT}(?:{_ROLES}){_GOES_ON}"
    rf"|^(?:你好|您好|请问)?(?:我|俺)(?:就)?是{_NAME}(?:{_OFFICES})的{_GOES_ON}"
    rf"|^(?:你好|您好|请问)?(?:我|俺)在{_NAME}(?:{_OFFICES}|医院|诊所)(?:上班|工作){_GOES_ON}"
    r"|^(?:你好|您好|请问)?(?:我|俺)(?:就)?(?:是)?(?:在[^我你他她说给被让不]{1,6})?开(?:了)?(?:一?[个家间])?"
    rf"(?:小饭桌|托管(?:班|所|中心)?|辅导班|培训班|补习班)的?{_GOES_ON}"
)
_RUNS = expression(
    r"^(?:hi |hello )?(?:i|we) (?:run|own|manage) (?:an?|the|our|my own) (?:\w+ ){0,2}"
    r"(?:boarding house|guest ?house|hostel|hotel|day ?care|nursery|kindergarten"
    r"|tutoring cent(?:re|er)|after school (?:club|program)"
    r"|shop|store|restaurant|clinic|internet cafe)\b"
)
_OF_THEMSELVES = expression(
    r"\b(?<!his )(?<!her )(?<!their )(?<!\ba )(?<!\bthe )(?:step ?)?"
    r"(?:dad|daddy|father|mum|mom|mam|mummy|mommy|mother|parents|uncle|aunt|auntie"
    r"|grand ?(?:pa|ma|dad|father|mother|parents)|granny)s?\b"
    r"|\b(?<!tell )(?<!told )(?<!help )(?<!asked )(?<!to )(?:me|us)\b"
)
"""What is told of one's own family, or done to whoever writes: a child may run a shop with it."""


def works(clauses: Sequence[str]) -> bool:
    """Whether plain *clauses* say that their writer does the work of a grown-up.

    Who is as young as a child, and looks after a household, is none. Of who is hurt there nobody
    knows how old they are; nor of who runs a shop and tells of their own family, or of themselves.
    """
    if any(map(_YOUNG.fullmatch, clauses)):
        return False
    if any(map(serves, clauses)):
        return True
    if any(map(_WORKS.search, clauses)):
        return not any(map(_DONE_TO_ME.search, clauses))
    return any(map(_RUNS.search, clauses)) and not any(map(_OF_THEMSELVES.search, clauses))
