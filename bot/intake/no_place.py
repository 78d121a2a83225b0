"""What no help can be sent to, where somebody in danger was asked where they are.

A bare yes or no is no place; a room, a roof, "at home", an age or who writes is kept, but does
not say which.

The words of an emergency ask for the place and whether they are safe there, in one breath; 没有
answers the second. The place is asked for once more, in a few words, and never a third time;
whoever says that they are not safe, or cries for help again, hears first what to do.
"""

from bot.domain.event import Asked
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.session import Session
from bot.engine.plain import plain, without_particles
from bot.engine.reply import Reply, Words
from bot.engine.turn import take_turn
from bot.engine.walk import Turn
from bot.guidance.writer import CHILD, only_says_who, says_who_asked
from bot.guidance.writer_age import only_says_age
from bot.intake.enough import says_all
from bot.intake.kin_words import KIN_EN, KIN_ZH
from bot.intake.place import ASKED_WHERE, place_of, with_place
from bot.intake.talk import Talk
from bot.intake.typed_sounds import in_characters
from bot.intake.waited_for import asks_why_nobody

HELP_CALLED = "always.help_called.say"
"""What is said by turns to whoever cries for help over and over, so that each says something."""

_LONGEST_WHO = 8
"""Characters with which somebody says that they are a child, and no place besides."""

_WHICH_PLACE = "always.which_place.say"
UNSAFE_WORDS = "always.which_place_unsafe.say"
"""What asks for the place once more, behind what to do."""

_UNSAFE = frozenset(
    {
        *("not safe", "im not safe", "i am not safe", "unsafe", "no im not", "no i am not"),
        *("its not safe", "it is not safe", "danger", "in danger", "im in danger", "dangerous"),
        *("不安全", "我不安全", "很危险", "危险", "没有安全", "不太安全", "我不太安全"),
        *("这里不安全", "有危险", "我有危险", "很不安全", "好危险"),
    }
)
_CRIES = frozenset(
    {
        *("救救我", "救命", "救我", "快救我", "快来", "快来救我", "快来人", "来人"),
        *("帮帮我", "帮我", "救救我吧", "求求你", "求求你们", "求你", "求你们"),
        *("求求你们救救我", "求求你们帮帮我"),
        *("please help me", "help me", "help me please", "please help", "help please", "please"),
        *("pls help", "pls help me", "plz help", "plz help me", "help me now", "save me", "sos"),
        *("help help", "somebody help", "someone help me", "please save me", "come quick", "hurry"),
    }
)
"""What cries for help once more, where they were asked where they are."""

_ANSWERS = frozenset(
    {
        *("yes right now", "yes now", "right now", "now", "danger now", "yes danger now"),
        *(
            "现在",
            "现在有",
            "现在就有",
            "有 现在就有",
            "有 现在",
            "是 现在",
            "是的 现在",
            "现在有危险",
        ),
        *("yes", "yeah", "yep", "yea", "yup", "no", "nope", "nah", "ok", "okay", "yes please"),
        *("有", "没有", "没", "没得", "是", "是的", "不是", "不", "嗯", "对", "对的", "好", "好的"),
    }
)
_BARE = _UNSAFE | _CRIES | _ANSWERS
_SPOT_EN = (
    r"(?:(?:bed|bath|living |class)?room|toilet|kitchen|closet|wardrobe|cupboard|bed|attic|basement"
    r"|house|home|flat|apartment|balcony|garden|yard|school|dorm|car|roof ?top|roof|bridge|river"
    r"|street|road|stairs|staircase|table|desk|sofa|couch|curtains?|door|shed|cellar|blankets?)"
)
_COVER_EN = r"(?:sofa|couch|curtains?|doors?|bed|wardrobe|closet|cupboard|shed|stairs)"
_THE_EN = r"(?:(?:my|the|our|a|his|her) )?(?:own )?"
_WITH_EN = rf"(?:with|and) (?:me|my \w+ {KIN_EN}|{KIN_EN})"
_WHO_EN = rf"(?:i am|im|i|we are|were|s?he is|s?hes|they are|{_WITH_EN}|me|{KIN_EN})"
_SPOT_ZH = (
    r"(?:家里?|家头|屋头|屋里|房间|卧室|寝室|宿舍|厕所|卫生间|洗手间|柜子|衣柜|床底下?|床下|床上|被子|被窝|阳台"
    r"|厨房|客厅|楼上|楼下|门外|门口|外面|学校|教室|楼顶上?|天台上?|桥上|河边|江边|车上|车里|路上|街上"
    r"|楼梯(?:间|下面?|底下?|口)|桌子?(?:下面?|底下?)|沙发后面?|窗帘后面?|门后面?|柜子后面?|猪圈|牛圈|柴房)"
)
_VAGUE = expression(
    rf"(?:(?:{_WHO_EN}|still|just|now|alone|safe|locked|hiding|hid|stuck|sitting|standing|here) )*+"
    rf"(?:(?:(?:at|in|inside|under|on) {_THE_EN})?{_SPOT_EN}|behind {_THE_EN}{_COVER_EN})"
    rf"(?: (?:now|right now|alone|door|{_WITH_EN}))*+"
    rf"|(?:我们?|他们?|她们?)?(?:[和跟]{KIN_ZH})*(?:现在|还|都|就|一个人|自己|正|偷偷|反锁|一起)*"
    rf"(?:躲|藏|关|锁|待|呆|坐|站|睡|跑)?(?:在|到|进)?(?:我们?|自己|他|她)?的?{_SPOT_ZH}(?:里面?|头|上|呢|的)*"
)
"""Where they are, without a name by which anybody could find it.

What was taken is not given back: "baby" names a child and may stand before one, so trying every
way to part a row of them would have no end.
"""

