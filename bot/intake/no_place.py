"""A bare yes or no where somebody in danger was asked where they are, which is no place.

The words of an emergency ask for the place and whether they are safe there, in one breath; 没有
answers the second. The place is asked for once more, in a few words, and never a third time.
"""

from bot.domain.event import Asked
from bot.engine.plain import plain, without_particles
from bot.engine.reply import Reply, Words
from bot.intake.place import ASKED_WHERE
from bot.intake.talk import Talk
from bot.intake.typed_sounds import in_characters

_WHICH_PLACE = "always.which_place"
_BARE = frozenset(
    {
        *("yes", "yeah", "yep", "yea", "yup", "no", "nope", "nah", "ok", "okay", "not safe"),
        *("im not safe", "i am not safe", "unsafe", "yes please", "no im not", "no i am not"),
        *("有", "没有", "没", "没得", "是", "是的", "不是", "不", "嗯", "对", "对的", "好", "好的"),
        *("不安全", "我不安全", "很危险", "危险", "没有安全", "不太安全", "我不太安全"),
    }
)


async def ask_which_place(talk: Talk, reply: Reply) -> bool:
    """Ask once more for the place if *reply* is only a yes or a no; return whether it did."""
    session = talk.session
    if not isinstance(reply, Words) or reply.word or talk.has_asked_where:
        return False
    if not session.state.endswith(ASKED_WHERE) or session.state in session.answers:
        return False
    if _WHICH_PLACE not in talk.release.plan.states or not _is_bare(talk, reply.text):
        return False
    earlier = (said.text for said in session.said[:-1] if said.state == session.state)
    if any(_is_bare(talk, text) for text in earlier):
        return False
    await talk.say((Asked(state=session.state, wording=f"{_WHICH_PLACE}.say"),))
    return True


def _is_bare(talk: Talk, text: str) -> bool:
    said = plain(in_characters(talk.session.language, text))
    return bool({said, without_particles(said)} & _BARE)
