"""What people ask of the chat itself, and need at once: how to delete it, or how to use it.

These are understood wherever they are written, also amid what they tell; what waits is asked again.
"""

import re

from bot.casework.cases import is_adult
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.engine.plain import plain
from bot.intake.about_us import asks_for_report
from bot.intake.asked_in_trouble import (
    answer_in_trouble,
    asked_in_trouble,
    asks_whether_to_call_police,
    is_of_trouble,
)
from bot.intake.asked_to_act import answer_to_act
from bot.intake.case_shown import shows_case
from bot.intake.deleting import asks_to_delete, means_no_question
from bot.intake.fears import answer_in_fear, asked_in_fear, is_of_fear
from bot.intake.outside import asks_from_outside, wants_an_interview
from bot.intake.place import ask_again, place_of
from bot.intake.talk import REPORT, Talk
from bot.intake.waited_for import asks_why_nobody

_LOST, _NO_ANSWER_YET = "lost_code", "no_answer_yet"
_DELETE, _NOT_TAKEN = "deleting", "nobody_takes_away"
_WHY_ASKED, _COSTS = "why_we_ask", "what_it_costs"
_CANNOT_GO_ON = frozenset({"take_your_time", "before_it_is_empty"})
_BETWEEN = ("welcome.", "rights.", "learning.", "activities.")
"""Where whoever asks for an earlier report is led to it."""

_TAKERS_ZH = r"(?:你们?|您|社工|警察|政府|民政局?)"
_TAKEN_ZH = r"(?:(?:我们?|我家|家里)?的?(?:孩子|娃娃?|儿子|女儿|小孩|孙子|孙女|弟弟|妹妹))"
_TAKEN_EN = (
    r"(?:the (?:kids?|child(?:ren)?|baby)"
    r"|my (?:\w+ )?(?:kids?|child(?:ren)?|sons?|daughters?|baby|brothers?|sisters?))"
)
_HOME_ZH = r"送(?:去|到|进)(?:孤儿院|福利院)"
"""Who might take a child away, as parents fear, whom, and where to; a child that asks so of itself
is answered by a page."""

