"""Who asks, as far as the words of a question show."""

from bot.domain.expression import expression
from bot.guidance.clauses import plain
from bot.guidance.model import Voice
from bot.guidance.writer import CHILD, says_who
from bot.guidance.years import ENGLISH_CHILD, ENGLISH_KIN, HAN_CHILD_OR_DOLL, HAN_KIN

_CHILD = (
    r"(?:孩子|小孩|娃儿|娃娃|娃|崽崽?|儿子|女儿|闺女|姑娘|幺儿|孙子|孙女|外孙女?|宝宝|学生"
    rf"|{HAN_KIN})"
)
_OWN = f"(?:我|我们|咱|咱们|俺|我的)(?!{HAN_CHILD_OR_DOLL}){_CHILD}"
_SPOUSE = r"(?:老公|老婆(?!婆)|丈夫|妻子|媳妇|爱人|前夫|前妻|儿媳|女婿)"
_CHINESE = (
    rf"(?:我|我们|我家|俺|咱)的?{_SPOUSE}|^(?:老公|老婆(?!婆))"
    rf"|{_OWN}|(?:家里的?|我家的?|我家里的?|我屋头的?|自家|自己的?|班上的?|带|管|养){_CHILD}"
    rf"|^(?:如果|要是)?{_CHILD}"
    r"|^(?:我们?|俺)?(?:想|要|准备|打算|正在|在|和他|跟他|和她|跟她)*(?:离婚|起诉离婚|办离婚)(?!的?(?:爸|妈|父|母|家))"
    r"|(?:作为|当)(?:家长|父母|妈妈|爸爸|老师)|我是(?:家长|老师|妈妈|爸爸|奶奶|爷爷|外婆|外公|邻居)"
)
_ENGLISH = (
    rf"\b(?:my|our) (?:{ENGLISH_CHILD}|{ENGLISH_KIN})"
    r"|\b(?:a|one) pupil\b"
    r"|\bi (?:want to|wanna|will|am going to|would like to) divorce\b"
    r"|\bi (?:want|am getting|am filing for) (?:a |to get a )?divorced?\b"
    r"|\bmy (?:ex )?(?:husband|wife)\b|\bmy (?:son|daughter) in law\b"
    r"|\bas (?:i am |im )?(?:a|the|his|her|their) "
    r"(?:parent|mother|mum|mom|father|dad|teacher|grandmother|grandfather|neighbour)\b"
)
_ADULT = expression(f"{_CHINESE}|{_ENGLISH}")


def asked_by(text: str) -> Voice:
    """Return whom an answer to *text* speaks to: a child, unless its words are an adult's.

    Whoever says that they are a child is answered as one, also if they speak of a husband.
    """
    who = says_who(text)
    is_adult = who != CHILD and (bool(who) or _ADULT.search(plain(text)) is not None)
    return Voice.ADULT if is_adult else Voice.CHILD
