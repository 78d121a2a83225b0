"""The proofs a flow must pass before anybody talks to it."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from bot.domain.errors import Finding
from bot.flow.check_graph import check_graph
from bot.flow.check_safety import check_safety
from bot.flow.check_wording import check_wording
from bot.flow.model import Flow

NONE: Mapping[str, Flow] = MappingProxyType({})
"""No flows."""


def check_flows(
    flows: Mapping[str, Flow], queues: Collection[str], known: Mapping[str, Flow] = NONE
) -> list[Finding]:
    """Return all findings about *flows*, in the order of files and lines.

    *queues* are the queues that ``open_case`` may name. *known* are flows that these lead to
    or are entered from; they are looked at, but nothing is reported about them.
    """
    together = {**known, **flows}
    findings = [
        finding
        for flow in flows.values()
        for check in (check_graph, check_wording, check_safety)
        for finding in check(together, flow, queues)
    ]
    return sorted(set(findings))


def second_of(flows: Mapping[str, Flow], flow: Flow) -> Iterator[Finding]:
    """Yield that another file holds a flow of the same name, if one does."""
    if flow.name in flows:
        text = f'the flow "{flow.name}" already stands in {flows[flow.name].file}'
        advice = "give one flow another name, or your file the name of ours, to take its place"
        line = flow.lines.get("flow", 1)
        yield Finding(file=flow.file, line=line, code="F011", text=f"{text}; {advice}")
