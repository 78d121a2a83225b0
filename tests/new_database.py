"""A new database file, made by the migrations once in a process and copied from then on."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.upgrade import upgrade


def make_database(path: Path) -> None:
    """Make *path* an empty database of the newest schema, as `upgrade` does in 0.1 s."""
    path.touch(0o600, exist_ok=False)
    path.write_bytes(_made())


@cache
def _made() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lantern.sqlite3"
        upgrade(path)
        assert [*Path(folder).iterdir()] == [path]
        return path.read_bytes()
