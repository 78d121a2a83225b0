"""Who would come, as an answer to how many they are: the writer and their people, no more.

"Me and my 2 kids" sounds like a family in need to whoever reads it without the question.
"""

from bot.domain.expression import expression
from bot.engine.plain import plain

_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
_MY = rf"(?:my|our|a|an|the|{_NUMBER}|years? old|yo|little|big|younger|older|small|best)"
_KIN = (
    r"(?:kids?|child|children|sons?|daughters?|bab(?:y|ies)|twins?|toddlers?"
    r"|brothers?|sisters?|siblings?|bro|sis|cousins?|friends?|classmates?"
    r"|mum|mom|mam|mummy|mommy|mother|dad|daddy|father|parents?|family"
    r"|gran|grandma|grandmother|nan|grandpa|granddad|grandfather|grandparents?"
    r"|wife|husband|partner)"
)
_ONE_OF_US = rf"(?:me|myself|i|we|us|(?:{_MY} ){{0,4}}{_KIN})"
_ENGLISH = expression(
    r"(?=.*\b(?:me|myself|i|we|us)\b)(?:(?:just|only|maybe|probably) )?"
    rf"{_ONE_OF_US}(?: (?:(?:and|with|plus|also) )?{_ONE_OF_US}){{0,6}}"
    rf"(?: (?:together|{_NUMBER} (?:of us|people|in all|altogether)))?"
)

_SO_MANY = r"(?:\d{1,2}|[一二两三四五六七八九十俩仨])"
_MINE = rf"(?:我们?的?)?(?:{_SO_MANY} ?(?:周?岁的?|个|位|名)?|小|大|双胞胎){{0,2}}"
_FAMILY = (
    r"(?:弟弟?|妹妹?|哥哥?|姐姐?|[表堂](?:弟|妹|哥|姐)|兄弟|姐妹"
    r"|小?孩子?们?|娃娃?|宝宝|宝贝|儿子|女儿|闺女|双胞胎"
    r"|爸爸?|妈妈?|父母|爸妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|老公|老婆|丈夫|妻子"
    r"|家人|家里人|朋友们?|同学们?|闺蜜)"
)
_AND = r"(?: |[和跟与同带]着?|还有|以及|加上?)"
_THEM = rf"{_MINE}{_FAMILY}(?:{_AND}?{_MINE}{_FAMILY}){{0,6}}"
_CHINESE = expression(
    rf"(?:就|只有|只|可能|大概)?(?:我(?:们|自己)?{_AND}{_THEM}|{_THEM}{_AND}我)"
    rf"(?: ?一起(?:来|去|参加)?)?(?: ?(?:一共|总共|共)?{_SO_MANY}(?:[个口位]?人?)?)?"
)


def says_only_who_comes(text: str) -> bool:
    """Whether *text* names the writer with their family or friends, and nothing is left over."""
    said = plain(text)
    return any(words.fullmatch(said) for words in (_ENGLISH, _CHINESE))
