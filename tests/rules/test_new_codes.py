"""A new return code is never taken for a cry for help when it is typed."""

import pytest

from bot.building import read_book
from bot.casework.new_code import first_calm


@pytest.fixture(scope="module")
def book():
    return read_book()


@pytest.mark.parametrize(
    "unlucky",
    [
        ("丝带", "院子", "沙漠", "稻米"),
        ("彩虹", "袜子", "沙发", "寿司"),
        ("杯子", "沙发", "牛奶", "相机"),
    ],
)
def test_a_code_in_which_danger_is_seen_by_chance_is_passed_over(book, unlucky):
    words = book.directory.code_words
    places = {word.spellings["zh_CN"]: place for place, word in enumerate(words)}
    code = tuple(places[word] for word in unlucky)
    calm = tuple(places[word] for word in ("苹果", "月亮", "小船", "钢琴"))

    assert first_calm([code, calm, code], words, book.rules) == calm
    assert first_calm([code], words, book.rules) == code
