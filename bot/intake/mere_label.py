"""A label of Lantern's own that says no more than the answer it is: most are typed or tapped so.

Of such a text no look makes anything, and that is known for good (see
:mod:`bot.domain.looking`). So what only answers what a look finds need not be asked one by one.
Nothing that somebody else wrote is ever taken for one, and the risk check reads it like any other.
"""

from bot.casework.house import House
from bot.domain.looking import look_once
from bot.guidance.left_short import is_left_short
from bot.guidance.question import is_question
from bot.guidance.question import only_asks as asks_in_every_clause
from bot.intake.about_us import about_us
from bot.intake.aside import only_asks
from bot.intake.farewell import is_resigned, only_says_goodbye
from bot.intake.fears import asked_in_fear
from bot.intake.few_words import is_unknown
from bot.intake.of_the_chat import asked_of_the_chat
from bot.intake.once_more import calls_for_plainer
from bot.intake.safe_reply import refuses
from bot.intake.shame import asks_of_boys, asks_their_worth, asks_whether_right, asks_whose_fault
from bot.intake.small_talk import kind_of
from bot.intake.somebody_comes import says_it_is_seen, says_somebody_comes
from bot.intake.taken_back import says_it_is_true, takes_back
from bot.intake.talk import Talk
from bot.intake.waited_for import asks_why_nobody
from bot.intake.what_follows import asks_what_to_do
from bot.triage.rules import Rules
from bot.triage.signals import contexts_in

LOOKS = (
    *(says_somebody_comes, says_it_is_seen, asks_whose_fault, asked_of_the_chat),
    *(asks_why_nobody, only_says_goodbye, is_resigned, kind_of, about_us),
    *(asks_their_worth, asks_whether_right, takes_back, says_it_is_true),
    *(asked_in_fear, asks_of_boys),
    *(is_question, asks_in_every_clause, only_asks, asks_what_to_do),
    *(refuses, calls_for_plainer, is_unknown, is_left_short),
)
"""What makes more of a text than the answer to the question that waits."""


def says_no_more(talk: Talk, text: str) -> bool:
    """Whether *text* is a label of Lantern's own, and none of the :data:`LOOKS` sees more in it."""
    return look_once(_is_mere_label, text, talk.house)


def _is_mere_label(text: str, house: House) -> bool:
    return house.own_texts.hold(text) and is_mere(text, house.rules)


def is_mere(text: str, rules: Rules) -> bool:
    """Whether no look makes anything of *text*, and it tells nothing besides."""
    return not (contexts_in(text, rules) or any(look(text) for look in LOOKS))
