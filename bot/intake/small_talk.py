"""Tears, hearts, greetings and what people ask a program: a short true answer, never a search.

The same is said once; whoever writes it again at once is only asked again.
"""

import re

from bot.casework.daily import end_all_daily
from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.understand import understand
from bot.engine.walk import WHO, walk
from bot.flow.model import OTHER
from bot.guidance.left_short import is_left_short
from bot.intake.refused_early import only_asks_not_to
from bot.intake.talk import Talk

_TEARS, _WHEN_READ = "tears", "when_read"
_ONLY_ANSWERS = "only_answers"
_ANSWERS = frozenset({"thanks_back", _WHEN_READ})
"""Small talk that may be an answer where a question waits."""

_CHILD_MENU = "welcome.child_menu"
_ANSWERED = "rights.after_"
"""Where a topic was just told: how long it takes is asked of that, and not of us."""

_LOOKING = ("welcome.", "rights.")
"""Flows in which own words are looked for; elsewhere they are told, and kept as they are."""

ADDING = "check_on_my_report.add"
"""Where it is asked what they would like to add to a report; who cries there adds something."""

_CRYING = expression(
    r"[😢😭😥😰😨😱😞😔😟🥺😿🙁☹💔🖤]|[TQ]_+[TQ]|;_+;|呜{2,}|(?i:\bwa{2,}h+\b|\bboo ?hoo\b)"
)
_ALL_PATTERNS = {
    "a_program": (
        r"(?:那|请问)?(?:你|您)(?:到底)?(?:是(?:不是)?)?(?:一?个)?"
        r"(?:真?人|机器人|ai|人工智能|电脑|程序|机器|真的|真人还是机器人?|人还是机器人?|机器人还是真?人|谁|哪个|什么|啥)(?:吗|么|嘛|呀|啊|吧)?"
        r"|(?:你|您)(?:叫|叫做)(?:什么|啥)(?:名字)?|(?:你|您)的?名字(?:是什么|叫什么)?"
        r"|(?:are|r) (?:you|u|ya) (?:just )?(?:an? )?(?:real )?"
        r"(?:robot|bot|human|real|person|ai|computer|program|machine|chatbot|chatgpt|human being)"
        r"|(?:who|what|wat) (?:are|r) (?:you|u)|whats (?:your|ur) name|what is (?:your|ur) name"
        r"|(?:is|am i) (?:this|it|talking to) (?:an? )?(?:real )?"
        r"(?:robot|bot|human|person|ai|machine|computer|chatbot)"
        r"|(?:you|u|ur)(?: a|re a| are a| r a) (?:robot|bot)"
        r"|(?:are you|r u|you are|u are|u r|is this) (?:like |kinda like )?"
        r"(?:chat ?gpt|an? ai|siri)"
        r"|do (?:you|u) have (?:feelings|a heart|emotions)"
        r"|(?:so )?how old (?:are|r) (?:you|u)|(?:你|您)(?:今年)?(?:几岁|多大|好大)了?(?:呀|啊|呢)?"
    ),
    "what_this_is": (
        r"(?:那|请问)?(?:这|这里|这儿|你们?|您|你们这|你们这里)(?:到底)?是(?:个)?"
        r"(?:什么|啥|哪里|干什么|干嘛|干吗|干啥|做什么|做啥|搞什么|什么样)的?"
        r"(?:地方|机构|组织|单位|平台|网站|公司|程序|东西|软件)?(?:的)?(?:吗|呢|呀|啊)?"
        r"|(?:那|请问)?(?:你们?|您|这里?)(?:到底)?是(?:不是)?"
        r"(?:政府|公安|警察|派出所|学校|民政局?|妇联|国家|官方|骗子|真的)(?:的|里的|上的|派来的)?(?:吗|嘛|么|不|吧)"
        r"|(?:那|请问)?(?:你们?|您)(?:到底)?(?:是)?(?:谁|哪个|哪家|什么公司|哪个公司|什么人)"
        r"(?:开发|做|设计|办|搞|管|开|写)(?:出来)?的(?:呀|啊|呢)?"
        r"|(?:那|请问)?(?:这个?|这里)(?:到底)?是(?:谁|哪个|哪家|什么公司|哪个公司|什么人)"
        r"(?:开发|设计|办|开|管)的(?:呀|啊|呢)?"
        r"|(?:你们?|您)(?:会不会|会|是不是)(?:在)?骗(?:我|人|我们)?(?:的)?(?:吗|嘛|么|不|吧)?"
        r"|(?:那|请问)?(?:你们?|您|这里?)(?:能|会|可以)?(?:做|干|帮)(?:什么|啥|嘛)(?:的)?(?:呢|呀|啊)?"
        r"|(?:so )?(?:what|who|wat) (?:is|s) (?:this|that|here)"
        r"(?: (?:place|chat|bot|thing|site|page|number|program|app|for|about))*"
        r"|(?:how old|what age) (?:do i (?:have|need) to be|must i be)"
        r"(?: (?:to|for) (?:use (?:this|it)|write(?: (?:here|to you|this))?|text(?: you)?"
        r"|chat(?: here| to you)?|talk to you|this|here))?"
        r"|can i (?:still |also )?(?:write|text|use this|use it|chat)(?: (?:to you|here|this))?"
        r"|is (?:this|it) (?:only |also |just )?for (?:kids|children|adults|teens|teenagers|parents"
        r"|everyone|everybody|anyone|me|me too|boys|boys too)"
        r"|where (?:are|r) (?:you|u)(?: guys)?(?: (?:located|from))?"
        r"|whats this(?: (?:place|chat|bot|thing|site|for|about))*"
        r"|(?:so )?what (?:do|can) (?:you|u) do(?: here)?|what are you(?: for| here for)"
    ),
    "wrong_chat": (
        r"(?:啊|哦|不好意思|对不起|抱歉)? ?(?:我)?(?:发|找|走|加|按|点)错"
        r"(?:人|地方|群|了|对话|电话)+"
        r"|(?:不好意思|对不起|抱歉) ?(?:我)?打错(?:人|电话|了)+|(?:我)?打错(?:人|电话)了?"
        r"|(?:(?:sorry|oops|oh) )*(?:wrong|not the right) (?:chat|number|person|window|group|place)"
        r"(?: sorry)?|(?:sorry )?i (?:wrote|sent this) (?:to|in) the wrong (?:chat|person|number)"
    ),
    "no_jokes": (
        r"(?:你?(?:给我|跟我|会|能)?)(?:讲|说)(?:一?个)?(?:笑话|故事)(?:吧|吗|听听)?|(?:给我)?唱(?:一?首|个)?歌(?:吧|吗)?|陪我(?:玩|耍)"
        r"|(?:那|请问)?(?:你|您)(?:能不能|可不可以|可以|能|会|愿意)(?:不能)?(?:陪|和|跟)我(?:说说?话?|聊聊?天?|讲讲?话)"
        r"(?:一下|一会儿?)?(?:吗|嘛|么|不|吧)?|(?:想|就想|我想|我就想|只想)?(?:有|找)?(?:个)?人?(?:陪我)(?:说说?话|聊聊?天?)(?:吧|吗)?"
        r"|(?:(?:can|could) (?:you|u) )?(?:please )?(?:tell|say) (?:me )?(?:an? )?(?:joke|story)"
        r"|(?:(?:can|could) (?:you|u) )?sing(?: me)?(?: an? song)?|play (?:a game )?with me"
        r"|(?:(?:can|could|will) (?:we|you|u) )(?:please |just )*(?:chat|talk)(?: (?:with|to) me)?"
        r"(?: a bit| for a while)?"
        r"|(?:lets|just wanna|just want to|i just want to|i wanna) chat(?: with you)?|chat with me"
        r"|(?:im|i am) (?:so |just |really )?bored"
    ),
    "always_here": (
        r"(?:那|以后|晚上|半夜|夜里|明天)*(?:你|您|你们)(?:会|能|可以|都|是)*(?:不是)?(?:一直|永远|总是|(?<!们)(?:随时|每天|天天|晚上))+(?:都|会|能)*在"
        r"(?:这里?|这儿|线)?(?:陪我|陪着我)?[的吗嘛么吧呀啊]*"
        r"|(?:那|今晚|今天)*(?:你|您)(?:能不能|可不可以|可以|能|会|愿意|会不会)*(?:一直)?(?:陪|陪着|和|跟)我"
        r"(?:一直)?(?:聊|说|待|呆|坐|陪)?(?:天|话)?(?:到(?:我)?(?:睡着|天亮|明天)|一晚上?|一会儿?|一下)?[的吗嘛么吧好不呀啊]*"
        r"|(?:你|您)(?:(?:别|不要)(?:走|离开|消失)|(?:不会|会不会)(?:走|离开|消失|不理我|丢下我))(?:我)?[的吗嘛么吧好不呀啊]*"
        r"|(?:and |so |ok |but )?(?:are|r|will) (?:you|u) (?:be )?(?:always|all night)"
        r" (?:be )?(?:here|there|online|awake)(?: for me| tomorrow| at night| tonight)?"
        r"|(?:and |so |ok |but )?will (?:you|u) (?:always |still )?be (?:here|there)"
        r"(?: for me| tomorrow| at night| tonight| later)?"
        r"|(?:can|could|will) (?:you|u) (?:please |just )?stay(?: (?:with me|here|on|up|tonight"
        r"|until i (?:sleep|fall asleep)|till i (?:sleep|fall asleep))){0,2}"
        r"|(?:please )?(?:dont|do not) go(?: please)?"
    ),
    "when_read": (
        r"(?:and |so |ok )?how long (?:until|till|til|before|does it take|will it take|do i)"
        r"(?: (?:until|till|til|before|for|have to|need to|wait))*"
        r"(?: (?:someone|somebody|anyone|anybody|a person|a worker|you|they|i|it|u)"
        r"(?: (?:will |can |to )?(?:answers?|reply|replies|reads?|read it|writes?(?: back)?|comes?"
        r"|get an? (?:answer|reply)|wait|takes?))?)?"
        r"|(?:for )?how long"
        r"|when (?:will|does|do|can) (?:someone|somebody|anyone|a person|a worker|you|they|i)"
        r" (?:answer|reply|read (?:it|this)|write back|get an? (?:answer|reply))"
        r"|(?:请问|那)?(?:你们?|您|社工|这里)(?:一般|平时|都是|每天|今天)*"
        r"(?:几点|什么时候|啥时候|哪哈|好久)(?:钟)?(?:上班|下班|在|有人|看消息)[呢啊呀的]?"
        r"|(?:请问|那)?(?:晚上|半夜|夜里|周末)(?:你们|社工)(?:也|都|还)*(?:在|有人)(?:线|这里?|这儿)?(?:不在|不|吗|嘛|么)"
        r"|(?:请问|那)?(?:你们|社工)(?:是|会)?(?:晚上|半夜|夜里|周末|每天|天天|随时)(?:也|都|还)*(?:在|有人)"
        r"(?:线|这里?|这儿)?(?:不在|不|吗|嘛|么)"
        r"|(?:请问|那)?(?:你们?|您|社工|这里)?(?:的)?(?:上班|工作|服务)时间(?:是)?(?:几点|什么时候|多久)?[呢啊呀]?"
        r"|(?:and |so )?(?:when|what time) (?:are|r|do) (?:you|u|they|the workers)(?: guys)?"
        r" (?:open|there|online|start|work|start work)"
        r"|what are (?:your|the) (?:opening |working )?hours"
        r"|(?:大概|一般)?(?:要|还要|得)?(?:多久|多长时间|什么时候)(?:才)?(?:能|会|有人|有)*(?:回复?|回我|回答|答复|看到|理我)(?:我)?[呢啊呀]?"
    ),
    "thanks_back": (
        r"(?:(?:ok|okay|oh|no) )*(?:thanks|thank (?:you|u)|thx|ty|tysm|tnx|cheers)"
        r"(?: (?:so much|very much|a lot|a bunch|you|for (?:listening|asking|your help|the help)))*"
        r"|(?:好的?|嗯|哦|要得嘛?)? ?(?:谢谢|多谢|谢了|感谢)(?:你们?|您|啦|了|哈)*"
    ),
    "here": (
        r"(?:你好|您好|喂|嗨|哈喽|老师好)?\s?(?:你|您)?(?:还)?(?:在吗|在不在|在么|在嘛|在不)"
        r"|(?:请问)?(?:有没有人|有人)(?:在)?(?:吗|嘛|么|没有?|啊|呀)*|(?:你好|您好|喂|嗨|哈喽|老师好)+[呀啊]?"
        r"|(?:hi|hello|hey|yo)(?: there| you)?"
        r"|(?:(?:hi|hello|hey) )?(?:are|r) (?:you|u) (?:still )?there"
        r"|(?:(?:hi|hello|hey) )?(?:is )?(?:anyone|anybody|someone|somebody) (?:there|here)"
        r"|(?:u|you) there"
    ),
}
_CALLS = expression(r"在|there", re.IGNORECASE)
"""Whoever calls so tells nothing, also where something is being told; a greeting alone may."""

