"""Everything that is wrong with what people wrote, found without running it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.authoring.named import check_named
from bot.building import ALARM, LEVELS, read_all_moves, read_flows, read_tables
from bot.casework.meanings import check_meanings
from bot.content import Content, content_root, directory_texts, read_content, read_text
from bot.directory.model import Directory
from bot.directory.read import read_directory
from bot.domain.errors import ConfigError, Finding, FlowError
from bot.flow.checks import check_flows, second_of
from bot.flow.model import Flow
from bot.flow.reader import read_flow
from bot.guidance.check import check_guidance
from bot.handbook.check import check_handbook
from bot.keeping import rules_kept
from bot.learning.check import check_learning
from bot.locales import CATALOG, check_own
from bot.locales import check as check_catalogs
from bot.risk_check import TRIAGE, read_close_reading
from bot.strays import find_strays
from bot.triage.alarm import read_alarm
from bot.triage.levels import read_levels
from bot.wording.wording import Wording, catalogs_in, read_wording, required_keys

T = TypeVar("T")

_UNKNOWN_WHERE_A_FILE_IS_BROKEN = frozenset({"F102", "F109", "F401"})
"""Findings that may only be due to another file that cannot be read."""

_WHY_NOT = {"not translated": "L101", "to be looked at again": "L102"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found, and in how many flows and files it was looked for."""

    findings: tuple[Finding, ...]
    flows: int
    files: int


def prove_everything(languages: Sequence[str], own: Path | None = None) -> Proof:
    """Prove all of ``flows/`` and ``locales/``, an organisation's *own* included."""
    content = read_content(own)
    findings = list(content.findings)
    flows = read_flows(content, findings)
    has_all = not findings
    findings += find_strays(own) if own else ()
    moved: list[Finding] = []
    read_all_moves(content, flows, moved)
    findings += [
        each for each in moved if has_all or each.code not in _UNKNOWN_WHERE_A_FILE_IS_BROKEN
    ]
    directory = _tried(findings, lambda: read_directory(directory_texts(content)))
    if directory is not None:
        findings += _sound_flows(flows, directory, has_gaps=bool(findings))
        findings += check_guidance(content.texts, directory)
        findings += check_learning(content.texts, directory)
        findings += check_handbook(content.texts, directory)
    _tried(findings, lambda: rules_kept(content.under(TRIAGE, ending=".yaml")))
    _tried(findings, lambda: _load_close_reading(content))
    read_tables(content, flows, directory, findings)
    _tried(findings, lambda: read_levels(content.text(LEVELS), LEVELS))
    _tried(findings, lambda: read_alarm(content.text(ALARM), ALARM))
    findings += _languages(content, flows, languages, own)
    if has_all and directory is not None:
        findings += check_named(flows, directory.queues)
    ordered = tuple(sorted(set(findings)))
    return Proof(findings=ordered, flows=len(flows), files=len(content.texts))


def _load_close_reading(content: Content) -> None:
    closely = read_close_reading(content)
    if closely is not None:
        closely.network()


def prove_files(
    paths: Sequence[Path], languages: Sequence[str] = (), own: Path | None = None
) -> Proof:
    """Prove the flow files *paths*, or those in such folders, beside Lantern's other flows.

    Raises:
        ConfigError: there is no such file, or no flow file in such a folder.
        FlowError: Lantern's own directory, against which they are proved, is broken.

    """
    files = list(flow_files(paths))
    content = read_content(own)
    ours = read_flows(content, [])
    findings: list[Finding] = []
    flows: dict[str, Flow] = {}
    for file in files:
        flow = _tried(findings, partial(_read, file))
        if flow is not None:
            findings += second_of(flows, flow)
            flows[flow.name] = flow
    directory = read_directory(directory_texts(content))
    findings += _sound_flows(flows, directory, known=ours, has_gaps=bool(findings))
    wording, faults = read_wording(content.texts, flows.values())
    if languages:
        unread = content.unread.values()
        findings += [*faults, *(each for each in unread if each.file.endswith(CATALOG.name))]
        findings += _untranslated(wording, flows.values(), _readable(content, wording, languages))
    ordered = tuple(sorted(set(findings)))
    return Proof(findings=ordered, flows=len(flows), files=len(files))


def _tried(findings: list[Finding], reader: Callable[[], T]) -> T | None:
    try:
        return reader()
    except FlowError as error:
        findings.extend(error.findings)
        return None


def _sound_flows(
    flows: Mapping[str, Flow],
    directory: Directory,
    *,
    known: Mapping[str, Flow] | None = None,
    has_gaps: bool,
) -> Iterator[Finding]:
    """Yield what the checks find; with *has_gaps* not what a missing file may be the reason of."""
    for finding in check_flows(flows, tuple(directory.queues), known or {}):
        if not (has_gaps and finding.code in _UNKNOWN_WHERE_A_FILE_IS_BROKEN):
            yield finding


def flow_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files among *paths*, and those that lie directly in the folders among them.

    Raises:
        ConfigError: there is no such file, or nothing in such a folder.

    """
    for path in paths:
        if not path.exists():
            raise ConfigError([f"there is no file or folder {path}"])
        if not path.is_dir():
            yield path
            continue
        found = sorted(each for each in path.iterdir() if each.suffix in {".yaml", ".yml"})
        if not found:
            raise ConfigError([f"there is no file *.yaml in the folder {path}"])
        yield from found


def _read(file: Path) -> Flow:
    return read_flow(read_text(file), str(file))


def _languages(
    content: Content, flows: Mapping[str, Flow], languages: Sequence[str], own: Path | None
) -> Iterator[Finding]:
    """Prove Lantern's catalogs whole in a checkout, and else that no sentence is missing.

    An organisation's own are proved in all that they say.
    """
    wording, faults = read_wording(content.texts, flows.values())
    yield from check_meanings(content.texts, flows, wording)
    if own is None and (content_root() / "bot").is_dir():
        yield from check_catalogs(content_root())
        return
    yield from faults if languages else ()
    yield from _untranslated(wording, flows.values(), _readable(content, wording, languages))
    if own is not None:
        found = check_own(own, flows.values())
        yield from (each for each in found if each.file not in content.unread)


def _readable(content: Content, wording: Wording, languages: Sequence[str]) -> Sequence[str]:
    """Return those of *languages* whose catalog is not there at all, or could be read."""
    with_catalog = {language for language, _ in catalogs_in([*content.texts, *content.unread])}
    return [each for each in languages if each in wording.catalogs or each not in with_catalog]


def _untranslated(
    wording: Wording, flows: Iterable[Flow], languages: Sequence[str]
) -> Iterator[Finding]:
    listed = list(flows)
    places = {key: (flow.file, line) for flow in listed for key, _, line in flow.wordings()}
    for language in languages:
        for reason in wording.lacking(language, required_keys(listed)):
            key, _, why = reason.partition(": ")
            file, line = places[key]
            text = f"{key} in {language}: {why}"
            yield Finding(file=file, line=line, code=_WHY_NOT.get(why, "L103"), text=text)
