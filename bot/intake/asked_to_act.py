"""What somebody who told of harm asks whether they may do themselves, answered in one line.

Whether to take pictures of what shows it, to hit back, or to give something to eat to a child that
goes hungry. Each is answered only where what was told is of that kind: pictures of a body that
somebody else asks for are no proof, and whoever lies unconscious is given nothing to eat.
"""

import re

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain
from bot.intake.case_shown import shows_case_amid_telling
from bot.intake.talk import Talk

_PHOTO, _HIT_BACK, _FOOD = "may_photograph", "may_hit_back", "may_give_food"
_ADULT = "_adult"

_BLOWS = frozenset({"physical_abuse", "domestic_violence", "bullying"})
_HURT = _BLOWS | {"sexual_abuse"}
_HUNGER = frozenset({"neglect"})
_SHOWN_BY_PICTURES = _BLOWS | _HUNGER | {"emotional_abuse", "sexual_abuse"}
_WANTED_PICTURES = frozenset({"online_sexual", "sextortion"})
_LIES_ILL = frozenset({"medical_emergency", "suicide", "self_harm", "substance"})

_OUGHT_ZH = (
    "要不要|该不该|应不应该|能不能|可不可以|可以不可以|用不用|需不需要|是不是要|是不是该|是不是可以"
)
_MAY_ZH = "要|该|可以|能|需要|应该|准|用"
_ASKS_ZH = "[吗嘛么不没]|行不行|可不可以|可以吗|可以不|行吗|行不|好不好|好吗|对吗|对不对|要得不"
_BEGINS_ZH = r"(?:那么?|请问|现在|先|还|我们?|到底|这样|也|就|以后|下次|直接|自己)*"
_HOW_ZH = r"(?:先|也|还|再|去|把|给|帮|用手机|用电话|拿手机|偷偷|悄悄|一下|直接|自己|赶紧|快|就)*"
_WISH_ZH = r"(?:真的?|好|很|特别|有点|都|只|一直)*(?:想|想要|要|打算)"

_SHOWS_ZH = (
    r"(?:(?:她|他|我|孩子|娃娃?|弟弟|妹妹|身上|脸上|手上|腿上|背上|这些|那些|的)*(?:伤口?|伤痕|印子?|淤青|疤)"
    r"|它们?|(?:他|她)们?|这些?|那些?|证据)"
)
_TAKES_ZH = (
    rf"(?:{_SHOWS_ZH})?(?:拍(?:个|张|点|些|几张|下|一下)*(?:照片?|相片?|视频|录像|图)?|照(?:个|张|几张)?(?:相|照片?)"
    rf"|录(?:个|段|点)?(?:音|像|视频|影)?)(?:下来|起来|留着?|存着?|给你们?看|给社工看)*(?:{_SHOWS_ZH})?"
    r"(?:做证据|作证据|当证据|留证据)?"
)
_HITS_ZH = (
    r"(?:(?:打|揍|踢|扇)(?:他|她|它)们?(?:一顿|几下|一下|一巴掌|回去|回来)?|打回去|还手|还回去"
    r"|(?:把)?(?:他|她)们?(?:打|揍)(?:一顿|回去)|反击)"
)
_FEEDS_ZH = (
    r"(?:(?:拿|给|送|带|煮|买|喂|分)(?:一?点|些)?(?:他|她|它|孩子|娃娃?|小孩|弟弟|妹妹|那个娃|人家)?们?"
    r"(?:拿|送|带|煮|买|做|弄|端)?(?:一?点|些|口|碗|顿)*(?:吃的?|喝的?|饭菜?|东西吃?|水喝?|东西|面|牛奶|面包|馒头|零食)+(?:过去|去|给(?:他|她)们?)?"
    r"|(?:喊|叫|让|请)(?:他|她|孩子|娃娃?|小孩)们?(?:来|到)?(?:我|我们|家|屋头?|里|来)*(?:吃饭?|吃点|吃东西))"
)

_MAY_EN = (
    r"(?:should|shall|can|could|may|must|do|am|is it (?:ok|okay|fine|alright|all right)(?: if)?)"
    r"(?: (?:i|we|to|have|need|better|allowed|just|also|still|even|secretly|maybe|go|and|for me))*"
)
_BEFORE_EN = r"(?:(?:and|but|so|then|ok|or|please|maybe|well) )*"
_BEHIND_EN = r"(?: (?:too|now|then|first|please|as well|for (?:you|the police|proof|evidence)))*"
_THEM_EN = r"(?:him|her|them)"
_SHOWS_EN = (
    r"(?: (?:of|from) (?:it|this|that|these|them|him|her|me|us|everything|what (?:he|she) did"
    r"|(?:the|my|his|her|their|our) (?:\w+ ){0,2}?(?:bruises?|marks?|wounds?|cuts?|burns?"
    r"|injur(?:y|ies)|scars?|arms?|legs?|back|face|body)))?"
)
_PICTURES_EN = r"(?:photos?|photographs?|pictures?|pics?|videos?|recordings?|screenshots?)"

