"""Answers in a few words of their own, which no list of words can hold.

Only a text that says the answer and nothing else is taken for it. What says more is kept, and the
question asked again; so is what could be either answer.
"""

from collections.abc import Iterator, Mapping

from bot.domain.case import AT_TIMES, NOT_OK
from bot.domain.expression import expression
from bot.domain.session import Session
from bot.engine.plain import plain
from bot.engine.reply import Words
from bot.engine.telephone import (
    forbids_calls,
    telephone_in,
    wants_calls_instead,
    wants_words_instead,
)
from bot.engine.turn import take_turn
from bot.engine.understand import understand
from bot.engine.walk import Turn
from bot.flow.model import SKIPPED, State
from bot.intake.asked import asks_about_danger
from bot.intake.danger_words import AWAY, GONE, IS_NOW, IS_SAFE, NAMES_DANGER, NO_AND_AWAY
from bot.intake.enough import NONE_ELSE, take_enough
from bot.intake.kin_words import CHILDREN_EN, CHILDREN_ZH, KIN_EN, KIN_ZH, KINS_EN, KINS_ZH
from bot.intake.refusals_in_short import times_refused
from bot.intake.talk import REPORT, Talk
from bot.intake.typed_sounds import in_characters
from bot.intake.when import when

_LONGEST = 60
"""Characters beyond which a text says more than the answer."""

_SKIP = "skip"
_WHEN = "when_last"
_OFFER = "a_few_more"
_THUMBS_UP = expression("(?:👍[🏻-🏿]?)+")
_SAFE_TO_REPLY, _ADULT = "safe_to_reply", "_adult"
_CRIES = frozenset({"help", "帮助"})
_NO_LONGER = frozenset({"没了", "没得了", "没得咯", "没得"})
_NONE = _NO_LONGER | {"no", "nope", "none", "没有", "没", "没有了", "没有啊", "没有呀"}
"""Asked when it was last, these may mean that it never was, or that there is no more to say."""

_TIMES = ".safe_time"
_DANGER, _UNSURE, _SAFE = "danger", "unsure", "safe"
_SHARED, _AT_TIMES = "shared", AT_TIMES

_ACTS_EN = (
    r"(?:(?:can|could|might|may|will|would|always|often|sometimes|also|all) ){0,3}"
    r"(?:sees?|checks?|reads?|looks?|uses?|takes?|has|have|borrows?|goes through|knows?)"
    r"(?: (?:at|into|through|it|this|that|everything|my|the|phone|mobile|password|messages|chats?"
    r"|too|sometimes|always|often|all|time|every day|every night|code)){0,6}"
)
_ACTS_ZH = (
    r"(?:也|都|会|能|可能|经常|有时候?|偶尔|天天|每天|总是?|老是?|要|在)*(?:看得到|看得见|看到|看见|看|查|翻|拿|用|知道)"
    r"(?:我?的?(?:手机|电脑|密码|微信|消息|聊天记录?))?(?:的|到|了)?"
)
_MINE_BUT = (
    r"(?:(?:it is|its|yes|no|but|only|just|maybe|perhaps|probably|possibly|sometimes|often|my phone"
    r"|my own phone|mine) ){0,5}"
)
_AT_TIMES_EN = (
    r"(?: (?:sometimes|often|always|usually|maybe|probably|perhaps|possibly|too|also|can|could|may"
    r"|might|will|would|does|do|at night|at times|at home|in the evenings?|on weekends)){1,3}"
)
_OFTEN_ZH = "(?:有时候?|偶尔|经常|可能|也许|大概|晚上|回家|也|会|能|可以){1,4}"
"""How often somebody of theirs sees it, where nothing more is said."""

