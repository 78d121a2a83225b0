"""Words with which somebody asks us not to write to them, and with which others were asked so."""

from bot.domain.expression import expression

_BEGS_ZH = r"(?:请|求|拜托|你们?|您|千万|一定|真的|所以|但是?|还有|麻烦|也)*"
_NEWS_ZH = r"(?:消息|短信|信息|微信|东西)"
_END_ZH = (
    r"(?:了|啊|哈|哦|嘛|好吗|好不好)*"
    r"(?:(?:我?(?:爸爸?|妈妈?|哥哥?|姐姐?|弟弟?|妹妹?|爷爷?|奶奶?|老师)|[他她]们?)(?:天天|经常|都)?"
    r"(?:会|要|能|在)?(?:看|查|翻|发现|知道).*|我(?:好|很)?(?:害怕|怕).*)?"
)
"""What may stand behind the plea, and why: 我妈会看到, 我害怕."""

_NOT_ZH = "(?:不要|别|莫|不能|不可以|不许|不准|不得|不用|不必|不需要|请?勿)"


def _asks_zh(not_to: str) -> str:
    return (
        rf"{_BEGS_ZH}{not_to}(?:再|在这里)?(?:(?:给我|跟我|向我)(?:发|回|写)(?:任何)?{_NEWS_ZH}?"
        rf"|(?:发|回|写){_NEWS_ZH}?给我|(?:联系|回复)我|回我{_NEWS_ZH}?|给我{_NEWS_ZH}"
        rf"|(?:往|朝)这里(?:发|写)(?:任何)?{_NEWS_ZH}?){_END_ZH}"
    )


ASKS_NOT_ZH = expression(
    rf"{_asks_zh(_NOT_ZH)}"
    rf"|{_BEGS_ZH}(?:不要|别|莫|不许|不准|请?勿|(?<=你)(?:不能|不可以|不得)"
    r"|(?<=你们)(?:不能|不可以|不得))"
    rf"再?(?:发|回|写){_NEWS_ZH}(?:过?来)?{_END_ZH}"
)
LEAVE_ME_ZH = expression(rf"{_BEGS_ZH}(?:不要|别|莫|请?勿)(?:再来?找我|再?来?打扰我?){_END_ZH}")
"""It may be said to somebody else as well, and counts only where it is all that they write.

Who ran away, or wants to die, may ask not to be looked for: 别来找我 is no word about writing.
"""

_OF_YOU_ZH = (
    r"我(?:真的|也|就|都)*(?:不要|不想|不希望|不愿意?|不让|不许|不准)(?:再?让)?"
    r"(?:(?:你们?|您|社工)再?"
    rf"(?:(?:给我|跟我|向我)?(?:发|回|写){_NEWS_ZH}(?:给我|过?来)?|(?:给我|跟我)(?:发|回|写)"
    r"|(?:联系|回复|回)我)"
    rf"|再?收到?(?:你们?的?)?(?:任何)?{_NEWS_ZH}|再?被(?:你们?)?联系){_END_ZH}"
    rf"|我?(?:这[里边儿])?不(?:太)?方便收{_NEWS_ZH}{_END_ZH}"
    rf"|(?:给我(?:发|回|写){_NEWS_ZH}|联系我)(?:对我|是|太|很|也)*(?:不安全|(?:太|很)危险)(?:的|了)*"
)
"""That they want nothing of us, or that it is not safe: it is said to nobody else."""

OF_YOU_ZH = expression(_OF_YOU_ZH)
HERE_ZH = expression(
    rf"(?:就|可以|要|请|只|你们?)*在这[里儿](?:给我)?(?:发|回|写|联系)(?:{_NEWS_ZH}|给?我|就|好|行|可以|吧)*"
)
"""Behind 别给我发微信 it says that another way is meant."""

AT_TIMES_ZH = expression(
    r"(?:晚上|夜里|半夜|早上|上午|中午|下午|白天|上课|放学|上学|周末|(?:星期|周)[一二三四五六日天])"
    r"(?:的?时候|以后|之后|后|了)?$"
)
"""Before the plea it says when nothing may be written, so that it may be at other times."""

_TOLD_ZH = (
    r"(?:(?:打|揍|踢|踹|捶|扇|抽|掐|烫|摸|亲|碰|咬|砍|强奸|强暴|性侵|猥亵|欺负|伤害|虐待)(?:了|过)?"
    r"(?:我们?|我?(?:妈妈?|弟弟?|妹妹?|哥哥?|姐姐?))(?:了|过|啊|的|很疼|好疼|很痛|好痛)*"
    r"|(?:会|能|要|天天|经常)(?:看|查|翻)(?:到|见|我?的?手机|消息)?|(?:看|查|翻)我?的?手机)"
)
"""Harm, or who would read it. Behind 他骂我 and 他威胁我 may stand what they were told."""

BEHIND_ZH = expression(rf".*?{_TOLD_ZH}(?:{_asks_zh('(?:不要|别|莫)')}|{_OF_YOU_ZH})")

