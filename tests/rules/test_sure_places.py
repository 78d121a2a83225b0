"""What only an address has is surely a place; whatever else is written there may be one."""

import pytest

from bot.intake.place import is_surely_a_place


@pytest.mark.parametrize(
    "text",
    [
        "12 栋",
        "三单元",
        "凯里一中旁边的阳光小区",
        "雷山县",
        "地址是",
        "room 12",
        "at 12 Old Mill Road",
        "26.583000, 107.980000",
    ],
)
def test_what_only_an_address_has(text):
    assert is_surely_a_place(text)


@pytest.mark.parametrize("run", ["1", "一", "我", " ", "1 ", "a", "room "])
def test_a_long_run_of_anything_is_no_place(run):
    assert not is_surely_a_place("在" + run * 20_000)
    assert is_surely_a_place("在" + run * 200 + "，雷山县")
