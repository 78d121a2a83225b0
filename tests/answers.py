"""What the networks say of the texts of the tests, kept in a file from one run to the next.

It takes 20 ms to read a text closely: a quarter of what tests of conversations take. The file is
good for the networks it was made with alone. Where others say something else of PROBES, or of one
in LOOKED_AT texts, it is put aside. Texts that it lacks are read; `make answers` makes it anew.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

import numpy as np

KEPT = Path(__file__).with_name("answers.npz")
NOTED_IN = "NOTE_ANSWERS_IN"
"""Where this names a folder, nothing is taken from the file, and what is read is noted there."""

PROBES = ("my dad hits me when he is drunk and i hide", "爸爸喝醉了打我，我躲起来")
LOOKED_AT = 40
"""One in so many texts is read all the same."""

Said = list[float]
Read = Callable[[Sequence[str]], list[Said]]


def mark_of(text: str) -> int:
    """Return a number for *text* that no other text has."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


class Answers:
    """What was read of texts already, by this process or for the file, by one set of networks."""

    def __init__(self, read: Read, file: Path = KEPT) -> None:
        self._read = read
        self._said: dict[str, Said] = {}
        self._kept: dict[int, Said] = {}
        self._notes = _new_notes()
        if self._notes:
            self.to(PROBES)
        else:
            self._kept = kept(file)
            self._look_at(PROBES)

    def to(self, texts: Sequence[str]) -> list[Said]:
        """Return what the networks say of each of *texts*."""
        marks = {text: mark_of(text) for text in dict.fromkeys(texts) if text not in self._said}
        self._look_at([text for text, mark in marks.items() if not mark % LOOKED_AT])
        known = self._kept
        new = [text for text, mark in marks.items() if mark not in known]
        self._said |= {text: known[marks[text]] for text in marks.keys() - set(new)}
        if new:
            self._said.update(zip(new, self._read(new), strict=True))
            self._note(new)
        return [list(self._said[text]) for text in texts]

    def _note(self, texts: Iterable[str]) -> None:
        if self._notes:
            with self._notes.open("a", encoding="utf-8") as file:
                for text in texts:
                    file.write(f"{mark_of(text)}\t{' '.join(map(str, self._said[text]))}\n")

    def _look_at(self, texts: Sequence[str]) -> None:
        """Put the file aside if it says something else of *texts* than the networks."""
        texts = [text for text in texts if mark_of(text) in self._kept]
        known = [self._kept[mark_of(text)] for text in texts]
        if texts and not is_same(known, self._read(texts)):
            self._kept = {}


def is_same(known: Sequence[Said], said: Sequence[Said]) -> bool:
    """Whether both mean the same, but for how a processor rounds."""
    return np.shape(known) == np.shape(said) and np.allclose(known, said, atol=1e-3)


@cache
def kept(file: Path = KEPT) -> dict[int, Said]:
    """Return what *file* has of texts, by their marks; nothing if there is no file."""
    if not file.is_file():
        return {}
    with np.load(file) as there:
        return dict(zip(there["marks"].tolist(), there["said"].tolist(), strict=True))


def _new_notes() -> Path | None:
    folder = os.environ.get(NOTED_IN)
    return Path(folder) / f"{uuid4()}.tsv" if folder else None


def gather(folder: Path, *, into: Path = KEPT) -> int:
    """Write what was noted in *folder* *into* the file; return of how many texts that is.

    Some tests have networks of their own: of the networks that say the same of PROBES, those count
    that read most.
    """
    by_networks: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for file in folder.glob("*.tsv"):
        lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
        said = {int(mark): answer for mark, answer in lines}
        by_networks[said[mark_of(PROBES[0])]] |= said
    noted = max(by_networks.values(), key=len)
    marks = np.array(sorted(noted), np.uint64)
    answers = np.array([noted[mark].split() for mark in sorted(noted)], np.float32)
    np.savez_compressed(into, marks=marks, said=answers)
    return len(noted)


if __name__ == "__main__":
    sys.stdout.write(
        f"{KEPT.name} has what the networks say of {gather(Path(sys.argv[1]))} texts.\n"
    )
