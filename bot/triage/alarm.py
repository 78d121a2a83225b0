"""When the way by which alerts reach people counts as broken."""

from dataclasses import dataclass, fields
from datetime import timedelta

from bot.domain.errors import Finding, FlowError
from bot.flow.strict import Node, hint, parse
from bot.triage.levels import read_duration

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmTimes:
    """How long an alert may take until it must be with somebody, and a test until an answer."""

    taken_within: timedelta
    answered_within: timedelta
    worker_silent_after: timedelta


def microseconds(duration: timedelta) -> int:
    """Return *duration* in the unit of every clock here."""
    return duration // _MICROSECOND


def read_alarm(text: str, file: str) -> AlarmTimes:
    """Return the times that *text* gives; *file* is its name in findings.

    Raises:
        FlowError: carries every finding (T2); each time must be there, and be longer than nothing.

    """
    root = parse(text, file)
    block = root.block.get("alarm", Node(value={}, line=1))
    names = [field.name for field in fields(AlarmTimes)]
    findings = [
        Finding(
            file=file,
            line=node.line,
            code="T201",
            text=f'"{word}" has no meaning here{hint(word, known)}',
        )
        for node, known in ((root, ["alarm"]), (block, names))
        for word in node.block
        if word not in known
    ]
    times: dict[str, timedelta] = {}
    for name in names:
        node = block.block.get(name)
        duration = read_duration(node.text) if node else None
        if duration:
            times[name] = duration
        else:
            findings.append(_fault(node, block, name, file))
    if findings:
        raise FlowError(findings)
    return AlarmTimes(**times)


def _fault(node: Node | None, block: Node, name: str, file: str) -> Finding:
    if node is None:
        return Finding(file=file, line=block.line, code="T202", text=f'"{name}" is missing')
    text = f'"{node.text}" is no time; write "30 minutes"'
    return Finding(file=file, line=node.line, code="T203", text=text)
