"""What networks say of the texts of the tests is kept from one run to the next, and holds."""

import numpy as np
import pytest
from answers import NOTED_IN, PROBES, Answers, gather, is_same, kept, mark_of
from running import the_book

TOLD = "he hit me with a belt today"
SAID = [0.5, -1.0]


@pytest.fixture(autouse=True)
def from_the_file(monkeypatch):
    monkeypatch.delenv(NOTED_IN, raising=False)


class Reads:
    """Says the same of each text, and remembers of which it was asked."""

    def __init__(self, said=SAID):
        self.said, self.texts = said, []

    def __call__(self, texts):
        self.texts += texts
        return [list(self.said) for _ in texts]


@pytest.fixture
def a_file(tmp_path):
    marks = [mark_of(text) for text in (*PROBES, TOLD)]
    path = tmp_path / "answers.npz"
    np.savez(path, marks=np.array(marks, np.uint64), said=np.array([SAID] * 3, np.float32))
    return path


def test_what_is_kept_is_not_read_again(a_file):
    reads = Reads()
    assert Answers(reads, a_file).to([TOLD, TOLD]) == [SAID, SAID]
    assert reads.texts == [*PROBES]


def test_what_other_networks_said_is_put_aside(a_file):
    reads = Reads([0.5, -1.1])
    assert Answers(reads, a_file).to([TOLD]) == [[0.5, -1.1]]
    assert reads.texts == [*PROBES, TOLD]


def test_what_the_file_lacks_is_read_once(a_file):
    reads = Reads()
    answers = Answers(reads, a_file)
    assert [answers.to(["something new"]) for _ in range(2)] == [[SAID], [SAID]]
    assert reads.texts == [*PROBES, "something new"]


def test_what_is_noted_is_gathered_but_not_of_networks_of_a_tests_own(tmp_path, monkeypatch):
    monkeypatch.setenv(NOTED_IN, str(tmp_path))
    for said, texts in ((SAID, [TOLD]), ([7.0, 7.0], []), (SAID, ["something new"])):
        Answers(Reads(said)).to(texts)

    assert gather(tmp_path, into=tmp_path / "new.npz") == 4

    assert kept(tmp_path / "new.npz")[mark_of(TOLD)] == SAID


def test_what_is_kept_was_said_by_the_networks_that_ship():
    """After a training the file is of use again once `make answers` has made it anew."""
    known = [kept()[mark_of(text)] for text in PROBES]
    assert is_same(known, the_book().rules.closely.network().answer(PROBES))
