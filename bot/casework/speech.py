"""How Lantern speaks to a contact: events become text with buttons."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from bot.casework.house import House
from bot.casework.phrases import Phrase
from bot.casework.release import Release
from bot.domain.event import Asked, Event, Said
from bot.domain.message import Button, Buttons
from bot.domain.session import Session
from bot.domain.values import Value
from bot.engine.walk import ADULTS, WHO
from bot.flow.model import ANYWHERE, State
from bot.flow.placeholders import fill, names_in
from bot.guidance.model import Voice as Hearer
from bot.guidance.sections import label_of
from bot.learning.tell import choice_label
from storage.packing import STEP, Wording, pack_wording

LONGEST_PART = 3500
"""UTF-16 units of one part of a message; Telegram takes 4096."""

OFFER = "always.offer_person.say"
"""The wording that speaks of the button for a person, which then stands under it."""

SAFE_WORD = "always.help_safe_word.say"
"""The wording that tells of the safe word; it is said only where there is one."""

CALLED = "always.called.say"
"""The wording that a worker was called, which is filled in for ``{called}``."""

SUPERVISORS_CALLED = "always.supervisors_called.say"
"""What is filled in instead where supervisors were told that they complain about us."""

MOMENTARY: Mapping[str, str] = MappingProxyType({"nobody_reads": "", "called": ""})
"""What is filled in by the moment, for everybody alike; and what it is if nothing is to be said."""
_OFFERED = Said(key=OFFER)
_OF_ONE_QUESTION = frozenset({"skip", "back"})
_WITH_A_WAY_BACK = frozenset({"always.which_answer", "always.language"})
"""Questions of a word that whoever used it by mistake goes back from to what was asked."""
_UNSKIPPED = frozenset({"always", "welcome", "rights"})
"""Flows under whose questions no button to skip stands: they have one that goes on."""

_LONGEST_LABEL = 40
_SHORT_LABEL = 8


class Voice(Value, frozen=True, kw_only=True):
    """In which language, of which release, and with which values something is said."""

    hidden: ClassVar[frozenset[str]] = frozenset({"values"})

    house: House
    release: Release
    language: str
    values: Mapping[str, str]
    moment: Mapping[str, str] = MOMENTARY

    def say(self, key: str) -> str:
        """Return the wording *key*, such as ``welcome.hello.say``, filled in."""
        text = self.release.spoken.get((self.language, key))
        if text is None:
            text = self._spell(key)
            self.release.spoken[self.language, key] = text
        if "{" not in text:
            return text
        filled = fill(text, {**self.values, **self.moment})
        return (
            filled.strip()
            if MOMENTARY.keys().isdisjoint(self.holds(key))
            else _without_gaps(filled)
        )

    def holds(self, key: str) -> frozenset[str]:
        """Return which ``{names}`` the wording *key* holds."""
        known = self.release.held
        if key not in known:
            known[key] = names_in(self.source(key))
        return known[key]

    def momentary(self, *keys: str) -> frozenset[str]:
        """Return which of :data:`MOMENTARY` the wordings *keys* hold."""
        known = self.release.momentary
        found = known.get(keys)
        if found is None:
            found = known[keys] = frozenset().union(*map(self.holds, keys)) & MOMENTARY.keys()
        return found

    def source(self, key: str) -> str:
        """Return the source of the wording *key*, with nothing filled in; ``""`` if unknown."""
        known = self.release.wording.texts["en"]
        return known.get(key) or self.house.wording.texts["en"].get(key, "")

    def _spell(self, key: str) -> str:
        """Return the wording *key* with all filled in that is the same for everybody.

        What Lantern had not yet to say when the release was made is said as it is today.
        """
        known = self.house.placeholders[self.language]
        is_older = key not in self.release.wording.texts["en"]
        wording = self.house.wording if is_older else self.release.wording
        source = wording.texts["en"].get(key, "")
        return wording.say(key, source, self.language, **known).strip()


def phrase(house: House, language: str, words: Phrase, **values: object) -> str:
    """Return *words* in *language* with *values* filled in."""
    return fill(house.wording.text(language, words.context, words.text), values)


def speak(voice: Voice, events: Sequence[Event]) -> str:
    """Return everything that *events* say and ask, as one text: a paragraph each."""
    return "\n\n".join(text for text in _texts(voice, events) if text)


def wording_of(
    voice: Voice,
    session: Session,
    events: Sequence[Event],
    words: Sequence[str] = (),
    *,
    keys: tuple[str, ...],
    is_on_page: bool,
) -> Wording | None:
    """Return what *events* say and ask, with its buttons, if that is the same for everybody.

    *keys* are their wordings. None if it holds something of one contact's, or is nothing, or more
    than one part.
    """
    if voice.values or session.offered:
        return None
    said = (*keys, *words)
    key = (voice.language, said, bool(session.trail), is_on_page, *voice.moment.values())
    packed = voice.release.packed
    if key not in packed:
        text = speak(voice, events)
        rows = _rows_under(voice, session, events, words, is_on_page=is_on_page)
        packed[key] = pack_wording(text, rows) if len(list(split(text))) == 1 else None
    return packed[key]


def buttons_under(
    voice: Voice,
    session: Session,
    events: Sequence[Event],
    words: Sequence[str] = (),
    *,
    is_on_page: bool,
) -> Buttons:
    """Return the buttons under what *events* say, and those for *words* that work anywhere."""
    step = str(session.step)
    rows = _rows_under(voice, session, events, words, is_on_page=is_on_page)
    return tuple(
        tuple(Button(label=b.label, data=b.data.replace(STEP, step)) for b in row) for row in rows
    )


def _rows_under(
    voice: Voice,
    session: Session,
    events: Sequence[Event],
    words: Sequence[str],
    *,
    is_on_page: bool,
) -> Buttons:
    """Return the buttons before their step is filled in; the page has its own way to leave."""
    asked = next((event.state for event in reversed(events) if isinstance(event, Asked)), "")
    framed = _framed(voice, session, asked, has_person=_OFFERED in events) if asked else ()
    rows = (*framed, *word_row(voice, words))
    if not is_on_page:
        return rows
    kept = (tuple(b for b in row if b.data != "w:leave") for row in rows)
    return tuple(row for row in kept if row)


def _framed(voice: Voice, session: Session, asked: str, *, has_person: bool) -> Buttons:
    """Return the buttons of the question *asked*; what is the same for everybody is remembered."""
    key = (voice.language, asked, has_person, bool(session.trail))
    known = voice.release.framed.get(key)
    if known is not None and not (session.offered or voice.values):
        return known
    state = voice.release.plan.states[asked]
    choices = list(_choices(voice, session, state))
    person = ("person",) if has_person else ()
    buttons = (*_rows(choices), *word_row(voice, person), *_always(voice, session, state))
    if not (session.offered or voice.values):
        voice.release.framed[key] = buttons
    return buttons


def split(text: str) -> Iterator[str]:
    """Yield *text* in parts that every channel takes, broken between paragraphs or words."""
    rest = text
    if len(text) <= LONGEST_PART // 2:  # no character takes more than two units
        yield from (text,) if text else ()
        return
    while _units(rest) > LONGEST_PART:
        head = rest[: LONGEST_PART // 2] if _units(rest[:LONGEST_PART]) > LONGEST_PART else ""
        head = head or rest[:LONGEST_PART]
        cut = max(head.rfind("\n"), head.rfind(" "), head.rfind("。"), LONGEST_PART // 4)
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _texts(voice: Voice, events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        match event:
            case Said(key=key):
                yield voice.say(key) if key != SAFE_WORD or _has_safe_word(voice) else ""
            case Asked():
                yield voice.say(event.key)


def _without_gaps(text: str) -> str:
    """Return *text* without the spaces that are left where nothing was to be filled in."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _has_safe_word(voice: Voice) -> bool:
    return bool(voice.house.directory.organisation.safe_words)


