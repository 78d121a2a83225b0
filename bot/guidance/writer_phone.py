"""What stands behind "this is her dad" where he writes himself, as parts of patterns.

A child that answers whose father it was writes the same: only what an adult who has somebody else's
phone says, and no child tells of him, counts.
"""

_LEAVES_IT = (
    r"(?:stop(?=$| (?:it|this|that|now|(?:writ|text|messag|send|talk|contact|bother|chat)\w*)\b)"
    r"|leave (?:us|him|her|them|my \w+|it)\b)"
)
_DENIES_EN = (
    r"s?hes? (?:is |was |always |just )?(?:lies|lied|lying)\b"
    r"|s?he ?(?:is|s)? (?:just |really )?(?:fine|ok|okay|all right|alright)(?! with)\b"
    r"|s?hes? (?:is |was |just |has )?(?:ma(?:de|kes|king) (?:it|this|that|things|stuff) (?:all )?"
    r"up|exaggerat\w+)\b|(?:everything|all) (?:is|s) (?:fine|ok|okay|all right|alright|good)\b"
    r"|nothing (?:happened|is wrong)\b|go away\b|what(?: is|s) (?:this|going on)(?=$| here\b)"
    r"|i (?:now |just )?(?:have|took|got|found|am using|m using) (?:his|her) phone\b"
    r"|(?:s?he|i|we) (?:wont|will not) (?:answer|write|reply)\b|s?he ?s writing nonsense\b"
    r"|(?:it|that)(?: is|s| was) (?:a (?:lie|joke|misunderstanding|mistake)|not true)\b"
    r"|what (?:do (?:you|u) want|did s?he (?:say|write|tell))\b|who (?:is this|are (?:you|u))\b"
    r"|with (?:his|her) phone\b"
)
ON_A_PHONE = (
    r"(?=$| (?:here|speaking|writing|now|dont|do not|please|pls)\b| and (?:i|we|you)\b"
    rf"| (?:and )?(?:{_LEAVES_IT}|{_DENIES_EN}))"
    r"(?! and (?:i|we) (?:am |m |are |was )?(?:so )?(?:scared|afraid|hate|fear|saw|heard|hurt)\b)"
)
"""Who says so has somebody else's phone; "this is her dad and he hits her" tells of him."""

SPEAKS_UP = (
    rf"(?= (?:please )?(?:{_LEAVES_IT}"
    rf"|(?:here|speaking|writing)(?=$| (?:{_LEAVES_IT}|{_DENIES_EN}))))"
)
"""How "its her mum" goes on where she writes herself; alone it tells whose mother did it."""
