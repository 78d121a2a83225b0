"""What Lantern asks, offers and has said, as a worker reads it: never a key."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.wording.language import SOURCE
from bot.wording.wording import Wording

TOPIC = "guidance."
"""How the key of an answer about a topic begins, in the log of a case."""

_KEY = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+")
_ACTIVITY = re.compile(r"activity:[^:]+:(.*)", re.DOTALL)
_OF_THEIR_OWN = re.compile(r"\{[a-z_]+\}")


class Piece(NamedTuple):
    """A paragraph that was said; of an answer about a topic, only its title."""

    text: str
    is_topic: bool


def _nameless(_choice: str, _language: str) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Reviewed wordings in a worker's language.

    ``placeholders`` are filled in, by language; what was one contact's own is left out.
    ``name_of`` says how a choice such as a topic or a section is called in a language.
    """

    wording: Wording
    placeholders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    name_of: Callable[[str, str], str] = _nameless

    def say(self, language: str, key: str) -> str:
        """Return the wording *key*, ``""`` if there is none any more."""
        source = self.wording.texts.get(SOURCE, {}).get(key, "")
        known = self.placeholders.get(language, {})
        text = self.wording.say(key, source, language, **known) if source else ""
        return _OF_THEIR_OWN.sub("…", text).strip()

    def question(self, language: str, state: str) -> str:
        """Return what *state* asks."""
        return self.say(language, f"{state}.ask")

    def chosen(self, language: str, state: str, answer: str) -> str:
        """Return what was answered: the button's label, or their own words."""
        label = self.say(language, f"{state}.answers.{answer}")
        if activity := _ACTIVITY.fullmatch(answer):
            return activity[1]
        return label or self.name_of(answer, language) or answer

    def told(self, language: str, text: str) -> Sequence[Piece]:
        """Return what was said, of which the log keeps the keys, a line each."""
        lines = text.split("\n")
        if not all(_KEY.fullmatch(line) for line in lines):
            return (Piece(text, is_topic=False),)
        pieces = (self._piece(language, key) for key in lines)
        return [piece for piece in pieces if piece.text]

    def _piece(self, language: str, key: str) -> Piece:
        if key.startswith(TOPIC):
            return Piece(self.name_of(key.removeprefix(TOPIC), language), is_topic=True)
        return Piece(self.say(language, key), is_topic=False)
