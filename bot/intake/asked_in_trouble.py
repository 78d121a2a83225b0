"""What somebody asks who has told of harm, and needs answered in one line, not with a page.

Whether to call the police, to pay whoever threatens them with pictures, to delete what shows it, to
tell of a friend who wants to die, whether they will be believed, whether it comes out who told, and
what becomes of whoever did it. Without harm that was told these are questions like any other.
"""

import re

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.engine.plain import plain
from bot.guidance.relation import OWN, relation_in
from bot.intake.case_shown import shows_case_amid_telling
from bot.intake.kin_words import KIN_EN
from bot.intake.own_deed import answer_after_own_deed
from bot.intake.talk import Talk
from bot.triage.rules import OF_ANOTHER
from bot.triage.signals import find_signals
from storage import cases

_PAY, _POLICE, _BELIEF = "felt_sextortion", "may_call_police", "to_be_believed"
_FRIEND = "felt_suicide_friend"
_PUNISHED = "what_becomes_of_them"
_OWN_TROUBLE = "did_nothing_wrong"
_KEEP, _WHO_TOLD = "better_keep_it", "who_told"
_WHERE = "where_to_report"
_BLOWS = frozenset({"hit_at_home", "parents_fight"})
"""Topics of harm for which a page says what the police do."""

_PICTURES = "sextortion"
"""The topic about threats with pictures."""

_LOOKED_AT = 10
"""Of how many of their last messages it is looked up whom they fear for."""

_DONE_TO = frozenset(
    {
        "sexual_abuse",
        "online_sexual",
        "sextortion",
        "physical_abuse",
        "domestic_violence",
        "bullying",
    }
)
_OF_ME = expression(r"我|\b(?:i|me|my|us)\b", re.IGNORECASE)

_BEFORE = r"(?:(?:and|but|so|then|ok|or|please|maybe) )*"
_ONE_EN = (
    r"(?:(?:my |the )?(?:mum|mom|mother|dad|father|parents|grandma|grandpa|teachers?|friends?"
    r"|family|police)|he|she|they|you|u|people|anyone|anybody|someone|somebody|everyone)"
)
_ONE_ZH = (
    r"(?:(?:我的?)?(?:爸爸?|妈妈?|爸妈|爷爷|奶奶|外公|外婆|老师|家里人?|同学|朋友)|他们?|她们?|你们?"
    r"|别人|大人|警察|人|大家)"
)
_CHEAT_ZH = (
    r"骗(?!(?:我们?|他|她)?的?(?:爸妈|父母|妈妈?+|爸爸?+|爷爷?+|奶奶?+|外[公婆]|家里人?+|家人"
    r"|老师|同学)(?!的?(?:银行)?(?:钱|卡|存折|手机(?![没坏丢])|金|东西)))"
)
"""To lie to a parent or a teacher is a secret that was put upon a child, and no deed of its own."""

_STEAL_ZH = r"偷(?![偷看听玩跑懒]|吃(?!.{0,6}(?:店|超市|商场|别人)))"
_OWN_DEED = expression(
    rf"我们?(?:也|就|又|去|跟着|一起|帮忙?|帮他们?|被逼着?|只好|不得不)*(?:{_STEAL_ZH}(?<!偷(?=拍))|望风|运毒|卖毒)"
    rf"|(?:逼|要|叫|让|带|教|喊|使)我们?(?:去|帮|跟着|一起|他们?|她们?|给)*(?:{_STEAL_ZH}|抢|{_CHEAT_ZH}"
    r"|望风|运毒|送毒|卖毒)"
    r"|\b(?:ma(?:de|ke|kes|king)|forc(?:e|es|ed|ing)|wants?|told|tells?|asks?) me (?:to )?(?:\w+ )?"
    r"(?:steal|rob|shoplift|sell drugs|carry drugs"
    r"|(?<!\ba )(?<!\bbig )deal(?! with\b))\b"
    r"|\bi (?:\w+ )?(?:stole|robbed|shoplifted|steal|have stolen|had to steal)\b",
    re.IGNORECASE,
)
"""What a child may have been made to do; that this is nothing wrong is more than is known."""