_IN_FRONT = expression(
    r"^(?:(?:lol|lmao|ha(?:ha)+|hehe|ok|okay|hey|so|and|but|um+|wait|pls|please|robot|bot)\s)+"
)
_BEHIND = expression(r"(?:\s(?:lol|lmao|ha(?:ha)+|hehe|robot|bot|pls|please|then|though))+$")
"""What is said around it by whoever tries what a program can do."""

_PATTERNS = {name: expression(words) for name, words in _ALL_PATTERNS.items()}


def small_talk(talk: Talk, update: Update) -> str:
    """Return which answer *update* calls for, ``""`` if it is more than small talk."""
    is_quiet = talk.felt is Level.NONE and not talk.is_owned
    if update.kind is not Kind.TEXT or not is_quiet:
        return ""
    if _wants_nothing_sent(talk, update.text):
        return _ONLY_ANSWERS
    kind = kind_of(update.text)
    is_call = kind == "here" and _CALLS.search(update.text) is not None
    if _is_told(talk) and not (is_call or kind == "what_this_is"):
        return ""
    is_answered = talk.session.state.startswith(_ANSWERED)
    is_of_topic = kind == _WHEN_READ and is_answered and is_left_short(update.text)
    if is_of_topic or (kind == _TEARS and talk.session.state == ADDING):
        return ""
    if kind in _ANSWERS and (_answers(talk, update.text) or not _is_sayable(talk, kind)):
        return ""
    return kind if kind == _TEARS or talk.session.state else ""


