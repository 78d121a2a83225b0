"""How soon people must be there for each level, and who is alerted when nobody is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import Finding, FlowError
from bot.domain.expression import expression
from bot.domain.level import Level, level_named
from bot.flow.strict import Node, hint, parse

ALERTS = ("on_duty", "next", "supervisors", "everyone")
"""Whom a rung alerts: the worker on duty, the next on the rota, or a group."""

LEVEL_WORDS = (
    "acknowledge_within",
    "first_reply_within",
    "decide_within",
    "ladder",
    "repeat_every",
)
"""What stands under each level, all of it."""

_TIMES = LEVEL_WORDS[:3]
_DURATION = expression(r"(\d{1,4}) (minute|hour|day)s?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """``after`` this long without an acknowledgement, ``alert`` is alerted."""

    after: timedelta
    alert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What a level promises. The last rung is repeated until somebody acknowledges."""

    acknowledge_within: timedelta
    first_reply_within: timedelta
    decide_within: timedelta
    ladder: tuple[Rung, ...]
    repeat_every: timedelta

    def rung(self, number: int) -> Rung:
        """Return the rung *number*, counted from 0; the ladder never ends."""
        if number < len(self.ladder):
            return self.ladder[number]
        last = self.ladder[-1]
        repeats = number - len(self.ladder) + 1
        return Rung(after=last.after + repeats * self.repeat_every, alert=last.alert)


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The times of the three levels."""

    times: Mapping[Level, Times]

    def of(self, level: Level) -> Times:
        """Return the times of *level*; a case without a level is kept as a routine one."""
        return self.times[min(level, Level.ROUTINE)]


def read_levels(text: str, file: str) -> Levels:
    """Return the levels that *text* describes; *file* is its name in findings.

    Raises:
        FlowError: carries every finding (T2); a ladder must start at once and only climb.

    """
    form = _Form(file)
    root = parse(text, file)
    form.check_words(root, ("levels",))
    blocks = root.block.get("levels", Node(value={}, line=1))
    names = [level.word for level in Level if level is not Level.NONE]
    form.check_words(blocks, names)
    times = {level_named(name): form.times(name, blocks) for name in names}
    if form.findings:
        raise FlowError(form.findings)
    return Levels(times=times)


def read_duration(text: str) -> timedelta | None:
    """Return what a time like ``30 minutes`` says, None if it is not such a time."""
    found = _DURATION.fullmatch(text)
    return timedelta(**{f"{found[2]}s": int(found[1])}) if found else None


class _Form:
    """Takes times out of nodes and remembers every fault."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def check_words(self, node: Node, known: Sequence[str]) -> None:
        for word, part in node.block.items():
            if word not in known:
                self._fault(part.line, "T201", f'"{word}" has no meaning here{hint(word, known)}')
        for word in known:
            if word not in node.block:
                self._fault(node.line, "T202", f'"{word}" is missing')

    def times(self, name: str, blocks: Node) -> Times:
        node = blocks.block.get(name, blocks)
        if node is not blocks:
            self.check_words(node, LEVEL_WORDS)
        block = node.block
        acknowledge, first_reply, decide = (self._duration(block.get(word)) for word in _TIMES)
        return Times(
            acknowledge_within=acknowledge,
            first_reply_within=first_reply,
            decide_within=decide,
            ladder=tuple(self._ladder(block["ladder"])) if "ladder" in block else (),
            repeat_every=self._longer_than_nothing(block.get("repeat_every")),
        )

    def _ladder(self, node: Node) -> Iterator[Rung]:
        latest = timedelta(-1)
        if not node.items:
            self._fault(node.line, "T205", "a ladder needs at least one rung")
        for number, item in enumerate(node.items):
            self.check_words(item, ("after", "alert"))
            rung = self._rung(item)
            if number == 0 and rung.after:
                self._fault(item.line, "T205", "the first rung must be after 0 minutes")
            if rung.after <= latest:
                self._fault(item.line, "T205", "each rung must come later than the one before")
            latest = rung.after
            yield rung

    def _rung(self, node: Node) -> Rung:
        alert = node.block.get("alert", Node(value="", line=node.line))
        if alert.text not in ALERTS:
            known = hint(alert.text, ALERTS)
            self._fault(alert.line, "T204", f'nobody is called "{alert.text}"{known}')
        return Rung(after=self._duration(node.block.get("after")), alert=alert.text)

    def _longer_than_nothing(self, node: Node | None) -> timedelta:
        duration = self._duration(node)
        if node and not duration:
            self._fault(node.line, "T203", "repeating needs some time in between")
        return duration

    def _duration(self, node: Node | None) -> timedelta:
        if node is None:
            return timedelta()
        duration = read_duration(node.text)
        if duration is None:
            self._fault(node.line, "T203", f'"{node.text}" is no time; write "30 minutes"')
        return duration or timedelta()

    def _fault(self, line: int, code: str, text: str) -> None:
        self.findings.append(Finding(file=self.file, line=line, code=code, text=text))
