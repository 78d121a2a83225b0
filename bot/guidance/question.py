"""Whether a text asks something, as far as its words show."""

import re

_ENGLISH = (
    r"(?:^|[.!,;:]\s*|\b(?:and|but|so|also)\s+)"
    r"(?:what|how|who|whom|whose|where|when|which|can|could|may|might|must|should|shall|will|would"
    r"|is|are|am|do|does|did|has|have)\s+(?:\w+\s+)?"
    r"(?:i|we|he|she|it|they|you|my|our|his|her|their|the|a|an|to|do|does|is|are|can|may|much|many"
    r"|old|long|parents?|teachers?|schools?|children|kids|pupils|police)\b"
)
_CHINESE = (
    "吗|嘛|么[?？]|怎么办|怎么|怎样|咋办|咋个|如何|能不能|可不可以|可以不|是不是|该不该|会不会"
    "|要不要|有没有|犯不犯法|违不违法|什么时候|多少|几岁|哪里|哪个|谁管|找谁"
)
_ASKS = re.compile(f"[?？]|{_CHINESE}|{_ENGLISH}", re.IGNORECASE)


def is_question(text: str) -> bool:
    """Whether *text* asks something; in doubt it is told, and not asked."""
    return _ASKS.search(text) is not None
