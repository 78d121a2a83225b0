"""Whether it is safe to write to them: a refusal in their own words counts as one.

In doubt nothing is taken for an answer. The question waits, and Lantern does not write unasked.
"""

import re

from bot.casework.cases import SAFE_TO_REPLY
from bot.domain.session import Session
from bot.engine.plain import plain
from bot.engine.reply import Words
from bot.engine.turn import take_turn
from bot.engine.understand import understand
from bot.engine.walk import Turn
from bot.intake.talk import Talk

_NOT_OK = "not_ok"
_REFUSES = re.compile(
    r"(?:不要|别|莫|不能|不可以|不敢)(?:再)?(?:给我|跟我|向我|往这里?|在这里?)?(?:发|写|回|联系|打)"
    r"|不(?:太|大|怎么|是很|是太)?(?:安全|方便)"
    r"|会(?:被|给)?.{0,6}(?:看到|看见|发现|晓得|知道|看.{0,2}手机|翻.{0,2}手机|查.{0,2}手机)"
    r"|(?:怕|担心).{0,8}(?:看|发现|知道|晓得)"
    r"|(?:看|查|翻)我的?(?:手机|微信|消息|聊天)"
    r"|手机(?:不是我|是(?:我|我们)?(?:家|爸|妈|爷|奶|外婆|哥|姐|叔|舅|姑|姨|别人|大人|老师))"
    r"|^(?:please )?(?:dont|do not)$"
    r"|\b(?:dont|do not|please not) (?:ever )?(?:write|text|message|reply|contact|call|send)\b"
    r"|^no\b(?! (?:problem|worries|idea))|\bnot (?:really|at all|safe)\b"
    r"|\b(?:reads?|checks?|sees?|takes?|looks? (?:at|through|into)|goes through|has)"
    r" my (?:phone|messages|chats?|texts?)\b"
    r"|\b(?:will|would|might|could|may) (?:see|read|find) (?:it|this|them|out)\b"
)
_UNLESS = re.compile(
    r"可以|安全吗|但|不过|除了|只|时候|早上|上午|中午|下午|晚上|白天|夜里|放学|上学|上课|周|星期"
    r"|不会|没人|没有人|看不到|看不见|不看|不查|不翻|吗$"
    r"|\b(?:but|only|except|unless|after|before|when|while|until|if|sometimes|at night|during"
    r"|nobody|no one|noone|doesnt|does not|never|wont|will not|cant|cannot)\b"
)
"""What makes it more than a plain no: times at which it is safe, or that nobody sees it."""


def take_refusal(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Go on as for the answer "No", where *reply* plainly asks not to be written to."""
    plan = talk.release.plan
    state = plan.states.get(session.state)
    is_asked = state is not None and state.place.endswith(SAFE_TO_REPLY)
    if state is None or not is_asked or reply.word or _NOT_OK not in state.answers:
        return None
    if understand(plan, state, session, reply.text) or not refuses(reply.text):
        return None
    said = talk.voice.say(f"{state.place}.answers.{_NOT_OK}")
    return take_turn(plan, session, Words(text=said, word=""), talk.now)


def refuses(text: str) -> bool:
    """Whether *text* plainly says that nothing may be written to them, whatever the time."""
    said = plain(text)
    return bool(_REFUSES.search(said)) and not _UNLESS.search(said)
