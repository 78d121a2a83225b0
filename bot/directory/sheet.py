"""Reading one file of facts: what is asked for is handed out, what is wrong is collected."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.errors import Finding, FlowError
from bot.flow.strict import Node, hint, parse

YES_OR_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file being read. Its codes begin with ``kind``; faults pile up in ``findings``."""

    file: str
    root: Node
    kind: str
    languages: Sequence[str]
    findings: list[Finding] = field(default_factory=list)
    is_readable: bool = True

    def fault(self, line: int, number: int, text: str) -> None:
        """Note that something is wrong on *line*; an unreadable file has no further faults."""
        if not self.is_readable:
            return
        code = f"{self.kind}{number}"
        self.findings.append(Finding(file=self.file, line=line, code=code, text=text))

    def check_keys(self, block: Node, needed: Collection[str], also: Collection[str] = ()) -> None:
        """Note each of *needed* that is missing or empty, and each key that is not known."""
        known = [*needed, *also]
        for key in needed:
            if key not in block.block:
                self.fault(block.line, 101, f'"{key}" is missing')
            elif isinstance(text := block.block[key].value, str) and not text.strip():
                self.fault(block.block[key].line, 101, f'"{key}" is empty')
        for key, node in block.block.items():
            if key not in known:
                self.fault(node.line, 102, f'"{key}" is not known here{hint(key, known)}')

    def entries(
        self, key: str, also: Collection[str] = (), *, needed: Collection[str] = ()
    ) -> Iterator[tuple[str, Node]]:
        """Yield the named entries under *key*, the file's only word but for *needed* and *also*."""
        self.check_keys(self.root, [key, *needed], also)
        section = self.root.block.get(key)
        if section is not None and not section.block:
            self.fault(section.line, 103, f'under "{key}" each entry needs a name')
        return iter(section.block.items() if section else ())

    def texts(self, node: Node | None) -> Mapping[str, str]:
        """Return the text of *node* in each language; a missing language is a fault.

        While no language is known, because the phrases are unreadable, nothing is asked.
        """
        if node is None or not self.languages:
            return {}
        if not node.block:
            example = ", ".join(f"{language}: …" for language in self.languages)
            self.fault(node.line, 104, f"write it in each language: {{{example}}}")
            return {}
        for language in self.languages:
            if not node.block.get(language, node).text:
                self.fault(node.line, 104, f"the text in {language} is missing")
        for language, text in node.block.items():
            if language not in self.languages:
                self.fault(text.line, 102, f'"{language}" is not a language of the phrases')
        return {language: text.text for language, text in node.block.items()}

    def word(self, block: Node, key: str) -> str:
        """Return the text under *key*, ``""`` if there is none."""
        node = block.block.get(key)
        return node.text if node else ""

    def listed(self, block: Node, key: str) -> tuple[str, ...]:
        """Return the texts in the list under *key*; that it is no list is a fault."""
        node = block.block.get(key)
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.fault(node.line, 103, f"write a list: [{node.text}]")
            return (node.text,) if node.text else ()
        return tuple(item.text for item in node.items)

    def is_yes(self, block: Node, key: str) -> bool:
        """Return whether *key* says yes; a missing key says no."""
        node = block.block.get(key)
        if node and node.text not in YES_OR_NO:
            self.fault(node.line, 103, f'"{key}" must be yes or no')
        return bool(node) and YES_OR_NO.get(node.text if node else "", False)

    def day(self, block: Node, key: str) -> date:
        """Return the date under *key*; the earliest date there is if it is none."""
        node = block.block.get(key)
        try:
            return date.fromisoformat(node.text) if node else date.min
        except ValueError:
            self.fault(node.line if node else 1, 103, f'"{key}" must be a date like 2026-11-23')
            return date.min


def open_sheet(
    texts: Mapping[str, str], file: str, *, kind: str, languages: Sequence[str]
) -> Sheet:
    """Return the sheet of *file*; if it cannot be read, an empty one with its faults.

    *file* is its whole name: a copy elsewhere, or with another name, is not read for it.
    """
    if file not in texts:
        missing = Finding(file=file, line=1, code=f"{kind}100", text="the file is missing")
        return _faulty(file, [missing], kind)
    try:
        root = parse(texts[file], file)
    except FlowError as error:
        return _faulty(file, error.findings, kind)
    return Sheet(file=file, root=root, kind=kind, languages=languages)


def _faulty(file: str, findings: Sequence[Finding], kind: str) -> Sheet:
    nothing = Node(value={}, line=1)
    return Sheet(
        file=file,
        root=nothing,
        kind=kind,
        languages=(),
        findings=list(findings),
        is_readable=False,
    )
