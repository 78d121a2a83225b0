"""Complaints about us, thanks for an answer, and what became of an earlier report.

These are understood wherever nothing is being told; each leads on, and none is searched for.
"""

from bot.casework.alerts import tell_supervisors
from bot.casework.cases import is_adult
from bot.casework.phrases import COMPLAINT, COMPLAINT_OF_OWNER
from bot.domain.case import COMPLAINED, OF_OWNER, TOLD
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Words
from bot.engine.walk import Turn, walk
from bot.intake.talk import Talk
from storage import cases

_COMPLAINT, _REPORT, _THANKS = "complaint", "about_your_report", "thanks"
_BETWEEN = ("welcome.", "rights.")
_GOODBYE, _PERSON = "rights.goodbye", "talk_to_a_person.asked_for"

_WISH = (
    r"(?:i (?:want|would like|need|wish|have) to|id like to|(?:how|where) (?:do|can) i"
    r"|can i|may i|i will|im going to)"
)
_OURS = (
    r"(?:you|this (?:service|place|chat)|(?:(?:one of )?(?:your|my|the|a) )?(?:social )?"
    r"(?:workers?|service|organi[sz]ation|staff|program|people))"
)
_WAITED = r"(?:怎么|为什么|咋个?|都几天了|都好几天了|这么久了?|到现在)"
_BEFORE = r"(?:上次|上回|之前|以前|前几天|前两天|上个?星期|上周|昨天)"
_READ = r"在?[看理管]到?(?:我们?的?(?:写的|发的|消息)+|写的|发的|消息)?的?"
"""What somebody does with a message; "somebody watches me" is about no message."""