_AT_AN_EDGE = expression(
    r"楼顶|天台|阳台|门外|外面|桥|河|江|路|街|车|\b(?:roof|balcony|bridge|river|street|road|car)"
)
"""Where somebody may be who wants to die, or is not safe from cars or from the cold."""

_HAS_DRUNK_ZH = (
    r"(?:今天|今晚|现在|又|都|已经|刚|一直|在|还)*(?:喝(?:了酒|酒了?|醉了?|多了|了)|酒醉了|醉了)"
)
_OF_PEOPLE = expression(
    rf"(?:(?:its|it is|theres|there is) )?(?:just|only) (?:me|us|{KIN_EN})(?: and {KIN_EN}){{0,2}}"
    rf"|(?:s?he|they|{KIN_EN})(?:s| is| are| has| have)?(?: been)? (?:drunk|drinking|drank)"
    r"(?: (?:again|now|a lot|too much|alcohol))*"
    rf"|(?:就|只有|只|家里)+我(?:一个人|们两个|们俩)?(?:[和跟]{KIN_ZH})?(?:两个|俩)?"
    rf"|(?:他们?|她们?|{KIN_ZH}){_HAS_DRUNK_ZH}"
    rf"|(?:(?:its|it is|only|just|with) )*(?:me|us|i|{KIN_EN})(?: and (?:me|i|{KIN_EN})){{1,3}}"
    r"(?: (?:are|is|together|here|alone|hiding|scared|now)){0,3}"
    rf"|(?:s?he|they|{KIN_EN})(?:s| is| are| re)?(?: (?:still|now|just|all))*"
    r" (?:sleeping|asleep|awake|eating|crying|shouting|screaming|yelling|angry|mad|in bed)"
    r"(?: (?:now|again|right now|still|on the (?:sofa|couch|floor)))*"
    r"|(?:(?:im|i am|a|an|just|\w+) ){0,3}(?:boy|girl|kid|pupil)"
    r"(?: (?:im |i am |age |aged )?\d{1,2}(?: years? old| yo)?)?"
    rf"|我们?(?:[和跟与]{KIN_ZH}){{1,3}}(?:两个|俩|都|一起|在一起|躲着|躲起来)*"
    rf"|{KIN_ZH}[和跟与]我(?:两个|俩|都|一起|在一起|躲着)*"
    rf"|(?:他们?|她们?|{KIN_ZH})(?:现在|还|已经|都|又|正|在)*"
    r"(?:睡觉|睡着|睡|吃饭|哭|骂人|发火|发脾气|看电视|玩手机|打牌)(?:了|呢|着)*"
    r"|我?(?:是)?(?:一个|个)?(?:\d{1,2}岁?的?)?小?(?:男孩|女孩|男生|女生|学生)(?: ?\d{1,2}岁?)?"
)
"""Who is there, who writes, or what somebody does just now, and not where."""


_MANY_ZH = rf"(?:他们?|她们?|{KIN_ZH})"
_OF_THE_MOMENT = expression(
    rf"{_MANY_ZH}?(?:现在|又|正|一直|还|都)*(?:在)?(?:敲|砸|踢|撞|拍|踹|撬)(?:我的?|我们的?)?(?:房间的?)?门"
    r"|我?(?:已经)?(?:把)?(?:房)?门(?:反)?(?:锁|关)(?:了|上了|起来了|着的?)"
    r"|我?(?:已经)?(?:反)?(?:锁|关)(?:了|上|好)+(?:房)?门了?"
    r"|门(?:打不开|开不了|锁不上|被锁了?|被反锁了?|锁着的?)"
    r"|我?(?:说不出话|不能说话|不敢出声|不敢说话|不敢动|不敢出去)了?"
    rf"|{_MANY_ZH}(?:还|也|都)*在(?:里面|外面|屋里|家里|旁边|门口|门外)"
    r"|外面(?:好|很|太|都|又)*(?:黑|冷|下雨)了?"
    r"|(?:我|肚子|头|身上)*(?:现在|真的|还|都|一直|好|很|太|有点儿?)*(?:冷|饿|渴|疼|痛|难受|晕)(?:死|得很|啊|了)*"
    r"|(?:我|头|手|脚|脸|身上)*(?:现在|还|都|一直|在)*流血了?"
    r"|(?:家里?|这里|旁边|周围|外面)?(?:都|又)?(?:没人|没有人|没得人)(?:在|在家)?了?"
    r"|我?(?:现在|都|已经)?(?:走|跑|动|爬|站|起)不(?:动|了|来)了?"
    r"|(?:s?he|they)(?:s| is| are| ?re)? (?:still )?knocking(?: on| at)? (?:the|my) door"
    r"|i (?:have |ve )?locked (?:the|my) door|the door (?:is locked|wont open)"
    rf"|(?:{KIN_EN}|s?he)(?: is|s)? still (?:inside|outside|in there)"
    r"|i (?:cant|cannot|dare not|dont dare to) (?:talk|speak|move)|it(?: is|s) (?:so )?dark outside"
)
"""What goes on around or in them; by itself it is heard for danger like anything else."""

