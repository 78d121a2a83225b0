"""What Lantern asks, offers and has said, as a worker reads it: never a key."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from bot.casework.telling import told_lines
from bot.domain.expression import expression
from bot.flow.model import ANYWHERE
from bot.wording.language import SOURCE
from bot.wording.wording import Wording

TOPIC = "guidance."
"""How the key of an answer about a topic begins, in the log of a case."""

_KEY = expression(r"[a-z_]+(?:\.[a-z_0-9]+)+")
_ACTIVITY = expression(r"activity:[^:]+:(.*)", re.DOTALL)
_BUTTON = expression(r"(.+)\.answers\.[a-z_0-9]+")

_END = " \n.!?。！？"
_DIGITS = 3
_OF_THEIR_OWN = expression(r"\{[a-z_]+\}")


_SKIP, SKIP = "skip", f"{ANYWHERE}.answers.skip"
"""Under any question there is a button to skip it; its wording."""

_ENDS = frozenset(
    {
        *("skip", "/skip", "跳过", "略过", "下一个"),
        *("that is all", "that's all", "thats all", "that is all for now", "that's all i know"),
        *("nothing else", "就这些", "就这些了", "就这些吧", "暂时就这些"),
        *("说完了", "我说完了", "写完了", "没别的了", "没有别的了", "没有其他的了", "没有要说的了"),
        *("先说到这儿", "先说到这里"),
    }
)
"""What, typed, only skips or says that this is all. A farewell is not among it, nor anything like
one ("the end", 没了): it may be the most pressing of all.
"""

_YES_OR_NO = frozenset(
    {
        *("yes", "yep", "yeah", "yea", "yup", "y", "ok", "okay", "k", "sure"),
        *("no", "nope", "nah", "n"),
        *("可以", "可以的", "好", "好的", "好吧", "行", "行的"),
        *("是", "是的", "对", "对的", "嗯", "嗯嗯", "有", "有的", "安全"),
        *("不", "不行", "不可以", "不是", "不对", "没", "没有", "不安全"),
    }
)
"""What, typed, says no more than yes or no."""

NO_VALUES: Mapping[str, str] = MappingProxyType({})


class Piece(NamedTuple):
    """A paragraph that was said in *language*; of an answer about a topic, only its title.

    The title is in the worker's language: it was not said.
    """

    text: str
    is_topic: bool
    language: str = ""


def only_ends(text: str) -> bool:
    """Whether *text*, as typed, says only that a question is skipped, or that this is all."""
    return text.strip(_END).casefold().replace("’", "'") in _ENDS


def only_says_yes_or_no(text: str) -> bool:
    """Whether *text*, as typed, says yes or no and nothing else."""
    return text.strip(_END).casefold() in _YES_OR_NO


def _nameless(_choice: str, _language: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """Reviewed wordings in a worker's language.

    ``placeholders`` are filled in, by language; what was one contact's own is left out.
    ``name_of`` says how a choice such as a topic or a section is called in a language.
    """

    wording: Wording
    placeholders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    name_of: Callable[[str, str], str] = _nameless

    def say(self, language: str, key: str, values: Mapping[str, str] = NO_VALUES) -> str:
        """Return the wording *key*, filled in; ``""`` if there is none any more."""
        source = self.wording.texts.get(SOURCE, {}).get(key, "")
        known = {**self.placeholders.get(language, {}), **values}
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

    def told(self, language: str, text: str, said_in: str = "") -> Sequence[Piece]:
        """Return what was said, of which the log keeps the keys, a line each.

        It stands as it was *said_in* the contact's language; what is in no language that we speak
        stands in the worker's.
        """
        lines = list(told_lines(text))
        if not all(_KEY.fullmatch(key) for key, _ in lines):
            return (Piece(text, is_topic=False),)
        heard = said_in if said_in in self.wording.texts else language
        pieces = (self._piece(language, heard, key, values) for key, values in lines)
        return [piece for piece in pieces if piece.text]

    def tapped(self, language: str, state: str, text: str) -> str:
        """Return the button of *state* whose label *text* is, in *language*; ``""`` if none."""
        key = self._labels.get((state, text), "") or self._labels.get((_SKIP, text), "")
        return self.say(language, key) if key else ""

    def numbered(self, language: str, state: str, text: str) -> str:
        """Return the button of *state* that *text* is the number of; ``""`` if it is none."""
        choices = self._choices.get(state, ())
        is_number = text.isascii() and text.isdecimal() and len(text) < _DIGITS
        place = int(text) if is_number else 0
        return self.say(language, choices[place - 1]) if 0 < place <= len(choices) else ""

    @cached_property
    def _choices(self) -> Mapping[str, Sequence[str]]:
        """The keys of the buttons of each state, in their order."""
        found: dict[str, list[str]] = {}
        for key in self.wording.texts.get(SOURCE, {}):
            if match := _BUTTON.fullmatch(key):
                found.setdefault(match[1], []).append(key)
        return found

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str], str]:
        """The key of each button, by its state and its label in any language."""
        return {
            (state, texts[key]): key
            for state, keys in self._choices.items()
            for key in keys
            for texts in self.wording.texts.values()
            if key in texts
        } | {(_SKIP, texts[SKIP]): SKIP for texts in self.wording.texts.values() if SKIP in texts}

    def _piece(self, language: str, heard: str, key: str, values: Mapping[str, str]) -> Piece:
        if key.startswith(TOPIC):
            return Piece(self.name_of(key.removeprefix(TOPIC), language), is_topic=True)
        return Piece(self.say(heard, key, values), is_topic=False, language=heard)