async def answer_small_talk(talk: Talk, kind: str) -> bool:
    """Say what *kind* calls for, and ask what waits again; return whether that is all.

    Whoever begins with tears hears that they were seen, and is then greeted as everybody is. Who
    cries where they were asked who they are is offered to tell, and not asked that again.
    """
    if kind == _ONLY_ANSWERS:
        await end_all_daily(talk.tx, talk.place.contact)
    if not talk.session.state:
        await talk.say((Told(key=f"always.{kind}.say"),))
        return False
    said: list[Event] = []
    if talk.session.small_talk != _mark(talk, kind):
        said.append(Told(key=f"always.{kind}.say"))
    if kind == _TEARS and talk.session.state == WHO:
        session = replace(talk.session, trail=(*talk.session.trail, WHO), calls=())
        turn = walk(talk.release.plan, session, _CHILD_MENU, talk.now)
        talk.session = turn.session
        said.extend(turn.events)
    else:
        said.append(Asked(state=talk.session.state))
    talk.session = replace(talk.session, small_talk=_mark(talk, kind))
    await talk.say(said)
    return True


def _wants_nothing_sent(talk: Talk, text: str) -> bool:
    """Whether *text* asks only not to be written to, where nothing was told that could bring it."""
    is_at_menu = not talk.session.state or talk.session.state.startswith(_LOOKING)
    is_new = talk.case is None and is_at_menu and _is_sayable(talk, _ONLY_ANSWERS)
    return is_new and only_asks_not_to(text)