_WISHES_ZH = r"(?:我|想|要|请|麻烦|能不能|可不可以|可以|怎么|如何|帮我|你们?|您|现在|希望|要求| )*"
_HERE_ZH = r"(?:在)?(?:你们?)?(?:这里|这边|这儿)?(?:留下?|填|写|登记)?"
_MINE_ZH = r"(?:所有|全部|个人|的)*(?:信息|资料|数据|隐私|聊天记录|个人情况)"
_ALL_PATTERNS = {
    "take_your_time": (
        r"(?:(?:no|ok|okay|actually|but|please|pls|sorry|um+|oh) )*(?:wait|slow down"
        r"|(?:hold|hang) on(?: an? (?:sec|second|moment|min|minute))?"
        r"|(?:one|(?:just |wait )?an?) (?:sec|second|moment|min|minute)"
        r"|(?:give me|i need) (?:an? (?:sec|second|moment|min|minute|bit)|(?:some )?time)"
        r"|let me think|i (?:have|need) to think)(?: (?:please|pls|a bit|ok|sorry|wait)){0,2}"
        r"|(?:那|你|请|先|再|慢点|稍)*等(?:一?下|哈|会儿?|等|一会儿?)(?:我|再说|再讲)?[啊哈嘛吧哦]*"
        r"|等我(?:一?下|哈|一?会儿?|想想)[啊哈嘛吧]*|(?:你|请)?慢(?:点|一点|慢来)[啊哈嘛吧]*"
        r"|(?:让|等)?我(?:要|先|再)?(?:想一?想|想一?下|想下|想哈|缓一?缓)[啊哈嘛吧再说]*"
    ),
    "nobody_arrests": (
        r"(?:那|我|要是我?说了?|说了)*(?:你们?|您|社工)(?:会不会|会|要|是不是要?|是来)(?:来)?"
        r"(?:把)?(?:我们?|他们?|她|我?爸爸?|我?妈妈?)?(?:抓|逮捕|关)(?:走|起来|进去|去)?"
        r"(?:我们?|他们?|她|我?爸爸?|我?妈妈?|人)?(?:吗|嘛|么|不|啊|呀)?"
        r"|(?:and |but |so )?(?:will|would|are|can|do) (?:you|u)(?: guys)? (?:going to |gonna )?"
        r"(?:arrest|jail|lock up|put in (?:jail|prison))"
        r"(?: (?:me|us|him|her|them|people"
        r"|my (?:\w+ )?(?:dad|mum|mom|father|mother|parents|uncle)))?"
    ),
    _NOT_TAKEN: (
        rf"(?:那|我|要是我?说了?|说了|报了?|以后)*{_TAKERS_ZH}(?:会不会|会|要|是不是要?|是来)(?:来)?"
        rf"(?:把(?:{_TAKEN_ZH}|他们?|她们?)(?:带|抢|抱|领|接|送)走|(?:带|抢|抱|领|接|送)走{_TAKEN_ZH})"
        r"[吗嘛么不啊呀]*"
        rf"|(?:那)?{_TAKEN_ZH}(?:会不会|会|要|是不是要?)被(?:{_TAKERS_ZH}|人)?"
        rf"(?:(?:带|抢|抱|领|送)走|{_HOME_ZH})[吗嘛么不啊呀]*"
        r"|(?:and |but |so |then )*(?:will|would|are|can|do) (?:you|u|social workers|the police)"
        rf"(?: guys)? (?:going to |gonna )?(?:take|taking|remove) (?:him|her|them|{_TAKEN_EN})"
        r" (?:away|from (?:me|us|home))(?: from (?:me|us|home))?"
        rf"|(?:and |but |so |then )*(?:will|would|can) (?:they|you|u) take {_TAKEN_EN}(?: away)?"
        rf"|(?:and |but |so |then )*(?:will|would|can) {_TAKEN_EN} (?:be|get)"
        r" (?:taken away|taken from (?:me|us|home))(?: from (?:me|us|home))?"
    ),
    "before_it_is_empty": (
        r"(?:我的?)?(?:手机|电话)?(?:快要?|马上要?|就要|要|已经|快){0,3}没电了?[啊呀]*"
        r"|(?:我的?)?(?:手机|电话)?(?:电量|电)(?:不多|不够|快没|快完|要完|只剩(?:一点|\d{1,2}))了?"
        r"|(?:sorry )?(?:my )?(?:phone|battery|cell|mobile)(?: is|s)?"
        r" (?:about to (?:die|run out)|(?:almost |nearly )?(?:dying|dead|empty|out)"
        r"|(?:very |really |so )?low|running (?:out|low)|going to (?:die|run out)|gonna die)"
        r"(?: (?:of |on )?battery)?(?: soon| now)?|(?:my phone has )?(?:low|no|almost no) battery"
        r"(?: left)?|\d{1,2} (?:percent )?battery(?: left)?"
    ),
    _DELETE: (
        r"(?:那|请问|我|要|想|该|能|可以|请)*(?:怎么样?|怎样|咋个?|如何|在哪里?|哪里)(?:才能|能|可以|才|把)*"
        r"(?:这些|这个|这里|我写的|我的|聊天|记录|消息|对话|都|全部|给)*(?:删除?|清除|清空|撤回)"
        r"(?:掉|了|这些|这个|这里|聊天|的|记录|消息|对话|我写的)*[吗呢啊呀]?"
        r"|(?:请|麻烦|能不能|可以|可不可以|你|您|快)*(?:帮我|给我)(?:把)?(?:这些|聊天|记录|消息|都|全部|我写的)*"
        r"(?:删除?|清除|清空|撤回)(?:掉|了|一下|这些|聊天|的|记录|消息|吧|吗|好吗)*"
        r"|(?:请|麻烦|能不能|可以|可不可以|求求?你们?|你们?|您|快|那| )*(?:把|将)"
        r"(?:(?:我|刚才|刚刚|前面|之前|上面)(?:我|刚才|刚刚|前面|之前|上面)*(?:说|写|发|讲)(?:过)?"
        r"(?:的话?|的?这些|的?那些|的东西|的消息|都|全部|给|话)*|(?:刚才|刚刚|前面|上面)的(?:话|消息)?(?:都|全部)?)"
        r"(?:删除?|清除|清空|撤回)(?:掉|了|除)*(?:吧|吗|嘛|好吗|可以吗|好不好|行吗|啊)*"
        r"|(?:请|麻烦|快)?(?:删除?|清除|撤回)(?:掉|了)?我(?:刚才|刚刚|前面)?(?:说|写|发|讲)(?:过)?的"
        r"(?:话|东西|消息|这些|那些)*(?:吧|吗|好吗)*"
        rf"|{_WISHES_ZH}(?:把|将)?我{_HERE_ZH}的?{_MINE_ZH}(?:都|全|全部|给|给我)*"
        r"(?:删除?|清除|清空|销毁)(?:掉|了|除)*(?:吧|吗|嘛|好吗|可以吗)*"
        rf"|{_WISHES_ZH}(?:删除?|清除|清空|销毁)(?:掉|了)?我{_HERE_ZH}的?{_MINE_ZH}(?:吧|吗|好吗)*"
        r"|(?:how (?:do|can|could) i|can (?:you|i)|(?:please |pls )?(?:can you )?)\s?(?:please )?"
        r"(?:delete|erase|remove|clear)(?: (?:all|this|it|that|everything|my|the|these|what|data"
        r"|chat|chats|messages?|conversation|history|of|please|now|for me|information|about me"
        r"|i (?:just |have )?(?:wrote|written|said|sent|told you|typed)))+"
        r"|i (?:want|need|would like)(?: all(?: of)?)? (?:my (?:data|messages?|texts?|chat)"
        r"|everything(?: i (?:wrote|said|sent))?|what i (?:wrote|said|sent)|it|this)"
        r" (?:to be )?(?:deleted|erased|removed)(?: now| please)*"
    ),
    "cannot_type": (
        r"(?:可是|但是|但|我|人老了|年纪大了?|老了| )*(?:真的|都|也)*"
        r"(?:(?:不(?:太|大)?会|不晓得怎么|不知道怎么)(?:打|写|用拼音打)字|打不来字?)[的啊呀哦了]*"
        r"|(?:可是|但是|但|我| )*(?:打字(?:太|很|好|打得)?(?:慢|难)|不识字|不认(?:得|识)字"
        r"|没读过书)[的啊呀了]*"
        r"|(?:sorry )?i (?:cant|cannot|can not|dont know how to|am not able to|do not know how to)"
        r" (?:type|write)(?: (?:well|very well|good|fast|much|so well))?"
        r"|(?:im|i am) (?:not good|bad|slow) at (?:typing|writing)"
    ),
    _COSTS: (
        r"(?:那|请问|这个|这里|你们?|写|在这里写|咨询|找你们|聊天)*(?:要不要|收不收|要|收|是不是要|用不用|需要|需不需要)"
        r"(?:钱|费|收费|花钱|交钱|付钱|给钱)(?:不|吗|嘛|么|没有?)?"
        r"|(?:这个|这里|你们?|请问)*(?:是)?(?:免费|收费)(?:的)?(?:不|吗|嘛|么)"
        r"|(?:(?:hi|hello|and|so|ok|but|wait|sorry) )*(?:"
        r"(?:does|do|will|is) (?:it|this|texting|writing(?: here)?|messaging|chatting"
        r"|(?:the|this) (?:chat|service|help)) (?:going to )?cost (?:me )?"
        r"(?:anything|money|something|a lot|data|credit)"
        r"|(?:is|are) (?:it|this|you|u|the (?:chat|service|help)|writing here|everything)"
        r" (?:all |really |for )?free(?: of charge)?|(?:it|this) (?:is|s) free(?: right)?"
        r"|(?:do|will) i (?:have to |need to |must )?(?:pay|be charged)"
        r"(?: (?:for (?:this|it)|anything|something|you|money))?"
        r"|do (?:you|u) (?:charge|take money|want money|need money)(?: for (?:this|it))?"
        r"|is there an? (?:fee|cost|charge)|what does (?:it|this) cost|whats the cost"
        r"|how much (?:does (?:it|this) cost|is (?:it|this)|do (?:you|u) charge"
        r"|do i (?:have to )?pay))(?: (?:here|please|pls|though)){0,2}"
    ),
    "no_name_needed": (
        r"(?:(?:and|but|so|ok|first|wait|sorry) )*(?:(?:do|must|should|will|would) i (?:really )?"
        r"(?:have to |need to )?(?:say|tell|give|write|leave|put)(?: (?:you|u|them))?"
        r"(?: (?:my|a|the|any|his|her|our))?(?: (?:real|full|own))? names?(?: here| too| to you)?"
        r"|(?:do|will) (?:you|u) need (?:to know )?my (?:real |full )?name|can i (?:stay|be|remain)"
        r" anonymous(?: here)?|is (?:this|it) (?:really )?anonymous(?: here)?)"
        r"|(?:那|请问|我)*(?:一定要|必须|要不要|需不需要|需要|要|可以不|能不能不|可不可以不)(?:要)?"
        r"(?:说|写|留|填|报|告诉你们?)(?:我|自己|真实|的|真)*(?:名字|姓名|名)[吗嘛么呢啊]*"
        r"|(?:那|请问|我|这里|这个|是不是|可以|能不能|能|可不可以|是)*匿名(?:的|说|写)?[吗嘛么呢]*"
    ),
    "what_is_seen_here": (
        r"(?:请问|那)?(?:你们?这里?|这里|这儿|这个聊天|这)?(?:到底)?(?:有没有|有|装没装|装了)(?:人)?(?:监控|摄像头|监视|窃听)"
        r"(?:我)?(?:的)?(?:吗|嘛|么|没有|不|啊|呀)?"
        r"|(?:那)?(?:你们?|您|社工)(?:能不能|会不会|是不是能|能|会|可以)?(?:看得?到|看得?见|听得?到|听得?见|监视|监听)我们?"
        r"(?:的脸|家|在干什么|在哪里?|在做什么)?(?:吗|嘛|么|不)?"
        r"|(?:那)?(?:你们?|您)(?:会不会|会|能|能不能|可以|是不是)?(?:定位|查)(?:到)?我?(?:们|的位置|在哪里?|在哪儿)?(?:吗|嘛|么|不)?"
        r"|(?:那)?(?:你们?|您)(?:会不会|会|能)?知道我(?:现在)?(?:在哪里?|在哪儿|住哪里?|住在哪里?|家在哪里?)(?:吗|嘛|么|不)?"
        r"|(?:那|请问)?(?:你们?|您)?(?:会不会|会|能不能|能|可以|可不可以)(?:定位|查)(?:得?到)?(?:我)?(?:们|的位置|在哪里?"
        r"|在哪儿|的手机)?(?:吗|嘛|么|不)?(?: ?我(?:现在)?在.{1,8})?"
        r"|(?:那|请问)?我(?:们|的)?(?:家|房间|屋|手机|宿舍|寝室)(?:里面?|头|上)?(?:会不会|是不是)?(?:有没有|有)"
        r"(?:装)?(?:监控|摄像头|窃听|定位)(?:吗|嘛|么|没有|不|啊|呀)?"
        r"|(?:(?:hi|hello|and|so|ok|but|wait) )*(?:(?:are|is) there (?:any |an? )?(?:hidden )?"
        r"cameras?(?: here| on| watching(?: me)?| in my (?:room|house|home|phone))?"
        r"|(?:can|could|do|are) (?:you|u) (?:see|hear|watch|watching|track|tracking|find"
        r"|listening to|recording) me(?: right now| now)?"
        r"|(?:can|do|will) (?:you|u) (?:know|see|find(?: out)?|track) where i (?:am|live)"
        r"|(?:is|are) (?:this|you|u) (?:filming|recording)(?: me)?|is (?:my|the) camera on)"
    ),
    "they_may_write": (
        r"(?:那|请|请问|麻烦|想请|希望)*(?:你们?|您|社工|你们的社工)(?:能不能|可不可以|可以|能|会|帮我|帮忙|也|直接|去|来)*"
        r"(?:和|跟|找|同)(?:一下)?(?:我的?|我家的?|我们家?的?)(?:女儿|儿子|孩子|娃娃?|孙子|孙女|小孩|学生)"
        r"(?:本人|自己)?(?:聊聊?|谈谈?|说说?|讲讲?|聊天|谈心|谈话|说话)(?:一下|一聊|一谈|天|看看?)*[吗嘛么吧不好啊呀]*"
        r"|(?:(?:and|so|ok|please) )*(?:can|could|will|would)"
        r" (?:you|u|somebody|someone|a (?:social )?worker) (?:please )?(?:talk|speak|chat)"
        r" (?:to|with) (?:my|our) (?:son|daughter|child|kid|grandson|granddaughter|pupil)"
        r"(?: instead| too| please| directly)?"
    ),
    _WHY_ASKED: (
        r"(?:那|可是|但)*(?:你们?|您)?(?:为什么|为啥|干嘛|干什么|咋个|怎么)(?:要|老|总|一直|非要|老是)*(?:要)?问(?:我|人家)?"
        r"(?:这个|这些|这么多|那么多|这种|这样的?|问题|几岁|年龄|多大|在哪里?|是谁)*[呢啊呀]*"
        r"|(?:你们?|您)?问(?:这个|这些|这么多|我)+(?:干嘛|干什么|做什么|干啥|有什么用|有啥用)[呢啊呀]*"
        r"|(?:but |and |so )?why (?:do|are|r|would) (?:you|u)"
        r" (?:(?:need|want) to know|ask(?:ing)?|wanna know)"
        r"(?: (?:this|that|it|me|all|so many|questions|these|my age|where i live|who i am)){0,3}"
        r"|(?:but )?what do (?:you|u) need (?:it|this|that) for"
    ),
    "can_you_help": (
        r"(?:那|请问)?(?:你们?|您|这里)(?:到底)?(?:能不能|可不可以|可以|能|会|有办法)(?:不能)?帮(?:助|到)?我们?(?:吗|不|嘛|么)?"
        r"|(?:can|could|will) you help(?: me| us)?"
    ),
}
_NAMES_NO_QUESTION = expression(r"要钱|收费|收钱")
"""What whoever tells of harm may say of others, as well as ask of us."""