_TIME_ZH = (
    r"(?:早上|上午|中午|下午|傍晚|晚上|夜里|半夜|睡觉?前|白天|放学|上学|放假|周末|平时|工作日|下课|课间|午休"
    r"|(?:周|星期|礼拜)[一二三四五六日天](?:到(?:周|星期)?[一二三四五六日天])?"
    r"|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|钟)?(?:到(?:\d{1,2}|[一二三四五六七八九十]{1,3})点)?"
    rf"|{KIN_ZH}?(?:不在家?|在家|睡了?|睡着了?|上班|出去了?|出门了?)|在学校|在家里?|我?(?:一个人|自己)(?:在家)?"
    r"|今天|明天)"
)
_TIMES_ZH = (
    rf"(?:只有|只能|只|就|要|等|除了|嗯|在|我)*{_TIME_ZH}"
    rf"(?: |的?时候|以后|之后|以前|之前|后|前|里|{_TIME_ZH})*"
    r"(?:再|才|都|就|不|也|是|可以|行|能|安全|方便|发|好|吧|的|没事|比较|一点| )*"
)
_TIME_EN = (
    r"(?:(?:early|late|the|in|at|on|during|after|before|when|while|until|till|from|to|and|or|this"
    r"|every) ){0,4}(?:night|nights|mornings?|afternoons?|evenings?|day|daytime|days|school|class"
    r"|lunch|dinner|bed|bedtime|work|weekends?|weekdays?|midday|noon|home|tomorrow|today"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|\d{1,2}(?: ?\d\d)?(?: ?[ap]m)?"
    rf"|(?:im|i am|{KIN_EN}(?: is| are|s)?|hes|shes|they are|theyre|he is|she is"
    r"|nobody is|no one is) (?:(?:not|alone|by myself|asleep|sleeping|out|away|at|in|home"
    r"|work|school|bed|gone|here|around|there) ?){1,3})"
)
_TIMES_EN = (
    r"(?:(?:only|just|maybe|yes|ok|but|no|not|its|it is|safe|best|you can|write|text|please|message"
    rf"|me) ){{0,5}}{_TIME_EN}(?: {_TIME_EN}){{0,3}}"
    r"(?: (?:only|is|ok|okay|safe|fine|please|best|is best|is ok|is safe|is fine)){0,2}"
)
_UNKNOWN = expression(
    r"(?:(?:sorry|um|well|no|hm+) )?(?:i )?(?:(?:really|just|honestly) )?"
    r"(?:(?:dont|do not|cant|cannot|didnt) (?:really )?(?:remember|know|recall|tell|say)|dunno"
    r"|forgot|forget|idk|no idea|not sure|unsure|not really sure|have no idea)"
    r"(?: (?:when|exactly|really|that|it|anymore|any more|about that|yet|how)){0,3}"
    r"|(?:我|已经|都|有点|真的|也)*(?:不(?:太|大)?(?:记得|知道|清楚|确定|晓得|好说)|记不(?:太)?(?:清|得|起来)(?:楚)?"
    r"|想不起来|想不起|忘(?:记)?了|忘)(?:了|具体时间|什么时候|呀|啊|时间|哪天)*"
)

_WHERE_ONLY = expression(
    r"(?:only )?(?:at |in )?(?:my )?(?:own )?(?:home|house|school|room)"
    r"|我?在?我?(?:家里?|家头|屋头|学校|宿舍|房间)里?"
)

