"""Questions in so few words that only what was spoken of before says what they are about.

要什么材料, 一个月好多, 犯法吗 and "how long does it take" ask about whatever it was.
"""

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.guidance.clauses import plain
from bot.guidance.question import is_question

_MOST_HAN, _MOST_WORDS = 8, 6
"""Of a question beyond which it says by itself what it is about."""

_HAN = expression(r"[㐀-鿿]")
_BEFORE = r"(?:那么?|请问|还有|就是|我?想问|可是|但是|然后|这个|现在|我们?| ){0,8}"
_BEHIND = r"(?:的|了|啊|呀|哦|呢| )*"
_WHOM = r"(?:谁|哪个|啥人|哪些人|哪个部门|什么部门)"
_WHERE = r"(?:哪里|哪点|哪儿|那点|哪个地方|什么地方|啥地方|哪个部门|什么部门)"
_DO = r"(?:办理?|补|问|申请|交|领|打|告|找|报名?|看|开|弄|整|说|写|算|查|证明|搞|联系|投诉|处理|去)"
_WHO = (
    "(?:他们?|她|对方|学校|老师|村里|村干部|村委会|爸爸|妈妈|家长|老板"
    "|平台|警察|公安|派出所|法院|你们?)"
)
_PAPERS = "材料|手续|条件|证件|证明|东西|资料|证据|要求"
_WHAT = rf"(?:需?要|该|得|用)*(?:带|准备|交|提供|办|写|有)?(?:些|哪些|什么|啥|哪样)+(?:{_PAPERS})"
_GOES = rf"(?:要|得|该|应该|可以|能)*(?:去|到|在|上)?{_WHERE}(?:去|可以|能|才能)*{_DO}{{0,2}}"
_LONG = (
    r"(?:要|需要|得|大概|一般|等|办)*(?:多久|好久|多长时间|好长时间|几天|几年|什么时候|哪时候|哪天)"
    r"(?:才|能|可以|会|办|好|下来|拿到|有结果|到账|还|退|给|来)*"
)
_MUCH = (
    r"(?:一个?月|一年|每个?月|每年|大概|一般|一共|要|该|得|能|可以|应该|最少|最多| )*"
    r"(?:给|交|补|领|拿|有|出|付|赔|罚|花|是)?(?:多少|好多|几多)(?:钱|块|元)?"
)
_OLD = r"(?:给|养|管|付|领|读|交|要|一直)*(?:到|满)?(?:几岁|好大|多大|哪年)(?:为止|可以|能)?"
_HOW = rf"(?:该|要|应该|可以)*(?:怎么|咋个?|啷个|如何|怎样)(?:去|才能|可以)*{_DO}{{1,2}}"
_ASKED_OF = (
    rf"(?:该|要|应该|可以|能|是|去)*(?:找|问|跟|归|由|告诉)?{_WHOM}"
    r"(?:管|办|负责|说|问|出钱|给|来)*"
)
_COSTS = r"(?:(?:要不要|收不收|用不用)(?:钱|费)|(?:要|收|花)(?:钱|费)(?:不|吗|嘛|么))"
_LAWFUL = (
    rf"(?:{_WHO})?(?:这样?|那样?)?(?:算|是)?(?:犯法|违法|合法|犯罪|算数|有用|犯不犯法|违不违法)"
    r"(?:吗|嘛|么|不)?"
)
_GIVEN = (
    r"(?:有没有|有)(?:钱|补助|补贴|帮助|办法|用|人管|人帮|条件|规定)(?:领|拿|吗|嘛|么|没有|不)*"
)
_REFUSED = (
    rf"{_WHO}?(?:就是|一直|还是|要是|如果|万一|都)*(?:不|没)(?:给|管|听|肯|同意|收|认|退|来|答应|还|理|帮|办)"
    rf"(?:我|他|她|办)*(?:咋办|怎么办|咋整|咋个办|呢|找{_WHOM})"
)
_PUNISHED = (
    r"(?:你们?|他们?|警察|公安)?(?:会不会|会|要不要|能不能)(?:被|要)?(?:抓|关|判|罚|坐牢|拘留)"
    r"(?:我们?|他|她|起来|进去|人)?(?:吗|嘛|么|不)?"
)
_LACKED = (
    "(?:没有?|没得)(?:本本|本子|证|材料|身份证|户口本|出生证|医保卡?|接种本)"
    "(?:怎么办|咋办|咋整|咋个办|呢)?"
)
_ALLOWED = (
    r"(?:还|那)?(?:可以|能|可不可以|能不能|会不会|会|要不要)(?:退|办|报|去|给|换|转|改|告|查|领|拿|申请|赔|要)?"
    r"(?:回来|回|掉|他|她|钱)?(?:不|吗|嘛|么)"
)
_TO_WHOM = (
    r"(?:要|要不要|是不是要|用不用|需不需要|需要|该不该|该)(?:先|得)?(?:去|报|找|送|告诉|跟)(?:一下)?"
    r"(?:派出所|公安局?|警察|村委会|村里|居委会|民政局?|医院|法院|学校|教育局|妇联)(?:说|讲|报)?(?:吗|嘛|么|不)?"
)
_AND = "[一-鿿0-9]{1,5}呢"
_ASKED = "|".join(
    (
        *(_WHAT, _GOES, _LONG, _MUCH, _OLD, _HOW, _ASKED_OF, _COSTS, _LAWFUL, _GIVEN, _REFUSED),
        *(_PUNISHED, _LACKED, _ALLOWED, _TO_WHOM, _AND),
    )
)
_WHAT_ABOUT = expression(rf"{_BEFORE}{_AND}")
_STATED = r"(?:已经|都|也|大概|一共)*好(?:久|长时间|多)了"
_LEFT_SHORT = expression(rf"(?!{_BEFORE}{_STATED}){_BEFORE}(?:{_ASKED}){_BEHIND}")
_I = "(?:i|we|they|he|she|it|this|that)"
_IT = "(?: (?:it|this|that|one|them))?"
_PAPERS_EN = "(?:papers?|documents?|forms?|proofs?|evidence|conditions)"
_NEED = (
    "(?:do|must|should) (?:i|we|they) (?:have to )?(?:need|bring|show)"
    "(?: to bring| for (?:it|this|that))*"
)
_COST = rf"(?:is|do|does|will|would|must|should|can) {_I}(?: (?:have to )?(?:cost|pay|get|be))?"
_APPLY = rf"(?:apply|register|ask|start|pay|prove|get (?:it|this|that|one))(?: for)?{_IT}"
_ASKED_EN = "|".join(
    (
        rf"(?:what|which)(?: {_PAPERS_EN})? {_NEED}",
        rf"(?:what|which) {_PAPERS_EN}(?: (?:is|are) needed)?|what(?:s| is) needed",
        rf"how much(?: money)?(?: {_COST})?(?: (?:a|per) (?:month|year))?",
        rf"how long(?: (?:do|does|will|would|must) {_I} (?:have to )?(?:take|wait|pay|be))?",
        rf"how old(?: (?:do|does|must|should) {_I} (?:have to )?be)?",
        r"where (?:do|should|must) (?:i|we) (?:have to )?go|where is (?:it|this|that)",
        rf"(?:where|when|how) (?:to|(?:do|can|should|must) (?:i|we)(?: have to)?) {_APPLY}",
        r"when does (?:it|this|that) (?:start|begin|open)|how does (?:it|this|that) work",
        rf"who (?:do|can|should|must) (?:i|we) (?:have to )?(?:ask|pay)(?: for)?{_IT}",
        rf"who (?:pays|decides)(?: for)?{_IT}|who must (?:pay|decide)(?: for)?{_IT}",
        r"is (?:it|this|that) (?:even |really )?(?:legal|illegal|allowed|against the law|a crime)",
    )
)
_LEFT_SHORT_EN = expression(rf"(?:(?:and|so|but|ok|then|also) )?(?:{_ASKED_EN})")
"""Nothing else in English: "how do i get away" asks for itself, whatever was spoken of before."""