_THEM = expression(r"把[他她]们?(?:带|抢|抱|领|接|送)走|\b(?:him|her|them)\b")
"""Whom an adult may fear for; a child who asks so may wish that somebody were taken away."""

_PATTERNS = {name: expression(words) for name, words in _ALL_PATTERNS.items()}


@looks_once
def asked_of_the_chat(text: str) -> str:
    """Return which answer *text* calls for, if it asks nothing else; ``""`` if for none."""
    said = plain(text)
    kind = next((name for name, words in _PATTERNS.items() if words.fullmatch(said)), "")
    if kind or not asks_for_report(text):
        return kind or asked_in_trouble(text)
    return _LOST if re.search(r"口令|\bcode\b", said) else _NO_ANSWER_YET


def asked_by_them(talk: Talk, text: str) -> str:
    """Return which answer *text* calls for from whoever writes; ``""`` if for none."""
    kind = asked_of_the_chat(text)
    if kind == _WHY_ASKED and place_of(talk.session.state):  # there it is for the place
        return ""
    if kind == _COSTS and talk.case is not None:  # whoever threatens them may want money
        kind = asked_in_trouble(text) or kind
    is_wished = kind == _NOT_TAKEN and _THEM.search(plain(text)) is not None
    return "" if is_wished and not is_adult(talk.session.answers) else kind


