"""What somebody has told already, so that they are not asked it as if nobody had read it."""

import re

from bot.domain.session import Session

_OF_SELF = re.compile(
    r"(?:打|骂|摸|踢|揍|掐|抽|扇|逼|亲|欺负|强迫|威胁|吓)(?:了|过|着)?我"
    r"(?![们的妈爸弟妹哥姐爷奶外叔舅姑姨表堂同家娃儿女孙朋侄])"
    r"|我(?:真的|就|也|好|很|都|只)?(?:想死|不想活|活不下去|割腕|割了|自残|不敢回家|怕回家)"
    r"|\b(?:hits?|beats?|slaps?|kicks?|punch(?:es|ed)?|chokes?|hurts?|touch(?:es|ed)|rape[sd]?"
    r"|bull(?:y|ies|ied)|threatens?|locks?|whips?)\s+me\b(?!\s+(?:and|or|&)\b)"
    r"|\bi\s+(?:(?:just|really|also|want\s+to)\s+)*(?:die|cut\s+myself|hurt\s+myself|kill\s+myself"
    r"|(?:don'?t|do\s+not)\s+want\s+to\s+(?:live|be\s+here|go\s+home))\b",
    re.IGNORECASE,
)
"""Harm to whoever writes, said so that it can be nobody else's."""


def what_was_told(session: Session) -> str:
    """Return ``of_self`` if harm to themselves was told, ``told`` if any, else ``nothing``."""
    if not session.risky_at:
        return "nothing"
    is_of_self = any(_OF_SELF.search(said.text) for said in session.said)
    return "of_self" if is_of_self else "told"