_PATTERNS: Mapping[str, Mapping[str, str]] = {
    "other_children": {
        "some": (
            r"(?:(?:yes|yeah|theres|there is|there are|and|also|i have|just|only|maybe) )*"
            rf"{CHILDREN_EN}(?: (?:too|as well|also|at home))?"
            rf"|(?:有|还有|是|对|嗯|就|只有| )*{CHILDREN_ZH}(?:也是|也在|都在|在家|也有|呀|啊)?"
        ),
        "none": NONE_ELSE,
    },
    "told_anyone": {
        "nobody": NONE_ELSE,
        "told": (
            r"(?:(?:yes|yeah|i|we|have|told|only|just|once|and|to|talked) )*"
            rf"{KINS_EN}(?: (?:knows?|does|do|only|once|already|about it))*"
            rf"|{KINS_EN} (?:doesnt|does not|dont|do not|didnt|did not|wont)(?: even)?"
            r" (?:believe|help|care|listen|do anything)(?: (?:me|to me|about it)){0,2}"
            rf"|(?:(?:yes|yeah|i|we|have|already|once) )*told {KINS_EN}(?: (?:and|but|once))*"
            r" (?:he|she|they) (?:(?:did|does|do|said|says|told me|just) )?(?:nothing|laughed"
            r"|ignored (?:me|it)|(?:didnt|doesnt|wont|dont|did not) (?:\w+ ?){1,3}|im lying"
            r"|i am lying|its my fault)"
            r"|(?:有|是|我|只|就|跟|和|给|告诉|说|过|了|对|嗯|讲| )*"
            rf"{KINS_ZH}(?:说|讲|过|了|知道|都|也| )*(?:不(?:相?信|管|听)我?|没管|不帮我?)?"
        ),
    },
    "own_phone": {
        "shared": (
            rf"{_MINE_BUT}(?:but )?(?:maybe |yes )?(?:its )?{KINS_EN}s?"
            rf"(?:(?: (?:own )?(?:phone|mobile|computer|tablet|cell|laptop|ipad)|(?: {_ACTS_EN})"
            rf"|{_AT_TIMES_EN})"
            r"(?: but(?: \w+){1,8})?)?"
            rf"|(?:we|they|he|she|i) (?:shares?|all use|use)(?: (?:it|this|phone|with|the)){{0,3}}"
            rf"(?: {KINS_EN})?|(?:they|he|she|someone|somebody|everyone) {_ACTS_EN}"
            r"|(?:我的手机 ?)?(?:但是?|不过)?"
            r"(?:这|是|用的?|拿的|借的?|跟|和|嗯|会|被|怕|有时候?|偶尔|可能|也许|只有|就| )*"
            rf"{KINS_ZH}的?(?:手机|电脑|平板|号)?(?:一起用的?|共用的?|也用|{_ACTS_ZH}|{_OFTEN_ZH})?(?:的)?"
            rf"|(?:他们?|她们?|有人|别人|大家|家里){_ACTS_ZH}"
        ),
    },
    # A bare number is the age that was asked for before, and no hour at which it is safe.
    "safe_to_reply": {_AT_TIMES: rf"(?!\d+$)(?:{_TIMES_EN}|{_TIMES_ZH})"},
}
_COMPILED = {
    name: {key: expression(words) for key, words in answers.items()}
    for name, answers in _PATTERNS.items()
}


