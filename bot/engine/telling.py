"""What somebody has told already, so that they are not asked it as if nobody had read it."""

import re
from collections.abc import Sequence

from bot.domain.expression import expression
from bot.domain.ids import HOUR
from bot.domain.session import Session

_ABOUT = ".who_is_it_about"
_OTHERS = frozenset({"child", "own_child", "relative", "pupil", "neighbour", "other"})
OF_SELF = "of_self"
"""That harm to whoever writes was told."""

_HOLDS_FOR = HOUR
"""After so long somebody else may be holding the phone."""

_NOT_MORE = r"(?!\s+(?:(?:and|or|&|if)\b|when\b(?!\s+(?:s?he(?:'?s)?|they|i|i'?m|drunk|my)\b)))"
"""Behind "hits me": neither somebody else as well nor that it is only asked about."""

_HARM = (
    r"(?:打|骂|摸|踢|揍|捶|掐|抽|扇|逼|亲|欺负|强迫|威胁|吓|吼|羞辱|侮辱|嘲笑|孤立|绑|砸|勒索)(?:了|过|着)?我"
    r"(?![们的妈爸弟妹哥姐爷奶外叔舅姑姨表堂同家娃儿女孙朋侄班])"
    r"|我(?:真的|就|也|好|很|都|只)?(?:想死|不想活|活不下去|割腕|割了|自残|不敢回家|怕回家)"
    r"|我(?:才|今年)?(?:\d{1,2}岁? ?)?"
    r"(?:已经|又|昨天|昨晚|今天|真的|现在|都|快|好像?|可能|是不是){0,2}(?:离家出走|从家里?跑出来|划(?:了)?(?:手|自己)|怀孕|饿)"
    r"|(?:家里?|屋头)(?:现在)?(?:就|只有|只剩|只剩下)我(?:自己)?一个人|^我一个人在家|(?<![他她])自己(?:划|割)的|(?:脱|扒)(?:了|掉)?我的?(?:裤|衣|内裤)|我的?(?:大姨妈|例假|月经)"
    r"|\bmy\s+period\b|\bi(?:'?m|\s+am)\s+(?:all\s+|home\s+)?alone\b(?!\s+with\b)"
    r"|把我(?:嫁|卖)(?:了|掉|出去|人|给)"
    r"|(?:要|让|叫|逼)我(?:去)?(?:过年|今年|明年|下个?月|马上|快点)?(?:就|必须|赶紧)?(?:[他她]的?(?:房间|屋|宿舍|办公室)|嫁|结婚|订婚|发照片|脱|陪|打工|辍学)|(?:进|来|到)我的?(?:房间|屋|床)"
    r"|\bi(?:'?m|\s+am)?\s+(?:pregnant|starving|ran\s+away|haven'?t\s+eaten|work\s+in\s+an?)\b"
    r"|\bi(?:'?ve\s+been|\s+was|\s+got|\s+have\s+been|\s+am\s+being)\s+(?:raped|beaten|hit|assaulted|molested|abused)\b"
    r"|\b(?:hitting|beating|touching|kicking|hurting|bullying)\s+me\b"
    rf"{_NOT_MORE}"
    r"|\bcomes?\s+(?:in|into|to)\s+my\s+(?:room|bed)\b|\b(?:makes?|forces?)\s+me\s+(?:to\b|take|show"
    r"|work|sleep|marry|beg|drink|undress)"
    r"|\b(?:hits?|beats?|slaps?|kicks?|punch(?:es|ed)?|chokes?|hurts?|burn(?:s|ed|t)|touch(?:es|ed)|rape[sd]?"
    r"|bull(?:y|ies|ied)|locks?|whips?)\s+me\b"
    rf"{_NOT_MORE}"
    rf"|\b(?:screams?|shouts?|yells?)\s+at\s+me\b{_NOT_MORE}"
    r"|\bcalls?\s+me\s+(?:names|stupid|ugly|fat|a\s+\w+)\b"
    r"|\b(?:hits?|beats?|slaps?|kicks?|burn(?:s|ed|t)?)\s+my\s+(?:hands?|face|arms?|legs?|back|chest|bottom)\b"
    r"|\bi\s+(?:(?:just|really|also|want\s+to)\s+)*(?:die|cut\s+myself|hurt\s+myself|kill\s+myself"
    r"|(?:don'?t|do\s+not)\s+want\s+to\s+(?:live|be\s+here|go\s+home))\b"
)
_OF_SELF = expression(_HARM, re.IGNORECASE)
"""Harm to whoever writes."""

_OF_SELF_AT_ALL = expression(_HARM.replace(_NOT_MORE, ""), re.IGNORECASE)
"""Harm to whoever writes, whoever else is harmed and whenever it is."""