_CALLS_ZH = r"(?:那|这个|这种|我们?|现在|到底)*"
_THEM_EN = r"(?:him|her|them)"
_WANTED_EN = (
    r"(?:it|more|some|(?:a |the |some |more |my )?(?:picture|photo|pic|video)s?|another one"
    r"|one more|what (?:he|she|they) wants?)"
)
_THEM_ZH = r"(?:他|她)们?"
_OUGHT_ZH = "要不要|该不该|是不是要|应不应该|用不用"
_PAYS_ZH = (
    rf"(?:给{_THEM_ZH})?(?:转|汇|付|打|交|给)给?(?:{_THEM_ZH})?(?:一?点|一些)?钱(?:给{_THEM_ZH})?"
    rf"|(?:给{_THEM_ZH})?(?:转|汇)给?(?:{_THEM_ZH})?(?:过去|一?点)?"
)
_SENDS_ZH = (
    rf"给{_THEM_ZH}(?:再)?(?:发|传)?(?:照片|一张|图|视频|过去|的)*"
    rf"|(?:再)?(?:发|传)(?:照片|一张|图|视频)*给{_THEM_ZH}(?:照片|一张|图|视频|的)*"
)
_POLICE_ZH = (
    r"(?:去|先|打|直接|自己|马上|也|就|帮[他她]|帮孩子)*(?:报警|报案|打110|找警察|告诉警察)"
)
_PUNISH_EN = (
    r"(?:(?:go|be sent|get sent|be put|be thrown|be taken) (?:to|in|into) (?:jail|prison)"
    r"|(?:be |get )(?:arrested|punished|in trouble|locked up|taken away|jailed|fired))"
)
_PUNISH_ZH = (
    r"(?:坐牢|判刑|抓(?:起来|走|进去)?|关(?:起来|进去)|(?:受到?)?(?:惩罚|处罚)|枪毙|开除|判多久)"
)
_BY_WHOM_ZH = r"(?:学校|老师|警察|他们?|她们?|你们?|别人|公安|派出所)?"
_MAY_ZH = r"(?:会不会|会|要|是不是要|是不是会)"
_CAUGHT_ZH = r"(?:抓|逮|关|开除|退学|处分|处罚|惩罚|骂|记过)"
_IT_ZH = (
    r"(?:这些?|那些?|它们?|他的?|她的?|我的?|里面?的?|手机|聊天|记录|消息|信息|微信|短信"
    r"|照片|图片?|视频|截图|对话|内容|都|全部)"
)
_IT_EN = (
    r"(?: (?:it|this|that|them|these|those|all|of|his|her|their|the|my|everything|chats?|messages?"
    r"|texts?|pictures?|photos?|pics?|videos?|conversations?|from|phone|him|now|first))"
)
_KNOWN_ZH = r"(?:知道|晓得|发现|查到|查出来?|猜到)"
_TOLD_ZH = r"(?:说|报|报告|举报|告|讲|告诉|反映|打)"
_TO_WHOM_ZH = (
    r"(?:他们?|她们?|那个(?:男|女)?(?:的|人)|别人|人家|邻居|对方|学校|校长|家长"
    r"|孩子家里?|家里人?|父母|爸妈|老师|班主任|我?爸爸?|我?妈妈?)"
)
_PATTERNS = {
    _KEEP: expression(
        rf"(?:现在|先|{_IT_ZH})*(?:{_OUGHT_ZH}|需不需要|可不可以|能不能|可以|能|要)"
        rf"(?:先|把|给|帮她|帮他|{_IT_ZH})*删(?:除|掉|了)*{_IT_ZH}*[吗嘛么不呢啊呀]*"
        rf"|{_BEFORE}(?:should|shall|must|do|can|may) (?:i|we) (?:have to |need to |better |just )*"
        rf"(?:delete|erase|remove){_IT_EN}+"
    ),
    _WHO_TOLD: expression(
        rf"(?:那|要是我?说了|你们?|您|{_TO_WHOM_ZH})*(?:会不会|会|是不是会|能不能|能)"
        rf"(?:让|叫|告诉|被)*{_TO_WHOM_ZH}?{_KNOWN_ZH}?(?:就)?是(?:我|哪个|谁)"
        rf"{_TOLD_ZH}的?[吗嘛么不呢啊呀]*|(?:求求?你们?|请|你们?|千万|一定)*(?:不要|别|莫)"
        rf"(?:跟|和|给|对)?{_TO_WHOM_ZH}?(?:说|讲)(?:出)?是我{_TOLD_ZH}?的?[啊呀嘛哈了]*"
        r"|(?:(?:please|but|and|no) )*(?:dont|never) (?:say|tell (?:him|her|them)) it was me"
        rf"|{_BEFORE}(?:will|would|do|does|can|could|might) (?:you (?:tell|let) )?"
        r"(?:the |their |his |her |my |our )?(?:host |head |step ?|grand)?"
        r"(?:they|them|he|him|she|her|family|parents?|father|mother|mum|mom|ma|pa|dad|uncle|aunt"
        r"|school|neighbou?rs?|anyone|(?:wo)?man|teacher|headmaster|principal|coach|boss|owner"
        r"|organi[sz]ation|village|class|anybody|people)"
        r" (?:ever )?(?:(?:find out|know|be told|hear|learn|see) )?(?:that |who )?"
        r"(?:it (?:was|is) me|i (?:was the one|reported|told|called|wrote)|reported|told)"
        r"(?: (?:who|that) (?:reported|told|called|wrote))?(?: (?:it|them|this|you|here))?"
    ),
    _WHERE: expression(
        r"(?:那|请问|我们?|到底|该|应该|应|要|可以|能|得|是)*"
        r"(?:(?:向|跟|给|找|去|到|在|和)(?:谁|哪个|哪里|哪儿|哪点|哪个部门|什么部门|什么地方)(?:去)?"
        r"(?:报告|举报|反映|报案|告)|(?:去)?(?:哪里|哪儿|哪点|哪个部门)(?:可以|能)?(?:报告|举报|报案)"
        r"|(?:报告|举报|反映)给(?:谁|哪个|哪里|哪个部门)|(?:怎么|咋个|如何)(?:报告|举报|报案))[呢啊呀]*"
        rf"|{_BEFORE}(?:who|where|how) (?:(?:do|should|can|must|shall|could) (?:i|we)|to)"
        r" (?:have to |need to )?report(?: (?:it|this|that|him|her|them))?(?: to)?"
    ),
    _OWN_TROUBLE: expression(
        rf"{_BEFORE}(?:will|would|could|can|do|am) i (?:really |even |now |also )?"
        rf"(?:have to |going to |gonna )?(?:{_PUNISH_EN}|(?:be |get )?(?:expelled|suspended"
        r"|kicked out))(?: (?:of|from) school)?(?: (?:for|because of) (?:this|that|it))?"
        r"(?: now| too)?"
        rf"|{_BEFORE}(?:will|would|can|could|are) {_ONE_EN} (?:going to )?(?:arrest|punish|expel"
        r"|suspend|jail) me(?: (?:for|because of) (?:this|that|it)| too| now)?"
        rf"|(?:那|要是说了|我?说了|这样)*我(?:自己)?{_MAY_ZH}(?:不会)?(?:也)?(?:被)?{_BY_WHOM_ZH}"
        rf"(?:{_PUNISH_ZH}|{_CAUGHT_ZH}(?:掉|走|起来)?)(?:的)?[吗嘛么不啊呀呢]*"
        rf"|(?:那|要是说了|我?说了|这样)*{_BY_WHOM_ZH}{_MAY_ZH}(?:也)?(?:把我)?{_CAUGHT_ZH}"
        r"(?:走|起来|掉)?我(?:走|起来)?(?:的)?[吗嘛么不啊呀呢]*"
        rf"|(?:那|要是说了|我?说了|这样)*{_MAY_ZH}(?:被)?(?:学校)?(?:开除|退学|处分|记过)[吗嘛么不啊呀呢]*"
    ),
    _PUNISHED: expression(
        rf"{_BEFORE}(?:will|would|could|does|can|must|is) {_ONE_EN} (?:really |even |ever |now )?"
        rf"(?:have to |going to |gonna )?{_PUNISH_EN}(?: for (?:this|that|it))?(?: now)?"
        rf"|{_BEFORE}what (?:will |would |is going to |s going to )?happens? to"
        rf" (?:him|her|them|(?!{KIN_EN}\b){_ONE_EN})(?: now| then)?"
        rf"|(?:那|要是说了|我说了)*(?:{_ONE_ZH}|叔叔|舅舅|伯伯|教练|那个人|继父|后爸)?(?:会不会|会|要|是不是要|是不是会|该不该)"
        rf"(?:被|去|要)?{_PUNISH_ZH}(?:我?的)?[吗嘛么不啊呀呢]?"
        rf"|(?:那)?(?:他|她)们?(?:会|要)(?:怎么样|咋样|怎样)[啊呀呢]?"
    ),
    _PAY: expression(
        rf"{_BEFORE}(?:should|shall|must|do|can|could) i (?:have to |just |need to )*(?:pay"
        rf"(?: (?:{_THEM_EN}|it|the money|money|some|more|what (?:he|she|they) wants?)){{0,2}}"
        rf"|(?:send|give) (?:{_THEM_EN} )?(?:(?:the|some|more) )?money(?: to {_THEM_EN})?)"
        rf"|{_BEFORE}(?:should|shall|must|do) i (?:have to |just |need to )*(?:send|give) (?:"
        rf"{_THEM_EN}(?: {_WANTED_EN})?|{_WANTED_EN} to {_THEM_EN}|more|another one|one more"
        r"|what (?:he|she|they) wants?)"
        r"|what if i (?:just )?(?:pay|dont pay)(?: (?:him|her|them))?"
        rf"|{_CALLS_ZH}(?:{_OUGHT_ZH}|可不可以|能不能)(?:先|就)?(?:{_PAYS_ZH})[啊呀呢]*"
        rf"|{_CALLS_ZH}(?:{_OUGHT_ZH})(?:先|就)?(?:{_SENDS_ZH})[啊呀呢]*"
        rf"|{_CALLS_ZH}(?:要|该)(?:给|转)(?:他们?|她)?钱[吗嘛么不]"
    ),
    _POLICE: expression(
        rf"{_BEFORE}(?:should|shall|can|may|must|could|do) i (?:have to |need to |really |just )*"
        r"(?:call|tell|ring|phone|go to|contact|report (?:it|this|him|her|them) to) (?:the )?"
        r"(?:police|cops|110)(?: (?:about (?:it|this|him|her|them)|now|myself|too|on (?:him|her)))?"
        rf"|{_CALLS_ZH}(?:要不要|该不该|能不能|可不可以|应不应该|是不是要|需不需要|用不用){_POLICE_ZH}[呢啊呀]*"
        rf"|{_CALLS_ZH}(?:要|能|可以|该|应该|需要){_POLICE_ZH}[吗嘛么不]"
    ),
    _FRIEND: expression(
        rf"{_BEFORE}(?:do|should|must|shall) i (?:really |have to |need to |still )*tell"
        r"(?: (?:someone|somebody|anyone|anybody|an adult|a grown up|a teacher|my teacher|her mum"
        r"|her mom|his mum|his mom|her parents|his parents|my mum|my mom|on her|on him))?"
        r"|(?:but )?(?:she|he) (?:will|would|is going to)"
        r" (?:hate me|be (?:so )?(?:mad|angry)(?: at me)?)"
        r"|(?:但是?|可是)?(?:她|他)(?:不让|不准|不许|叫我不要|叫我别|让我别|求我别|求我不要)我?(?:跟|告诉|和|对)?"
        r"(?:别人|任何人|其他人|(?:她|他)的?(?:妈妈?|爸爸?|爸妈)|老师|大人)(?:说|讲)?"
        r"|(?:那|我)*(?:要不要|该不该|必须|是不是要|一定要)(?:告诉|跟|和)(?:老师|大人|别人|她妈妈?|他妈妈?|她爸妈|家长)"
        r"(?:说|讲)?[吗嘛么呢]?|(?:但是?|可是)?(?:她|他)(?:会不会|会|肯定会)(?:恨|怪|讨厌)(?:死)?我[吗嘛的]?"
    ),
    _BELIEF: expression(
        rf"{_BEFORE}(?:(?:will|would|does|do|is) {_ONE_EN} (?:going to |even |ever |really )?"
        rf"believ(?:e|ing) me|what if {_ONE_EN} (?:doesnt|dont|does not|do not|wont|will not)"
        r" believe me|what if (?:nobody|no ?one) believes me"
        r"|(?:nobody|no ?one) (?:will|would|is going to) (?:ever )?believe me"
        rf"|{_ONE_EN} (?:wont|will not|wouldnt|would not) believe me)"
        rf"|(?:那|可是|但是?)*(?:要是|如果|万一)?{_ONE_ZH}(?:会不会|会|能|肯)?(?:都|也)?"
        r"(?:相信|信)我(?:说的)?[吗嘛么不]"
        rf"|(?:那|可是|但是?|要是|如果|万一)*(?:没有?{_ONE_ZH}|{_ONE_ZH}(?:肯定|都|也|根本)*不)"
        r"(?:会|肯)?(?:相信|信)我(?:说的)?(?:怎么办|咋办|咋个办|呢|的)?"
    ),
}