def is_small_talk(text: str) -> bool:
    """Whether *text* is only thanks, a greeting or a question to a program; tears may be more."""
    return kind_of(text) not in {"", _TEARS}


@looks_once
def kind_of(text: str) -> str:
    """Return which small talk *text* is, and no more; ``""`` if it is none."""
    said = plain(text)
    if not said or _CRYING.fullmatch(text.strip()):
        return _TEARS if _CRYING.search(text) else ""
    bare = _IN_FRONT.sub("", said)
    for each in dict.fromkeys((said, bare, _BEHIND.sub("", bare))):
        for name, words in _PATTERNS.items():
            if words.fullmatch(each):
                return name
    return ""


def _answers(talk: Talk, text: str) -> bool:
    """Whether *text* answers the question that waits, as "thanks" does where that means enough."""
    plan, session = talk.release.plan, talk.session
    state = plan.states.get(session.state)
    answer = None if state is None else understand(plan, state, session, text)
    return answer is not None and answer[0] != OTHER


def _is_sayable(talk: Talk, kind: str) -> bool:
    return talk.release.plan.can_say(f"always.{kind}.say")


def _mark(talk: Talk, kind: str) -> str:
    """Return what is remembered of *kind*: with the next question it may be said again."""
    return f"{kind}:{talk.session.step}"


def _is_told(talk: Talk) -> bool:
    state = talk.release.plan.states.get(talk.session.state)
    is_looking = talk.session.state.startswith((*_LOOKING, ADDING))
    return state is not None and state.expect in {"text", "code"} and not is_looking