def _choices(voice: Voice, session: Session, state: State) -> Iterator[Button]:
    for key in state.answers:
        label = voice.say(f"{state.place}.answers.{key}")
        yield Button(label=label, data=f"a:{STEP}:{key}")
    for choice in session.offered:
        if label := _offer(voice, choice, spoken_to(session)):
            yield Button(label=label, data=_offer_data(session, choice))


def spoken_to(session: Session) -> Hearer:
    """Return to whom Lantern speaks: a child, unless they said that they are an adult."""
    return Hearer.ADULT if session.answers.get(WHO) in ADULTS else Hearer.CHILD


def _offer(voice: Voice, choice: str, hearer: Hearer) -> str:
    """Return what stands on the button of *choice*; ``""`` if it is gone, and not offered then."""
    if ":" in choice:
        return choice_label(choice, voice.house.learning, voice.language)[:_LONGEST_LABEL]
    if label := label_of(voice.house.topics, choice, voice.language, hearer):
        return label
    question = voice.say(f"{choice}.ask")
    return question if len(question) <= _LONGEST_LABEL else f"{question[:_LONGEST_LABEL]}…"


def _offer_data(session: Session, choice: str) -> str:
    """Button data holds at most 64 bytes, so a long choice goes by its number."""
    return f"a:{STEP}:#{session.offered.index(choice)}"


def _rows(choices: Sequence[Button]) -> Buttons:
    """Two short labels share a row; a long one has its own."""
    are_short = len(choices) > 2 and all(len(b.label) <= _SHORT_LABEL for b in choices)  # noqa: PLR2004
    width = 2 if are_short else 1
    return tuple(tuple(choices[n : n + width]) for n in range(0, len(choices), width))


def _always(voice: Voice, session: Session, state: State) -> Buttons:
    """Return the row that stands under every question: skip, back, leave."""
    words = ["leave"]
    has_way_back = session.trail and state.flow != "always"
    if has_way_back or state.place in _WITH_A_WAY_BACK:
        words.insert(0, "back")
    if state.can_skip and state.flow not in _UNSKIPPED:
        words.insert(0, "skip")
    return word_row(voice, words)


def word_row(voice: Voice, words: Sequence[str]) -> Buttons:
    """Return one row of buttons for *words* that work anywhere; no row for none."""
    row = tuple(
        Button(label=voice.say(f"{ANYWHERE}.answers.{word}"), data=_word_data(word))
        for word in words
    )
    return (row,) if row else ()


def _word_data(word: str) -> str:
    """To skip and to go back are about the question asked, and not about any later one."""
    return f"w:{word}:{STEP}" if word in _OF_ONE_QUESTION else f"w:{word}"
