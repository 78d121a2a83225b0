"""That somebody waits for an answer: they ask why nobody writes, or when somebody comes."""

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain

_ASKS_WHY_NOBODY = expression(
    r"(?:请问|现在|那|我的|我写的|你们|社工)*(?:有没有人|有人|你们|社工)(?:已经)?(?:看到|看见|看过|看|读|收到)(?:我|我写的|我的消息)?"
    r"(?:了吗|了没有?|了么|过吗|了不|吗|没有?)[啊呀]*"
    r"|(?:(?:hi|hello|hey|so|and|ok) )*(?:did|has|have) (?:anyone|anybody|someone|somebody|you"
    r"|u|a worker|they) (?:read|seen|see|got|get) (?:it|this|that|my messages?"
    r"|what i (?:wrote|said))(?: yet| now)?|"
    r"(?:你们?)?(?:为什么|为啥|怎么|咋个?)(?:还|都|一直|老是|就)*(?:没有?|无)人(?:来)?(?:理|管|应|回)我们?[啊呀呢的]*"
    r"|(?:why|how come) (?:is |does |doesnt |isnt |wont )?(?:nobody|no ?one|anyone|anybody|someone)"
    r" (?:answer(?:ing|s)?|reply(?:ing)?|replies|respond(?:ing|s)?|writing back|writes? back"
    r"|talking|here|there)(?: (?:to )?me| my messages?)?|is (?:anyone|anybody|someone|somebody)"
    r" (?:going to|gonna) (?:answer|reply|read this|write back)(?: me| to me)?"
    r"|(?:nobody|no ?one)(?: is|s)? (?:answering|replying)(?: me| to me)?"
    r"|(?:请问|那|到底|我还?要|要|还要|得)*(?:你们?|您|社工|有人|人)?(?:到底)?(?:要|还要|得)?(?:等)?"
    r"(?:什么时候|啥时候|几时|好久|多久|哪阵|哪哈)(?:才|能|会|可以|有|社工|人|你们?)*"
    r"(?:来|到|来看|回|回复|理|找|帮|看|看到|看见|联系|管)(?:看|找|帮|救)?(?:我们?|人|消息)?[嘛呢啊呀哦的]*"
    r"|(?:请问|那|大概|一般|还)*(?:要|得)?等(?:多久|好久|多长时间|好长时间)[嘛呢啊呀哦]*"
    r"|(?:(?:and|so|but|ok) )*when (?:are|r|will|is) (?:you|u|someone|somebody|a worker|they)"
    r" (?:going to |gonna )?(?:com(?:e|ing)|here|writ(?:e|ing)(?: back)?|answer(?:ing)?)"
    r"(?: (?:to )?(?:me|us|here))?"
)
"""That they wait: 你们好久来, "when are you coming", too; promised is only when somebody reads."""


@looks_once
def asks_why_nobody(text: str) -> bool:
    """Whether *text* asks why nobody answers, or when; of us only with a case."""
    return _ASKS_WHY_NOBODY.fullmatch(plain(text)) is not None