def asked_in_trouble(text: str) -> str:
    """Return which of these *text* asks, and nothing else; ``""`` if none."""
    said = plain(text)
    return next((kind for kind, words in _PATTERNS.items() if words.fullmatch(said)), "")


async def answer_in_trouble(talk: Talk, kind: str) -> str:
    """Return the state of ``always`` that answers *kind* as the talk stands; ``""`` if none does.

    Only whoever told of a threat with pictures hears not to pay: of whoever stands before a child
    with blows, nobody here can say that. Who fears for a friend hears not to keep it.
    """
    if talk.case is None or not shows_case_amid_telling(talk):
        return ""
    if kind in {_FRIEND, _OWN_TROUBLE, _WHO_TOLD}:
        return _by_what_was_told(talk, kind)
    if kind not in {_PAY, _PUNISHED}:
        return kind
    adult = is_adult(talk.session.answers)
    body = await cases.read_body(talk.tx, talk.case)
    about = talk.house.follow.topics_after(body.signals, is_adult=adult)
    if kind == _PUNISHED:
        return "" if _BLOWS & set(about) else kind
    return f"{_PAY}_adult" if adult and _PICTURES in about else _PAY if _PICTURES in about else ""


def _by_what_was_told(talk: Talk, kind: str) -> str:
    if kind == _WHO_TOLD:
        return _for_whoever_told(talk)
    if kind == _OWN_TROUBLE and not _was_harmed(talk):
        return answer_after_own_deed(talk)
    return kind if kind == _OWN_TROUBLE or fears_for_a_friend(talk) else ""