def take_few_words(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Take the turn of whoever answers the question that waits in a few words of their own.

    Whoever says in them at which times they may be written to is not asked that again.
    """
    plan = talk.release.plan
    state = plan.states.get(session.state)
    if state is None or reply.word:
        return None
    if over := take_enough(talk, session, reply.text):
        return over
    answer = _answer_spelled(talk, state, session, reply.text)
    if state.name == _OFFER and _THUMBS_UP.fullmatch(reply.text.strip()):
        answer = "more"
    if not answer and not understand(plan, state, session, reply.text):
        answer = answer_in(state, reply.text)
    if not answer:
        return None
    if answer == SKIPPED:
        return take_turn(plan, session, Words(text=reply.text, word=_SKIP), talk.now)
    label = talk.voice.say(f"{state.place}.answers.{answer}")
    turn = take_turn(plan, session, Words(text=label, word=""), talk.now)
    is_when = answer == _AT_TIMES and not says_only_where(reply.text)
    if not is_when or not turn.session.state.endswith(_TIMES):
        return turn
    told = take_turn(plan, turn.session, Words(text=reply.text, word=""), talk.now)
    return Turn(told.session, (*turn.events[:-1], *told.events))


def cries_for_help(talk: Talk, text: str) -> bool:
    """Whether *text*, asked whether somebody is in danger, is the bare word "help".

    Elsewhere it asks what can be typed here; the command ``/help`` does so everywhere.
    """
    if not asks_about_danger(talk.session.state):
        return False
    return not text.strip().startswith("/") and plain(text) in _CRIES


def chooses_an_answer(talk: Talk, text: str) -> bool:
    """Whether *text* is no more than an answer to the question that waits in a report.

    So is "I am safe", whatever waits. That somebody is in danger, or may be, is more, and so is
    that somebody is not there.
    """
    state = talk.release.plan.states.get(talk.session.state)
    if state is None or talk.word or not _is_of_a_report(state):
        return False
    if len(text) <= _LONGEST and NO_AND_AWAY.fullmatch(plain(text)):
        return False
    if len(text) <= _LONGEST and IS_SAFE.fullmatch(plain(text)):
        return True
    return answer_to(talk, state, text) in {*state.answers, SKIPPED} - {_DANGER, _UNSURE}


def answer_to(talk: Talk, state: State, text: str) -> str:
    """Return the answer of *state* that *text* is, however it is put; ``""`` if it is none."""
    session = talk.session
    if answer := _answer_spelled(talk, state, session, text):
        return answer
    understood = understand(talk.release.plan, state, session, text)
    return understood[0] if understood else answer_in(state, text)


def _answer_spelled(talk: Talk, state: State, session: Session, text: str) -> str:
    """Return the answer of a report's question that *text* spells in pinyin, ``""`` if none."""
    spelled = in_characters(session.language, text)
    if spelled == text or not _is_of_a_report(state):
        return ""
    understood = understand(talk.release.plan, state, session, spelled)
    answer = understood[0] if understood else answer_in(state, spelled)
    return answer if answer in {*state.answers, SKIPPED} else ""


def answer_in(state: State, text: str) -> str:
    """Return the answer to the question of *state* that *text* is, ``""`` if it is none."""
    if not _is_of_a_report(state) or len(text) > _LONGEST:
        return ""
    known = {*state.answers, SKIPPED}
    return next((answer for answer in _answers(state, text) if answer in known), "")


def _answers(state: State, text: str) -> Iterator[str]:
    said, name = plain(text), state.name
    if name == _SAFE_TO_REPLY and state.flow.endswith(_ADULT) and telephone_in(text):
        yield _where_to_call(text)
    if name == _SAFE_TO_REPLY and times_refused(text) == text.strip():
        yield _AT_TIMES
    if name == _WHEN:
        yield when(text) or (SKIPPED if said in _NONE else "")
    if asks_about_danger(state.place):
        is_now = said in _CRIES or IS_NOW.fullmatch(said) or NAMES_DANGER.fullmatch(said)
        is_safe = said in _NO_LONGER or IS_SAFE.fullmatch(said) or NO_AND_AWAY.fullmatch(said)
        yield _DANGER if is_now else _SAFE if is_safe else ""
    for answer, words in _COMPILED.get(name, {}).items():
        yield answer if words.fullmatch(said) else ""
    if _UNKNOWN.fullmatch(said):
        yield from (_UNSURE, _SHARED)
        yield "" if "text" in state.then else SKIPPED


def _where_to_call(text: str) -> str:
    """Return what *text*, which holds a number, answers to whether we may write to them here.

    Whoever says no and where to call them instead is not written to, and whoever only does not want
    to be called has not said. Of all others the words stand beside the answer, as times do.
    """
    if wants_calls_instead(text):
        return NOT_OK
    is_unsaid = forbids_calls(text) and not wants_words_instead(text)
    return "" if is_unsaid else _AT_TIMES


def is_unknown(text: str) -> bool:
    """Whether *text* only says that they do not know, or do not remember."""
    return len(text) <= _LONGEST and _UNKNOWN.fullmatch(plain(text)) is not None


def says_only_where(text: str) -> bool:
    """Whether *text* says only at home or at school, and not when."""
    return _WHERE_ONLY.fullmatch(plain(text)) is not None


def says_who_else_sees(text: str) -> bool:
    """Whether *text* only says whose phone it is, or who else sees it: "its mums phone"."""
    is_said = _COMPILED["own_phone"][_SHARED].fullmatch(plain(text))
    return len(text) <= _LONGEST and is_said is not None


def says_who_is_away(text: str) -> bool:
    """Whether *text* only says that somebody is not there: "not now he is at work", 没有 他走了."""
    said = plain(text)
    is_said = AWAY.fullmatch(said) or NO_AND_AWAY.fullmatch(said)
    return len(text) <= _LONGEST and is_said is not None


def says_who_is_gone(text: str) -> bool:
    """Whether *text* only says that somebody left or is not there, and names no other place."""
    return len(text) <= _LONGEST and GONE.fullmatch(plain(text)) is not None


def _is_of_a_report(state: State) -> bool:
    return state.flow.startswith(REPORT) or asks_about_danger(state.place)
