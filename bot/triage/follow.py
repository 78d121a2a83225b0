"""What a contact hears in the turn in which something they wrote was seen as a risk."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.errors import Finding, FlowError
from bot.domain.level import Level, level_named
from bot.domain.signal import Signal
from bot.flow.model import FELT
from bot.flow.strict import Node, hint, parse
from bot.triage.opinion import IN_DOUBT
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.rules import BENIGN, CATEGORIES
from bot.triage.signals import level_of

ANYTHING = "anything"
"""The line for whatever has no line of its own."""

_PARTS = ("follow", "again", "hints", "guesses", "adults", "apart", "unnamed")

LEVELS = ("emergency", "urgent")
"""The levels after which something is said."""

VOICES = ("child", "adult")
FRIEND = "friend"
MOST_STATES = 2
"""The words of the level, and at most one short paragraph besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said: states of the flow ``always`` in their order, and the helplines in them.

    ``friend`` is said to a child in place of ``child``, where it fears for somebody else.
    ``covers`` are topics that say the same, and are not told in the same turn; ``topics`` are the
    only ones that may be told behind it to whoever told of harm and asked nothing.
    """

    child: tuple[str, ...]
    adult: tuple[str, ...]
    friend: tuple[str, ...] = ()
    helplines: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    line: int = 1

    @property
    def states(self) -> tuple[str, ...]:
        """All states that are said, to whomever."""
        return (*self.child, *self.adult, *self.friend)

    def keys(self, *, is_adult: bool, is_of_another: bool = False) -> tuple[str, ...]:
        """Return the wordings for a child, or for an adult, or for whoever fears for a friend."""
        states = self.adult if is_adult else self.child
        if is_of_another and not is_adult and self.friend:
            states = self.friend
        return tuple(f"always.{state}.say" for state in states)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """The table: what is said by category and level; where several fit, the first of them.

    ``again`` is said in place of the words for anything urgent to whoever has heard those. Of
    what only a rule of ``hints`` saw, or the second opinion where its category stands there,
    nothing is said as if it were told: the words for anything are, or those of other signals. So
    it is with what the second opinion alone takes for one of ``guesses``, if it is urgent. Rules
    of ``adults`` are hints unless an adult writes. What a rule that ``apart`` holds saw is
    answered by the line named there, not by that of its category; of ``unnamed``, also where the
    second opinion makes it an emergency without naming it.
    """

    words: Mapping[str, Mapping[Level, Words]]
    again: Words | None = None
    hints: tuple[str, ...] = ()
    hints_line: int = 1
    guesses: tuple[str, ...] = ()
    adults: tuple[str, ...] = ()
    apart: Mapping[str, str] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()

    def after(
        self, signals: Iterable[Signal], *, is_again: bool = False, is_adult: bool = False
    ) -> Words | None:
        """Return what is said after *signals*: for the most pressing, nothing after a routine.

        Where only the second opinion calls it an emergency, and names no kind, ``unnamed`` says
        what it is. If it ``is_again``, something urgent was told before, and answered.
        """
        seen = tuple(signals)
        level = level_of(seen)
        told = [each for each in seen if each.level is level and not self._is_guess(each)]
        if level is Level.EMERGENCY and all(_is_unnamed(each) for each in told):
            told = [each for each in seen if each.rule in self.unnamed] or told
        lines = {ANYTHING, *self._lines_of(told, is_adult=is_adult)}
        fitting = (by for line, by in self.words.items() if line in lines)
        words = next((by[level] for by in fitting if level in by), None)
        is_shortened = is_again and level is Level.URGENT
        return self._shortened(words) if words and is_shortened else words

    def topics_after(self, signals: Iterable[Signal], *, is_adult: bool = False) -> frozenset[str]:
        """Return the topics that may be told behind a text in which *signals* were seen.

        They are those of every category that it tells of; of one that has no line, of a hint, and
        of nothing at all, those of anything. Wounds that somebody made are not explained as those
        that children make themselves.
        """
        told = self._lines_of(signals, is_adult=is_adult)
        if "physical_abuse" in told:
            told.discard("self_harm")
        lines = [self.words.get(category, self.words[ANYTHING]) for category in told or {ANYTHING}]
        return frozenset(topic for line in lines for by in line.values() for topic in by.topics)

    def topics_of_harm(self) -> frozenset[str]:
        """Return the topics about any harm that has a line of its own.

        To a child who told of no harm these are never offered: their names would lead it.
        """
        lines = (by for line, by in self.words.items() if line != ANYTHING)
        return frozenset(topic for by in lines for words in by.values() for topic in words.topics)

    def _lines_of(self, signals: Iterable[Signal], *, is_adult: bool) -> set[str]:
        """Return the lines that answer *signals*: of a hint, that of anything."""
        hints = {*self.hints, *(() if is_adult else self.adults)}
        return {
            ANYTHING
            if {each.rule, f"{each.rule}.{each.category}"} & hints
            else self.apart.get(each.rule, each.category)
            for each in signals
        }

    def _is_guess(self, signal: Signal) -> bool:
        is_read = signal.rule == SECOND_OPINION and signal.level is Level.URGENT
        return is_read and signal.category in self.guesses

    def _shortened(self, words: Words) -> Words:
        if self.again is None:
            return words
        general = self.words[ANYTHING][Level.URGENT]
        return replace(
            words,
            child=_without(words.child, general.child, self.again.child),
            adult=_without(words.adult, general.adult, self.again.adult),
            friend=_without(words.friend, general.child, self.again.child),
        )


def _is_unnamed(signal: Signal) -> bool:
    return signal.rule == SECOND_OPINION and signal.category == IN_DOUBT


def _without(
    states: tuple[str, ...], general: tuple[str, ...], again: tuple[str, ...]
) -> tuple[str, ...]:
    """Return *states*, with *again* where *general* begin them."""
    size = len(general)
    return (*again, *states[size:]) if states[:size] == general else states


def read_follow(text: str, file: str) -> Follow:
    """Return the table that *text* holds; *file* is its name in findings.

    Raises:
        FlowError: carries every finding (T401 to T403).

    """
    form = _Form(file)
    root = parse(text, file)
    form.check_words(root, _PARTS, needed=("follow",))
    lines = root.block.get("follow", Node(value={}, line=1))
    apart = root.block.get("apart", Node(value={}, line=1)).block
    categories = [category for category in CATEGORIES if category != BENIGN]
    form.check_words(lines, (*categories, *apart, ANYTHING), needed=(*apart, ANYTHING))
    words = {name: form.levels(name, node) for name, node in lines.block.items()}
    again = form.voices(root.block["again"]) if "again" in root.block else None
    if form.findings:
        raise FlowError(form.findings)
    last = words.pop(ANYTHING)
    return _table(root, {**words, ANYTHING: last}, again)


def _table(root: Node, words: Mapping[str, Mapping[Level, Words]], again: Words | None) -> Follow:
    hints = root.block.get("hints", _NOTHING)
    apart = root.block.get("apart", Node(value={}, line=1)).block
    return Follow(
        words=words,
        again=again,
        hints=_texts(hints),
        hints_line=hints.line,
        guesses=_texts(root.block.get("guesses", _NOTHING)),
        adults=_texts(root.block.get("adults", _NOTHING)),
        apart={rule: name for name, node in apart.items() for rule in _texts(node)},
        unnamed=_texts(root.block.get("unnamed", _NOTHING)),
    )


class _Form:
    """Takes words out of nodes and remembers every fault."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def check_words(
        self, node: Node, known: tuple[str, ...], *, needed: tuple[str, ...] = ()
    ) -> None:
        for word, part in node.block.items():
            if word not in known:
                self._fault(part.line, "T401", f'"{word}" has no meaning here{hint(word, known)}')
        for word in needed:
            if word not in node.block:
                self._fault(node.line, "T402", f'"{word}" is missing')

    def levels(self, name: str, node: Node) -> Mapping[Level, Words]:
        self.check_words(node, LEVELS, needed=LEVELS if name == ANYTHING else ())
        if not node.block:
            self._fault(node.line, "T402", f'"{name}" says nothing: name a level')
        found = node.block.items()
        return {level_named(word): self._words(part) for word, part in found if word in LEVELS}

    def _words(self, node: Node) -> Words:
        self.check_words(node, (*VOICES, FRIEND, "helplines", "covers", "topics"), needed=VOICES)
        return Words(
            child=self._states(node.block.get("child", _NOTHING)),
            adult=self._states(node.block.get("adult", _NOTHING)),
            friend=self._states(node.block.get(FRIEND, _NOTHING)),
            helplines=_texts(node.block.get("helplines", _NOTHING)),
            covers=_texts(node.block.get("covers", _NOTHING)),
            topics=_texts(node.block.get("topics", _NOTHING)),
            line=node.line,
        )

    def voices(self, node: Node) -> Words:
        """Return what is said to a child and to an adult."""
        self.check_words(node, VOICES, needed=VOICES)
        child, adult = (self._states(node.block.get(voice, _NOTHING)) for voice in VOICES)
        return Words(child=child, adult=adult, line=node.line)

    def _states(self, node: Node) -> tuple[str, ...]:
        states = _texts(node)
        if len(states) > MOST_STATES:
            text = "the words of the level and one short paragraph are the most"
            self._fault(node.line, "T403", text)
        for state in states:
            if not state.startswith(FELT):
                self._fault(node.line, "T403", f'"{state}" must begin with "{FELT}"')
        return states

    def _fault(self, line: int, code: str, text: str) -> None:
        self.findings.append(Finding(file=self.file, line=line, code=code, text=text))


_NOTHING = Node(value="", line=1)


def _texts(node: Node) -> tuple[str, ...]:
    """Return the texts listed; one text alone is a list of it."""
    return tuple(item.text for item in node.items) or ((node.text,) if node.text else ())


def all_words(follow: Follow) -> Iterator[Words]:
    """Yield what is said, line by line of the table."""
    for by_level in follow.words.values():
        yield from by_level.values()
    if follow.again is not None:
        yield follow.again
