"""The files of the project, as whoever reads them gets them: text by name."""

from pathlib import Path

ROOT = Path(__file__).parents[1]


def texts_of(*patterns: str) -> dict[str, str]:
    """Return the text of each file that one of *patterns* names, in order, by its place."""
    files = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in files}