_GETS_AWAY = expression(
    r"\b(?:get away|go away|run|leave|disappear|vanish|escape|hide|sleep|die|kill)\b"
    r"|(?:怎么|咋个?|怎样|如何)(?:才能?|可以|能)?(?:离开|离家|逃|跑|消失|躲|死)"
    r"|(?:睡|躲|逃|跑)(?:在|到|去)?哪|哪(?:里|儿|点)?(?:可以|能)?(?:睡|躲)"
)


@looks_once
def is_left_short(text: str) -> bool:
    """Whether *text* asks, and nothing in it can say what about: 要什么材料, "where do i go"."""
    said = plain(text)
    if _HAN.search(said):
        return _LEFT_SHORT.fullmatch(said) is not None
    return len(said.split()) <= _MOST_WORDS and _LEFT_SHORT_EN.fullmatch(said) is not None


@looks_once
def asks_what_about(text: str) -> bool:
    """Whether *text* only asks what is so with something else: 那她看我手机呢."""
    return _WHAT_ABOUT.fullmatch(plain(text)) is not None


@looks_once
def may_be_left_short(text: str) -> bool:
    """Whether *text* asks in few words, so that what was spoken of before may belong to it."""
    if is_left_short(text):
        return True
    said = plain(text)
    count = len(_HAN.findall(said))
    is_short = count <= _MOST_HAN if count else len(said.split()) <= _MOST_WORDS
    return is_short and is_question(text)


@looks_once
def asks_how_to_get_away(text: str) -> bool:
    """Whether *text* asks how to leave, or where to hide or sleep, whatever stood before it."""
    return _GETS_AWAY.search(plain(text)) is not None
