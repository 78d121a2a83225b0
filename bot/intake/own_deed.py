"""A child that told of a deed of its own asks what becomes of it.

It hears that it was right to say it, from which age on the law punishes at all, and that a worker
reads it; not what the police do at a home where somebody hits, nor that it did nothing wrong.
"""

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.engine.plain import plain
from bot.intake.talk import Talk

_ANSWER, _ILL = "own_deed", "medical_emergency"
_LOOKED_AT = 10
"""Of how many of their last messages it is looked up what they did."""

_DID = expression(
    r"(?<![把被给叫让逼说赖])(?<!冤枉)(?<!怀疑)(?<!诬陷)我们?(?:[今昨前]天|刚才|刚刚|刚|不小心|真的|就|也|又|还|自己|一时|把(?!我)(?:[^被]|被子){1,8}?|在(?:[^被]|被子){1,6}?|用(?:[^被]|被子){1,6}?|拿(?:[^被]|被子){1,6}?"
    r"|往(?:[^被]|被子){1,6}?"
    r"|点了?火|玩火|没忍住|忍不住){0,4}(?:烧(?!伤)|点火|点着|点燃|放火|玩火|砸|弄坏|打坏|摔坏|打碎|打破|打伤|推倒|撞倒|撞伤|弄伤"
    r"|偷(?!偷|看|听|跑)(?!拍)|抢(?!不|先|着)|骗了|划了|毒死|打死|弄死)(?!我)"
    r"|\bi (?:just |also |only |once |accidentally |have |did |kind of ){0,3}(?:lit|started a fire"
    r"|set (?:\w+ ){1,3}on fire|set fire|burn(?:t|ed)(?! my)|smashed"
    r"|broke (?:a|the|his|her|their|some|my (?!arm|leg|nose|finger|wrist|hand))"
    r"|stole|took (?:some )?money|shoplifted|robbed|scratched (?:a|the|his|her)|damaged"
    r"|(?:hurt|hit|pushed|injured|cut) (?:a|the|another|some|my (?:classmate|friend|neighbou?r)))"
)
"""What a child says that it did itself; not what was done to it, or what others say of it."""


def answer_after_own_deed(talk: Talk) -> str:
    """Return the answer for a child that told of a deed of its own; ``""`` if none did."""
    said = talk.session.said[-_LOOKED_AT:]
    is_told = any(_DID.search(plain(each.text)) for each in said)
    is_known = talk.release.plan.can_say(f"always.{_ANSWER}.say")
    if _ILL in talk.session.seen:  # whoever bleeds comes first
        return ""
    return _ANSWER if is_told and is_known and not is_adult(talk.session.answers) else ""