_ONLY_ASKS = expression(
    r"\s*(?:what|if|is|can|could|may|should|will|would|how)\b|\s*(?:如果|要是|万一|假如)",
    re.IGNORECASE,
)

_SUFFERED = expression(
    r"\s*我(?:又|也|都|今天|昨天|昨晚|刚才|刚|经常|老是|总是|天天)*(?:被|遭|让|给)"
    r"(?:人|他们?|她们?|同学们?|同桌|室友|舍友|男生|女生|高年级的?|班[上里]的?人?|全班|一群人|几个人)*"
    r"(?:打|骂|堵|围|欺负|欺侮|锁|关|抢|踢|扇|孤立|排挤|嘲笑|推|掐)"
)
"""What somebody says was done to them, first of all and by whomever: 我被同学欺负了."""

_AND_NO_MORE = (
    r"(?=$|[^一-鿿]|[了啊呀啦吧嘛哦头脸手脚腿背肚耳巴很好已还就骗不又在]|下[楼水去]|的?(?:头|脸|肚子|手|脚|腿|背)"
    r"|[两几三][次下年天]|一[次下巴顿个拳脚直]|天天|每天|经常)"
    r"(?!好?(?:朋友|闺|兄弟)|.*(?:也|还)(?:被)?(?:打|骂|欺负|踢)(?!(?:了|过|着)?我)|.*也(?:是|一样))"
)
"""Behind 打我: nobody else, as would be 打我崽, nor that others are hit, too."""

_BY_PUPILS = expression(
    r"\s*(?:我们?|班[上里]?的?|学校的?|我的|几个|一群|高年级的?|有个|有些|他们|那个|那些)*"
    r"(?:同学们?|同桌|室友|舍友|男生们?|女生们?)"
    r"(?:又|也|都|还|就|一直|今天|昨天|刚才|刚|经常|老是?|总是?|天天|每天|在)*"
    rf"(?:(?:打|骂|欺负|欺侮|踢|扇|推|堵|围|孤立|排挤|嘲笑|羞辱|侮辱)(?:了|过|着)?我{_AND_NO_MORE}"
    r"|(?:喊|叫|骂)我(?=[贱傻肥胖丑矮婊]|垃圾|野种|绰号|外号)|抢(?:了|走)?我的?(?=饭|钱|东西|手机|零食|书包))"
    r"|\s*(?:(?:some|two|three|all|the|a|an|older|of|my) )*"
    r"(?:classmates?|(?:boys?|girls?|kids?) (?:at|in|from) (?:my |the |our )?(?:school|class|dorm))"
    r" (?:(?:always|often|just|all|keep|keeps|even|today) )*"
    r"(?:hits?|hitting|beats?|beating|kicks?|kicking|bull(?:y|ies|ied|ying)|push(?:es|ed)?) me\b"
    rf"{_NOT_MORE}",
    re.IGNORECASE,
)
"""What pupils do to whoever writes: 同学天天打我."""

_PEOPLE_HAN = "[弟妹姐哥]|同学|(?<![男女])朋友|闺蜜|发小|孩|娃|邻居"
_PEOPLE = (
    r"sisters?|brothers?|friends?|classmates?|cousins?|child(?:ren)?|kids?|boys?|girls?|sons?"
    r"|daughters?"
)
_OTHER_PEOPLE = expression(rf"{_PEOPLE_HAN}|\b(?:{_PEOPLE})\b", re.IGNORECASE)
"""Somebody else who may be meant."""

_SAYS_OR_NOT = (
    r"电话|[说告]|没|从不|不(?!想活|敢)|\b(?:told|tells?|says?|said|never|nobody|not(?!\s+want)"
    r"|(?:is|was|did|does|wo|ca|could|has)n'?t)\b"
)
_OF_OTHERS = expression(rf"{_PEOPLE_HAN}|{_SAYS_OR_NOT}|\b(?:{_PEOPLE})\b", re.IGNORECASE)
"""Somebody else who may be meant, somebody's words, or that it is not so."""