def _for_whoever_told(talk: Talk) -> str:
    """Return what is true for whoever fears to be known as the one who told.

    The family is not told who reported; to a child, or of a child of their own, nothing is sure.
    """
    answers = talk.session.answers
    if not is_adult(answers):
        return "no_secret"
    texts = [said.text for said in talk.session.said]
    is_own = OWN in answers.values() or relation_in(texts) == OWN
    return "no_secret_adult" if is_own else _WHO_TOLD


def fears_for_a_friend(talk: Talk) -> bool:
    """Whether a child told lately that somebody else wants to die, or harms themselves.

    Harm that was done to them, and told after that, is what they ask about then.
    """
    if is_adult(talk.session.answers):
        return False
    for said in reversed(talk.session.said[-_LOOKED_AT:]):
        if OF_ANOTHER in talk.told_beside(said.text):
            return True
        if _tells_of_own_harm(talk, said.text):
            return False
    return False


def _was_harmed(talk: Talk) -> bool:
    """Whether a child told lately of harm that was done to it, and not of its own deeds alone."""
    texts = [said.text for said in talk.session.said[-_LOOKED_AT:]]
    if is_adult(talk.session.answers) or any(map(_OWN_DEED.search, texts)):
        return False
    return any(_tells_of_own_harm(talk, text) for text in texts)


def _tells_of_own_harm(talk: Talk, text: str) -> bool:
    """Whether *text* tells of blows or sexual harm that whoever writes has suffered."""
    if not _OF_ME.search(text):
        return False
    return any(signal.category in _DONE_TO for signal in find_signals(text, talk.house.rules))


def asks_whether_to_call_police(text: str) -> bool:
    """Whether *text* asks whether they may, or should, call the police, and nothing else."""
    return asked_in_trouble(text) == _POLICE


def is_of_trouble(kind: str) -> bool:
    """Whether *kind* is one of these."""
    return kind in _PATTERNS
