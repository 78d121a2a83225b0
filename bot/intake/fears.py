"""What somebody who told of harm fears may come of it, and whom else they ask to tell.

That somebody comes to the house, that it is paid back to them, or what it means for those they
live with. Nothing is promised: what can be done with a fear here is that a worker knows it. Only
with a case are these no sign of harm.
"""

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.engine.plain import plain
from bot.intake.case_shown import shows_case_amid_telling
from bot.intake.kin_words import KIN_EN, KIN_ZH
from bot.intake.talk import Talk

_NO_VISIT, _PAID_BACK, _WHOM = "no_visit", "paid_back", "whom_to_tell"
_KIN, _PASSED = "what_becomes_of_kin", "question_passed"
_FOR_ADULTS = {_NO_VISIT: _NO_VISIT, _WHOM: "where_to_report"}

_BEFORE = r"(?:(?:please|pls|plz|but|and|no|ok|so|just|i beg you|you) )*"
_HOME_EN = r"(?:(?:to |at )?(?:my|our) (?:house|home|place|flat|school|village|family))"
_SENT_EN = (
    r"(?:any ?one|any ?body|some ?one|some ?body|people|an? (?:social )?worker|them|strangers|you)"
)
_BEGGED_ZH = (
    r"(?:求求?你们?了?|拜托你?们?了?|请你?们?|你们?|您|社工|那|千万|真的|但是?|可是|能不能|可不可以"
    r"|一定| )"
)
_HOME_ZH = r"(?:我们?|俺)?(?:的)?(?:家里?|屋头|屋里|学校|班上|村里?|寨子里?)"
_COME_ZH = rf"(?:来|到|去|上|找)(?:{_HOME_ZH}(?:来|里|找我|找人|找我[爸妈])*|找我[爸妈奶爷])"
_VISIT = (
    rf"{_BEFORE}(?:dont|do not|never) (?:ever )?(?:(?:come|go|visit)(?: over| round| around)*"
    rf"(?: here| {_HOME_EN})|(?:send|bring) {_SENT_EN}(?: here| over| round| {_HOME_EN})*)"
    r"(?: (?:please|pls|ok|now))*"
    rf"|{_BEFORE}i dont want {_SENT_EN} to (?:come|visit)(?: here| over| round| {_HOME_EN})*"
    rf"|{_BEGGED_ZH}*(?:不要|别|莫|不许|不准)(?:再|过|派人?|叫人|让人|喊人|找人)*{_COME_ZH}"
    r"(?:好不好|好吗|可以吗|行吗|啊|呀|嘛|哈|了| |求求?你们?了?|拜托了?)*"
    rf"|(?:求求?|请)?(?:你们|社工)(?:不要|别|莫)来(?:了|好不好|好吗|啊|嘛)*"
    rf"|我?(?:真的|就是|也)*(?:不想|不要|不希望)(?:让)?(?:你们|有?人|别人|社工|陌生人)来(?:{_HOME_ZH})?"
)
_WHO_EN = (
    r"(?:he|she|they|it|my (?:\w+ )?(?:dad|father|mum|mom|mother|parents|teacher|coach|brother"
    r"|uncle|class(?:mates)?)|the (?:teacher|others|boys|girls|class|headmaster))"
)
_CROSS_EN = (
    r"(?:(?:be|get) (?:even )?(?:so |more )?(?:mean|meaner|angry|angrier|mad|cross|nasty|horrible"
    r"|worse|furious)(?: (?:to|at|with) me)?|hate me|take it out on me|get back at me|pick on me"
    r"|treat me (?:worse|badly|differently)|get revenge|make it worse|blame me)"
)
_TOLD_EN = (
    r"(?: (?:if|when|because|after|now that) (?:i (?:tell|told|say|said|report|reported"
    r"|talk|talked|write|wrote)(?: (?:it|this|that|on him|on her|you|anyone|anybody|somebody"
    r"|someone|here))?|(?:he|she|they) (?:finds?|found|hears?|know|knows)(?: out)?))?"
)
_AND_EN = r"(?:(?:and|but|so|what if|wont|then) )*"
_WHO_ZH = (
    r"(?:(?:我的?)?(?:爸爸?|妈妈?|爸妈|爷爷|奶奶|外公|外婆|哥哥?|老师|班主任|校长|教练|同学|后爸|继父|后妈"
    r"|继母|叔叔|舅舅)|他们?|她们?|人家|别人|家里人?)"
)
_IF_ZH = (
    r"(?:那|可是|但是?|要是|如果|万一|我|就|也|还是|怕|担心|跟|和|向|对|给|告诉了?|报告了?|说了?|讲了?|告了?"
    r"|举报了?|报警了?|出来|出去|的话|以后|之后|你们|社工|警察|大人|被| )*"
)
_CROSS_ZH = (
    r"(?:针对我|报复我?|(?:打击)?报复我?|整我|为难我|记恨我?|恨我|怪我|不理我|生气|骂我|凶我|给我穿小鞋"
    r"|对我(?:更|很|不)(?:好|凶|坏|差)|讨厌我|找我麻烦|更(?:凶|生气|狠))"
)
_BACK = (
    rf"{_AND_EN}(?:will|would|does|is|could) {_WHO_EN} (?:going to |gonna |just )?"
    rf"{_CROSS_EN}{_TOLD_EN}"
    rf"|{_AND_EN}(?:im|i am) (?:afraid|scared|worried) (?:that )?{_WHO_EN} (?:ll|will|would|might)"
    rf" {_CROSS_EN}{_TOLD_EN}"
    rf"|(?:and |but |so )?what (?:if|happens if|happens when|will happen if) {_WHO_EN}"
    r" (?:finds? out|hears?(?: (?:about|of) (?:it|this))?|knows?|sees? (?:it|this))"
    r"(?: (?:i (?:told|said|wrote)|that i (?:told|said|wrote)|it was me|it is me))?"
    rf"|{_IF_ZH}{_WHO_ZH}(?:要是|如果|万一)?(?:知道|晓得|发现)?(?:是我说的)?(?:了)?(?:的话|以后|之后|就)*"
    rf"(?:会不会|会|肯定会|一定会|是不是会|是不是要)(?:更|再|又|也|就|来|要)*{_CROSS_ZH}[吗嘛么不的啊呀呢]*"
    rf"|(?:那|可是|但是?)*(?:要是|如果|万一|被){_WHO_ZH}(?:知道|晓得|发现)(?:是我说的)?了?(?:的话)?"
    r"(?:怎么办|咋办|咋个办|咋整|会怎么样|会咋样|呢)[啊呀]*"
)
_TELL_WHOM = (
    r"(?:(?:and|but|so|ok|please|then) )*who(?:m)? (?:else )?(?:can|should|could|do|shall) i"
    r" (?:have to |need to )?(?:tell|talk to|go to|ask for help|turn to|trust)"
    r"(?: (?:about )?(?:it|this|that))?(?: now| then| here)?"
    r"|(?:sorry |but )?i dont know who to (?:tell|talk to|ask|trust)"
    r"|(?:那|我们?|该|应该|可以|能|还|到底|要|又|现在|请问|不知道|不晓得|都)*"
    r"(?:告诉|告素)(?:谁|哪个|哪些人|什么人)(?:好|才好|呢|啊|呀)*"
    r"|(?:那|我们?|该|应该|可以|能|还|到底|要|又|现在|请问|不知道|不晓得|都)*"
    r"(?:跟|找|和|向|给|对)(?:谁|哪个|哪些人|什么人)(?:去)?(?:说|讲|帮忙|帮我|求助|商量|诉说)(?:好|才好|呢|啊|呀)*"
)
_OF_KIN = (
    rf"{_AND_EN}what (?:will |would |is going to |s going to |can )?happens?"
    rf" to {KIN_EN}(?: now| then| if i tell| if (?:he|she|they) (?:goes?|has to go))?"
    rf"|{_AND_EN}what will become of {KIN_EN}(?: now| then)?"
    rf"|(?:那|要是说了|我?说了|以后|到时候|可是|但是?| )*{KIN_ZH}(?:以后|到时候|就|又)*(?:会|要|该)"
    r"(?:怎么样|咋样|怎样)[吗嘛啊呀呢的]*"
)
_PATTERNS = {
    _KIN: expression(_OF_KIN),
    _NO_VISIT: expression(_VISIT),
    _PAID_BACK: expression(_BACK),
    _WHOM: expression(_TELL_WHOM),
}


@looks_once
def asked_in_fear(text: str) -> str:
    """Return which of these *text* asks or begs, and nothing else; ``""`` if none."""
    said = plain(text)
    return next((kind for kind, words in _PATTERNS.items() if words.fullmatch(said)), "")


def is_of_fear(kind: str) -> bool:
    """Whether *kind* is one of these."""
    return kind in _PATTERNS


def answer_in_fear(talk: Talk, kind: str) -> str:
    """Return the state of ``always`` that answers *kind* as the talk stands; ``""`` if none does.

    What would be paid back to a grown-up, they and the worker speak of; a page says the rest.
    """
    if not shows_case_amid_telling(talk):
        return ""
    if kind == _KIN and talk.session.comforted is Level.EMERGENCY:
        return _PASSED  # somebody may be hurt now, and whom to call comes first
    return _FOR_ADULTS.get(kind, "") if is_adult(talk.session.answers) else kind
