"""triage train: where what was learned is written; looked at before hours of learning."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from bot.content import content_root
from bot.desk.own_file import replace_file
from bot.domain.errors import ConfigError
from bot.triage.opinion import FILE


def folder_for(named: Path | None, examples: Sequence[Path], *, dry_run: bool) -> Path:
    """Return the folder to write to, which is *named*, or Lantern's own.

    What was learned from other *examples* than Lantern's own never takes the place of that with
    which Lantern comes.

    Raises:
        ConfigError: no folder is named though the examples are others, or it cannot be written to.

    """
    root = named or content_root()
    if dry_run:
        return root
    if examples and named is None:
        text = (
            "what is learned from --examples would take the place of what Lantern comes with; "
            "name a folder of your own with --target, or try it with --dry-run"
        )
        raise ConfigError([text])
    _check_writable((root / FILE).parent)
    return root


def _check_writable(folder: Path) -> None:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        text = f"{folder} cannot be written to ({error.strerror}); name another one with --target"
        raise ConfigError([text]) from None


def write_learned(root: Path, written: Mapping[str, bytes], out: Console) -> None:
    """Write the files in *written* below *root*, each of them whole, and tell which.

    Raises:
        ConfigError: one cannot be written.

    """
    for name, content in written.items():
        path = root / name
        replace_file(path, content)
        out.print(f"Written: {path} ({len(content) / 1000:.0f} kB)", markup=False)
