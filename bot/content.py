"""Finds and reads what people write: the flows and the catalogs."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from bot.domain.errors import Finding, FlowError
from bot.setting_values import CONTENT_FOLDERS

DIRECTORY = "flows/directory/"
LAWS = "flows/guidance/laws.yaml"

_PACKAGED = Path(__file__).parent / "_content"
_CHECKOUT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Every file of ``flows/`` and ``locales/``, by its name: ``flows/conversations/x.yaml``.

    ``networks`` are where those lie that no person can read. ``findings`` tell which files and
    folders could not be read; those are not among ``texts``.
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
    unread: list[OSError] = []
    for name, path in _files(own, unread.append):
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
    found = (*findings.values(), *map(_unread, unread))
    return Content(texts=ordered, networks=networks, findings=found)


def _unread(error: OSError) -> Finding:
    says = f"the folder cannot be read ({error.strerror}); let Lantern's user read what is in it"
    return Finding(file=str(error.filename), line=1, code="F001", text=says)


def directory_texts(content: Content) -> dict[str, str]:
    """Return the files of which the directory is read."""
    return {
        name: text
        for name, text in content.texts.items()
        if name.startswith(DIRECTORY) or name == LAWS
    }


def read_directory_texts(own: Path | None = None) -> dict[str, str]:
    """Return the files of which the directory is read, and nothing else of :func:`read_content`.

    A file that cannot be read is left out; that the directory lacks it is a finding.

    Raises:
        FlowError: the folder cannot be read.

    """
    texts: dict[str, str] = {}
    for path, name in _directory_files(own):
        texts.pop(name, None)
        with suppress(OSError, UnicodeDecodeError):
            texts[name] = path.read_text(encoding="utf-8")
    return texts


def directory_stamp(own: Path | None = None) -> Sequence[tuple[str, int, int]]:
    """Return what changes whenever one of those files does: when it was written, how long it is.

    Raises:
        FlowError: they cannot be looked at.

    """
    stats = ((name, path.stat()) for path, name in _directory_files(own))
    return [(name, stat.st_mtime_ns, stat.st_size) for name, stat in stats]


def _directory_files(own: Path | None) -> Iterator[tuple[Path, str]]:
    for root in _roots(own):
        try:
            for path in (*_listed(root / DIRECTORY), root / LAWS):
                if path.is_file() and not path.name.startswith("."):
                    yield path, path.relative_to(root).as_posix()
        except OSError as error:
            raise FlowError([_unread(error)]) from None


def _listed(folder: Path) -> Sequence[Path]:
    """Return what is in *folder*, and nothing if that is not there."""
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return ()


def content_root() -> Path:
    """Return the folder of ``flows/`` and ``locales/``: the package's own or a checkout's."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def _roots(own: Path | None) -> Sequence[Path]:
    return (content_root(), own) if own else (content_root(),)


def _files(own: Path | None, note: Callable[[OSError], None]) -> Iterator[tuple[str, Path]]:
    """Yield each file with its name; *note* is told of folders that cannot be read."""
    for root in _roots(own):
        for folder in CONTENT_FOLDERS:
            if _may_be_there(root / folder):
                for path in _paths_in(root / folder, note):
                    yield path.relative_to(root).as_posix(), path


def _may_be_there(folder: Path) -> bool:
    try:
        folder.lstat()
    except OSError as error:
        return not isinstance(error, FileNotFoundError)
    return True


def _paths_in(
    folder: Path, note: Callable[[OSError], None], above: Sequence[str] = ()
) -> Iterator[Path]:
    """Yield the files below *folder*, behind links as well; one back to what is *above* ends."""
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        note(error)
        return
    for path in found:
        if os.path.isdir(path) and not path.name.startswith("."):  # noqa: PTH112 - never raises
            yield from _paths_in(path, note, (*above, real))
        elif _is_for_reading(path):
            yield path


def _is_for_reading(path: Path) -> bool:
    """Whether *path* is a file to be read; what cannot even be looked at is told on reading it."""
    if path.name.startswith(".") or path.suffix == _TO_LEARN_FROM:
        return False
    try:
        return S_ISREG(path.stat().st_mode)
    except OSError:
        return True