_HOW = (
    r"(?:现在|后来|到底)?(?:怎么样|咋样|怎样|什么情况|有结果|有消息|有进展|处理好)"
    r"(?:了|吗|没有?|呢)*"
)
_PATTERNS = {
    _COMPLAINT: (
        rf"{_WISH} (?:make|file|lodge) a complaint(?: (?:about|against) {_OURS})?"
        rf"|{_WISH} complain(?: (?:about|against) {_OURS})?|complaint(?: (?:about|against) {_OURS})"
        "|我?(?:要|想|怎么|可以|能不能|能|在哪里?|向谁)*投诉(?:你们?|您)(?:的|这里|那个|那位|这个|一个)*"
        "(?:社工|工作人员|人|机构|平台|老师|服务|态度)?[吗呢啊了]*"
        "|我(?:要|想)投诉(?:那个|那位|这个|一个)?(?:社工|工作人员)?"
    ),
    _REPORT: (
        r"(?:sorry )?(?:what if )?i (?:have |ve )?(?:lost|forgot|forgotten|dont have|do not have"
        r"|cant find|cannot find|dont remember|dont know) (?:my|the) code(?: any ?more)?"
        r"|my code is (?:lost|gone)|lost my code|forgot my code"
        r"|(?:why )?(?:has |did )?(?:nobody|no ?one)(?: has)? (?:contacted|called|contact|call"
        r"|answered|written|replied)(?: to)?(?: me)?(?: yet)?"
        r"|(?:what (?:happened|happens) (?:to|with)|how is|any news (?:about|of|on)|status of)"
        r" my (?:report|case)(?: going)?"
        r"|(?:but )?i (?:already |have )*(?:reported|told (?:you|u)|wrote|written|texted|messaged)"
        r"(?: (?:something|it|this|that|all|here|you|u|to you|to u)){0,3}"
        r" (?:before|already|last (?:time|week|night|month)|earlier|yesterday|the other day"
        r"|on \w+day"
        r"|(?:\w+|a few|a couple of) (?:days|weeks) ago)"
        r"(?: what (?:is happening|happened|now)| (?:and |but )?(?:nobody|no ?one) (?:has |have )?"
        r"(?:answered|replied|called|contacted me|called me|answered me|wrote back|read it)"
        r"| (?:and )?(?:still )?(?:no (?:answer|reply)|nothing))?"
        r"|(?:but )?i already (?:reported|told (?:you|u)|wrote)"
        r"(?: (?:it|this|that|all|everything|to you))*"
        r"|i (?:had|got|have) (?:a|the|my) code (?:but|and) (?:i )?(?:have )?"
        r"(?:lost|forgot|forgotten|cant find|dont remember)(?: (?:it|the code|that))?"
        "|我?的?口令(?:给)?(?:忘|丢|弄丢|搞丢|找不到|不见|没|不记得|记不得)(?:了|记了|掉了)*(?:怎么办)?"
        "|我?(?:把)?(?:忘|忘记|丢|弄丢|搞丢|找不到|不记得|记不得)(?:了|掉了)?我?的?口令(?:了|怎么办)*"
        f"|{_WAITED}(?:还|都|到现在)*没有?人(?:来)?(?:联系|回复|回|答复)(?:我们?|一下)?(?:呢|啊|呀)?"
        "|(?:你们?|您|社工|老师)?(?:怎么|为什么|为啥|咋个?)(?:还|都|一直|就|老是)*(?:不|没有?)人?"
        "(?:回|回复|答复|联系|理)(?:我们?|消息)*(?:呢|啊|呀|了)?"
        "|(?:你们?|您|社工|老师)?(?:要)?(?:什么时候|啥时候|哪时候|哪哈|多久|好久)(?:才|会|能|可以)*"
        "(?:回|回复|答复|联系)(?:我们?|消息)?(?:呢|啊|呀)?"
        "|(?:都|一直|还是|到现在|还)*没有?人(?:回|回复|答复|联系)(?:我们?|消息)(?:呢|啊|呀)?"
        "|(?:到底|现在|这里|你们)?(?:有没有|有)人在?回(?:到|我们?|消息|我?写的|的)*"
        "(?:吗|嘛|么|没有?|呢|啊|呀)*"
        f"|(?:到底|现在|这里|你们)?(?:有没有人{_READ}|有人{_READ}(?:吗|嘛|么|没有?))[吗嘛么呢啊呀]*"
        f"|我?{_BEFORE}(?:报|报告|举报|反映|说|写|讲)过?的?(?:了|事情?|情况)?(?: ?{_HOW})"
        f"|我{_BEFORE}(?:报|报告|举报|反映)过了?|我(?:报|举报|反映)的(?:事情?|情况) ?{_HOW}"
    ),
    _THANKS: (
        r"(?:(?:ok|okay|great|good|perfect|alright|i see|got it|understood) )*"
        r"(?:thanks?(?: you)?|thx|ty|cheers)(?: (?:so|very) much| a lot)?(?: for (?:the|your)"
        r" (?:answer|help|information|info))?(?: (?:(?:that|this|it) (?:helps|helped|was helpful|is"
        r" helpful|helps me)(?: a lot| me)?|i see|i understand|got it|understood|bye))?"
        r"|(?:that|this) (?:helps|helped)(?: a lot| me)?(?: thanks?(?: you)?)?"
        "|(?:(?:嗯|好|好的|行|可以|哦|明白了?|知道了|懂了|了解了?|清楚了) ?)*(?:太|非常|很|真是)?"
        "(?:感谢|谢谢|多谢|谢了|谢)(?:你们?|您|啦|了|哈|啊|的?(?:回答|解答|帮助))*"
        "(?: ?(?:我)?(?:明白|知道|懂|了解|清楚)了?(?:啦|哈)?| ?再见| ?很有帮助| ?有帮助)?"
        "|(?:这个|这些|嗯|对我)*(?:很|挺|真的|非常)?有(?:帮助|用)(?:了|的|啊|呀)*"
        "(?: ?(?:谢谢|谢了)(?:你们?|您)?)?"
    ),
}
_SAID = {kind: expression(words) for kind, words in _PATTERNS.items()}


_NEW = "new"
_IN_PASSING = expression(
    r"(?<![不没])(?<!不[想要会用能])投诉(?:一下)?"
    r"(?:你(?!爸|妈|爷|奶|家|的?孩子)|您|贵|(?:那个|那位|这个|这位|一个|一位|我的)?(?:社工|工作人员|小橘灯))"
    r"|\bcomplain(?:t|ts|ing)?\b (?:about|against|of) (?:you\b|(?:one of )?your\b"
    r"|this (?:chat|service)\b|(?:the|a|my|this|that) (?:social )?workers?\b)"
    r"|社工.{0,80}?我们?(?:就|也|还|一定)?(?:要|想|得|必须|来)去?投诉"
    r"(?:$| |[他她您]|你们?(?!爸|妈|家)|这个?人|这种人)"
    r"|\bsocial workers? .{0,160}?\b(?:i|we) (?:\w+ ){0,2}(?:want|need|like|wish|have|will|going) "
    r"(?:to )?(?:make a complaint|complain)(?: (?:about|against) (?:him|her|them|it|this|that))?"
    r"(?: please)?$"
)
_COMPLAINING = ("投诉", "complain")
"""One of these stands in whatever that matches; few texts hold one."""

