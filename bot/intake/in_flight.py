"""What a mother writes who flees with her child: that she begs, or in what spot she is.

So she is told from a parent who has taken the child's phone (see :mod:`bot.intake.childs_parent`).
What is handed in is plain, and says no more of who she is.
"""

from collections.abc import Iterable

from bot.domain.expression import expression

_IN_HASTE = (
    r"(?:now|please|pls|quick(?:ly)?|fast|here|to us|us|me(?=$)|and (?:my|the) (?:child|kids?)"
    r"|my (?:child|kids?|son|daughter|baby)(?=$)|hes?|his|were|we|im)\b"
)
_BEGS = expression(
    r"救(?:我|命|救)|快(?:点|些)?救|快(?:点|些)?(?:过)?来(?!接[她他孩]|[看拿取删带领管教把给吃睡写做])"
    r"|帮帮(?:我们?|孩子|[和跟]|吧|啊|呀)+(?=$| |求)|求求?[你您]们?(?=$| |[救快来了啊])"
    r"|流(?:了|着|好多|很多)*血|他(?:要|想)(?:来)?(?:砍|杀|捅|打死|弄死)|他(?:已经|又|还)*[冲闯]?(?:进|回)来"
    r"|(?:(?<![^我们刚才都 ])|带着?(?:孩子|[她他]))[跑逃]出来"
    r"|不敢(?:出|回|动|开门|说话)|(?:出不[去来]|跑不[掉了])|他(?:现在|还|就|正|又)*在(?:门口|外面|外头|[砸踢敲]门|追)"
    r"|\bhe ?(?:is|s) (?:still )?(?:at the door|outside|coming|breaking)\b"
    r"|\b(?:i|we) (?:cant|cannot) get (?:out|away)\b"
    r"|\b(?:i|we) (?:\w+ )?(?:ran|got|run) (?:out|away)\b"
    r"|\bhe (?:\w+ )?(?:locked (?:us|me)|broke in|got in|came in)\b"
    r"|\bhe ?(?:is|s) in(?:side)?(?=$| (?:now|here|the)\b)|\b(?:am|im|are|were) bleeding\b"
    rf"|\bsave (?:us|me|my \w+)(?=$| {_IN_HASTE})|\bm(?:u|o)m(?:my)?(?: please)* help(?: please)*$"
    rf"|\b(?:(?<!dont )(?<!not )help (?:me|us)|please help)(?=$| {_IN_HASTE})"
    rf"|\bplease (?:come|be quick)(?=$| {_IN_HASTE})|\bhurry\b"
    r"|\bplease send (?:help|police|the police|somebody|someone|an ambulance)\b"
)
_HAVE_FETCHED = expression(
    r"(?:求|请|[你您]们?| )*快(?:点|些)?(?:过)?来接(?:一下)?(?:我(?:的|家)?)?"
    r"(?:孩子|娃娃?|小孩|儿子|女儿)(?:吧|啊|呀|求|[你您]们?|了| )*"
    r"|(?:(?:please|pls|quick(?:ly)?) )*come (?:and )?(?:get|fetch) us"
    r"(?: (?:please|pls|now|quick(?:ly)?|fast))*"
    r"|(?:(?:please|pls|quick(?:ly)?) )+come (?:and )?(?:get|fetch|pick up)"
    r" (?:my|the) (?:child|kids?|children|son|daughter|baby)"
    r"(?: (?:please|pls|now|quick(?:ly)?|fast))*"
)
"""That somebody is to be quick and fetch the child; 快来接她 says whoever is rid of one as well."""

_SPOT_EN = (
    r"(?:(?:bed|bath|living |store)?room|toilet|kitchen|closet|wardrobe|cupboard|basement|attic"
    r"|balcony|stairs|house|home|flat|apartment|yard|garden|car|roof|street|road)"
)
_HER_SPOT = expression(
    r"(?:(?:sorry|i am|im|we are|were|still|just|now|here|alone|locked|hiding|hid|stuck) )*+"
    r"(?:(?:at|in|inside|under|on|behind) (?:(?!h(?:is|er) (?:bed)?room\b)\w+ ){0,3}"
    r"|(?<=hiding |locked )in h(?:is|er) )?"
    rf"{_SPOT_EN}(?: (?:right )?now)?"
    r"|(?:不好意思|对不起|我们?|[和带跟]着?(?:孩子|娃娃?|小孩)|现在|正|还|都|就|一个人)*+"
    r"(?:[躲藏](?:在|到|进)(?:她|他|孩子|娃娃?|小孩)的?"
    r"|(?:躲|藏|锁|关|逃|跑)?(?:在|到|进)(?:(?:她|他|孩子|娃娃?|小孩)的?(?=[爷奶外姑姨舅叔伯婆学家])|"
    r"(?![睡上写做吃玩看忙洗跟和给说聊打听学干等哭笑闹教管开骗撒查找这那哪用翻审收检训删])))"
    r"(?:(?!她|他|孩子|娃|手机|电话|消息|聊天)[一-鿿]){1,8}"
)
"""In what room or at whose house somebody is; 在三棵树, but not 她在写作业 nor 在翻她手机."""

_HANDLES = expression(
    r"处理(?![厂站中])|解决|沟通|协调|调解|商量|了解(?:一下|情况)|想办法|在办|办事(?!处)|解释|调查|安排|赶回|赶来|赶过"
    r"|休息(?![室区])|上班$|开会$"
)
"""What somebody is doing, and no place: 在处理."""

_SHE = expression(
    r"她(?!(?:的?(?:老公|爸|男朋友|丈夫|爹)))|家里|家人|大人|亲戚|[他她]们"
    r"|\b(?:she|shes|they|theyre|family|adults?|grown ?ups?)\b"
)
"""Whom a child may have told of, who may as well be its mother."""


def begs(said: str) -> bool:
    """Whether *said* begs for help, or tells that he is there."""
    return _BEGS.search(said) is not None


def has_it_fetched(said: str) -> bool:
    """Whether *said* asks only that the child be fetched."""
    return _HAVE_FETCHED.fullmatch(said) is not None


def is_a_spot(clause: str) -> bool:
    """Whether *clause* says where somebody is, and not what they are doing."""
    return _HER_SPOT.fullmatch(clause) is not None and not _HANDLES.search(clause)


def may_be_she(earlier: Iterable[str]) -> bool:
    """Whether *earlier* texts tell of a woman, or of people at home: that may be the mother."""
    return any(map(_SHE.search, earlier))
