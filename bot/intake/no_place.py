"""A bare yes or no where somebody in danger was asked where they are, which is no place.

The words of an emergency ask for the place and whether they are safe there, in one breath; 没有
answers the second. The place is asked for once more, in a few words, and never a third time;
whoever says that they are not safe hears first what to do.
"""

from bot.domain.event import Asked
from bot.engine.plain import plain, without_particles
from bot.engine.reply import Reply, Words
from bot.intake.place import ASKED_WHERE
from bot.intake.talk import Talk
from bot.intake.typed_sounds import in_characters

_WHICH_PLACE = "always.which_place.say"
_UNSAFE_WORDS = "always.which_place_unsafe.say"
_UNSAFE = frozenset(
    {
        *("not safe", "im not safe", "i am not safe", "unsafe", "no im not", "no i am not"),
        *("its not safe", "it is not safe", "danger", "in danger", "im in danger", "dangerous"),
        *(
            "不安全",
            "我不安全",
            "很危险",
            "危险",
            "没有安全",
            "不太安全",
            "我不太安全",
            "这里不安全",
        ),
        *("有危险", "我有危险", "很不安全", "好危险"),
    }
)
_BARE = _UNSAFE | {
    *("yes", "yeah", "yep", "yea", "yup", "no", "nope", "nah", "ok", "okay", "yes please"),
    *("有", "没有", "没", "没得", "是", "是的", "不是", "不", "嗯", "对", "对的", "好", "好的"),
}


async def ask_which_place(talk: Talk, reply: Reply) -> bool:
    """Ask once more for the place if *reply* is only a yes or a no; return whether it did."""
    session, can_say = talk.session, talk.release.plan.can_say
    if not (can_say(_WHICH_PLACE) and isinstance(reply, Words) and is_no_place(talk, reply)):
        return False
    earlier = (said.text for said in session.said[:-1] if said.state == session.state)
    if any(_is_one_of(_BARE, talk, text) for text in earlier):
        return False
    is_unsafe = can_say(_UNSAFE_WORDS) and _is_one_of(_UNSAFE, talk, reply.text)
    wording = _UNSAFE_WORDS if is_unsafe else _WHICH_PLACE
    await talk.say((Asked(state=session.state, wording=wording),))
    return True


def is_no_place(talk: Talk, reply: Words) -> bool:
    """Whether *reply*, where the place was asked for and not told, is a yes, a no or "not safe"."""
    session = talk.session
    if reply.word or talk.has_asked_where:
        return False
    if not session.state.endswith(ASKED_WHERE) or session.state in session.answers:
        return False
    return _is_one_of(_BARE, talk, reply.text)


def _is_one_of(words: frozenset[str], talk: Talk, text: str) -> bool:
    said = plain(in_characters(talk.session.language, text))
    return bool({said, without_particles(said)} & words)
