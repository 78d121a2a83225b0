"""How people call those around a child, as parts of patterns: "my little brothers", 我爸和我妈."""

_MY_EN = (
    r"(?:(?:my|our|the|a|an|his|her|one|two|three|four|both|\d|other|little|older|elder|big|baby"
    r"|small|younger|best|good|close|class|step|half|old) ?){0,4}"
)
_MY_ZH = (
    r"(?:我们?的?|他的?|她的?|还有|一个|[两三四二2-9]个|个|几个|小|大|亲|好|最好的|班里?的?|同班)*"
)
_CHILD_EN = (
    r"(?:brother|sister|bro|sis|sibling|cousin|twin|baby|babie|friend|bestie|classmate|roommate"
    r"|kid|(?:step|grand)?(?:child|children|son|daughter)|boy|girl|niece|nephew)s?"
)
_CHILD_ZH = (
    r"(?:哥哥|哥|姐姐|姐|弟弟|弟|妹妹|妹|兄弟|姐妹|弟妹|表[哥姐弟妹]|堂[哥姐弟妹]|侄[子女儿]|朋友|闺蜜|同学"
    r"|同桌|室友|儿子|女儿|幺儿|外?孙[子女儿]|外孙|孩子|小孩|娃[娃儿]?|宝宝|婴儿|双胞胎)们?"
)
GROWN_EN = (
    r"(?:(?:step|grand)?(?:mum|mom|mam|mother|dad|father|parent)|mummy|mommy|daddy|grandma"
    r"|grandpa|gran|granny|nana|uncle|aunt|auntie|aunty|teacher|headteacher|neighbou?r|doctor"
    r"|nurse|counsellor|counselor|boyfriend|girlfriend|husband|wife|family|social worker|police)s?"
)
GROWN_ZH = (
    r"(?:爸爸|爸|妈妈|妈|爸妈|父母|爹|娘|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|[叔伯舅]{1,2}|姑{1,2}|姑妈|舅妈"
    r"|伯伯|阿?姨|婶婶?|后[爸妈]|继[父母]|家人|家里人|亲戚|老师|班主任|校长|医生|邻居|社工|警察"
    r"|太太|老婆|老公|男朋友|女朋友)们?"
)
CHILDREN_EN = rf"{_MY_EN}{_CHILD_EN}(?:(?: and| or|) {_MY_EN}{_CHILD_EN}){{0,3}}"
CHILDREN_ZH = rf"{_MY_ZH}{_CHILD_ZH}(?:(?:[和跟与]| |还有){_MY_ZH}{_CHILD_ZH}){{0,3}}"
KIN_EN = rf"{_MY_EN}(?:{_CHILD_EN}|{GROWN_EN})"
KINS_EN = rf"{KIN_EN}(?:(?: and| or|) {KIN_EN}){{0,3}}"
KIN_ZH = rf"{_MY_ZH}(?:{_CHILD_ZH}|{GROWN_ZH})"
KINS_ZH = rf"{KIN_ZH}(?:(?:[和跟与]| |还有){KIN_ZH}){{0,3}}"
