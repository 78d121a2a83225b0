"""Who asks, as far as the words of a question show."""

import re

from bot.guidance.model import Voice
from bot.guidance.writer import OTHER, PARENT, says_who

_CHILD = r"(?:孩子|小孩|娃儿?|娃娃|崽崽?|儿子|女儿|闺女|姑娘|幺儿|孙子|孙女|外孙女?|宝宝|学生)"
_SPOUSE = r"(?:老公|老婆(?!婆)|丈夫|妻子|媳妇|爱人|前夫|前妻|儿媳|女婿)"
_CHINESE = (
    rf"(?:我|我们|我家|俺|咱)的?{_SPOUSE}|^(?:老公|老婆(?!婆))"
    rf"|(?:我|我们|咱|咱们|俺|我的|家里的?|我家的?|我家里的?|我屋头的?|自家|自己的?|班上的?|带|管|养){_CHILD}"
    rf"|^(?:如果|要是)?{_CHILD}"
    r"|^(?:我们?|俺)?(?:想|要|准备|打算|正在|在|和他|跟他|和她|跟她)*(?:离婚|起诉离婚|办离婚)(?!的?(?:爸|妈|父|母|家))"
    r"|(?:作为|当)(?:家长|父母|妈妈|爸爸|老师)|我是(?:家长|老师|妈妈|爸爸|奶奶|爷爷|外婆|外公|邻居)"
)
_ENGLISH = (
    r"\b(?:my|our)\s+(?:own\s+|little\s+|elder\s+|older\s+|younger\s+|eldest\s+|youngest\s+"
    r"|step\s?|grand|teenage\s+|\d+[- ]year[- ]old\s+|two\s+|three\s+)*"
    r"(?:son|daughter|child|children|kids?|toddler|grandson|granddaughter|grandchild|grandchildren"
    r"|niece|nephew|pupil)s?\b|\b(?:a|one) pupil\b"
    r"|\bi\s+(?:want\s+to|wanna|will|am\s+going\s+to|would\s+like\s+to)\s+divorce\b"
    r"|\bi\s+(?:want|am\s+getting|am\s+filing\s+for)\s+(?:a\s+|to\s+get\s+a\s+)?divorced?\b"
    r"|\bmy\s+(?:ex[- ]?)?(?:husband|wife)\b|\bmy\s+(?:son|daughter)[- ]in[- ]law\b"
    r"|\b(?:as|i am|i'm)\s+(?:a|the|his|her|their)\s+"
    r"(?:parent|mother|mum|mom|father|dad|teacher|grandmother|grandfather|carer|neighbour)\b"
)
_ADULT = re.compile(f"{_CHINESE}|{_ENGLISH}", re.IGNORECASE)


def asked_by(text: str) -> Voice:
    """Return whom an answer to *text* speaks to: a child, unless its words are an adult's."""
    is_adult = _ADULT.search(text) is not None or says_who(text) in {PARENT, OTHER}
    return Voice.ADULT if is_adult else Voice.CHILD