_OWN_CHILDREN = expression(
    r"(?<!我是小)(?<!我是女)(?<!我是男)(?<!个小)(?<!个女)(?<!个男)孩|娃|儿子|女儿"
    r"|(?<!\ba )\b(?:child(?:ren)?|kids?|sons?|daughters?)\b",
    re.IGNORECASE,
)
_FRIENDS = expression(
    r"同学|(?<![男女])朋友|闺蜜|发小|邻居|\b(?:friends?|classmates?)\b", re.IGNORECASE
)
_PARENT_HAN = "(?:后|继|老|亲)?(?:爸|妈|爹|娘|父亲|母亲|爷爷|奶奶|外公|外婆)"
_PARENT = (
    r"(?:step ?)?(?:dad(?:dy)?|father|m[ou]m(?:m?y)?|mother|parents|grand(?:pa|ma|father|mother))"
)
_BY_A_PARENT = expression(
    rf"(?<![她他的爸妈爷奶后继老亲])(?<!同学)(?<!朋友)(?<!闺蜜)(?<!邻居){_PARENT_HAN}"
    rf"|(?<!s )(?<!her )(?<!his )\b{_PARENT}\b",
    re.IGNORECASE,
)
"""A parent as a child of theirs calls them, and not a friend's."""

_OF_US = expression(
    rf"(?<![她他的])(?<!同学){_PARENT_HAN}[^。，, 不没]{{0,4}}[打揍抽骂踢](?:了|过|着)?我们"
    rf"|\b(?:my|our) {_PARENT} (?:(?!never|not|\w+n'?t\b)\w+ ){{0,2}}"
    r"(?:hits?|beats?|kicks?|slaps?) us\b",
    re.IGNORECASE,
)
"""Harm to a child and its brothers and sisters."""

_NOT_SO = expression(
    rf"(?:没有?(?:怎么|再)?|从不|从来不|从没|不会|不再|不)$"
    rf"|(?:[她他]|同学|朋友|闺蜜|邻居)[^。，, ]{{0,4}}(?:说|讲|告诉我)[^。]{{0,6}}{_PARENT_HAN}"
    r"[^。]{0,6}$"
    r"|\b(?:never|not|nobody|no one|(?:did|does|do|is|was|has|wo)n'?t)(?: \w+)? $"
    rf"|\b(?:friend|classmate|neighbou?r)s? (?:says?|said|told)\b[^.!?]*$"
    rf"|\b(?:s?he|they) (?:says?|said|told)(?: me)?(?: that)?[:,]?"
    rf" (?:(?:my|her|his|the) )?{_PARENT}\b[^.!?]*$",
    re.IGNORECASE,
)
"""What stands before harm that is not done, or of which somebody else told."""


def what_was_told(session: Session) -> str:
    """Return ``of_self`` if harm to themselves was told, ``told`` if any, else ``nothing``.

    Only what was told in this conversation counts, and not long before the answer was written.
    Where it may have been of somebody else it is ``told``, and so it is where they said so. After
    the safe word nothing was.
    """
    texts = _told(session)
    if not texts:
        return "nothing"
    return OF_SELF if _are_of_self(texts) and not _is_about_another(session) else "told"


def tells_of_own_harm(session: Session) -> bool:
    """Whether harm to themselves was told, be it that of a brother as well.

    It is told by nobody who has a child, only asks, says that it is about another, or that it is
    not so; that they told it somebody, or what is said then, takes nothing away.
    """
    if _is_about_another(session):
        return False
    return any(map(_is_own_harm, _told(session)))


def _is_own_harm(text: str) -> bool:
    if _ONLY_ASKS.match(text) or _OWN_CHILDREN.search(text):
        return False
    if _FRIENDS.search(text) and not _BY_A_PARENT.search(text):
        return False
    harm = _OF_SELF_AT_ALL.finditer(text)
    is_own = any(not _NOT_SO.search(text[: each.start()]) for each in harm)
    return is_own or _OF_US.search(text) is not None


def _told(session: Session) -> Sequence[str]:
    """Return what was told in this conversation that holds a risk."""
    since = max(session.told_since, session.asked_at - session.late_by - _HOLDS_FOR)
    risky = {at for at in session.risky_at if at > since}
    return () if session.hides_case else [said.meant for said in session.said if said.at in risky]


def _is_about_another(session: Session) -> bool:
    return any(
        place.endswith(_ABOUT) and answer in _OTHERS for place, answer in session.answers.items()
    )


def _are_of_self(texts: Sequence[str]) -> bool:
    """Whether *texts* tell of harm to whoever writes; what names nobody besides may be anything.

    我想死 and then 我开玩笑的 is still about themselves.
    """
    others = [text for text in texts if not _is_of_self(text)]
    return len(others) < len(texts) and not any(map(_OTHER_PEOPLE.search, others))


def _is_of_self(text: str) -> bool:
    """Whether *text* tells of harm to whoever writes, and of nobody else's."""
    if suffered := _SUFFERED.match(text) or _BY_PUPILS.match(text):
        return not _OF_OTHERS.search(text[suffered.end() :])
    return bool(_OF_SELF.search(text)) and not _OF_OTHERS.search(text)
