"""The name of a section of topics, typed where a question may be written, opens that section."""

from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.walk import Turn, walk
from bot.flow.model import SECTION
from bot.intake.talk import Talk

_INSIDE = "rights.choose_in_section"
_ASKING = ("welcome.", "rights.")


def section_named(talk: Talk, text: str) -> str:
    """Return the section that *text* names, and nothing else, in any language; ``""`` if none."""
    plan, said = talk.release.plan, plain(text)
    if not said or _INSIDE not in plan.states:
        return ""
    named = (name for name in plan.sections if said in plan.names[f"{SECTION}.{name}"])
    return next(named, "")


def opens_section(talk: Talk, text: str) -> bool:
    """Whether *text* only names a section where topics are looked for; so it tells of nothing."""
    state = talk.session.state
    is_asking = not state or state.startswith(_ASKING)
    return is_asking and bool(section_named(talk, text))


def open_section(talk: Talk, text: str) -> Turn | None:
    """Go on with the topics of the section that *text* names; None if it names none."""
    name = section_named(talk, text)
    if not name:
        return None
    session = talk.session
    answers = {**session.answers, session.answered: f"{SECTION}.{name}"}
    chosen = replace(session, answers=answers)
    return walk(talk.release.plan, chosen, _INSIDE, talk.now)