_AWAITS_HELP = expression(
    r"(?:你们?|警察|社工|有人|人|救护车|他们)?(?:到底)?(?:还要|还|要)?"
    r"(?:什么时候|啥时候|几时|好久|多久)(?:才|能|会|可以)*(?:来|到|过来)(?:救|帮|找)?(?:我们?)?[啊呀呢嘛的]*"
    r"|(?:还是|还|都|一直)*(?:没人|没有人|没得人)(?:来|管|理|救|帮)(?:我们?)?"
    r"|(?:你们?|警察|社工|有人|人)?来了(?:没有?|没得|吗)"
    r"|我?(?:现在|真的|还|都|一直|好|很|太|有点儿?)*(?:怕|害怕)(?:死|得很|啊|了)*"
)
"""Whoever asks when somebody comes, says that nobody does, or is afraid: they hear whom to call."""


async def ask_which_place(talk: Talk, reply: Reply) -> bool:
    """Ask once more for the place if *reply* names none that can be found; return whether it did.

    What it says of where they are, or who is there, is kept with the place that is told then.
    """
    session, can_say = talk.session, talk.release.plan.can_say
    if not (can_say(_WHICH_PLACE) and isinstance(reply, Words)):
        return False
    is_none = is_no_place(talk, reply)
    if not (is_none or (_awaits_a_place(talk, reply) and _names_none(talk, reply.text))):
        return False
    earlier = (said.text for said in session.said[:-1] if said.state == session.state)
    if any(_is_bare(talk, text) or _names_none(talk, text) for text in earlier):
        return False
    if not is_none:
        talk.session = with_place(session, session, place_of(session.state), reply.text)
    is_unsafe = _is_one_of(_UNSAFE | _CRIES, talk, reply.text) or _awaits_help(reply.text)
    wording = UNSAFE_WORDS if is_unsafe and can_say(UNSAFE_WORDS) else _WHICH_PLACE
    await talk.say((Asked(state=session.state, wording=wording),))
    return True


def only_says_in_which_spot(talk: Talk, text: str) -> bool:
    """Whether *text*, where the place was asked for, only says in what room, or who is there.

    By itself it may read like danger; who answers so was asked because of one that is known.
    """
    is_asked = talk.session.state.endswith(ASKED_WHERE)
    return is_asked and _is_vague(talk, text) and not _AT_AN_EDGE.search(plain(text))


def is_no_place(talk: Talk, reply: Words) -> bool:
    """Whether *reply*, where the place was asked for, says only yes, no, "not safe" or all."""
    return _awaits_a_place(talk, reply) and _is_bare(talk, reply.text)


def go_past_the_place(talk: Talk, session: Session, reply: Words) -> Turn:
    """Go on without a place; whoever cried for help again hears whom to call once more."""
    plan = talk.release.plan
    turn = take_turn(plan, session, Words(text=reply.text, word="skip"), talk.now)
    is_cry = _is_one_of(_CRIES, talk, reply.text) or _awaits_help(reply.text)
    if not (is_cry and plan.can_say(HELP_CALLED)):
        return turn
    return Turn(turn.session, (Told(key=HELP_CALLED), *turn.events))


def _awaits_a_place(talk: Talk, reply: Words) -> bool:
    session = talk.session
    if reply.word or talk.has_asked_where:
        return False
    return session.state.endswith(ASKED_WHERE) and session.state not in session.answers


def _is_bare(talk: Talk, text: str) -> bool:
    return _is_one_of(_BARE, talk, text) or says_all(text) or _awaits_help(text)


def _awaits_help(text: str) -> bool:
    return asks_why_nobody(text) or _AWAITS_HELP.fullmatch(plain(text)) is not None


def _names_none(talk: Talk, text: str) -> bool:
    """Whether *text* says in what room, who is there or what goes on, and names no place."""
    return _is_vague(talk, text) or _OF_THE_MOMENT.fullmatch(plain(text)) is not None


def _is_vague(talk: Talk, text: str) -> bool:
    said = plain(in_characters(talk.session.language, text))
    both = {said, without_particles(said)}
    is_short = len(said) <= _LONGEST_WHO
    is_who = CHILD in {says_who_asked(text) if is_short else "", only_says_who(text)}
    if said.isdecimal() or only_says_age(text) or is_who:
        return True
    return any(_VAGUE.fullmatch(each) or _OF_PEOPLE.fullmatch(each) for each in both)


def _is_one_of(words: frozenset[str], talk: Talk, text: str) -> bool:
    said = plain(in_characters(talk.session.language, text))
    return bool({said, without_particles(said)} & words)
