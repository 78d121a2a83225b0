"""Whether what can be deleted is what they wrote here, or what shows what was done to them."""

import re

from bot.domain.expression import expression
from bot.engine.plain import plain
from bot.engine.understand import understand
from bot.intake.talk import Talk

_ERASE = "always.erase"
_ONLINE = expression(
    r"照片|视频|群里|网上|发到|朋友圈|抖音|快手|\b(?:online|pictures?|photos?|videos?|posted)\b"
)
_SHOWS_HARM = expression(
    r"消息|微信|短信|聊天|记录|截图|录音|拍|qq|发给?我|发的|\b(?:messages?|texts?|texted|sent|chats?|snap)\b",
    re.IGNORECASE,
)
"""What may show what was done, if it is kept."""

_READ_BY = expression(
    r"[看查翻](?:了|到|过)?(?:我们?|的|手机|里|上)*(?:手机|消息|微信|短信|聊天|记录|qq)+"
    r"|\b(?:reads?|checks?|sees?|looks? (?:at|through)|goes through)"
    r" my (?:messages?|texts?|chats?)",
    re.IGNORECASE,
)
"""That somebody reads them, which shows no harm, and is a reason to delete what was written."""

_LOOKED_AT = 4
"""Of how many of their last messages it is looked up whether something online is to be deleted."""

_MAY_BE_DELETED = expression(
    r"(?:可不可以|能不能|可以|能)(?:先|都|全部|把它?|给)*(?:删除?|撤回)(?:掉|了)?(?:吗|嘛|么|不|呢|啊|了)*"
    r"|(?:and |but |so )?can (?:i|we|you) delete (?:it|this|that|everything|all of it)"
)
"""That can be deleted which they wrote here, unless something was told that shows harm."""


def asks_to_delete(talk: Talk, text: str) -> bool:
    """Whether *text* asks to delete what they wrote here, and not what others have of them.

    On a phone that somebody else reads, nobody is told to keep it then.
    """
    if not _MAY_BE_DELETED.fullmatch(plain(text)):
        return False
    is_online = "online_sexual" in talk.session.seen or is_about_something_online(talk)
    return not (is_online or _shows_harm(talk))


def _shows_harm(talk: Talk) -> bool:
    """Whether what they told of harm, or have just written, speaks of what may show it."""
    session = talk.session
    risky, latest = frozenset(session.risky_at), session.said[-_LOOKED_AT:-1]
    told = [*latest, *(said for said in session.said[:-1] if said.at in risky)]
    return any(_SHOWS_HARM.search(_READ_BY.sub("", said.meant)) for said in told)


def means_no_question(talk: Talk, text: str) -> bool:
    """Whether *text*, put like a question how to delete, is about what others have of them.

    Or it answers whether all is to be erased, where that was asked.
    """
    plan, session = talk.release.plan, talk.session
    state = plan.states[_ERASE] if session.state == _ERASE else None
    is_confirmed = state is not None and bool(understand(plan, state, session, text))
    return is_confirmed or is_about_something_online(talk)


def is_about_something_online(talk: Talk) -> bool:
    """Whether they have just told of what others have of them, which no word here deletes."""
    return any(_ONLINE.search(said.text) for said in talk.session.said[-_LOOKED_AT:])
