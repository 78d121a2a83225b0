"""The proofs a flow must pass before anybody talks to it."""

from collections.abc import Collection, Mapping
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
