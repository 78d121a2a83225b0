"""How many there are, as a sentence says it."""

import pytest

from bot.domain.counted import counted


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("file",), "0 files"),
        (1, ("file",), "1 file"),
        (2, ("file",), "2 files"),
        (1, ("key needs", "keys need"), "1 key needs"),
        (2, ("key needs", "keys need"), "2 keys need"),
    ],
)
def test_one_is_not_told_as_several(number, words, said):
    assert counted(number, *words) == said