_WRITE_EN = "(?:write|te?xt|message|msg|contact|reply|respond)"
_WRITING_EN = "(?:writing|te?xting|messaging|msging|contacting|replying)"
_ME_EN = "(?:(?: (?:back|to))* (?:me|anything to me|this (?:phone|number)))"
_YOU_EN = "(?:you|u|ya)(?: (?:guys|people|all|lot))?"
_KINDS_EN = "(?:te?xts?|messages?|msgs?)"
_NEWS_EN = f"(?:any |more )*(?:{_KINDS_EN}|anything)"
_NOT_EN = (
    r"(?:dont|do not|never) (?:you |u )?(?:ever )?(?:(?:(?:call|text|write|message) or )?"
    rf"{_WRITE_EN}{_ME_EN}"
    rf"|send (?:me {_NEWS_EN}|{_NEWS_EN} to me)"
    r"|(?:reply|respond)(?: back| to this)*(?=\s*(?:[.,!?;]|$)))\b"
)
_YOU_MUST_NOT_EN = (
    rf"{_YOU_EN} (?:must ?not|mustnt|can ?not|cant|should ?not|shouldnt|may not|better not"
    rf"|(?:are not|arent|r not) allowed to) (?:ever )?{_WRITE_EN}{_ME_EN}\b"
)
_REST_EN = "(?P<rest>[^.,!?;]*)"
_PLEASE_EN = "(?:(?:please|pls|plz) )?"
_BEGINS_EN = r"(?:^|[.!?;]\s*|(?P<goes_on>,)\s*"
ASKS_NOT_EN = expression(
    rf"{_BEGINS_EN}|(?<!said )(?<!him )(?<!her )(?<!them )(?<!you )"
    rf"\b(?:please|pls|plz|and|but|so|also)\s+){_NOT_EN}{_REST_EN}"
)
_STOP_EN = r"stop (?:texting|writing|messaging|contacting)(?: to)? me\b"
ASKS_TO_STOP_EN = expression(rf"(?:^|[.!?;]\s*){_PLEASE_EN}{_STOP_EN}{_REST_EN}")
_SEES_EN = (
    r"(?:reads?|checks?|sees?|looks at|looks through|takes|has) my (?:phone|messages|texts|chats)"
    r"|(?:will|would|might|could|can) (?:see|read|find) (?:it|this|them|out)|will see"
)
_TOLD_EN = (
    r"\b(?:(?:hits?|beats?|hurts?|kick(?:s|ed)|punche[sd]|slap(?:s|ped)|chok(?:es|ed)"
    r"|burn(?:s|ed|t)|touch(?:es|ed)|kiss(?:es|ed)|rape[sd]|abuse[sd])"
    r" (?:me|us|my (?:mum|mom|mother|brother|sister))(?: (?:again|too|a lot|so much"
    r"|every (?:day|night)|yesterday|today|last night|at home|sometimes|all the time))*"
    rf"|{_SEES_EN})"
)
BEHIND_EN = expression(
    rf"{_TOLD_EN}\s+{_PLEASE_EN}(?:{_NOT_EN}|{_STOP_EN}|{_YOU_MUST_NOT_EN}){_REST_EN}"
)
YOU_MUST_NOT_EN = expression(
    rf"{_BEGINS_EN}|\b(?:please|pls|and|but|so|because|cause|cuz|cos)\s+){_YOU_MUST_NOT_EN}{_REST_EN}"
)
WANTS_NONE_OF_YOU_EN = expression(
    rf"(?:\bi (?:\w+ly |just )?(?:dont|do not|never) (?:\w+ly |ever )?want"
    rf" (?:{_YOU_EN}|any(?:one|body)(?: (?:here|there|of you))?|any of you)"
    rf" (?:to (?:ever )?{_WRITE_EN}|{_WRITING_EN}){_ME_EN}\b"
    rf"|\b(?:its|it is|it) (?:not|isnt|is not) (?:really |at all )?safe to {_WRITE_EN}{_ME_EN}\b"
    rf"|\b{_WRITING_EN}{_ME_EN} (?:is not|isnt|is never) safe\b){_REST_EN}"
)
"""That they want nothing of us, or that it is not safe: it may stand behind anything."""

_NOTHING_SENT_EN = (
    rf"(?P<pleads>(?:(?:please|pls|plz) )?)(?:no (?:more )?(?:{_KINDS_EN}|{_WRITING_EN})"
    r"|(?P<orders>(?:dont|do not|never) (?:you )?(?:te?xt|message|msg)"
    r"(?! (?:him|her|them|any\w*|people|his|their)\b)"
    r"(?! my \w+ (?:he|she|they|it|and|because|or)\b))"
    rf"|(?P<wants>(?:dont|do not|never) send {_NEWS_EN}"
    rf"|i (?:dont|do not) want (?:(?:to get |to have |to see )?(?:any |more |an? )*"
    rf"(?:{_KINDS_EN}|repl(?:y|ies)|answers? on this phone)"
    r"|to be (?:te?xted|messaged|contacted|written to))))"
    r"(?P<ours>(?: (?:to me|me|from you|by you|here|on this phone|on my phone))*)\b"
)
NOTHING_SENT_EN = expression(
    rf"(?:{_BEGINS_EN}|(?:and|but|so)\s+)|{_TOLD_EN}\s+){_NOTHING_SENT_EN}{_REST_EN}"
)
"""What names nobody to whom it is sent: it counts only where nothing, or why, stands behind it."""

