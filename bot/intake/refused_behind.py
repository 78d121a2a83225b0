"""Who asks not to be written to behind a report: it counts as where it is asked, and is said so."""

from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.update import Kind, Update
from bot.engine.reply import Words
from bot.intake.case_shown import shows_case
from bot.intake.refusals_in_short import wants_no_answer
from bot.intake.refused_early import asks_not_to, note_refusal, place_of_safety
from bot.intake.talk import Talk

_NOT_WRITTEN_TO = "always.not_written_to.say"


async def refuse_behind(talk: Talk, update: Update) -> bool:
    """Keep that nothing may be written to them, or when; return whether that was answered.

    What they tell besides is passed on as ever.
    """
    if update.kind is not Kind.TEXT or not shows_case(talk):
        return False
    before = talk.session
    talk.session = note_refusal(talk, Words(text=update.text, word=""))
    place = place_of_safety(before)
    is_said = wants_no_answer(update.text) or asks_not_to(update.text)
    is_kept = is_said and talk.session.answers.get(place) != before.answers.get(place)
    if not is_kept or talk.felt is not Level.NONE:
        return False
    if not talk.release.plan.can_say(_NOT_WRITTEN_TO):
        return False
    await talk.say((Told(key=_NOT_WRITTEN_TO),), words=("menu", "leave"))
    return True
