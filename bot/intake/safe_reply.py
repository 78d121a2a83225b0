"""Whether it is safe to write to them: a refusal in their own words counts as one.

In doubt nothing is taken for an answer. The question waits, and Lantern does not write unasked.
"""

from bot.casework.cases import SAFE_TO_REPLY
from bot.domain.case import NOT_OK, REFUSED
from bot.domain.event import Answered, Said
from bot.domain.expression import expression
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.offered import is_asked_whether_safe
from bot.engine.plain import plain
from bot.engine.reply import Reply, Tap, Words
from bot.engine.turn import take_turn
from bot.engine.understand import understand
from bot.engine.walk import Turn
from bot.flow.model import State
from bot.intake.few_words import take_few_words
from bot.intake.refusal_words import UNLESS
from bot.intake.refusals_in_short import times_refused
from bot.intake.refused_early import asks_not_to
from bot.intake.talk import Talk

_ANSWER = "a:"
_SKIP = "skip"
_OFFER = ".a_few_more"
_ADDED = (".added_behind.say", ".told_enough.say")
_NOT_WRITTEN_TO = Said(key="always.not_written_to.say")
_WHOSE_PHONE, _SHARED = ".own_phone", "shared"
_TIMES = ".safe_time"
_REACH = (".reach_you", ".temper_reach")
"""How the questions end how an adult can be reached, behind which that one comes."""

_KIN = (
    "爸|妈|爹|爷|奶|外公|外婆|姥|哥|姐|弟|妹|叔|伯|舅|姑|姨|婶|家里|家人|家长|大人|老师|同学|老公|老婆"
    "|男朋友|女朋友|室友|别人"
)
_OTHERS = f"(?:{_KIN}|他|她|人家|有人)"
_SEES = "(?:看|查|翻|发现|知道|晓得)"
_TO_OTHERS = f"(?:信|消息|短信|微信)?给(?!我(?!{_OTHERS}))"
_BETWEEN = "[^我不没 ]{0,4}"
_IN_CHINESE = (
    r"(?:不要|别|莫|不能|不可以|不敢)(?:再)?(?:给我|跟我|向我|往这里?|在这里?)?"
    rf"(?:发(?!现|生|烧|呆|火|脾气|{_TO_OTHERS})|写(?!作业|名|.{{0,3}}名字|{_TO_OTHERS})"
    rf"|回(?!去|来|[^ ]{{0,3}}(?:家|学校|宿舍|校|屋|班|村|城))|联系(?!.{{0,2}}{_OTHERS}))"
    r"|不(?:太|大|怎么|是很|是太)?(?:安全|方便(?![打接听]?电话))"
    rf"|{_OTHERS}{_BETWEEN}(?:会|能|要|经常|总是?|天天|每天|老是?){_BETWEEN}{_SEES}"
    rf"|{_OTHERS}{_BETWEEN}{_BETWEEN}(?:看|查|翻).{{0,3}}(?:手机|微信|消息|聊天)"
    rf"|{_OTHERS}{_BETWEEN}(?:看得[到见]|知道.{{0,4}}密码)"
    rf"|(?:会|能|怕|担心)(?:被.{{0,6}}|[给让]我?{_OTHERS}{_BETWEEN}){_SEES}"
    rf"|(?<![不别])(?<!不用)(?:怕|担心)[我会]?{_OTHERS}{_BETWEEN}{_SEES}"
    r"|(?<!没)(?<!没有)(?:查|翻)我的?(?:手机|微信|消息|聊天)"
    r"|手机不是我(?:的|自己|一个人| |$)"
    rf"|手机是我?们?(?:{_KIN}|[人公婆里])+的?(?:手机)?(?: |$)"
)