_NOT_MEANT = expression(r"\b(?:dont|do not|not|never|no|wont)\b(?: \w+){0,3} complain")
"""What complains about us among other words, and what says that it does not."""

_OWN_WISH = expression(
    r"我们?(?:就|也|还|现在)?(?:要|想|想要|得|必须|来)投诉"
    r"|\b(?:i|we) (?:\w+ ){0,2}(?:want|need|like|wish|have|am|are|will)\b(?: \w+){0,3} complain"
)
"""That it is the writer who complains; beside harm, others may have said what stands there."""


@looks_once
def about_us(text: str) -> str:
    """Return whether *text* complains of us, or only asks for a report, or thanks; else ``""``."""
    said = plain(text)
    in_passing = _COMPLAINT if _complains_in_passing(said) else ""
    return next((kind for kind, words in _SAID.items() if words.fullmatch(said)), in_passing)


def _complains_in_passing(said: str) -> bool:
    is_named = any(word in said for word in _COMPLAINING)
    return is_named and bool(_IN_PASSING.search(said)) and not _NOT_MEANT.search(said)


def asks_for_report(text: str) -> bool:
    """Whether *text* only asks what became of a report, for an answer, or for a lost code."""
    return about_us(text) == _REPORT


def complains(talk: Talk, text: str) -> bool:
    """Whether *text* is a complaint about us, and tells of no more than low spirits."""
    return talk.felt >= Level.ROUTINE and about_us(text) == _COMPLAINT


def note_complaint(talk: Talk, text: str) -> None:
    """Keep with the answers that *text* complains about us, whatever else it says.

    Also where a worker has the talk, who may be the one complained about. Where harm is told in
    the same words, it is one only if they say that it is they who complain.
    """
    if COMPLAINED in talk.session.answers or about_us(text) != _COMPLAINT:
        return
    if talk.felt is Level.NONE or _OWN_WISH.search(plain(text)):
        answers = {**talk.session.answers, COMPLAINED: _NEW}
        talk.session = replace(talk.session, answers=answers)


async def tell_of_complaint(talk: Talk) -> None:
    """Tell the supervisors, once for each case, that they complain in it.

    Where a worker has it then, it may be about that one, and is marked for supervisors only. Where
    none can be reached, that is tried again with the next words.
    """
    noted = talk.session.answers.get(COMPLAINED, "")
    if talk.case is None or noted.removesuffix(OF_OWNER) != _NEW:
        return
    case = await cases.find_case(talk.tx, talk.case)
    whose = OF_OWNER if case.owner or noted.endswith(OF_OWNER) else ""
    words = COMPLAINT_OF_OWNER if case.owner else COMPLAINT
    is_told = await tell_supervisors(talk.tx, talk.house, case, words, now=talk.now)
    answers = {**talk.session.answers, COMPLAINED: f"{TOLD if is_told else _NEW}{whose}"}
    talk.session = replace(talk.session, answers=answers)


def take_about_us(talk: Talk, session: Session, reply: Words) -> Turn | None:
    """Go on with what *reply* wants of us; None where something is told, or it says more."""
    plan = talk.release.plan
    is_between = not session.state or session.state.startswith(_BETWEEN)
    if not is_between or reply.word or talk.felt < Level.ROUTINE:
        return None
    kind = about_us(reply.text)
    if talk.felt is Level.ROUTINE and kind != _COMPLAINT:
        return None
    anew = replace(session, calls=())
    if kind == _THANKS:
        is_over = session.state.startswith("rights.")
        return walk(plan, anew, _GOODBYE, talk.now) if is_over else None
    if not kind or not plan.can_say(f"always.{kind}.say"):
        return None
    menu = "welcome.adult_menu" if is_adult(session.answers) else "welcome.child_menu"
    turn = walk(plan, anew, menu if kind == _REPORT else _PERSON, talk.now)
    return Turn(turn.session, (Told(key=f"always.{kind}.say"), *turn.events))
