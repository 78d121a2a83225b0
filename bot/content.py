"""Finds and reads what people write: the flows and the catalogs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.errors import Finding

FOLDERS = ("flows", "locales")
DIRECTORY = "flows/directory/"
LAWS = "flows/guidance/laws.yaml"

_PACKAGED = Path(__file__).parent / "_content"
_CHECKOUT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Every file of ``flows/`` and ``locales/``, by its name: ``flows/conversations/x.yaml``.

    ``networks`` are where those lie that no person can read. ``findings`` tell which files could
    not be read; those are not among ``texts``.
    """

    texts: Mapping[str, str]
    networks: Mapping[str, Path] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def only(self, folder: str) -> "Content":
        """Return what is left if nothing is remembered but the files directly in *folder*."""
        return Content(texts=self.under(folder))

    def under(self, folder: str, *, ending: str = "") -> dict[str, str]:
        """Return the files that lie directly in *folder*, by name, in the order of names."""
        return {
            name: text
            for name, text in self.texts.items()
            if name.rpartition("/")[0] == folder and name.endswith(ending)
        }


_TO_LEARN_FROM = ".jsonl"
"""Labelled texts; nothing that runs reads them."""

_NETWORK = ".npz"


def read_content(own: Path | None = None) -> Content:
    """Return Lantern's own texts with an organisation's beside them.

    *own* is a folder with ``flows/`` or ``locales/`` in it; a file there goes before
    Lantern's file of the same name, and may add new ones.
    """
    texts: dict[str, str] = {}
    findings: dict[str, Finding] = {}
    networks: dict[str, Path] = {}
    for name, path in _files(own):
        if path.suffix == _NETWORK:
            networks[name] = path
            continue
        findings.pop(name, None)
        texts.pop(name, None)
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            findings[name] = Finding(
                file=str(path), line=1, code="F001", text="the file cannot be read as UTF-8 text"
            )
    ordered = dict(sorted(texts.items()))
    return Content(texts=ordered, networks=networks, findings=tuple(findings.values()))


def directory_texts(content: Content) -> dict[str, str]:
    """Return the files of which the directory is read."""
    return {
        name: text
        for name, text in content.texts.items()
        if name.startswith(DIRECTORY) or name == LAWS
    }


def read_directory_texts(own: Path | None = None) -> dict[str, str]:
    """Return the files of which the directory is read, and nothing else of :func:`read_content`.

    What cannot be read is left out; that the directory lacks it is a finding.
    """
    texts = {}
    for path, name in _directory_files(own):
        with suppress(OSError, UnicodeDecodeError):
            texts[name] = path.read_text(encoding="utf-8")
    return texts


def directory_stamp(own: Path | None = None) -> Sequence[tuple[str, int, int]]:
    """Return what changes whenever one of those files does: when it was written, how long it is."""
    stats = ((name, path.stat()) for path, name in _directory_files(own))
    return [(name, stat.st_mtime_ns, stat.st_size) for name, stat in stats]


def _directory_files(own: Path | None) -> Iterator[tuple[Path, str]]:
    for root in (content_root(), own) if own else (content_root(),):
        for path in (*sorted((root / DIRECTORY).glob("*")), root / LAWS):
            if path.is_file() and not path.name.startswith("."):
                yield path, path.relative_to(root).as_posix()


def content_root() -> Path:
    """Return the folder of ``flows/`` and ``locales/``: the package's own or a checkout's."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def _files(own: Path | None) -> Iterator[tuple[str, Path]]:
    for root in (content_root(), own) if own else (content_root(),):
        for folder in FOLDERS:
            yield from _files_in(root, folder)


def _files_in(root: Path, folder: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((root / folder).rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix != _TO_LEARN_FROM:
            yield path.relative_to(root).as_posix(), path