_PEOPLE = (
    r"(?:he|she|they|(?:step ?)?(?:mom|mum|mother|dad|father|brother|sister)s?|mommy|mummy|daddy"
    r"|parents?|uncles?|aunt(?:ie|y)?s?|grand(?:ma|pa|mother|father|parents?)|granny|family|teachers?"
    r"|boyfriend|girlfriend|husband|wife|someone|somebody|people|others|everyone|everybody)"
)
_GAP = r"(?: (?!(?:not|dont|didnt|wouldnt|couldnt)\b)\w+)"
_CALLING = r"(?:call (?:me )?(?:or|and) )?"
_WRITE = r"(?:write|text|message|reply|contact|send(?! me (?:back|home|away|there|to)\b))"
_PHONE = r"(?:phone|messages|chats?|texts?)\b(?! numbers?\b)"
_IN_ENGLISH = (
    r"^(?:no )?(?:please )?(?:dont|do not)$"
    r"|^no(?: (?:no|thanks|thank you|please|sorry|never|not really|it isnt|it is not|its not))*$"
    r"|^(?:no )?not (?:really|at all)$"
    rf"|\b(?<!\bi )(?<!you )(?<!they )(?:dont|do not|never|please not) (?:ever )?{_CALLING}"
    rf"{_WRITE}\b(?! (?:to )?(?:(?:the|any|my|his|her|their) )?(?:{_PEOPLE}|school|police|name)\b)"
    r"|(?<!\bim )(?<!\bi am )\bnot (?:really |very |at all |so )?safe\b"
    r"|\b(?:its|it is|thats|that is|it) (?:not|isnt) (?:ok|okay|fine)\b"
    rf"(?! (?:what|that|how|when|if|because|he|she|they|my|to (?!{_WRITE}\b))\b)"
    r"|\b(?:reads|checks|sees|takes|looks (?:at|through|into)|goes through|searches|has)"
    rf" my {_PHONE}"
    rf"|\b{_PEOPLE}{_GAP}{{0,3}} (?:read|check|see|take|look (?:at|through|into)|go through|have)"
    rf" (?:all )?my {_PHONE}"
    rf"|\b{_PEOPLE} (?:always )?(?:reads?|checks?|sees?|looks? at) (?:it|this|them|everything)\b"
    rf"|\b{_PEOPLE}{_GAP}{{0,2}} (?:will|would|might|could|may|can){_GAP}?"
    r" (?:see|read|find) (?:it|this|them|out)\b"
    r"|\b(?:hell|shell|theyll|hed|shed|theyd) (?:see|read|find) (?:it|this|them|out)\b"
)
_NO_MORE = (
    r"^(?:请|求求?你们?|你们?|以后| )*(?:不要|别|莫|不用|不必)再?来?"
    r"(?:[找回]|回复|打扰|发(?:消息|信息|短信|微信)?给)我[了吧啊啦 ]*$"
    r"|^我?不想再?收(?:到?消息)?了$"
    r"|^(?:(?:no|ok|okay|just|please|pls) )*(?:no more (?:messages|texts)"
    r"|stop (?:writing|texting|messaging|contacting|sending)"
    r"(?: (?:to|me|us|here|messages|texts|this|it|anything))*)"
    r"(?: (?:please|pls|now|thanks|thank you))*$"
)
"""Whole texts that want no message any more."""

_REFUSES = expression(f"{_IN_CHINESE}|{_IN_ENGLISH}|{_NO_MORE}")
"""That nothing may be written, or that somebody other than the writer would see it."""

_ONLY_NO = expression(
    r"(?:(?:no|not|never|please|sorry|dont|do|really|at all|thanks|thank you|it isnt|it is|its) ?)+"
)
"""A no, and nothing else: nobody may see it."""

_WANTS_NO_MORE = expression(_NO_MORE)
_OF_WRITING = expression(
    r"(?<![头开出])发(?!现|生|烧|呆|火|脾气)|(?<!作)写(?!作业)|回复|联系|手机|微信|消息|短信|聊天"
    r"|\b(?:writ(?:e|ing)|texts?|messages?|contact|reply|phone|chats?)\b"
    rf"|{_NO_MORE}"
)
"""What makes it one about writing to them, where something else was asked."""

_ASKS_OF_SCHOOL = expression(
    r"^(?:can|may|could|will|is|are) (?:(?:an?|the|my|our|head|class) ?)*(?:teachers?|schools?)\b"
    r"(?: allowed to)? (?:take|keep)\b(?!.*\b(?:read|look|see|write|text)\b)"
)
"""Whether a school may take their phone: no more than a question."""

_OF_THIS_CHAT = expression(
    r"安全|[看查翻]|发现|\b(?:safe|reads?|reading|sees?|checks?|looks?|finds?|found)\b"
)
"""The same where no more is asked than whether they go on."""

_YET = expression(
    r"(?:^|[ 请就改你])(?:发|写)(?:消息|短信|信息|微信|文字|字)(?:给我|吧|就|好|行|也|都| |$)"
    r"|\b(?:yes|yeah|yep|sure|fine|you can|any ?time|(?:text|message|write(?: to)?) me)\b"
    r"|(?<!^)\b(?:ok|okay)\b"
)
"""What says yes, where it stands beside the words that refuse."""


