"""Playing authors' conversations: what is said is said, and what must be so is looked at."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.authoring.coverage import Walked
from bot.authoring.rehearsal import Rehearsal
from bot.authoring.script import Script, Step
from bot.building import Book
from bot.domain.errors import Finding
from bot.engine.plan import Plan
from bot.engine.reply import FileSent, Outcome, Reply, Silence, Tap, Unreadable
from bot.flow.deeds import DEEDS

_LONGEST = 240
_SENT: dict[str, Reply] = {"photo": FileSent(), "sticker": Unreadable()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of playing conversations: what failed, and what was walked."""

    findings: tuple[Finding, ...]
    walked: Walked


def play_scripts(book: Book, scripts: Iterable[Script]) -> Played:
    """Play *scripts* on the flows of *book*; the first step that fails ends a conversation."""
    plan = book.release().plan
    walked = Walked()
    findings = []
    for script in scripts:
        found = _play(book, plan, script, walked)
        if found is not None:
            findings.append(found)
    return Played(findings=tuple(sorted(findings)), walked=walked)


_Fault = tuple[str, str]
"""A finding's code and text, before its place is known."""


def _play(book: Book, plan: Plan, script: Script, walked: Walked) -> Finding | None:
    rehearsal = Rehearsal(book, plan, language=script.language, answers=script.answered)
    stage = _Stage(rehearsal)
    rehearsal.begin(script.begins_at)
    fault, line = None, script.line
    for step in script.steps:
        fault, line = stage.take(step), step.line
        if fault is not None:
            break
    fault = fault or stage.do_what_is_usual()
    walked.add(rehearsal)
    if fault is None:
        return None
    text = f"{fault[1]} ({script.name})"
    return Finding(file=script.file, line=line, code=fault[0], text=text)


class _Stage:
    """Takes one step after another; ``_from`` is how far into what was heard it has read."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._from = 0
        self._steps = {
            "they": self._write,
            "tap": self._tap,
            "send": self._send,
            "silence": self._silence,
            "outcome": self._outcome,
            "hears": self._hears,
            "hears_nothing": self._hears_nothing,
            "asked": self._asked,
            "case": self._case,
            "no_case": self._no_case,
            "ends": self._ends,
        }

    def take(self, step: Step) -> _Fault | None:
        """Take *step*; a deed that waits is done first, unless the step says what came of it."""
        if step.word != "outcome":
            fault = self.do_what_is_usual()
            if fault is not None:
                return fault
        return self._steps[step.word](step)

    def do_what_is_usual(self) -> _Fault | None:
        """Do every deed that waits, as far as nobody has to say what came of it."""
        while deed := self._rehearsal.deed:
            outcome = self._rehearsal.usual_outcome()
            if outcome is None:
                known = " | ".join(DEEDS[deed.deed])
                text = f'{deed.deed} waits for what came of it; write "- outcome:" ({known})'
                return "F955", text
            self._rehearsal.bring(outcome)
        return None

    def _write(self, step: Step) -> _Fault | None:
        self._from = 0
        self._rehearsal.write(step.text)
        return None

    def _tap(self, step: Step) -> _Fault | None:
        button = self._rehearsal.button(step.text)
        if button is None:
            labels = " | ".join(choice.label for choice in self._rehearsal.choices())
            return "F955", f'there is no button "{step.text}"; there are: {labels}'
        return self._reply(Tap(data=button.data))

    def _send(self, step: Step) -> _Fault | None:
        return self._reply(_SENT[step.text])

    def _silence(self, _: Step) -> _Fault | None:
        return self._reply(Silence())

    def _reply(self, reply: Reply) -> _Fault | None:
        self._from = 0
        self._rehearsal.reply(reply)
        return None

    def _outcome(self, step: Step) -> _Fault | None:
        deed = self._rehearsal.deed
        if deed is None:
            return "F955", "nothing waits to be done, so nothing can come of it"
        if step.text not in DEEDS[deed.deed]:
            known = " | ".join(DEEDS[deed.deed])
            return "F955", f"{deed.deed} can only turn out as {known}"
        self._rehearsal.bring(Outcome(name=step.text, choices=step.offers))
        return None

    def _hears(self, step: Step) -> _Fault | None:
        heard = self._heard()
        wanted = " ".join(self._rehearsal.fill(step.text).split())
        at = heard.find(wanted, self._from)
        if at < 0:
            return "F951", f'"{wanted}" is not heard, but {_quoted(heard)}'
        self._from = at + len(wanted)
        return None

    def _hears_nothing(self, _: Step) -> _Fault | None:
        if self._heard():
            return "F951", f"something is heard: {_quoted(self._heard())}"
        return None

    def _heard(self) -> str:
        return " ".join(" ".join(self._rehearsal.heard).split())

    def _asked(self, step: Step) -> _Fault | None:
        place = self._rehearsal.session.state
        if step.text not in {place, place.rpartition(".")[2]}:
            return "F952", f'"{step.text}" is not asked, but {place or "nothing"}'
        return None

    def _case(self, step: Step) -> _Fault | None:
        case = self._rehearsal.case
        found = f"{case.queue} at {case.level.word}" if case else "no case"
        if found != step.text:
            return "F953", f'"{step.text}" is not so: there is {found}'
        return None

    def _no_case(self, _: Step) -> _Fault | None:
        case = self._rehearsal.case
        if case is not None:
            return "F953", f"there is a case: {case.queue} at {case.level.word}"
        return None

    def _ends(self, step: Step) -> _Fault | None:
        ended = self._rehearsal.ended
        if ended != step.text:
            found = f'it ended as "{ended}"' if ended else "it goes on"
            return "F954", f'it does not end as "{step.text}": {found}'
        return None


def _quoted(heard: str) -> str:
    if not heard:
        return "nothing"
    return f'"{heard}"' if len(heard) <= _LONGEST else f'"{heard[:_LONGEST]}…"'
