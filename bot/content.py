"""Finds and reads what people write: the flows and the catalogs."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from bot.domain.errors import Finding, FlowError
from bot.setting_values import CONTENT_FOLDERS

DIRECTORY = "flows/directory"
LAWS = "flows/guidance/laws.yaml"

_PACKAGED = Path(__file__).parent / "_content"
_CHECKOUT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Every text of ``flows/`` and ``locales/``, by its name: ``flows/conversations/x.yaml``.

    ``networks`` are where those lie that no person can read. ``unread`` are the files and folders
    that could not be read, and are not among ``texts``.
    """

    texts: Mapping[str, str]
    networks: Mapping[str, Path] = field(default_factory=dict)
    unread: Mapping[str, Finding] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What could not be read."""
        return tuple(self.unread.values())

    def text(self, name: str) -> str:
        """Return the file *name*, ``""`` if there is none.

        Raises:
            FlowError: it could not be read.

        """
        self.check_read(name)
        return self.texts.get(name, "")

    def check_read(self, *names: str) -> None:
        """Make sure that the files and folders *names* could be read.

        Raises:
            FlowError: one, a folder around it, or what lies directly in such a folder, could not.

        """
        found = [
            finding
            for name, finding in self.unread.items()
            if any(_is_in(wanted, name) or name.rpartition("/")[0] == wanted for wanted in names)
        ]
        if found:
            raise FlowError(found)

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


_TEXTS = (".yaml", ".md", ".po", ".tsv")
"""Ends of names; nothing that runs reads others, such as a ``.mo`` that an editor has made."""

_NETWORKS = (".npz", ".npy")
_MARK = "\ufeff"


def read_content(own: Path | None = None) -> Content:
    """Return Lantern's own texts with an organisation's beside them.

    *own* is a folder with ``flows/`` or ``locales/`` in it; a file there goes before
    Lantern's file of the same name, and may add new ones.
    """
    texts: dict[str, str] = {}
    networks: dict[str, Path] = {}
    unread: dict[str, Finding] = {}
    closed: list[OSError] = []
    for name, path in _files(_roots(own), closed.append):
        if path.suffix in _NETWORKS:
            networks[name] = path
        if not _is_for_reading(path):
            continue
        unread.pop(name, None)
        texts.pop(name, None)
        try:
            texts[name] = read_text(path)
        except FlowError as error:
            [unread[name]] = error.findings
    unread |= {_name_in(_roots(own), error.filename): _unread(error) for error in closed}
    return Content(texts=dict(sorted(texts.items())), networks=networks, unread=unread)


def names_in(own: Path) -> list[str]:
    """Return the names of all files in *own*'s ``flows/`` and ``locales/``, read or not."""
    return [name for name, _ in _files((own,), lambda _: None)]


def read_text(path: Path) -> str:
    """Return what stands in *path*, without the mark that some editors put before a text.

    Raises:
        FlowError: it cannot be read, or is no UTF-8 text.

    """
    try:
        return path.read_text(encoding="utf-8").removeprefix(_MARK)
    except UnicodeDecodeError:
        text = "the file cannot be read as UTF-8 text"
    except OSError as error:
        text = f"the file cannot be read ({error.strerror}); let Lantern's user read it"
    raise FlowError([Finding(file=str(path), line=1, code="F001", text=text)])


def _is_in(name: str, folder: str) -> bool:
    return name == folder or name.startswith(f"{folder}/")


def _name_in(roots: Sequence[Path], path: str) -> str:
    """Return the name of *path* in whichever of *roots* it lies."""
    found = [root for root in roots if Path(path).is_relative_to(root)]
    return Path(path).relative_to(found[-1]).as_posix() if found else path


def _unread(error: OSError) -> Finding:
    says = f"the folder cannot be read ({error.strerror}); let Lantern's user read what is in it"
    return Finding(file=str(error.filename), line=1, code="F001", text=says)


def directory_texts(content: Content) -> dict[str, str]:
    """Return the files of which the directory is read.

    Raises:
        FlowError: one could not be read.

    """
    content.check_read(DIRECTORY, LAWS)
    laws = {LAWS: content.texts[LAWS]} if LAWS in content.texts else {}
    return content.under(DIRECTORY) | laws


def read_directory_texts(own: Path | None = None) -> dict[str, str]:
    """Return the files of which the directory is read, and nothing else of :func:`read_content`.

    Raises:
        FlowError: the folder, or one of the files, cannot be read.

    """
    return {name: read_text(path) for name, path in _directory_files(own).items()}


def directory_stamp(own: Path | None = None) -> Sequence[tuple[str, int, int]]:
    """Return what changes whenever one of those files does: when it was written, how long it is.

    Raises:
        FlowError: they cannot be looked at.

    """
    stats = ((name, path.stat()) for name, path in _directory_files(own).items())
    return [(name, stat.st_mtime_ns, stat.st_size) for name, stat in stats]


def _directory_files(own: Path | None) -> dict[str, Path]:
    """Return where each of those files lies: an organisation's own goes before Lantern's."""
    files: dict[str, Path] = {}
    for root in _roots(own):
        try:
            for path in (*_listed(root / DIRECTORY), root / LAWS):
                if path.is_file() and path.suffix in _TEXTS and not path.name.startswith("."):
                    files[path.relative_to(root).as_posix()] = path
        except OSError as error:
            raise FlowError([_unread(error)]) from None
    return files


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


def _files(roots: Sequence[Path], note: Callable[[OSError], None]) -> Iterator[tuple[str, Path]]:
    """Yield each file with its name; *note* is told of folders that cannot be read."""
    for root in roots:
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
        elif not path.name.startswith(".") and _may_be_a_file(path):
            yield path


def _may_be_a_file(path: Path) -> bool:
    """Whether *path* is a file; what cannot even be looked at is told on reading it."""
    try:
        return S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _is_for_reading(path: Path) -> bool:
    """Whether it is a text, or what is no file at all and has the name of none."""
    return path.suffix in _TEXTS or not (path.suffix or os.path.exists(path))  # noqa: PTH110 - never raises