_PATTERNS = {
    _PHOTO: expression(
        rf"{_BEGINS_ZH}(?:{_SHOWS_ZH})?(?:{_OUGHT_ZH}){_HOW_ZH}{_TAKES_ZH}[呢啊呀]*"
        rf"|{_BEGINS_ZH}(?:{_SHOWS_ZH})?(?:{_MAY_ZH}){_HOW_ZH}{_TAKES_ZH}(?:{_ASKS_ZH})"
        rf"|{_BEGINS_ZH}{_HOW_ZH}{_TAKES_ZH}(?:{_OUGHT_ZH}|{_ASKS_ZH})"
        rf"|{_BEFORE_EN}{_MAY_EN} (?:take|make|keep|get)"
        rf" (?:(?:some|a|any|the|more|my|few|these|those) )*{_PICTURES_EN}{_SHOWS_EN}{_BEHIND_EN}"
        rf"|{_BEFORE_EN}{_MAY_EN} (?:record|film|photograph|video)"
        rf" (?:it|him|her|them|this|that|everything|the (?:bruises?|marks?|wounds?)){_BEHIND_EN}",
        re.IGNORECASE,
    ),
    _HIT_BACK: expression(
        rf"{_BEGINS_ZH}(?:{_OUGHT_ZH}){_HOW_ZH}{_HITS_ZH}[呢啊呀]*"
        rf"|{_BEGINS_ZH}(?:{_MAY_ZH}){_HOW_ZH}{_HITS_ZH}(?:{_ASKS_ZH})"
        rf"|{_BEGINS_ZH}(?:{_WISH_ZH})?{_HOW_ZH}{_HITS_ZH} ?(?:{_OUGHT_ZH}|{_ASKS_ZH})"
        rf"|{_BEFORE_EN}{_MAY_EN} (?:(?:hit|beat|punch|slap|kick|fight) {_THEM_EN}(?: up| back)?"
        rf"|(?:hit|fight|punch|kick) back){_BEHIND_EN}",
        re.IGNORECASE,
    ),
    _FOOD: expression(
        rf"{_BEGINS_ZH}(?:{_OUGHT_ZH}){_HOW_ZH}{_FEEDS_ZH}[呢啊呀]*"
        rf"|{_BEGINS_ZH}(?:{_MAY_ZH}){_HOW_ZH}{_FEEDS_ZH}(?:的)?(?:{_ASKS_ZH})"
        rf"|{_BEGINS_ZH}{_HOW_ZH}{_FEEDS_ZH} ?(?:{_OUGHT_ZH}|{_ASKS_ZH})"
        rf"|{_BEFORE_EN}{_MAY_EN} (?:(?:give|bring|get|buy|cook|offer|make)"
        rf" (?:(?:{_THEM_EN}|the (?:kid|child|boy|girl|children|kids|baby)) )?"
        r"(?:(?:some|a|any|more|something|warm|hot|bit|of|little) ?)*"
        r"(?:food|meals?|bread|rice|milk|lunch|dinner|snacks?|water|to (?:eat|drink))"
        rf"(?: to (?:{_THEM_EN}|the (?:kid|child|boy|girl|children|kids)))?"
        rf"|feed (?:{_THEM_EN}|the (?:kid|child|boy|girl|children|kids))){_BEHIND_EN}",
        re.IGNORECASE,
    ),
}


@looks_once
def asked_to_act(text: str) -> str:
    """Return which of these *text* asks, and nothing else; ``""`` if none."""
    said = plain(text)
    return next((kind for kind, words in _PATTERNS.items() if words.fullmatch(said)), "")


def answer_to_act(talk: Talk, text: str) -> str:
    """Return the state of ``always`` that answers *text* as the talk stands; ``""`` if none does.

    Whether a grown-up may hit is no question of hitting back, whatever was told.
    """
    kind = asked_to_act(text)
    if not kind or not shows_case_amid_telling(talk):
        return ""
    seen, adult = frozenset(talk.session.seen), is_adult(talk.session.answers)
    if kind == _PHOTO:
        return kind if seen & _SHOWN_BY_PICTURES and not seen & _WANTED_PICTURES else ""
    if kind == _HIT_BACK:
        return kind if seen & _HURT and not adult else ""
    if not seen & _HUNGER or seen & _LIES_ILL:
        return ""
    return f"{kind}{_ADULT}" if adult else kind
