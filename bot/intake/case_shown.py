"""Whether what is said to somebody may show that what they told is with us."""

from bot.intake.talk import REPORT, Talk


def shows_case(talk: Talk) -> bool:
    """Whether there is a case, and what is said here may show it."""
    return talk.case is not None and not talk.session.hides_case


def shows_case_amid_telling(talk: Talk) -> bool:
    """Whether it may, and a report is under way, or all that was told waits for a worker."""
    state = talk.session.state
    return shows_case(talk) and (not state or state.startswith(REPORT))
