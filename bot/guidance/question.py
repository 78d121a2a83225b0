"""Whether a text asks something, as far as its words show."""

import re

_SOMEBODY = (
    r"i|we|he|she|it|they|you|my|our|his|her|their|parents?|teachers?|schools?|children|kids"
    r"|pupils|police"
)
_ENGLISH = (
    r"(?:^|[.!,;:]\s*|\b(?:and|but|so|also)\s+)(?:"
    rf"(?:can|could|may|might|must|should|shall|will|would)\s+(?:{_SOMEBODY}|the|an?)\b"
    rf"|(?:is|are|am|do|does|did|has|have)\s+(?:{_SOMEBODY})\b"
    rf"|(?:what|how|who|whom|whose|where|when|which)\s+(?:\w+\s+)?"
    rf"(?:{_SOMEBODY}|the|an?|to|do|does|is|are|can|may|much|many|old|long)\b)"
)
_CHINESE = (
    "吗|嘛|么[?？]|怎么办|怎么|怎样|咋办|咋个|如何|能不能|可不可以|可以不|是不是|该不该|会不会"
    "|要不要|有没有|犯不犯法|违不违法|什么时候|多少|几岁|哪里|哪个|谁管|找谁"
)
_ASKS = re.compile(f"[?？]|{_CHINESE}|{_ENGLISH}", re.IGNORECASE)


def is_question(text: str) -> bool:
    """Whether *text* asks something; in doubt it is told, and not asked."""
    return _ASKS.search(text) is not None