_SEES_THEM_EN = (
    r"(?:he|she|they|m[uo]m|dad|mother|father|brother|sister|parents|teacher|everyone|everybody)"
    r" (?:\w+ )?(?:reads?|checks?|sees?|looks? at|looks? through)"
    r" (?:them|it|this|all|everything|all of (?:it|them))\b"
)
MERELY = expression(
    r"(?: (?:please|pls|plz|now|here|ok|okay|any ?more|again|thanks|thank you))*"
    rf"|.*\b(?:{_SEES_EN}|{_SEES_THEM_EN}|it ?i?s (?:not my|my \w+) phone).*"
)
"""What may follow a plea to stop, which may be said to somebody else as well."""

UNLESS = expression(
    r"(?<!不)可以|安全吗|但|不过|除了|只|时候|早上|上午|中午|下午|晚上|白天|夜里|放学|上学|上课|周|星期"
    r"|不会|没人|没有人|看不到|看不见|不看|不查|不翻|吗$|不怕|不担心|没事|没关系|无所谓|没问题|不要紧|放心"
    r"|\b(?:but|only|except|unless|after|before|when|while|until|if|sometimes|at night|during"
    rf"|nobody|no one|noone|doesnt|does not|never(?! (?:{_WRITE_EN}|send))|wont|will not"
    r"|cant|cannot)\b"
)
"""What makes it more than a plain no: times at which it is safe, or that nobody sees or minds."""

MERE_PLEA_ZH = expression(
    rf"{_BEGS_ZH}(?:{_NOT_ZH}|我?(?:不想|不要|不希望)(?:你们?|收到?|被))"
    r"(?:再|来|给|跟|向|往|朝|在|这里|我|你们?的?|任何|发|回|写|联系|回复|收|到|过来"
    rf"|{_NEWS_ZH})+(?:了|啊|哈|哦|嘛|好吗|好不好)*|谢谢|求求?你们?了?"
)
MERE_PLEA_EN = expression(
    r"(?: (?:please|pls|plz|now|here|ok|okay|any ?more|again|ever|thanks|thank you|at all))*"
)
"""What holds the plea and no reason for it."""

OTHERWISE = expression(
    r"\bin (?:the (?:morning|afternoon|evening)s?|class|lessons|english|chinese)\b"
    r"|^ through my (?!phone)|^ (?:(?:when|while) (?:im|i am) )?(?:at|in) (?:my )?school\b"
    r"|^ at (?:dinner|lunch|work|practice|training|bedtime)\b|^ on (?:week|(?:the )?\w+day)"
)
"""What names a time, a language or somebody, so that we may write in another way."""

_QUOTED_BY_ZH = (
    r"^(?:然后|后来|昨天|今天|刚才|刚刚|可是|但是?|结果|因为|[我你]?的?)*"
    r"(?:她们?|他们?|人家|对方|(?:爸|妈|哥|姐|弟|妹|叔|舅|奶|爷|老师|同学|朋友|闺蜜|室友|前?男友|前?女友)+)"
    r"(?:又|就|还|也|刚才|刚刚|昨天|今天|只|一直|总)*(?:在.{1,4}?)?(?:[给跟对](?:我|别人))?"
    rf"(?:写|发|回|留言|留|来)(?:我|了|过|来|过来|信|条|句|张|纸条|话|着)*(?:一?[条句个])?{_NEWS_ZH}?"
    r"(?:来|过来|了|里|上|里面)*(?:说|讲|是)?"
)
QUOTES_ZH = expression(
    r"(?:[说讲叫让喊求]|[跟和对][他她]们?[说讲]过|(?:告诉|回|叫)过?[他她]们?)[:：]?$"
    rf"|{_QUOTED_BY_ZH}[:：]?$"
)
QUOTES_EN = expression(
    r"\b(?:said|says?|told|tells?|asked|asks|texted|wrote|replied)"
    r"(?: (?:to )?(?:him|her|them|that))*[\s,:\"“]*$"
    r"|\b(?<!i )(?:told|tells|texted|texts|wrote|writes|messaged|messages|msged|sent|sends|answered"
    r"|replied)(?: to)? me(?: (?:an? |this )?(?:text|message|note|letter))?(?: (?:that|saying))?"
    r"[\s,:\"“]*$"
    r"|\b(?:text|message|note|letter) (?:was|is|that says|said|says|saying)[\s,:\"“]*$"
)
"""How that ends which stands before what was said to somebody else, or by them.

Behind "I told my teacher" or 我求他 it may be said to us.
"""