def take_refusal(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Go on as for the answer "No", where *reply* plainly asks not to be written to.

    The answer kept is :data:`REFUSED`: it was made out of words of their own.
    """
    plan = talk.release.plan
    state = plan.states.get(session.state)
    if state is None or reply.word or not (refuses(reply.text) or asks_not_to(reply.text)):
        return None
    if not _is_about_writing(state):
        behind = _refuse_behind(talk, session, state, reply)
        return behind or _others_may_see(talk, session, state, reply)
    if state.place.endswith(_REACH):
        return _refuse_ahead(talk, session, reply) or _refuse_again(talk, session, reply)
    return None if understand(plan, state, session, reply.text) else _refuse(talk, session, state)


def refuses_where_asked(talk: Talk, text: str) -> bool:
    """Whether *text* wants no messages, where it is, or was, asked whether to write to them.

    Elsewhere it may be a word that ends what is sent every day; that ends here as well.
    """
    session = talk.session
    state = talk.release.plan.states.get(session.state)
    if state is None or talk.is_owned or not _WANTS_NO_MORE.fullmatch(plain(text)):
        return False
    return _is_about_writing(state) or is_asked_whether_safe(session)


def _is_about_writing(state: State) -> bool:
    """Whether *state* asks how to reach them, or whether it is safe to write to them."""
    is_asked = state.place.endswith(SAFE_TO_REPLY) and NOT_OK in state.answers
    return is_asked or state.place.endswith(_REACH)


def _refuse_ahead(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Go on as if both questions were asked: how to reach them, and whether to write to them."""
    turn = take_turn(talk.release.plan, session, reply, talk.now)
    state = talk.release.plan.states[turn.session.state] if turn.session.state else None
    if state is None or not state.place.endswith(SAFE_TO_REPLY) or NOT_OK not in state.answers:
        return None
    further = _refuse(talk, turn.session, state)
    return Turn(further.session, (*turn.events[:-1], *further.events))


def _refuse_again(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Go on, with a no to writing to them in the place of what they answered to that before."""
    flow = session.state.partition(".")[0]
    place = f"{flow}{SAFE_TO_REPLY}"
    if place not in session.trail:
        return None
    refused = replace(session, answers={**session.answers, place: REFUSED})
    return take_turn(talk.release.plan, refused, reply, talk.now)


def _refuse_behind(talk: Talk, session: Session, state: State, reply: Words) -> Turn | None:
    """Go on without writing to them, where they say so behind the question; they are let go.

    None where they only answer what waits: somebody else was asked of, or when it is safe.
    """
    if not is_asked_whether_safe(session) or state.place.endswith(_TIMES):
        return None
    said, is_offer = plain(reply.text), state.place.endswith(_OFFER)
    if _ASKS_OF_SCHOOL.search(said):
        return None
    if not (_OF_WRITING.search(said) or (is_offer and _OF_THIS_CHAT.search(said))):
        return None
    word = "" if state.expect == "text" else _SKIP
    turn = _refuse_again(talk, session, Words(text=reply.text, word=word))
    return _say_so(talk, turn) if turn and is_offer else turn


def _say_so(talk: Talk, turn: Turn) -> Turn:
    """Return *turn*, which ends a report, so that they hear that nobody writes to them then."""
    if not talk.release.plan.can_say(_NOT_WRITTEN_TO.key):
        return turn
    events = (
        _NOT_WRITTEN_TO if isinstance(event, Said) and event.key.endswith(_ADDED) else event
        for event in turn.events
    )
    return Turn(turn.session, tuple(events))


def _others_may_see(talk: Talk, session: Session, state: State, reply: Words) -> Turn | None:
    """Go on where they are asked whether somebody else may see it: who refuses says that they may.

    Whether it is safe to write to them is asked right behind that.
    """
    plan = talk.release.plan
    is_asked = state.place.endswith(_WHOSE_PHONE) and _SHARED in state.answers
    is_more = not _ONLY_NO.fullmatch(plain(reply.text))
    if not (is_asked and is_more) or understand(plan, state, session, reply.text):
        return None
    said = talk.voice.say(f"{state.place}.answers.{_SHARED}")
    return take_turn(plan, session, Words(text=said, word=""), talk.now)


def _refuse(talk: Talk, session: Session, state: State) -> Turn:
    plan = talk.release.plan
    said = talk.voice.say(f"{state.place}.answers.{NOT_OK}")
    turn = take_turn(plan, session, Words(text=said, word=""), talk.now)
    answers = {**turn.session.answers, state.place: REFUSED}
    return Turn(replace(turn.session, answers=answers), turn.events)


def take_answer(talk: Talk, session: Session, reply: Reply) -> Session | None:
    """Return *session* with the answer that *reply* is to the question that waits, if it is one.

    That is a button of it, words that it understands, or a refusal in words of their own.
    """
    match reply:
        case Words(word=""):
            turn = take_refusal(talk, session, reply) or take_few_words(talk, session, reply)
        case Tap(data=data) if data.startswith(_ANSWER):
            turn = None
        case _:
            return None
    turn = turn or take_turn(talk.release.plan, session, reply, talk.now)
    is_answered = any(isinstance(event, Answered) for event in turn.events)
    return turn.session if is_answered else None


def refuses(text: str) -> bool:
    """Whether *text* plainly says that nothing may be written to them, whatever the time."""
    if times_refused(text):
        return False
    said = plain(text)
    left = _REFUSES.sub("|", said)
    return left != said and not UNLESS.search(said) and not _YET.search(left)
