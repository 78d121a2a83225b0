"""An old button that says that somebody is, or may be, in danger is taken for what it says.

Danger may begin after a no, and whoever looks for help scrolls up to the button that says so.
"""

from bot.casework.cases import is_adult
from bot.casework.weighing import Concern
from bot.domain.values import replace
from bot.flow.words import EMERGENCY
from bot.intake.amid import say_beside_the_worker
from bot.intake.detour import start_report
from bot.intake.hearing import remember
from bot.intake.talk import REPORT, Talk
from bot.intake.turns import take_of_its_own


async def call_for_danger(talk: Talk, answer: str) -> None:
    """Make it an emergency for *answer*, say whom to call, and ask where they are.

    Beside a worker only whom to call is said, and nothing where that would show what is hidden.
    """
    flow = f"{REPORT}{'_adult' if is_adult(talk.session.answers) else ''}"
    place, states = f"{flow}.in_danger", talk.release.plan.states
    if place in states:
        await remember(talk, talk.voice.say(f"{place}.answers.{answer}"), place)
        answers = {**talk.session.answers, place: answer}
        talk.session = replace(talk.session, answers=answers)
    talk.session = replace(talk.session, danger_told_at=talk.now)
    is_hidden = talk.session.hides_case or talk.session.is_quiet
    if not (talk.is_owned or is_hidden) and f"{flow}.{EMERGENCY}" in states:
        await take_of_its_own(talk, start_report(talk, talk.session, EMERGENCY, ""))
        return
    await talk.request_case(Concern(queue=EMERGENCY))
    if not is_hidden:
        await say_beside_the_worker(talk)