def raises_nothing(text: str) -> bool:
    """Whether *text* says only that they cannot go on now, or asks whether to call the police."""
    return asked_of_the_chat(text) in _CANNOT_GO_ON or asks_whether_to_call_police(text)


async def answer_of_the_chat(talk: Talk, update: Update) -> bool:
    """Answer what *update* asks of the chat itself, and ask again what waits.

    Returns whether it did. Whoever begins with it is greeted first, as everybody is.
    """
    kind = ""
    if update.kind is Kind.TEXT and not talk.word:
        kind = await _kind(talk, update.text)
    is_known = talk.release.plan.can_say(f"always.{kind}.say")
    if not kind or not is_known or not (talk.session.step or talk.case):
        return False
    is_led = talk.session.state.startswith(_BETWEEN) or talk.case is None
    if kind in {_LOST, _NO_ANSWER_YET} and is_led:
        return False
    again = ask_again(talk.release.plan, talk.session, talk.now)
    talk.session = again.session
    await talk.say((Told(key=f"always.{kind}.say"), *again.events))
    return True


async def _kind(talk: Talk, text: str) -> str:
    """Return which answer *text* calls for where the talk stands; ``""`` if for none.

    A worry seen in it takes no answer from whoever is amid a report already, nor does harm told
    before take it from whoever asks in trouble.
    """
    kind = _asked(talk, text)
    if not kind and talk.case is None and talk.felt is Level.NONE:
        return asks_from_outside(text)
    if not kind and talk.felt > Level.EMERGENCY:
        return answer_to_act(talk, text) or _of_the_press(talk, text)
    worst = Level.NONE
    if talk.case is not None and talk.session.state:
        is_felt = is_of_trouble(kind) or is_of_fear(kind)
        worst = Level.URGENT if is_felt else Level.ROUTINE
    if talk.felt < worst or (kind == _DELETE and means_no_question(talk, text)):
        return ""
    if shows_case(talk) and _NAMES_NO_QUESTION.fullmatch(plain(text)):
        return ""
    if is_of_fear(kind):
        return answer_in_fear(talk, kind)
    return await answer_in_trouble(talk, kind) if is_of_trouble(kind) else _in_danger(talk, kind)


def _asked(talk: Talk, text: str) -> str:
    """Return what *text* asks of this chat; behind what they told also why, or for fear."""
    kind = _DELETE if asks_to_delete(talk, text) else asked_by_them(talk, text)
    if kind or not shows_case(talk):
        return kind
    is_put = asks_why_nobody(text) and not place_of(talk.session.state)  # there it asks for help
    return _NO_ANSWER_YET if is_put else asked_in_fear(text)


def _of_the_press(talk: Talk, text: str) -> str:
    """Return what is said to the press that names a harmed child, unless a report is under way.

    A person reads what they wrote as well; whoever begins with it is asked who they are first.
    """
    is_heard = bool(talk.session.step) and not talk.session.state.startswith(REPORT)
    return asks_from_outside(text) if is_heard and wants_an_interview(text) else ""


def _in_danger(talk: Talk, kind: str) -> str:
    """Return *kind*, or the wording of it with both numbers if they were told whom to call."""
    is_told = talk.session.comforted is Level.EMERGENCY and not talk.session.hides_case
    named = f"{kind}_in_danger"
    is_known = talk.release.plan.can_say(f"always.{named}.say")
    return named if is_told and kind in _CANNOT_GO_ON and is_known else kind
