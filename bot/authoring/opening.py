"""Finding the flow that an author means: one of Lantern's, or a file of their own."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.building import CONVERSATIONS, Book, read_book, read_flows
from bot.content import Content, read_content, read_text
from bot.domain.errors import ConfigError, Finding, FlowError
from bot.flow.checks import check_flows
from bot.flow.model import Flow
from bot.flow.reader import read_flow
from bot.flow.strict import hint
from bot.wording.wording import Wording, read_wording

_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A flow, and the words it has in every language."""

    flow: Flow
    wording: Wording


def open_flow(name: str, own: Path | None = None) -> Opened:
    """Return the flow *name*, or the one in the file *name*; it need not be sound.

    Raises:
        ConfigError: there is no such flow or file.
        FlowError: it is not in the form of a flow.

    """
    content = read_content(own)
    flow = _own_flow(name) or _named(name, content)
    wording, _ = read_wording(content.texts, (flow,))
    return Opened(flow=flow, wording=wording)


def open_playable(name: str, own: Path | None = None) -> tuple[Book, Flow]:
    """Return everything that is needed to play the flow *name*, which must be sound.

    Raises:
        ConfigError: there is no such flow or file.
        FlowError: it, or anything that Lantern needs beside it, has findings.

    """
    flow = _own_flow(name)
    if flow is None:
        return read_book(own), _named(name, read_content(own))
    book = read_book(own)
    findings = check_flows({flow.name: flow}, tuple(book.directory.queues), book.flows)
    if findings:
        raise FlowError(findings)
    return _with(book, flow), flow


def check_language(wording: Wording, language: str) -> str:
    """Return *language*, which there must be words in.

    Raises:
        ConfigError: there are none.

    """
    if language not in wording.languages:
        known = ", ".join(wording.languages)
        raise ConfigError([f'there is no language "{language}"; known are {known}'])
    return language


def _own_flow(name: str) -> Flow | None:
    if not name.endswith(_ENDINGS):
        return None
    path = Path(name)
    if not path.is_file():
        raise ConfigError([f"there is no file {name}"])
    return read_flow(read_text(path), name)


def _named(name: str, content: Content) -> Flow:
    findings: list[Finding] = []
    flows = read_flows(content, findings)
    if name in flows:
        return flows[name]
    broken = [finding for finding in findings if Path(finding.file).stem == name]
    if broken:
        raise FlowError(broken)
    advice = hint(name, flows) or f"; known are {', '.join(flows)}"
    raise ConfigError([f'there is no flow "{name}"{advice}'])


def _with(book: Book, flow: Flow) -> Book:
    """Return *book* with *flow* in the place of its flow of the same name."""
    flows = {**book.flows, flow.name: flow}
    old = {known.file for known in book.flows.values() if known.name == flow.name}
    file = f"{CONVERSATIONS}/{flow.name}.yaml"
    kept = {name: text for name, text in book.content.texts.items() if name not in old}
    content = replace(book.content, texts={**kept, file: read_text(Path(flow.file))})
    wording, _ = read_wording(content.texts, flows.values())
    return replace(book, content=content, flows=flows, wording=wording)
