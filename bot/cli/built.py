"""Which build of Lantern this is: several may bear the same version."""

from hashlib import sha256

_OURS = ("bot/", "storage/")
_PROGRAM = "bot/__init__.py,"
"""Of a checkout only the texts are installed, as they were once."""

_LENGTH = 8


def mark_of(record: str | None) -> str:
    """Return a mark of all that was installed, by the *record* of its files and their hashes.

    It is the same wherever the same wheel is installed, and ``""`` for a checkout.
    """
    lines = [
        line
        for line in (record or "").splitlines()
        if line.startswith(_OURS) and ",sha256=" in line
    ]
    if not any(line.startswith(_PROGRAM) for line in lines):
        return ""
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()[:_LENGTH]
